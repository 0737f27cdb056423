import { describe, expect, it } from "vitest";

import { inUnit, limitsOf, mergeSettings as merge, otherUnit, sentLimits, type SettingsForm } from "@/features/meters/settings";
import { stillOpen } from "@/lib/open-recharge";
import { ApiError } from "@/lib/api/client";

const opened: SettingsForm = { name: "A", room: "", mode: "prepaid", limits_in: "yuan", alarm_1: "20", alarm_2: "10", overdraft: "0", auto_trip: true };

describe("settings: two people at one meter", () => {
  it("a rename leaves the overdraft that somebody else set meanwhile", () => {
    const { values, clashes } = merge(opened, { ...opened, overdraft: "100" }, { ...opened, name: "B" });
    expect(clashes).toEqual([]);
    expect(values).toEqual({ ...opened, name: "B", overdraft: "100" });
  });
  it("the same field changed by both is asked about, unless both mean the same", () => {
    expect(merge(opened, { ...opened, overdraft: "100" }, { ...opened, overdraft: "50" }).clashes).toEqual(["overdraft"]);
    expect(merge(opened, { ...opened, overdraft: "50" }, { ...opened, overdraft: "50.00" }).clashes).toEqual([]);
  });
  it("another way to write the same amount is no change", () =>
    expect(merge(opened, { ...opened, alarm_1: "30" }, { ...opened, alarm_1: "20.00" }).values.alarm_1).toBe("30"));
});

describe("em-params, wm-params, wc-params: limits in yuan or in the meter's own unit", () => {
  const plan = { kind: "total", total: "0.5" } as const;
  const inYuan = { limits_in: "yuan", alarm_1: "20", alarm_2: "10", overdraft: "0" } as const;
  const inKwh = { limits_in: "quantity", alarm_1: "40", alarm_2: "20", overdraft: "0" } as const;

  it("limits that were set as a quantity are shown and sent as one, not as the yuan that follow from them", () => {
    const limits = limitsOf({ alarm_1: "20", alarm_2: "10", overdraft: "0", limits_kwh: { alarm_1: "40", alarm_2: "20", overdraft: "0" } });
    expect(limits).toEqual(inKwh);
    expect(sentLimits({ name: "A", ...limits })).toEqual({ name: "A", limits_kwh: { alarm_1: "40", alarm_2: "20", overdraft: "0" } });
    expect(sentLimits({ name: "A", ...inYuan, alarm_1: "\uff12\uff10" })).toEqual({ name: "A", alarm_1: "20", alarm_2: "10", overdraft: "0" });
  });
  it("the switch keeps what they are worth, and leaves them where nobody knows the price", () => {
    expect(inUnit(inYuan, "quantity", plan)).toEqual(inKwh);
    expect(inUnit(inKwh, "yuan", plan)).toEqual(inYuan);
    expect(inUnit({ ...inYuan, alarm_1: "1", overdraft: "-" }, "quantity", { kind: "total", total: "0.3" })).toMatchObject({ alarm_1: "3.33", overdraft: "-" });
    expect(inUnit(inYuan, "quantity", undefined)).toEqual({ ...inYuan, limits_in: "quantity" });
    expect(otherUnit("-3", "quantity", plan)).toBe("-1.5");
  });
  it("another unit takes the three with it; set meanwhile by somebody else it is asked about", () => {
    const merged = merge(opened, { ...opened, name: "B" }, { ...opened, ...inKwh });
    expect(merged).toEqual({ values: { ...opened, name: "B", ...inKwh }, clashes: [] });
    expect(merge(opened, { ...opened, ...inKwh }, { ...opened, name: "C" })).toEqual({ values: { ...opened, ...inKwh, name: "C" }, clashes: [] });
    expect(merge(opened, { ...opened, ...inKwh }, { ...opened, alarm_1: "25" }).clashes).toEqual(["limits_in"]);
  });
});

describe("a recharge without an answer", () => {
  const error = (code: string) => new ApiError(code, 0, "");
  it.each([
    ["timeout", true, false, true],
    ["busy", false, false, false],
    ["bad_field", false, false, false],
    ["busy", false, true, true],
    ["unauthenticated", false, true, true],
    ["key_reused", false, true, false],
    ["not_found", false, true, false],
  ])("%s (unknown: %s, open before: %s) leaves it open: %s", (code, unknown, before, open) =>
    expect(stillOpen(error(code), unknown, before)).toBe(open),
  );
});
