import { describe, expect, it } from "vitest";

import { estimatePrice, gaugeScale, rechargeEffect, relayTone, thresholdProblem, wouldTrip } from "@/lib/meter-state";

const short = { balance: "-3.32", overdraft: "0", wanted: "open", wanted_reason: "arrears" } as const;

describe("recharge", () => {
  it("reconnects a home cut off for arrears once the balance is above the threshold", () => {
    expect(rechargeEffect(short, "50")).toEqual({ after: "46.68", reconnects: true, missing: null, forced: false });
  });
  it("says what is missing, in whole fen and strictly above the threshold", () => {
    expect(rechargeEffect(short, "3")?.missing).toBe("0.33");
    expect(rechargeEffect(short, "3.32")).toMatchObject({ reconnects: false, missing: "0.01" });
  });
  it("counts the overdraft", () => {
    expect(rechargeEffect({ ...short, balance: "-7", overdraft: "5" }, "2.01")?.reconnects).toBe(true);
    expect(rechargeEffect({ ...short, balance: "-7", overdraft: "5" }, "2")?.reconnects).toBe(false);
  });
  it("never reconnects what was tripped by hand", () => {
    expect(rechargeEffect({ ...short, wanted_reason: "forced" }, "50")).toMatchObject({ reconnects: false, forced: true });
  });
  it.each(["0", "-1", "x", ""])("%j is no recharge", (amount) => expect(rechargeEffect(short, amount)).toBeNull());
});

describe("thresholds", () => {
  it.each([
    ["20", "10", "0", null],
    ["10", "10", "0", "order"],
    ["5", "10", "0", "order"],
    ["20", "-5", "5", null],
    ["20", "-5.01", "5", "order2"],
  ])("preset 1 %s, preset 2 %s, overdraft %s: %s", (one, two, overdraft, problem) =>
    expect(thresholdProblem(one, two, overdraft)).toBe(problem),
  );
  it("only a prepaid account with automatic trip is cut off", () => {
    const settings = { mode: "prepaid", auto_trip: true, overdraft: "0" };
    expect(wouldTrip("0", settings)).toBe(true);
    expect(wouldTrip("0.01", settings)).toBe(false);
    expect(wouldTrip("-9", { ...settings, auto_trip: false })).toBe(false);
    expect(wouldTrip("-9", { ...settings, mode: "reading" })).toBe(false);
  });
});

it("green only when the meter answers and supplies as wanted", () => {
  const state = { wanted: "closed", reported: "closed", reachable: true } as const;
  expect(relayTone(state)).toBe("ok");
  expect(relayTone({ ...state, reachable: false })).toBe("idle");
  expect(relayTone({ ...state, wanted: "open" })).toBe("warn");
  expect(relayTone({ ...state, wanted: "open", reported: "open" })).toBe("bad");
  expect(relayTone({ ...state, reported: "unknown" })).toBe("idle");
});

it("an estimate by time of use rests on the flat price and says so", () => {
  expect(estimatePrice({ kind: "tou", flat: "0.8" })).toEqual({ price: "0.8", flat: true });
  expect(estimatePrice({ kind: "total", total: "1.2" })).toEqual({ price: "1.2", flat: false });
  expect(estimatePrice({ kind: "total", total: "1.2", step_period: "month", steps: [{ above: "210", add: "0.05" }] })).toEqual({ price: "1.2", flat: false, rough: true });
  expect(estimatePrice({ kind: "tou", flat: "0.8", slots: [{ from: "00:00", tariff: "flat" }] })).toEqual({ price: "0.8", flat: true, rough: true });
});

it("the gauge keeps overdraft, thresholds and balance in order on its line", () => {
  for (const balance of [-40, -5, 0, 8, 300]) {
    const { place } = gaugeScale({ balance, one: 20, two: 10, overdraft: 5 });
    expect(place(-5)).toBeLessThan(place(10));
    expect(place(10)).toBeLessThan(place(20));
    expect(place(balance)).toBeGreaterThan(0);
    expect(place(balance)).toBeLessThan(1);
  }
});
