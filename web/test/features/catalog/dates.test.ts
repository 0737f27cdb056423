// Days and titles of several fields.
import { expect, it } from "vitest";

import { houses } from "./samples";
import { parametersOf, queryOf } from "@/features/catalog/query";
import { inTitle, nameField, titleWords } from "@/features/catalog/titles";
import { bodyOf, emptyValues, isDay, problemOf } from "@/features/catalog/values";
import type { Field, Resource } from "@/types/catalog";

const word = { zh: "since", en: "since" };
const since: Field = { name: "since", label: word, type: "date", required: false, search: true, sort: true, listed: true, fixed: false };
const dated: Resource = { ...houses, title: "unit|building number", fields: [...houses.fields, since] };

it.each([
  ["2026-02-28", true],
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["2026-13-01", false],
  ["1899-12-31", false],
  ["2026-2-1", false],
  ["", false],
])("a day as the platform takes it: %s is %s", (text, is) => expect(isDay(text)).toBe(is));

it("a day that is none is a problem, no day is one where it is required", () => {
  expect(problemOf(since, "2026-02-30")).toEqual({ key: "date" });
  expect(problemOf(since, "")).toBeNull();
  expect(problemOf({ ...since, required: true }, "")).toEqual({ key: "required" });
  expect(bodyOf(dated, { ...emptyValues(dated, "s"), since: "2026-03-01" }, () => true, true).since).toBe("2026-03-01");
  expect(bodyOf(dated, emptyValues(dated, "s"), () => true, true).since).toBeNull();
});

it("spc-resident-file: a list is asked for a span of days, and nonsense in the address is left out", () => {
  const query = queryOf(dated, new URLSearchParams("since_from=2026-01-01&since_to=tomorrow&since=2026-01-01"));
  expect(query.filters).toEqual({ since_from: "2026-01-01" });
  expect(parametersOf(query).toString()).toBe("since_from=2026-01-01");
});

it("a title of several fields: its words, what names the row itself, what is said already", () => {
  expect(titleWords(dated)).toEqual([["unit", "building"], ["number"]]);
  expect(nameField(dated)).toBe("number");
  expect(inTitle(dated, "building")).toBe(true);
  expect(inTitle(dated, "area")).toBe(false);
});
