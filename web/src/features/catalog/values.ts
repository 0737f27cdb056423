// What stands in a form, and what of it is sent. Text, integers and decimals are text while they are typed; a decimal stays
// text all the way. Pure; tested by table.
import { ORGANISATION, placeOf, SITE } from "./conditions";
import { parse, toFixed, typed } from "@/lib/decimal";
import type { Body, Field, Reference, Resource, Row, Value } from "@/types/catalog";

/** undefined: nothing chosen; "": nothing typed */
export type FormValue = string | boolean | Reference | undefined;
export type FormValues = Record<string, FormValue>;

/** Fields of the generic form; the platform's own and those with a form of their own are none. */
export const isAsked = (field: Field) => !field.derived && field.type !== "permissions";

export const isReferenceValue = (value: unknown): value is Reference => typeof value === "object" && value !== null && "id" in value;

function formValue(field: Field, value: Value | undefined): FormValue {
  switch (field.type) {
    case "flag":
      return value === true;
    case "choice":
      return typeof value === "string" ? value : undefined;
    case "reference":
      return isReferenceValue(value) ? value : undefined;
    default:
      return value === null || value === undefined ? "" : String(value);
  }
}

/** place: code of the site, or the organisation, when it is known */
export function emptyValues(resource: Resource, place: string | Reference | undefined): FormValues {
  const begins = (field: Field) => (field.type === "integer" ? (field.preset ?? null) : null);
  return { [placeOf(resource)]: place, ...Object.fromEntries(resource.fields.map((field) => [field.name, formValue(field, begins(field))])) };
}

export function valuesOf(resource: Resource, row: Row): FormValues {
  return { [placeOf(resource)]: placeOf(resource) === SITE ? row.site : row.organisation, ...Object.fromEntries(resource.fields.map((field) => [field.name, formValue(field, row[field.name])])) };
}

/** A pasted line break (or any other control character) is a blank: the platform takes one line. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").trim();

/** What the platform takes for the value; null when it is not given. Only for a value without a problem. */
function wireValue(field: Field, value: FormValue): Body[string] {
  switch (field.type) {
    case "flag":
      return value === true;
    case "choice":
      return typeof value === "string" && value ? value : null;
    case "reference":
      return isReferenceValue(value) ? value.id : null;
    case "date":
      return String(value ?? "").trim() || null;
    case "integer": {
      const number = parse(typed(String(value ?? "")), 0);
      return number === null ? null : Number(number);
    }
    case "decimal": {
      const number = parse(typed(String(value ?? "")), field.decimals);
      return number === null ? null : toFixed(number, field.decimals);
    }
    case "permissions":
      return null;
    case "text":
      return oneLine(String(value ?? "")) || null;
  }
}

/** Where a new row belongs; without an organisation it is the session's own. */
function placeBody(resource: Resource, values: FormValues): Body {
  if (placeOf(resource) === SITE) return { [SITE]: String(values[SITE] ?? "") };
  const organisation = values[ORGANISATION];
  return isReferenceValue(organisation) ? { [ORGANISATION]: organisation.id } : {};
}

/** shown: the fields that exist in this form; creating: the site and what is fixed later are sent as well. */
export function bodyOf(resource: Resource, values: FormValues, shown: (field: Field) => boolean, creating: boolean): Body {
  const fields = resource.fields.filter((field) => isAsked(field) && (creating || !field.fixed) && shown(field));
  return {
    ...(creating && resource.of_site ? placeBody(resource, values) : {}),
    ...Object.fromEntries(fields.map((field) => [field.name, wireValue(field, values[field.name])])),
  };
}

/** Two values that would be sent alike. */
export function sameValue(resource: Resource, name: string, a: unknown, b: unknown): boolean {
  const field = resource.fields.find((each) => each.name === name);
  if (!field) return isReferenceValue(a) && isReferenceValue(b) ? a.id === b.id : a === b;
  return wireValue(field, a as FormValue) === wireValue(field, b as FormValue) && isWritten(field, a) === isWritten(field, b);
}

/** Something stands there, though it may be no number. */
const isWritten = (field: Field, value: unknown) =>
  (field.type === "integer" || field.type === "decimal") && typeof value === "string" && value.trim() !== "";

export const differ = (resource: Resource, a: FormValues, b: FormValues) =>
  [placeOf(resource), ...resource.fields.map(({ name }) => name)].some((name) => !sameValue(resource, name, a[name], b[name]));

/** A key under `catalog.problems` and what its text needs. */
export type Problem = { key: "required" | "choose" | "mobile" | "email" | "refused" | "short" | "long" | "integer" | "decimal" | "date" | "range" | "atLeast" | "atMost"; least?: string; most?: string; decimals?: number };

/** Required wherever it is asked. */
export const isRequired = (field: Field) => field.required || (field.type === "reference" && field.shown_if !== undefined);

/** What a pattern of the description is about; undefined: something else. */
export const kindOf = (pattern: string | undefined): "mobile" | "email" | undefined =>
  pattern?.includes("@") ? "email" : pattern?.startsWith("^1") ? "mobile" : undefined;

export function problemOf(field: Field, value: FormValue): Problem | null {
  switch (field.type) {
    case "flag":
    case "permissions":
      return null;
    case "choice":
    case "reference":
      return isRequired(field) && wireValue(field, value) === null ? { key: "choose" } : null;
    case "text": {
      const length = [...oneLine(String(value ?? ""))].length;
      if (length === 0) return field.required ? { key: "required" } : null;
      // The mask of a personal field: sent back it leaves the field as it is.
      if (field.personal && String(value).includes("*")) return null;
      if (field.pattern && !new RegExp(field.pattern).test(oneLine(String(value)))) return { key: kindOf(field.pattern) ?? "refused" };
      if (field.most !== undefined && length > field.most) return { key: "long", most: String(field.most) };
      return field.least !== undefined && length < field.least ? { key: "short", least: String(field.least) } : null;
    }
    case "date": {
      const day = String(value ?? "").trim();
      if (day === "") return field.required ? { key: "required" } : null;
      return isDay(day) ? null : { key: "date" };
    }
    case "integer":
    case "decimal":
      return numberProblem(field, typed(String(value ?? "")));
  }
}

/** YYYY-MM-DD, a day that there is, as the platform takes it. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year, month, day] = parts as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2199 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function numberProblem(field: Field & { type: "integer" | "decimal" }, text: string): Problem | null {
  if (text === "") return field.required ? { key: "required" } : null;
  const decimals = field.type === "decimal" ? field.decimals : 0;
  const number = parse(text, decimals);
  if (number === null) return decimals > 0 ? { key: "decimal", decimals } : { key: "integer" };
  const limit = (value: number | undefined) => (value === undefined ? undefined : toFixed(BigInt(value), decimals));
  const [least, most] = [limit(field.least), limit(field.most)];
  const below = field.least !== undefined && number < BigInt(field.least);
  const above = field.most !== undefined && number > BigInt(field.most);
  if (!below && !above) return null;
  if (least !== undefined && most !== undefined) return { key: "range", least, most };
  return below ? { key: "atLeast", least } : { key: "atMost", most };
}
