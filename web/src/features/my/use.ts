// The days and months of a resident's use as a chart shows them: none left out, so that a day without use is seen as one. Pure.
import { formatDay, startOfDay } from "@/lib/time";
import type { MyUse, MyUsePoint } from "@/types/bound";

const DAY = 86_400_000;
const MOST_DAYS = 31;

export type Bars = { labels: string[]; used: string[]; money: string[] };

const bars = (labels: string[], points: (MyUsePoint | undefined)[]): Bars => ({
  labels,
  used: points.map((point) => point?.quantity ?? "0"),
  money: points.map((point) => point?.money ?? "0"),
});

/** Up to today; from the first day that the household had wholly, at most 31. Empty before that day is over. */
export function daysOf(use: MyUse, now: number, offsetMinutes: number): Bars {
  const today = startOfDay(now, offsetMinutes);
  const first = Math.max(use.from, today - (MOST_DAYS - 1) * DAY);
  const days = Array.from({ length: Math.max(0, Math.round((today - first) / DAY) + 1) }, (_, index) => first + index * DAY);
  const known = new Map(use.days.map((point) => [formatDay(point.at, offsetMinutes), point]));
  const names = days.map((at) => formatDay(at, offsetMinutes));
  return bars(
    names.map((name) => name.slice(5)),
    names.map((name) => known.get(name)),
  );
}

/** From the first month with use to the running one. */
export function monthsOf(use: MyUse, now: number, offsetMinutes: number): Bars {
  const known = new Map(use.months.map((point) => [formatDay(point.at, offsetMinutes).slice(0, 7), point]));
  const first = use.months[0];
  if (!first) return bars([], []);
  const last = formatDay(now, offsetMinutes).slice(0, 7);
  const names: string[] = [];
  for (let name = formatDay(first.at, offsetMinutes).slice(0, 7); name <= last; name = following(name)) names.push(name);
  return bars(
    names,
    names.map((name) => known.get(name)),
  );
}

function following(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
