import { describe, expect, it } from "vitest";

import { houses } from "./samples";
import { filterFields, hasFilter, parametersOf, queryOf, requestOf } from "@/features/catalog/query";
import { queryString } from "@/lib/api/client";

const asked = (text: string) => queryOf(houses, new URLSearchParams(text));

describe("catalogue: the question of a list", () => {
  it("survives the address bar", () => {
    const text = "search=01&site=site-1&enabled=false&building=7&kind=02&empty=true&sort=-area&page=3&page_size=50";
    expect(parametersOf(asked(text)).toString()).toBe(text);
  });

  it("of the bare address is the first page, and makes the address bare", () => {
    expect(asked("")).toEqual({ search: undefined, filters: {}, sort: undefined, page: 1, size: 20 });
    expect(parametersOf(asked("page=1&page_size=20")).toString()).toBe("");
  });

  it.each([
    "building=x", "building=0", "building=-1", "kind=03", "empty=perhaps", "enabled=1", "sort=kind", "sort=--area", "page=0", "page=1.5", "page_size=7", "number=0101",
  ])("leaves out %s", (text) => expect(asked(text)).toEqual(asked("")));

  it("goes to the platform with every condition under its own name", () =>
    expect(queryString(requestOf(asked("search=01&building=7&sort=number")))).toBe("?search=01&building=7&sort=number&page=1&page_size=20"));

  it("is narrowed by words and conditions, not by order or page", () => {
    expect(hasFilter(asked("search=1"))).toBe(true);
    expect(hasFilter(asked("enabled=true"))).toBe(true);
    expect(hasFilter(asked("sort=area&page=2&page_size=50"))).toBe(false);
  });

  it("has filters for choices, flags and references that are searched", () =>
    expect(filterFields(houses).map(({ name }) => name)).toEqual(["building", "unit", "kind", "empty"]));
});
