// What can be done with a meter, in the order of the manual, and for whom; one table for page, row and phone sheet.
import type { CommandOrder, MeterRow } from "@/types/api";

export type DialogKind = "recharge" | "price" | "settings" | "open" | "settle" | "adjust" | CommandOrder["kind"];

export type Action = {
  dialog: DialogKind;
  /** text under meter.buttons */
  name: "trip" | "release" | "read" | "recharge" | "price" | "settings" | "keepOn" | "keepOff" | "clock" | "openAccount" | "settle" | "adjust";
  permission: string;
  danger?: boolean;
};

export function actionsFor(meter: Pick<MeterRow, "wanted_reason" | "keep_power">, can: (permission: string) => boolean) {
  const forced = meter.wanted_reason === "forced";
  const all: Action[] = [
    { dialog: "recharge", name: "recharge", permission: "meter:recharge" },
    { dialog: "read", name: "read", permission: "meter:switch" },
    forced
      ? { dialog: "release", name: "release", permission: "meter:switch" }
      : { dialog: "trip", name: "trip", permission: "meter:switch", danger: true },
    { dialog: "price", name: "price", permission: "meter:edit" },
    { dialog: "settings", name: "settings", permission: "meter:edit" },
    meter.keep_power
      ? { dialog: "keep_power_off", name: "keepOff", permission: "meter:switch" }
      : { dialog: "keep_power_on", name: "keepOn", permission: "meter:switch" },
    // Whoever sees a meter may calculate; who may settle does so from there.
    { dialog: "settle", name: "settle", permission: "meter:read" },
    { dialog: "open", name: "openAccount", permission: "meter:open" },
    { dialog: "adjust", name: "adjust", permission: "meter:settle" },
    { dialog: "set_clock", name: "clock", permission: "meter:switch" },
  ];
  return all.filter((action) => can(action.permission));
}
