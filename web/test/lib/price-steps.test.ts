import { describe, expect, it } from "vitest";

import { isSteep, isSteepChange, pricedSteps, stepProblems } from "@/lib/price-steps";
import type { PriceFields } from "@/types/api";

const home: PriceFields = { kind: "total", total: "0.538", step_period: "year", steps: [{ above: "2760", add: "0.05" }, { above: "4800", add: "0.3" }] };

describe("em-price-plan: steps", () => {
  it("what a step adds stands on top of every price", () => {
    expect(pricedSteps(home)).toEqual([
      { from: "0", to: "2760", prices: { total: "0.538" } },
      { from: "2760", to: "4800", prices: { total: "0.588" } },
      { from: "4800", to: null, prices: { total: "0.838" } },
    ]);
    const four: PriceFields = { kind: "tou", sharp: "1.2", peak: "1", flat: "0.6", valley: "0.3", steps: [{ above: "210", add: "0.05" }] };
    expect(pricedSteps(four)[1]!.prices).toEqual({ sharp: "1.25", peak: "1.05", flat: "0.65", valley: "0.35" });
    expect(pricedSteps({ kind: "total", total: "0.56" })).toEqual([{ from: "0", to: null, prices: { total: "0.56" } }]);
  });

  it.each([
    ["rising borders", [["210", "0.05"], ["400", "0.3"]], [null, null]],
    ["full-width figures are figures", [["\uff12\uff11\uff10", "0.05"]], [null]],
    ["a border at 0", [["0", "0.05"]], ["above"]],
    ["no number", [["", "0.05"]], ["above"]],
    ["the same border twice", [["210", "0.05"], ["210", "0.3"]], [null, "rising"]],
    ["a falling one", [["400", "0.05"], ["210", "0.3"]], [null, "rising"]],
    ["above a million", [["1000000.0001", "0.05"]], ["far"]],
    ["five digits behind the point of a border", [["210.00001", "0.05"]], ["above"]],
    ["nothing added", [["210", ""]], ["add"]],
    ["less than nothing", [["210", "-0.1"]], ["add"]],
    ["a step that adds 0", [["210", "0"]], [null]],
    ["with the dearest price above 1000", [["210", "999.41"]], ["dear"]],
    ["exactly 1000", [["210", "999.4"]], [null]],
  ] as const)("problems: %s", (_, rows, expected) => expect(stepProblems(rows.map(([above, add]) => ({ above, add })), ["0.6", "0.3"])).toEqual(expected));
});

describe("em-unit-price: a slip of the point is asked about", () => {
  it.each([
    ["0.56", "0.84", false],
    ["0.56", "0.85", true],
    ["0.56", "0.28", false],
    ["0.56", "0.27", true],
    ["0.56", "5.6", true],
    ["0", "5.6", false],
    ["0.56", "x", false],
  ])("from %s to %s: %s", (from, to, steep) => expect(isSteep(from, to)).toBe(steep));

  const total = (price: string, ...steps: [string, string][]): PriceFields => ({ kind: "total", total: price, steps: steps.map(([above, add]) => ({ above, add })) });
  const four = (sharp: string, peak: string, flat: string, valley: string): PriceFields => ({ kind: "tou", sharp, peak, flat, valley });
  it.each([
    ["the same again", total("0.56"), total("0.56"), false],
    ["ten times", total("0.56"), total("5.6"), true],
    ["one of four", four("1.2", "1", "0.6", "0.3"), four("1.2", "1", "0.6", "0.03"), true],
    ["one price becomes four around it", total("0.6"), four("0.8", "0.7", "0.6", "0.35"), false],
    ["one price becomes four with a slip", total("0.6"), four("8", "0.7", "0.6", "0.35"), true],
    ["four become one", four("1.2", "1", "0.6", "0.3"), total("0.62"), false],
    ["a usual step", total("0.538"), total("0.538", ["210", "0.05"], ["400", "0.25"]), false],
    ["a step with a slip", total("0.538"), total("0.538", ["210", "5"]), true],
    ["a step that was as steep before", total("0.538", ["210", "0.5"]), total("0.55", ["210", "0.5"]), false],
  ])("%s", (_, before, after, steep) => expect(isSteepChange(before, after)).toBe(steep));
});
