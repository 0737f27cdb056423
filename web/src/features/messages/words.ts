// Kinds and states of messages in words.
import { useTranslation } from "react-i18next";

import type { Tone } from "@/components/Chip";
import type { DeliveryState, MessageKind } from "@/types/messages";

export function useKindName(): (kind: MessageKind) => string {
  const { t } = useTranslation();
  return (kind) => t(`messages.kinds.${kind}`, { defaultValue: kind });
}

export const toneOf: Record<DeliveryState, Tone> = { pending: "warn", sending: "warn", sent: "ok", failed: "bad", given_up: "bad", no_package: "bad", no_provider: "bad" };

/** A person may send it again. */
export const mayResend = (state: DeliveryState) => state === "failed" || state === "given_up" || state === "no_package" || state === "no_provider";
