import { describe, expect, it } from "vitest";

import { daysOf, monthsOf } from "@/features/my/use";
import type { MyUse } from "@/types/bound";

const BEIJING = 480;
const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
const point = (day: string, quantity: string) => ({ at: at(day), quantity, money: quantity });
const use = (more: Partial<MyUse>): MyUse => ({ from: at("2026-11-18"), days: [], months: [], ...more });

describe("em-user-balance, wm-user-balance: use of a resident", () => {
  it("begins with the first day that is his, and a day without use is there as one", () => {
    const shown = daysOf(use({ days: [point("2026-11-18", "3"), point("2026-11-20", "4.5")] }), at("2026-11-21") + 3_600_000, BEIJING);
    expect(shown.labels).toEqual(["11-18", "11-19", "11-20", "11-21"]);
    expect(shown.used).toEqual(["3", "0", "4.5", "0"]);
  });
  it("has at most 31 days, in the time of the site", () => {
    const shown = daysOf(use({ from: at("2026-01-01"), days: [point("2026-11-21", "1")] }), Date.parse("2026-11-20T16:00:00Z"), BEIJING);
    expect(shown.labels).toHaveLength(31);
    expect(shown.labels[0]).toBe("10-22");
    expect(shown.labels[30]).toBe("11-21");
    expect(shown.used[30]).toBe("1");
  });
  it("has no day while the first one is still to come", () => {
    expect(daysOf(use({ from: at("2026-11-22") }), at("2026-11-21") + 1, BEIJING).labels).toEqual([]);
  });
  it("has every month up to the running one, over the end of a year", () => {
    const shown = monthsOf(use({ months: [point("2026-11-01", "90"), point("2027-01-01", "80")] }), at("2027-02-03"), BEIJING);
    expect(shown.labels).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
    expect(shown.used).toEqual(["90", "0", "80", "0"]);
    expect(monthsOf(use({}), at("2027-02-03"), BEIJING).labels).toEqual([]);
  });
});
