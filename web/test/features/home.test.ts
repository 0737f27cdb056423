import { describe, expect, it } from "vitest";

import { monthBefore, waterOfDays } from "@/features/home/water";
import type { EnergyAnalysis } from "@/types/api";

const month = (total: string, before: string, points: Record<string, string>) =>
  ({ total: { kwh: total }, before: { kwh: before }, points: Object.entries(points).map(([at, kwh]) => ({ at, kwh })) }) as EnergyAnalysis;

describe("water on the home page", () => {
  it("a day with nothing used is 0", () => {
    const november = month("3", "0", { "2026-11-20": "3.0000", "2026-11-21": "0.0000", "2026-11-22": "0.0000" });
    expect(waterOfDays([november, undefined], "2026-11-22", "2026-11-21")).toEqual({ today: "0.0000", yesterday: "0.0000" });
  });
  it("on the first of a month yesterday is of the month before, and unknown, not 0, until that is there", () => {
    const december = month("0.5", "2", { "2026-12-01": "0.5000" });
    const november = month("30", "0", { "2026-11-29": "1.0000", "2026-11-30": "2.0000" });
    expect(waterOfDays([december, undefined], "2026-12-01", "2026-11-30")).toEqual({ today: "0.5000", yesterday: null });
    expect(waterOfDays([december, november], "2026-12-01", "2026-11-30")).toEqual({ today: "0.5000", yesterday: "2.0000" });
    // Nothing yet today, nor on the first of the month before: there is water all the same.
    expect(waterOfDays([month("0", "0", { "2026-12-01": "0" }), november], "2026-12-01", "2026-11-30")).toEqual({ today: "0", yesterday: "2.0000" });
  });
  it("where nobody used any it is not shown", () => {
    expect(waterOfDays([month("0", "0.0000", { "2026-11-22": "0" })], "2026-11-22", "2026-11-21")).toBeNull();
  });
  it.each([
    ["2026-11-22", "2026-11-21", undefined],
    ["2026-12-01", "2026-11-30", 202611],
    ["2027-01-01", "2026-12-31", 202612],
    [undefined, undefined, undefined],
  ])("on %s, after %s, the month %s is asked for besides", (today, yesterday, asked) => expect(monthBefore(today, yesterday)).toBe(asked));
});
