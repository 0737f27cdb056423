// What is asked of a report, as the address has it. Pure; tested by table.
import type { Query } from "@/lib/api/client";
import { formatDay } from "@/lib/time";
import type { Report } from "@/types/api";

export const DAY = 86_400_000;
/** 4:223: one week by default. */
export const USUAL_DAYS = 7;
export const MOST_DAYS = 366;
const SIZES = [20, 50, 100];
export const USUAL_SIZE = 50;

export type Asked = {
  search?: string;
  site?: string;
  meter?: number;
  /** YYYY-MM-DD of the site, both included; without: the last seven days */
  from?: string;
  to?: string;
  choices: Record<string, string>;
  size: number;
};

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

export const searchColumns = (report: Report) => report.columns.filter(({ search, choices }) => search && choices);

/** Nonsense in the address is left out. */
export function askedOf(report: Report, parameters: URLSearchParams): Asked {
  const text = (name: string, fits: (value: string) => boolean) => {
    const value = parameters.get(name);
    return value && fits(value) ? value : undefined;
  };
  const choices: Record<string, string> = {};
  for (const { name, choices: allowed } of searchColumns(report)) {
    const value = text(name, (each) => allowed!.some((choice) => choice.value === each));
    if (value) choices[name] = value;
  }
  const meter = Number(parameters.get("meter"));
  const size = Number(parameters.get("size"));
  return {
    search: parameters.get("search")?.slice(0, 60) || undefined,
    site: text("site", (value) => value.length <= 64),
    meter: Number.isSafeInteger(meter) && meter > 0 ? meter : undefined,
    from: report.period ? text("from", isDay) : undefined,
    to: report.period ? text("to", isDay) : undefined,
    choices,
    size: SIZES.includes(size) ? size : USUAL_SIZE,
  };
}

export function parametersOf({ search, site, meter, from, to, choices, size }: Asked): URLSearchParams {
  const parameters = new URLSearchParams();
  const put = (name: string, value: string | number | undefined) => value !== undefined && value !== "" && parameters.set(name, String(value));
  put("search", search);
  put("site", site);
  put("meter", meter);
  put("from", from);
  put("to", to);
  for (const [name, value] of Object.entries(choices)) put(name, value);
  if (size !== USUAL_SIZE) put("size", size);
  return parameters;
}

/** The days that are asked for: a missing end follows from the other one, and more than a year is cut at its far end. */
export function daysOf({ from, to }: Asked, today: string): { from: string; to: string } {
  const shift = (day: string, by: number) => formatDay(Date.parse(day) + by * DAY, 0);
  const last = to ?? (from && from > today ? from : today);
  const first = from ?? shift(last, 1 - USUAL_DAYS);
  const [least, most] = first <= last ? [first, last] : [last, first];
  const far = shift(most, 1 - MOST_DAYS);
  return { from: least < far ? far : least, to: most };
}

/** Of one page but where it begins. offset: the site's, in minutes. */
export function queryOf(report: Report, asked: Asked, today: string, offset: number): Query {
  const query: Query = { search: asked.search, site: asked.site, meter: asked.meter, ...asked.choices };
  if (!report.period) return query;
  const { from, to } = daysOf(asked, today);
  return { ...query, from: Date.parse(from) - offset * 60_000, to: Date.parse(to) + DAY - offset * 60_000 };
}

export const narrowed = ({ search, site, meter, from, to, choices }: Asked) =>
  Boolean(search || site || meter || from || to) || Object.keys(choices).length > 0;
