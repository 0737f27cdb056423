// The list's question in the address bar: what is searched can be bookmarked, sent and reloaded. Pure; tested by table.
import { placeOf, SITE } from "./conditions";
import { isDay } from "./values";
import type { Query } from "@/lib/api/client";
import { PAGE_SIZES, pageSize } from "@/lib/page-size";
import type { Field, Resource } from "@/types/catalog";

const SEARCH_LENGTH = 60;

export type ListQuery = {
  search?: string;
  /** by name: `site` or `organisation`, `enabled` and the fields that can be asked for, as the request wants them */
  filters: Record<string, string>;
  /** field, with a minus when the largest come first */
  sort?: string;
  page: number;
  size: number;
};

/** Both ends of the span of days in which a row was added, where lists ask for it. */
export const CREATED = ["created_from", "created_to"];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Fields with a filter of their own; the text search has the others that are searched. */
export const filterFields = (resource: Resource): Field[] =>
  resource.fields.filter(({ search, type }) => search && (type === "choice" || type === "flag" || type === "date" || type === "reference"));

/** The conditions that a field is asked for by: a date by both ends of a span. */
export const conditionsOf = ({ name, type }: Field): string[] => (type === "date" ? [`${name}_from`, `${name}_to`] : [name]);

const isFlag = (text: string) => text === "true" || text === "false";
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text);

function fits(field: Field, text: string): boolean {
  switch (field.type) {
    case "choice":
      return field.choices.some(({ value }) => value === text);
    case "flag":
      return isFlag(text);
    case "date":
      return isDay(text);
    case "reference":
      return isId(text);
    default:
      return false;
  }
}

/** Whatever stands in the address is made a question the platform accepts; nonsense is left out. */
export function queryOf(resource: Resource, parameters: URLSearchParams): ListQuery {
  const filters: Record<string, string> = {};
  const take = (name: string, accepts: (text: string) => boolean) => {
    const text = parameters.get(name);
    if (text && accepts(text)) filters[name] = text;
  };
  if (placeOf(resource) === SITE) take(SITE, (text) => text.length <= 64);
  else take(placeOf(resource), isId);
  take("enabled", isFlag);
  if (placeOf(resource) !== SITE) for (const name of CREATED) take(name, isDay);
  for (const field of filterFields(resource)) for (const name of conditionsOf(field)) take(name, (text) => fits(field, text));
  const sort = parameters.get("sort") ?? "";
  const sorted = resource.fields.some((field) => field.sort && field.name === sort.replace(/^-/, ""));
  const page = Number(parameters.get("page"));
  const size = Number(parameters.get("page_size"));
  return {
    search: parameters.get("search")?.slice(0, SEARCH_LENGTH) || undefined,
    filters,
    sort: sorted ? sort : undefined,
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
    size: PAGE_SIZES.includes(size) ? size : pageSize(),
  };
}

export function parametersOf({ search, filters, sort, page, size }: ListQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  if (search) parameters.set("search", search);
  for (const [name, text] of Object.entries(filters)) if (text) parameters.set(name, text);
  if (sort) parameters.set("sort", sort);
  if (page !== 1) parameters.set("page", String(page));
  if (size !== pageSize()) parameters.set("page_size", String(size));
  return parameters;
}

/** offset: minutes east of UTC of those who read, whose days are meant. */
export function requestOf({ search, filters, sort, page, size }: ListQuery, offset = 0): Query {
  const times = CREATED.filter((name) => filters[name]).map((name) => {
    const start = Date.parse(`${filters[name]}T00:00:00Z`) - offset * MINUTE_MS;
    return [name, name === "created_to" ? start + DAY_MS - 1 : start];
  });
  return { search, ...filters, ...Object.fromEntries(times), sort, page, page_size: size };
}

export const hasFilter = ({ search, filters }: ListQuery) => Boolean(search) || Object.keys(filters).length > 0;
