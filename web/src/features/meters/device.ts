// How a device is spoken to: which protocols there are for what it measures, what has to be said for each, and what its address looks like.
import type { components } from "@/types/api.gen";
import type { Meter, MeterDevice, MeterRow } from "@/types/api";
import type { Kind } from "@/types/supply";

export type Profile = components["schemas"]["MeterProfile"];
export type Dialect = NonNullable<Profile["dialect"]>;

/** The usual one first. What is no electricity meter often speaks to the platform itself. */
export const DIALECTS: Record<Kind, readonly Dialect[]> = {
  electricity: ["dlt645-2007", "dlt645-1997", "modbus"],
  water: ["mqtt", "cjt188", "modbus"],
  hot_water: ["mqtt", "modbus"],
};

const DLT645 = ["close", "tariffs", "short_relay_command", "preamble", "format"] as const;
/** What is asked for and sent besides the protocol. The platform refuses what a protocol does not have. */
const MEMBERS: Record<Dialect, readonly (keyof Profile)[]> = {
  "dlt645-2007": DLT645,
  "dlt645-1997": DLT645,
  cjt188: ["meter_type", "low_byte_first", "status_map", "valve_open", "valve_close", "travel_s", "format"],
  modbus: ["model", "tariffs", "format"],
  mqtt: [],
};

export const USUAL = {
  dialect: "dlt645-2007",
  close: "direct",
  tariffs: true,
  preamble: 4,
  meter_type: "10",
  low_byte_first: false,
  valve_open: "55",
  valve_close: "99",
  travel_s: 10,
} as const satisfies Profile;

/** The T of CJ/T188: cold, hot, drinking and reclaimed water, and any of them. */
export const METER_TYPES = ["10", "11", "12", "13", "AA"] as const;
export const STATUS_MAPS = ["closed_01", "closed_10", "high_bits"] as const satisfies readonly Profile["status_map"][];
/** Files that come with a gateway (gateway/profiles). Others may be put beside them, so that any name can be typed. */
export const MODELS: readonly { name: string; kind: Kind; label: string }[] = [
  { name: "acrel-ddsy1352", kind: "electricity", label: "Acrel DDSY1352" },
  { name: "chint-ddsu666", kind: "electricity", label: "Chint DDSU666" },
  { name: "chint-dtsu666", kind: "electricity", label: "Chint DTSU666" },
  { name: "eastron-sdm120", kind: "electricity", label: "Eastron SDM120" },
  { name: "eastron-sdm230", kind: "electricity", label: "Eastron SDM230" },
  { name: "eastron-sdm630", kind: "electricity", label: "Eastron SDM630" },
  { name: "hiking-dds238-zn-sr", kind: "electricity", label: "Hiking DDS238-2 ZN/SR" },
  { name: "pzem-014", kind: "electricity", label: "Peacefair PZEM-014 / PZEM-016" },
  { name: "schneider-iem3155", kind: "electricity", label: "Schneider iEM3155" },
  { name: "xintai-water", kind: "water", label: "Kaifeng Xintai RS485" },
  { name: "anju-hot-water", kind: "hot_water", label: "Anju" },
];

export const MODEL = /^[A-Za-z0-9_-]{1,64}$/;
/** Whatever an address can be made of. */
export const ADDRESS_START = /^[0-9A-F]{1,14}$/;
export const HEX_BYTE = /^[0-9A-Fa-f]{2}$/;

/** As it is stored: without blanks, full-width digits and small letters. */
export const plainAddress = (text: string) => text.normalize("NFKC").replace(/\s/g, "").toUpperCase();

/** text: as of plainAddress */
export function isAddress(dialect: Dialect | undefined, text: string): boolean {
  // 255 and 0 are a device at a network address itself; on other lines the platform refuses them.
  if (dialect === "modbus") return text === "255" || text === "0" || (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= 247);
  // AA in front is a question to several meters, and none has such an address.
  if (dialect === "cjt188") return /^[0-9A-F]{14}$/.test(text) && !text.startsWith("AA");
  return /^\d{12}$/.test(text);
}

/** Under register.addressHints and register.addressBads. */
export const addressKind = (dialect: Dialect | undefined) => (dialect === "cjt188" || dialect === "modbus" ? dialect : "digits");

/** Whether the form asks if there is a valve or contact: others always have one. */
export const mayLackValve = (kind: Kind, dialect: Dialect | undefined) => kind === "water" || dialect === "modbus";

/** Only what the protocol has. valve: false where nothing moves, so that nothing need be known of a status word. */
export function sentProfile(profile: Profile, valve: boolean): Profile {
  const dialect = profile.dialect ?? USUAL.dialect;
  const sent: Profile = { dialect };
  for (const member of MEMBERS[dialect]) if (profile[member] !== undefined) Object.assign(sent, { [member]: profile[member] });
  if (dialect === "cjt188" && !valve) sent.status_map = "none";
  return sent;
}

/** What can take the place of a device on its line: nothing with a network of its own, and no contact where the meter has none. */
export const successorsOf = (kind: Kind, valve: boolean) => DIALECTS[kind].filter((dialect) => dialect !== "mqtt" && (valve || mayLackValve(kind, dialect)));

