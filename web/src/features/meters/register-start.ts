// What the form of a registration begins with, when it is opened from a concentrator's page. The address bar is anybody's: what does not fit is left out.
import { ADDRESS_START, type Dialect, DIALECTS, isAddress, MODEL } from "./device";
import { charactersOf } from "@/lib/line-format";
import type { MeterRegistration } from "@/types/api";
import { KINDS } from "@/types/supply";

export type Start = { back?: string; values: Partial<MeterRegistration> };

const text = (value: unknown, pattern: RegExp) => (typeof value === "string" && pattern.test(value) ? value : undefined);
const object = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {});

function parsed(given: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(given));
  } catch {
    return undefined;
  }
}

/** given: of the parameter `register`; null: nothing is to be registered. */
export function startOf(given: string | null): Start | undefined {
  const said = given === null ? undefined : parsed(given.slice(0, 2000));
  if (!said) return undefined;
  const kind = KINDS.find((each) => each === said.kind) ?? "electricity";
  const profile = object(said.profile);
  const dialect: Dialect | undefined = DIALECTS[kind].find((each) => each === profile.dialect);
  const values: Partial<MeterRegistration> = { kind };
  values.gateway = text(said.gateway, MODEL);
  values.line = text(said.line, MODEL);
  if (typeof said.dispatch === "boolean") values.dispatch = said.dispatch;
  if (dialect) {
    values.profile = { dialect };
    const format = text(profile.format, /./);
    if (charactersOf(format)) values.profile.format = format;
    const model = text(profile.model, MODEL);
    if (model) values.profile.model = model;
    const type = text(profile.meter_type, /^[0-9A-Fa-f]{2}$/);
    if (type) values.profile.meter_type = type;
    if (typeof profile.low_byte_first === "boolean") values.profile.low_byte_first = profile.low_byte_first;
    const address = text(said.address, ADDRESS_START);
    if (address && isAddress(dialect, address)) values.address = address;
  }
  if (typeof said.baud === "number" && Number.isInteger(said.baud) && said.baud >= 300 && said.baud <= 115_200) values.baud = said.baud;
  const total = text(object(said.start_reading).total, /^\d{1,12}(\.\d{1,4})?$/);
  if (total) values.start_reading = { total };
  return { back: text(said.back, /^\/gateways\/[A-Za-z0-9_%-]{1,200}$/), values };
}
