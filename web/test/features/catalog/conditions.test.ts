import { describe, expect, it } from "vitest";

import { building, fields, houses } from "./samples";
import { dependents, isShown, outerOf } from "@/features/catalog/conditions";

describe("catalogue: what depends on another field", () => {
  it.each([
    ["building", ["unit", "door"]],
    ["unit", ["door"]],
    ["door", []],
    ["number", []],
    ["site", ["building", "unit", "door"]],
  ])("%s takes %j with it", (changed, taken) => expect(dependents(houses.fields, changed)).toEqual(taken));

  it("fields within each other end", () => {
    const one = { ...fields.unit, name: "one", within: "two" };
    const two = { ...fields.unit, name: "two", within: "one" };
    expect(dependents([one, two], "one")).toEqual(["two"]);
  });

  it("a field lies within the reference of that name, if there is one", () => {
    expect(outerOf(fields.unit, houses.fields)).toBe(fields.building);
    expect(outerOf(fields.building, houses.fields)).toBeUndefined();
    expect(outerOf(fields.unit, [fields.unit])).toBeUndefined();
  });
});

describe("catalogue: a unit exists where the building has units", () => {
  it.each([
    ["the building has them", building(true), true],
    ["it has none", building(false), false],
    ["no building is chosen", null, false],
    ["the building is not known yet", undefined, null],
  ])("%s", (_, outer, shown) => expect(isShown(fields.unit, outer)).toBe(shown));

  it("a field without a condition always does", () => expect(isShown(fields.door, null)).toBe(true));
});
