import { describe, expect, it } from "vitest";

import { mergeSettings as merge } from "@/features/meters/settings";
import { stillOpen } from "@/lib/open-recharge";
import { ApiError } from "@/lib/api/client";
import type { MeterSettings } from "@/types/api";

const opened: MeterSettings = { name: "A", room: "", mode: "prepaid", alarm_1: "20", alarm_2: "10", overdraft: "0", auto_trip: true };

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