/** What the same device may speak after all: its address is one of that protocol, so that hardly more than the edition of DL/T645 is left to choose. */
export const dialectsFor = ({ kind, valve, address, dialect }: Pick<Meter, "kind" | "valve" | "address" | "dialect">): Dialect[] =>
  [...new Set([dialect, ...successorsOf(kind, valve).filter((each) => isAddress(each, address))])].sort((a, b) => DIALECTS[kind].indexOf(a) - DIALECTS[kind].indexOf(b));

/** Hex digits that let somebody switch a meter of DL/T645. No answer has them; one that is not typed stays. */
export const SECRETS = [
  { name: "access_level", digits: 2 },
  { name: "password", digits: 6 },
  { name: "operator_code", digits: 8 },
] as const;

/** As the form of a correction has it. */
export type Correction = { line: string; baud?: number; profile: Profile };

export const correctedOf = ({ line, baud, profile, dialect }: Pick<Meter, "line" | "baud" | "profile" | "dialect">): Correction => ({
  line,
  baud: baud ?? undefined,
  profile: { ...USUAL, ...profile, dialect },
});

/** The whole description, as it is but for what was typed; members that the form does not show stay. typed: undefined before the first field is there */
export function sentCorrection(meter: Pick<Meter, "address" | "line" | "baud" | "profile" | "dialect" | "valve">, typed: Partial<Correction> | undefined): MeterDevice {
  const as = correctedOf(meter);
  const profile = { ...as.profile, ...typed?.profile };
  const baud = typed && "baud" in typed ? typed.baud : as.baud;
  const sent = sentProfile(profile, meter.valve);
  if (!sent.format) delete sent.format;
  if (profile.dialect?.startsWith("dlt645")) for (const { name } of SECRETS) if (profile[name]) sent[name] = profile[name];
  return { address: meter.address, ...(typed?.line && typed.line !== meter.line && { line: typed.line }), ...(baud && { baud }), profile: sent };
}

type Value = string | number | boolean | undefined;
export type Change = { name: string; from: Value; to: Value; secret?: true };

/** What a correction makes other than it is, by the names of the contract. */
export function changesOf(meter: Pick<Meter, "line" | "baud" | "profile" | "dialect" | "valve">, { line, baud, profile }: MeterDevice): Change[] {
  const now = sentProfile(correctedOf(meter).profile, meter.valve);
  const members = [...new Set([...Object.keys(now), ...Object.keys(profile)])] as (keyof Profile)[];
  const secret = (name: string) => SECRETS.some((each) => each.name === name);
  const codes = (value: Value) => (typeof value === "string" && HEX_BYTE.test(value) ? value.toUpperCase() : value);
  return [
    ...(line && line !== meter.line ? [{ name: "line", from: meter.line, to: line }] : []),
    ...((meter.baud ?? undefined) !== baud ? [{ name: "baud", from: meter.baud ?? undefined, to: baud }] : []),
    ...members.flatMap((name): Change[] => {
      if (secret(name)) return [{ name, from: undefined, to: undefined, secret: true }];
      return codes(now[name]) === codes(profile[name]) ? [] : [{ name, from: now[name], to: profile[name] }];
    }),
  ];
}

/** Nothing is missing or wrong that the platform would refuse. */
export function isWhole(profile: Profile, valve: boolean): boolean {
  const { dialect, model = "", status_map, valve_open = "", valve_close = "", travel_s } = profile;
  if (dialect === "modbus") return MODEL.test(model);
  if (dialect !== "cjt188" || !valve) return true;
  const codes = HEX_BYTE.test(valve_open) && HEX_BYTE.test(valve_close) && valve_open.toUpperCase() !== valve_close.toUpperCase();
  return codes && status_map !== undefined && status_map !== "none" && typeof travel_s === "number";
}

/** A device with wires stands on a line with wires. */
export const fitsLine = (dialect: Dialect | undefined, uri: string) => !uri.startsWith("mqtt://") || (dialect !== "cjt188" && dialect !== "modbus");

/** A unit is one device's on its line only, so its line is part of the suggested name. */
export function suggestedDevice(dialect: Dialect | undefined, address: string, gateway = "", line = ""): string {
  if (dialect !== "modbus") return `m${address}`;
  return gateway && line && address ? `${gateway}-${line}-${address}`.slice(-64) : "";
}

/** What its device can be told at all, whoever asks: the ledger's rule (check_kind in platform/domain/ledger_orders_commands.cpp). CJ/T188 and Modbus
 *  have registers and a switch, nothing else. wired: how it is spoken to can be described. */
export function abilitiesOf({ kind, valve, dialect }: Pick<MeterRow, "kind" | "valve" | "dialect">) {
  const simple = dialect === "cjt188" || dialect === "modbus";
  const electric = kind === "electricity";
  return { switches: valve, keepsPower: valve && electric && !simple, setsClock: electric && !simple, clears: !simple, heats: kind === "hot_water" && !simple, wired: dialect !== "mqtt" };
}
