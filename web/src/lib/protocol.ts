// The protocol of a device in words; of a Modbus device with the file that describes it.
import type { components } from "@/types/api.gen";

type Spoken = { dialect: components["schemas"]["Dialect"]; model?: string };

export const protocolText = (t: (key: string) => string, { dialect, model }: Spoken): string => [t(`register.dialects.${dialect}`), model].filter(Boolean).join(" · ");
