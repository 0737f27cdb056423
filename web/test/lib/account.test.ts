import { describe, expect, it } from "vitest";

import { adjusted, agreedTo, clearing, payoutOf, refusedBy, signedAmount, toFen } from "@/lib/account";
import { ApiError } from "@/lib/api/client";

describe("em-settle: a settlement leaves the account at zero", () => {
  it.each([
    ["23.11", "refund", "23.11"],
    ["-3.32", "collect", "3.32"],
    ["0", "none", "0"],
    ["-0.000001", "collect", "0.000001"],
    ["12.345678", "refund", "12.345678"],
  ])("%s: %s %s", (balance, direction, amount) => expect(payoutOf(balance)).toEqual({ direction, amount }));
  it("what is no number has none", () => expect(payoutOf("x")).toBeNull());

  it.each([
    ["23.114999", "23.11"],
    ["23.115", "23.12"],
    ["-3.325", "-3.33"],
    ["0.004999", "0"],
    ["-0.004", "0"],
    ["10", "10"],
    ["", null],
  ])("%s is paid as %s", (exact, fen) => expect(toFen(exact)).toBe(fen));
});

describe("em-refund-adjust: what is taken off or put on", () => {
  it.each([
    ["out", "10", "-10"],
    ["in", "10", "10"],
    ["in", "\uff11\uff10.5\u5143", "10.5"],
    ["out", "0.000001", "-0.000001"],
    ["out", "0", null],
    ["in", "-5", null],
    ["in", "0.0000001", null],
    ["in", "1000000.01", null],
    ["in", "", null],
  ] as const)("%s %s is %s", (way, text, amount) => expect(signedAmount(way, text)).toBe(amount));

  it("the account is cleared either way, and not when it is at zero", () => {
    expect(clearing("23.114")).toEqual({ way: "out", text: "23.114" });
    expect(clearing("-3.32")).toEqual({ way: "in", text: "3.32" });
    expect(clearing("0")).toBeNull();
  });

  const meter = { mode: "prepaid" as const, auto_trip: true, overdraft: "0", keep_power: false, wanted_reason: "none" as const };
  it("taking all of it cuts a prepaid home off", () => {
    expect(adjusted(meter, "10", "-10")).toEqual({ after: "0", cuts: true, reconnects: false });
    expect(adjusted({ ...meter, keep_power: true }, "10", "-10")!.cuts).toBe(false);
    expect(adjusted({ ...meter, auto_trip: false }, "10", "-10")!.cuts).toBe(false);
    expect(adjusted(meter, "-1", "-10")!.cuts, "it was off already").toBe(false);
    expect(adjusted({ ...meter, overdraft: "5" }, "10", "-12")).toEqual({ after: "-2", cuts: false, reconnects: false });
  });
  it("putting enough on reconnects a home in arrears", () => {
    expect(adjusted({ ...meter, wanted_reason: "arrears" }, "-3.32", "3.33")).toEqual({ after: "0.01", cuts: false, reconnects: true });
    expect(adjusted({ ...meter, wanted_reason: "arrears" }, "-3.32", "3.32")!.reconnects).toBe(false);
    expect(adjusted({ ...meter, wanted_reason: "forced" }, "-3.32", "10")!.reconnects).toBe(false);
  });
});

describe("em-settle, em-account-setup: guards", () => {
  const conflict = (field?: string) => new ApiError("conflict", 409, "", field);
  it.each([
    ["settlement", "reading", "newer"],
    ["settlement", "balance", "newer"],
    ["settlement", "opening", "newer"],
    ["settlement", undefined, null],
    ["adjustment", "balance", "newer"],
    ["adjustment", "opening", "newer"],
    ["opening", "opening", "open"],
    ["opening", "balance", "money"],
    ["opening", "reading", null],
    ["fee", "paid_until", "newer"],
    ["fee", "yearly", "newer"],
    ["fee", "annual_fee", null],
  ] as const)("%s, conflict of %s: %s", (of, field, refused) => expect(refusedBy(conflict(field), of)).toBe(refused));
  it("other failures are no such refusal", () => {
    expect(refusedBy(new ApiError("bad_field", 400, "", "balance"), "settlement")).toBeNull();
    expect(refusedBy(new ApiError("timeout", 0, ""), "settlement")).toBeNull();
    expect(refusedBy(new Error("x"), "settlement")).toBeNull();
  });
  it("a tick is for the figures beside it", () => {
    expect(agreedTo({ reading: 7, balance: "1" })).not.toBe(agreedTo({ reading: 8, balance: "1" }));
    expect(agreedTo({ reading: 7, balance: "1" })).not.toBe(agreedTo({ reading: 7, balance: "1.1" }));
    expect(agreedTo({ reading: 7, balance: "0", opening: { id: 3 } })).not.toBe(agreedTo({ reading: 7, balance: "0", opening: { id: 4 } }));
    expect(agreedTo({ reading: 7, balance: "0", opening: null })).not.toBe(agreedTo({ reading: 7, balance: "0", opening: { id: 4 } }));
  });
});
