import { describe, expect, it } from "vitest";

import { comparable, lastYear, periodOf, shifted, slots, spanOf, sums } from "@/features/meters/usage";

const CHINA = 480;
const at = (text: string) => Date.parse(`${text}+08:00`);

describe("em-usage-analysis: the period", () => {
  it.each([
    ["day", "2026-11-21", "2026-11-21"],
    ["day", "2026-02-30", "2026-11-22"],
    ["day", "2026-11-23", "2026-11-22"],
    ["month", "2025-12", "2025-12"],
    ["month", "2025-13", "2026-11"],
    ["month", "2025-12-01", "2026-11"],
    ["year", "1999", "2026"],
    ["year", null, "2026"],
  ] as const)("%s %s of the address is %s", (step, text, period) => expect(periodOf(step, text, "2026-11-22")).toBe(period));

  it.each([
    ["day", "2026-03-01", -1, "2026-02-28"],
    ["month", "2026-01", -1, "2025-12"],
    ["month", "2026-12", 1, "2027-01"],
    ["year", "2026", -1, "2025"],
  ] as const)("%s %s moved by %i is %s", (step, period, by, other) => expect(shifted(step, period, by)).toBe(other));

  it("the same of last year; the 29th of February has none", () => {
    expect(lastYear("day", "2026-03-01")).toBe("2025-03-01");
    expect(lastYear("month", "2026-01")).toBe("2025-01");
    expect(lastYear("day", "2024-02-29")).toBeNull();
  });
  it("begins and ends with the site's clock", () => expect(spanOf("month", "2026-02", CHINA)).toEqual({ from: at("2026-02-01T00:00:00"), to: at("2026-03-01T00:00:00") }));
});

describe("em-usage-analysis: what was used", () => {
  const point = (text: string, kwh: string) => ({ at: at(text), kwh, money: kwh });
  it("sums are exact", () => expect(sums([point("2026-01-01T00:00:00", "0.1"), point("2026-01-01T01:00:00", "0.2")])).toEqual({ kwh: "0.3", money: "0.3" }));

  it("an hour without a point is a gap, not a zero, and stands beside the hour of the day before", () => {
    const rows = slots("day", "2026-01-02", [point("2026-01-02T07:00:00", "0.5")], [point("2026-01-01T07:00:00", "0.4")], CHINA);
    expect(rows).toHaveLength(24);
    expect(rows[7]).toEqual({ label: "07:00", kwh: "0.5", money: "0.5", before: "0.4" });
    expect(rows[8]).toEqual({ label: "08:00", before: undefined });
  });
  it("a month has its days, a year the sums of its months", () => {
    expect(slots("month", "2026-02", [], [], CHINA).map(({ label }) => label).at(-1)).toBe("28");
    const rows = slots("year", "2026", [point("2026-03-01T00:00:00", "1"), point("2026-03-31T00:00:00", "2")], [point("2025-03-05T00:00:00", "4")], CHINA);
    expect(rows[2]).toEqual({ label: "03", kwh: "3", money: "3", before: "4" });
    expect(rows).toHaveLength(12);
  });
  it("a period that is not over is compared with as much of the other one", () => {
    const [span, other] = [spanOf("month", "2026-03", CHINA), spanOf("month", "2026-02", CHINA)];
    const before = [point("2026-02-01T00:00:00", "1"), point("2026-02-10T00:00:00", "2"), point("2026-02-11T00:00:00", "4")];
    expect(sums(comparable(before, span, other, at("2026-03-10T12:00:00"))).kwh).toBe("3");
    expect(sums(comparable(before, span, other, at("2026-04-01T00:00:00"))).kwh).toBe("7");
  });
});
