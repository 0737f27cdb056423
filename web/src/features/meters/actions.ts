// What can be done with a meter, in the order of the manual, and for whom; one table for page, row and phone sheet.
import { abilitiesOf } from "./device";
import type { CommandOrder, Meter, MeterRow } from "@/types/api";

export type DialogKind = "recharge" | "price" | "settings" | "open" | "settle" | "adjust" | "schedule" | "fee" | "register" | "device" | CommandOrder["kind"];

export type Action = {
  dialog: DialogKind;
  /** text under meter.buttons, or under supplying.buttons */
  name: "trip" | "release" | "read" | "recharge" | "price" | "settings" | "keepOn" | "keepOff" | "clock" | "openAccount" | "settle" | "adjust" | "schedule" | "fee" | "register" | "device" | "clear";
  permission: string;
  danger?: boolean;
};

/** Not in the manual of the electricity meters, whose words stand under meter.buttons. */
const NEW: ReadonlySet<string> = new Set(["schedule", "fee", "register", "device", "clear"]);
export const labelOf = ({ name }: Pick<Action, "name">) => `${NEW.has(name) ? "supplying" : "meter"}.buttons.${name}`;

export function actionsFor(meter: Pick<MeterRow, "wanted_reason" | "keep_power" | "kind" | "valve" | "dialect"> & Partial<Pick<Meter, "annual_fee">>, can: (permission: string) => boolean) {
  const forced = meter.wanted_reason === "forced";
  const { switches: cuts, keepsPower, setsClock, clears, wired } = abilitiesOf(meter);
  const only = (when: boolean, action: Action): Action[] => (when ? [action] : []);
  const all: Action[] = [
    { dialog: "recharge", name: "recharge", permission: "meter:recharge" },
    { dialog: "read", name: "read", permission: "meter:switch" },
    ...only(cuts, forced ? { dialog: "release", name: "release", permission: "meter:switch" } : { dialog: "trip", name: "trip", permission: "meter:switch", danger: true }),
    { dialog: "price", name: "price", permission: "meter:edit" },
    { dialog: "settings", name: "settings", permission: "meter:edit" },
    ...only(cuts, { dialog: "schedule", name: "schedule", permission: "meter:switch" }),
    ...only(
      keepsPower,
      meter.keep_power ? { dialog: "keep_power_off", name: "keepOff", permission: "meter:switch" } : { dialog: "keep_power_on", name: "keepOn", permission: "meter:switch" },
    ),
    // Whoever sees a meter may calculate; who may settle does so from there.
    { dialog: "settle", name: "settle", permission: "meter:read" },
    { dialog: "open", name: "openAccount", permission: "meter:open" },
    { dialog: "adjust", name: "adjust", permission: "meter:settle" },
    // The manual knows it of hot-water controllers; where there is none, only who may set one up is offered it.
    ...only(cuts && (meter.kind === "hot_water" || Boolean(meter.annual_fee) || can("meter:settle")), { dialog: "fee", name: "fee", permission: can("meter:recharge") ? "meter:recharge" : "meter:settle" }),
    { dialog: "register", name: "register", permission: "meter:settle" },
    ...only(wired, { dialog: "device", name: "device", permission: "meter:edit" }),
    ...only(clears, { dialog: "clear", name: "clear", permission: "meter:switch", danger: true }),
    ...only(setsClock, { dialog: "set_clock", name: "clock", permission: "meter:switch" }),
  ];
  return all.filter((action) => can(action.permission));
}
