import { describe, expect, it } from "vitest";

import { billedOf, effectOf, outcomeOf, standingOf, stepBetween } from "@/features/meters/acceptance";
import type { LedgerRow, Meter, ReadingRow } from "@/types/api";

const NOW = 1_000_000_000;
const last = { at: NOW - 3_600_000, total: "1000" };
const counted = { last_reading: last, start_reading: { at: 0, total: "0" } };
const refused: ReadingRow = { id: 7, at: NOW - 60_000, kind: "interval", total: "1400", state: "quarantined", reason: "impossible_jump" };

it.each([
  ["a refused reading that is newer than what counted waits", {}, "waiting"],
  ["so does a register that went back", { total: "3.5" }, "waiting"],
  ["one that is not newer has been overtaken", { at: last.at, total: "1400" }, "overtaken"],
  ["the one that the meter counts on from was accepted", { at: last.at, total: "1000.00" }, "accepted"],
  ["a daily freeze never counts", { kind: "daily_freeze" as const }, "unfit"],
  ["no dial shows a million", { total: "1000000" }, "unfit"],
  ["nor a tariff of a million", { tariffs: ["0", "0", "1000000", "0"] }, "unfit"],
  ["what comes from the future cannot count yet", { at: NOW + 300_001 }, "unfit"],
  ["a gateway's clock may be five minutes ahead", { at: NOW + 300_000 }, "waiting"],
])("%s", (_, change, standing) => expect(standingOf({ ...refused, ...change }, counted, NOW)).toBe(standing));

it("a reading that was not refused has nothing to decide", () => {
  expect(standingOf({ ...refused, state: "used" }, counted, NOW)).toBeNull();
  expect(standingOf({ ...refused, state: "recorded" }, counted, NOW)).toBeNull();
});

it("before the first reading the start register counts", () => {
  expect(standingOf(refused, { ...counted, last_reading: null }, NOW)).toBe("waiting");
});

it.each([
  ["1000", "1400.5", "400.5", false],
  ["1000", "3.5", "-996.5", false],
  ["999990", "10.25", "20.25", true],
  ["989999.9999", "5", "-989994.9999", false],
  ["990000", "10000", "-980000", false],
])("from %s to %s the dial grew by %s", (from, to, by, rolledOver) => expect(stepBetween(from, to)).toEqual({ by, rolledOver }));

it.each([
  ["whole", "400.5", "", "400.5"],
  ["whole", "-996.5", "", null],
  ["nothing", "-996.5", "", "0"],
  ["stated", "400.5", "12.3456", "12.3456"],
  ["stated", "400.5", "12.34567", null],
  ["stated", "400.5", "-1", null],
  ["stated", "400.5", "1000000", null],
  ["stated", "400.5", "", null],
  [null, "400.5", "12", null],
] as const)("choice %s of a step of %s with %j typed bills %s", (choice, step, text, billed) =>
  expect(billedOf(choice, step, text)).toBe(billed),
);

describe("the effect", () => {
  const meter = {
    ...counted, balance: "100", overdraft: "0", mode: "prepaid", auto_trip: true, keep_power: false,
    prices: { name: "", kind: "total", total: "0.61533" },
  } as unknown as Meter;
  it("is price times quantity, rounded down to a micro-yuan", () => {
    expect(effectOf(meter, "12.3457")).toMatchObject({ money: "7.596679", after: "92.403321", cuts: false, flat: false });
  });
  it("says when the home would be cut off, and not when it is protected or cut off already", () => {
    expect(effectOf(meter, "400")!.cuts).toBe(true);
    expect(effectOf({ ...meter, keep_power: true }, "400")!.cuts).toBe(false);
    expect(effectOf({ ...meter, auto_trip: false }, "400")!.cuts).toBe(false);
    expect(effectOf({ ...meter, balance: "-1" }, "400")!.cuts).toBe(false);
  });
  it("bills a plan of four prices at the flat one, as the ledger does", () => {
    const tou = { name: "", kind: "tou", sharp: "2", peak: "1.5", flat: "1", valley: "0.5" } as Meter["prices"];
    expect(effectOf({ ...meter, prices: tou }, "10")).toMatchObject({ money: "10", price: "1", flat: true });
  });
  it("is unknown without prices", () => expect(effectOf({ ...meter, prices: undefined }, "10")).toBeNull());
});

describe("after a refusal as decided already", () => {
  const posting = (quantity: string, at = refused.at) => ({ id: 1, at, kind: "deduction", amount: "-1", balance: "0", quantity }) as LedgerRow;
  const now = { ...counted, last_reading: { at: refused.at, total: refused.total } };
  const later = { ...counted, last_reading: { at: refused.at + 900_000, total: "1401" } };
  it("the same quantity is what was wanted, also when readings followed", () => {
    expect(outcomeOf(refused, "400.0", now, [posting("400")])).toEqual({ is: "accepted" });
    expect(outcomeOf(refused, "400", later, [posting("1", later.last_reading.at), posting("400")])).toEqual({ is: "accepted" });
  });
  it("no posting is a decision to bill nothing", () => {
    expect(outcomeOf(refused, "0", now, [])).toEqual({ is: "accepted" });
    expect(outcomeOf(refused, "400", now, [])).toEqual({ is: "otherwise", billed: "0" });
  });
  it("another quantity is somebody else's decision", () => {
    expect(outcomeOf(refused, "400", now, [posting("12.5")])).toEqual({ is: "otherwise", billed: "12.5" });
  });
  it("without a posting a newer reading has overtaken it", () => {
    expect(outcomeOf(refused, "400", later, [posting("1", later.last_reading.at)])).toEqual({ is: "overtaken" });
  });
});
