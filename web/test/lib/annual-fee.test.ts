import { describe, expect, it } from "vitest";

import { feeOf, feeStanding, paidThrough } from "@/lib/annual-fee";

const fee = (paid_until: string) => ({ yearly: "120.5", paid_until });

describe("wc-annual-fee", () => {
  it.each([
    [null, "paid"],
    [fee("2027-11-22"), "paid"],
    [fee("2026-12-22"), "soon"],
    [fee("2026-11-23"), "soon"],
    [fee("2026-11-22"), "expired"],
  ])("%o is %s", (paid, standing) => expect(feeStanding(paid, "2026-11-22")).toBe(standing));
  it("years are paid on from where they end; what ended a year ago begins anew", () => {
    expect(paidThrough(fee("2026-10-01"), 2, "2026-11-22")).toEqual({ from: "2026-10-01", until: "2028-10-01" });
    expect(paidThrough(fee("2025-11-22"), 1, "2026-11-22")).toEqual({ from: "2026-11-22", until: "2027-11-22" });
    expect(paidThrough(fee("2028-02-29"), 1, "2027-11-22").until).toBe("2029-03-01");
  });
  it("costs exactly so many times", () => expect(feeOf("120.5", 3)).toBe("361.5"));
});
