// Two resources as the platform describes them, short of what the tests do not need.
import type { Field, Resource, Row } from "@/types/catalog";

const word = (text: string) => ({ zh: text, en: text });
const common = { required: false, search: false, sort: false, listed: true, fixed: false };

export const fields = {
  building: { ...common, name: "building", label: word("building"), type: "reference", resource: "buildings", required: true, fixed: true, search: true },
  unit: { ...common, name: "unit", label: word("unit"), type: "reference", resource: "units", within: "building", shown_if: "with_units", search: true },
  door: { ...common, name: "door", label: word("door"), type: "reference", resource: "doors", within: "unit" },
  number: { ...common, name: "number", label: word("number"), type: "text", least: 2, most: 4, required: true, search: true, sort: true },
  area: { ...common, name: "area", label: word("area"), type: "decimal", decimals: 2, least: 1, most: 100_000, sort: true },
  position: { ...common, name: "position", label: word("position"), type: "integer", least: 0, most: 9999 },
  kind: { ...common, name: "kind", label: word("kind"), type: "choice", choices: [{ value: "01", label: word("flat") }, { value: "02", label: word("shop") }], search: true },
  empty: { ...common, name: "empty", label: word("empty"), type: "flag", search: true },
} satisfies Record<string, Field>;

export const houses: Resource = {
  name: "houses",
  right: "house",
  label: word("houses"),
  one: word("house"),
  group: "space",
  place: "site",
  title: "number",
  of_site: true,
  actions: ["create", "edit"],
  fields: Object.values(fields),
};

const base = { site: "site-1", enabled: true, version: 3, created_at: 1, updated_at: 2 };
export const house: Row = {
  ...base,
  id: 70,
  building: { id: 7, title: "1" },
  unit: { id: 9, title: "2" },
  door: null,
  number: "0101",
  area: "89.30",
  position: 12,
  kind: "01",
  empty: false,
};
export const building = (with_units: boolean): Row => ({ ...base, id: 7, number: "01", with_units });
