// Saving the settings of a meter that somebody else may be changing as well. Pure; tested by table.
import { compare, MONEY } from "@/lib/decimal";
import type { Meter, MeterSettings } from "@/types/api";

const NAMES = ["name", "room", "mode", "alarm_1", "alarm_2", "overdraft", "auto_trip"] as const;
type Name = (typeof NAMES)[number];
const AMOUNTS: readonly Name[] = ["alarm_1", "alarm_2", "overdraft"];

export const settingsOf = ({ name, room, mode, alarm_1, alarm_2, overdraft, auto_trip }: Meter): MeterSettings => ({
  name, room, mode, alarm_1, alarm_2, overdraft, auto_trip,
});

const same = (name: Name, a: unknown, b: unknown) =>
  a === b || (AMOUNTS.includes(name) && compare(String(a), String(b), MONEY) === 0) || ((a ?? "") === "" && (b ?? "") === "");

/**
 * What to send: what this person changed since the form was opened, on top of what holds now. clashes: both changed the
 * same thing differently, so the person has to look first.
 */
export function merge(opened: MeterSettings, now: MeterSettings, wanted: MeterSettings): { settings: MeterSettings; clashes: Name[] } {
  const mine = NAMES.filter((name) => !same(name, opened[name], wanted[name]));
  const clashes = mine.filter((name) => !same(name, opened[name], now[name]) && !same(name, now[name], wanted[name]));
  return { settings: { ...now, ...Object.fromEntries(mine.map((name) => [name, wanted[name]])) }, clashes };
}
