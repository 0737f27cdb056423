// Saving the settings of a meter that somebody else may be changing as well. Pure; tested by table.
import { compare, MONEY } from "@/lib/decimal";
import { merge } from "@/lib/merge";
import type { Meter, MeterSettings } from "@/types/api";

const AMOUNTS = ["alarm_1", "alarm_2", "overdraft"];

export const settingsOf = ({ name, room, mode, alarm_1, alarm_2, overdraft, auto_trip }: Meter): MeterSettings => ({
  name, room, mode, alarm_1, alarm_2, overdraft, auto_trip,
});

const same = (name: string, a: unknown, b: unknown) =>
  a === b || (AMOUNTS.includes(name) && compare(String(a), String(b), MONEY) === 0) || ((a ?? "") === "" && (b ?? "") === "");

/** Mine on top of what holds now (see lib/merge). */
export function mergeSettings(opened: MeterSettings, now: MeterSettings, wanted: MeterSettings) {
  return merge(opened, now, wanted, same);
}
