// Saving the settings of a meter that somebody else may be changing as well. The three limits are in yuan, or in the meter's own
// unit; a form has them as three texts and the unit beside. Pure; tested by table.
import { compare, energyFor, MONEY, moneyFor, parse, QUANTITY, toText, typed } from "@/lib/decimal";
import { estimatePrice } from "@/lib/meter-state";
import { merge } from "@/lib/merge";
import type { Meter, MeterSettings, PricePlan } from "@/types/api";

/** yuan, or kWh and m³ */
export type LimitsIn = "yuan" | "quantity";
export type Limits = { limits_in: LimitsIn; alarm_1: string; alarm_2: string; overdraft: string };
export type SettingsForm = Pick<MeterSettings, "name" | "room" | "mode" | "auto_trip"> & Limits;

const AMOUNTS = ["alarm_1", "alarm_2", "overdraft"] as const;
const LIMITS: string[] = ["limits_in", ...AMOUNTS];

export const limitsOf = ({ alarm_1, alarm_2, overdraft, limits_kwh }: Pick<Meter, "alarm_1" | "alarm_2" | "overdraft" | "limits_kwh">): Limits =>
  limits_kwh
    ? { limits_in: "quantity", alarm_1: limits_kwh.alarm_1, alarm_2: limits_kwh.alarm_2, overdraft: limits_kwh.overdraft }
    : { limits_in: "yuan", alarm_1, alarm_2, overdraft };

export const settingsOf = (meter: Meter): SettingsForm => {
  const { name, room, mode, auto_trip } = meter;
  return { name, room, mode, auto_trip, ...limitsOf(meter) };
};

/** As they are sent, whatever way they were typed: in yuan, or beside each other in limits_kwh. */
export function sentLimits<Values extends Limits>({ limits_in, alarm_1, alarm_2, overdraft, ...rest }: Values) {
  const limits = { alarm_1: typed(alarm_1), alarm_2: typed(alarm_2), overdraft: typed(overdraft) };
  return { ...rest, ...(limits_in === "quantity" ? { limits_kwh: limits } : limits) };
}

const same = (name: string, a: unknown, b: unknown) =>
  a === b || (AMOUNTS.some((each) => each === name) && compare(typed(String(a)), typed(String(b)), MONEY) === 0) || ((a ?? "") === "" && (b ?? "") === "");

/** Mine on top of what holds now (see lib/merge). Limits of another unit are others, however they read: they go as a whole. */
export function mergeSettings(opened: SettingsForm, now: SettingsForm, wanted: SettingsForm) {
  const merged = merge(opened, now, wanted, same);
  const touched = LIMITS.some((name) => !same(name, opened[name as keyof SettingsForm], wanted[name as keyof SettingsForm]));
  if (!touched || (opened.limits_in === now.limits_in && now.limits_in === wanted.limits_in)) return merged;
  const { limits_in, alarm_1, alarm_2, overdraft } = wanted;
  const unchanged = LIMITS.every((name) => same(name, opened[name as keyof SettingsForm], now[name as keyof SettingsForm]));
  return {
    values: { ...merged.values, limits_in, alarm_1, alarm_2, overdraft },
    clashes: [...merged.clashes.filter((name) => !LIMITS.includes(name)), ...(unchanged ? [] : (["limits_in"] as const))],
  };
}

const worth = (text: string, from: LimitsIn, price: string): string | null => {
  const given = typed(text);
  if (from === "quantity") return moneyFor(given, price);
  const quantity = energyFor(given, price);
  return quantity;
};

/** What an amount comes to in the other unit at the price of now; null: nobody knows. */
export function otherUnit(text: string | undefined, from: LimitsIn, plan: Partial<PricePlan> | undefined): string | null {
  const estimate = estimatePrice(plan);
  return estimate && text !== undefined ? worth(text, from, estimate.price) : null;
}

/** The limits in the other unit, to two digits as people say them; those that nobody can convert stay. */
export function inUnit(limits: Limits, to: LimitsIn, plan: Partial<PricePlan> | undefined): Limits {
  if (limits.limits_in === to) return limits;
  const scale = to === "yuan" ? MONEY : QUANTITY;
  const short = (text: string) => {
    const value = parse(otherUnit(text, limits.limits_in, plan), scale);
    if (value === null) return text;
    const step = 10n ** BigInt(scale - 2);
    return toText(((value + (value < 0n ? -step : step) / 2n) / step) * step, scale);
  };
  return { limits_in: to, alarm_1: short(limits.alarm_1), alarm_2: short(limits.alarm_2), overdraft: short(limits.overdraft) };
}

/** The trip threshold in yuan; null while no number stands there or nobody knows the price. */
export function overdraftInYuan({ limits_in, overdraft }: Limits, plan: Partial<PricePlan> | undefined): string | null {
  return limits_in === "yuan" ? typed(overdraft) : otherUnit(overdraft, limits_in, plan);
}
