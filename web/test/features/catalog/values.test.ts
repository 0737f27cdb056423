import { describe, expect, it } from "vitest";

import { fields, house, houses } from "./samples";
import { bodyOf, differ, emptyValues, problemOf, sameValue, valuesOf } from "@/features/catalog/values";
import { merge } from "@/lib/merge";

const everything = () => true;
const same = (name: string, a: unknown, b: unknown) => sameValue(houses, name, a, b);

describe("catalogue: a form and its body", () => {
  it("a row comes back as it was, references by id, without what is fixed", () =>
    expect(bodyOf(houses, valuesOf(houses, house), everything, false)).toEqual({
      unit: 9, door: null, number: "0101", area: "89.30", position: 12, kind: "01", empty: false,
    }));

  it("a new one has its site and what is fixed later", () => {
    const values = { ...emptyValues(houses, "site-1"), building: { id: 7, title: "1" }, number: " 0102 " };
    expect(bodyOf(houses, values, everything, true)).toEqual({
      site: "site-1", building: 7, unit: null, door: null, number: "0102", area: null, position: null, kind: null, empty: false,
    });
  });

  it("a pasted line break is a blank", () =>
    expect(bodyOf(houses, { number: " 01\r\n02\t" }, everything, false).number).toBe("01 02"));

  it("what does not exist in the form is not sent", () =>
    expect(bodyOf(houses, valuesOf(houses, house), ({ name }) => name !== "unit", false)).not.toHaveProperty("unit"));

  it.each([
    ["89.3", "89.30"],
    ["\uff18\uff19\u30023", "89.30"],
    ["1,234.5", "1234.50"],
    ["900719925474.09", "900719925474.09"],
    ["", null],
  ])("the decimal %j is sent as %j, never as a float", (typed, sent) =>
    expect(bodyOf(houses, { area: typed }, everything, false).area).toBe(sent),
  );
});

describe("catalogue: what is wrong with a value", () => {
  it.each([
    [fields.number, "", { key: "required" }],
    [fields.number, "   ", { key: "required" }],
    [fields.number, "1", { key: "short", least: "2" }],
    [fields.number, "12345", { key: "long", most: "4" }],
    [fields.number, "\u{1F3E0}\u{1F3E0}", null],
    [fields.area, "", null],
    [fields.area, "1.234", { key: "decimal", decimals: 2 }],
    [fields.area, "abc", { key: "decimal", decimals: 2 }],
    [fields.area, "0", { key: "range", least: "0.01", most: "1000.00" }],
    [fields.area, "1000.01", { key: "range", least: "0.01", most: "1000.00" }],
    [fields.area, "1000", null],
    [fields.position, "1.5", { key: "integer" }],
    [fields.position, "10000", { key: "range", least: "0", most: "9999" }],
    [{ ...fields.position, least: undefined }, "10000", { key: "atMost", least: undefined, most: "9999" }],
    [fields.building, undefined, { key: "choose" }],
    [fields.building, { id: 7, title: "1" }, null],
    [fields.unit, undefined, { key: "choose" }],
    [fields.door, undefined, null],
    [fields.empty, false, null],
  ])("%#: %j", (field, value, problem) => expect(problemOf(field, value)).toEqual(problem));
});

describe("catalogue: unsaved, and changed by somebody else", () => {
  const opened = valuesOf(houses, house);

  it("another way to write the same is no change", () => {
    expect(differ(houses, opened, { ...opened, area: "89.3", number: "0101 " })).toBe(false);
    expect(differ(houses, opened, { ...opened, unit: { id: 9, title: "renamed" } })).toBe(false);
  });

  it.each([
    ["a text", { number: "0102" }],
    ["a number that is none", { area: "abc" }],
    ["another row", { unit: { id: 10, title: "2" } }],
    ["nothing any more", { unit: undefined }],
    ["a flag", { empty: true }],
  ])("%s is one", (_, change) => expect(differ(houses, opened, { ...opened, ...change })).toBe(true));

  it("the latest is loaded below what was typed", () => {
    const latest = { ...opened, area: "90.00", kind: "02" };
    const { values, clashes } = merge(opened, latest, { ...opened, number: "0102" }, same);
    expect(clashes).toEqual([]);
    expect(values).toEqual({ ...opened, area: "90.00", kind: "02", number: "0102" });
  });

  it("what both changed stays as typed and is named", () => {
    const { values, clashes } = merge(opened, { ...opened, area: "90.00" }, { ...opened, area: "91" }, same);
    expect(clashes).toEqual(["area"]);
    expect(values.area).toBe("91");
  });
});
