import { describe, expect, it } from "vitest";

import { replacedBy, standingOf, standsStill, withdrawal } from "@/features/prices/plan";
import type { PricePlan, PriceVersion } from "@/types/api";

const NOW = 1_000_000;
const version = (number: number, from: number, replaced = false): PriceVersion => ({ version: number, kind: "total", total: "1", from, created_at: 0, by: "", replaced });
/** Newest first: 5 took the place of 4. */
const versions = [version(6, NOW + 500), version(5, NOW + 200), version(4, NOW + 300, true), version(3, NOW - 100), version(2, NOW - 400), version(1, 0)];
const plan: PricePlan = { id: 1, utility: "electricity", name: "A", kind: "total", total: "1.2", updated_at: 7, meters: 3, next: { kind: "total", total: "1.3", from: NOW + 200 } };

describe("em-price-plan: what a change replaces", () => {
  it.each([
    ["from now on, whatever is to come", NOW, [NOW + 200, NOW + 500]],
    ["between two, only the later one", NOW + 201, [NOW + 500]],
    ["at the same moment as one, that one too", NOW + 500, [NOW + 500]],
    ["after all of them, nothing", NOW + 501, []],
  ])("%s", (_, from, moments) => expect(replacedBy(versions, plan.next, from, NOW)).toEqual(moments));

  it("while the versions are not known, the one that the plan names", () => {
    expect(replacedBy(undefined, plan.next, NOW, NOW)).toEqual([NOW + 200]);
    expect(replacedBy(undefined, plan.next, NOW + 201, NOW)).toEqual([]);
    expect(replacedBy(undefined, undefined, NOW, NOW)).toEqual([]);
  });
});

it("em-price-plan: of a history one version is in force", () =>
  expect(versions.map((each) => standingOf(each, versions, NOW))).toEqual(["coming", "coming", "replaced", "inForce", "past", "past"]));

it("em-price-plan: a change to come is withdrawn with the prices of now from its moment on", () => {
  const four: PricePlan = { id: 2, utility: "electricity", name: "B", kind: "tou", sharp: "4", peak: "3", flat: "2", valley: "1", slots: [{ from: "00:00", tariff: "flat" }], step_period: "month", steps: [{ above: "1", add: "2" }], updated_at: 1, meters: 0, next: { kind: "total", total: "9", from: 55 } };
  expect(withdrawal(plan)).toEqual({ name: "A", kind: "total", total: "1.2", from: NOW + 200 });
  expect(withdrawal(four)).toEqual({ name: "B", kind: "tou", sharp: "4", peak: "3", flat: "2", valley: "1", slots: four.slots, step_period: "month", steps: four.steps, from: 55 });
  expect(withdrawal({ ...plan, next: undefined })).toBeNull();
});

it("em-price-plan: whoever changed it meanwhile is noticed, and so is what has begun", () => {
  expect(standsStill(plan, plan)).toBe(true);
  expect(standsStill({ ...plan, updated_at: 8 }, plan)).toBe(false);
  expect(standsStill({ ...plan, next: undefined }, plan)).toBe(false);
});
