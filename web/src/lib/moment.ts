// A moment to come, as a clerk types it: in the site's time, to the minute. Pure; tested by table.
import { formatDay, formatTime, startOfDay } from "./time";

const DAY = 86_400_000;
/** As far ahead as the platform takes a change of prices. */
const FARTHEST_MS = 2 * 366 * DAY;

/** As the browser's field for date and time has it: 2026-12-01T00:00. */
export const momentText = (ms: number, offsetMinutes: number) => formatTime(ms, offsetMinutes).slice(0, 16).replace(" ", "T");

/** UTC milliseconds; null for what is no moment. */
export function parseMoment(text: string, offsetMinutes: number): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?$/.test(text)) return null;
  const ms = Date.parse(`${text.slice(0, 16)}:00Z`) - offsetMinutes * 60_000;
  // The 31st of February is none.
  return Number.isNaN(ms) || momentText(ms, offsetMinutes) !== text.slice(0, 16) ? null : ms;
}

export type MomentProblem = "missing" | "past" | "far";

export function momentProblem(text: string, now: number, offsetMinutes: number): MomentProblem | null {
  const ms = parseMoment(text, offsetMinutes);
  if (ms === null) return "missing";
  return ms <= now ? "past" : ms > now + FARTHEST_MS ? "far" : null;
}

export const nextMidnight = (now: number, offsetMinutes: number) => startOfDay(now, offsetMinutes) + DAY;

/** 0:00 of the first of the next month. */
export function nextMonth(now: number, offsetMinutes: number): number {
  const [year, month] = formatDay(now, offsetMinutes).split("-").map(Number) as [number, number];
  return Date.UTC(year, month, 1) - offsetMinutes * 60_000;
}

/** "12-01 00:00"; with the year where it is another one. */
export function shortMoment(ms: number, now: number, offsetMinutes: number): string {
  const text = formatTime(ms, offsetMinutes).slice(0, 16);
  return text.slice(0, 4) === formatDay(now, offsetMinutes).slice(0, 4) ? text.slice(5) : text;
}
