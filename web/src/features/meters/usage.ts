// What a meter used in a day by hours, in a month by days, in a year by months, beside the period before and the same one of last
// year. Periods are named as people write them: 2026-11-22, 2026-11, 2026. Pure; tested by table.
import { MONEY, parse, QUANTITY, toText } from "@/lib/decimal";
import type { Consumption } from "@/types/api";

export const STEPS = ["day", "month", "year"] as const;
export type Step = (typeof STEPS)[number];
type Point = Consumption["points"][number];

const LENGTH = { day: 10, month: 7, year: 4 } as const;
const EARLIEST = "2000";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Midnight UTC of its first day; NaN for no period. */
const begin = (step: Step, period: string) => Date.parse(`${period}${"-01-01".slice(0, 10 - LENGTH[step])}T00:00:00Z`);
const named = (step: Step, ms: number) => new Date(ms).toISOString().slice(0, LENGTH[step]);

/** today: YYYY-MM-DD. What the address says if it is a period up to the running one, otherwise the running one. */
export function periodOf(step: Step, text: string | null, today: string): string {
  const running = today.slice(0, LENGTH[step]);
  const fits = text !== null && text.length === LENGTH[step] && text >= EARLIEST && text <= running && !Number.isNaN(begin(step, text));
  return fits && named(step, begin(step, text)) === text ? text : running;
}

export function shifted(step: Step, period: string, by: number): string {
  const date = new Date(begin(step, period));
  if (step === "day") date.setUTCDate(date.getUTCDate() + by);
  else if (step === "month") date.setUTCMonth(date.getUTCMonth() + by);
  else date.setUTCFullYear(date.getUTCFullYear() + by);
  return named(step, date.getTime());
}

/** The same period of last year; the 29th of February has none. */
export function lastYear(step: Step, period: string): string | null {
  const text = `${String(Number(period.slice(0, 4)) - 1)}${period.slice(4)}`;
  return named(step, begin(step, text)) === text ? text : null;
}

/** UTC milliseconds of the site's clock. */
export const spanOf = (step: Step, period: string, offsetMinutes: number) => ({
  from: begin(step, period) - offsetMinutes * 60_000,
  to: begin(step, shifted(step, period, 1)) - offsetMinutes * 60_000,
});

/** What is asked for: a year in days, of which the platform has more than a few. */
export const askedStep = (step: Step): "hour" | "day" => (step === "day" ? "hour" : "day");

/** Hour 0.., day or month 1.. of its period. */
const slotOf = (step: Step, at: number, offsetMinutes: number): number => {
  const date = new Date(at + offsetMinutes * 60_000);
  return step === "day" ? date.getUTCHours() : step === "month" ? date.getUTCDate() : date.getUTCMonth() + 1;
};

export type Slot = { label: string; kwh?: string; money?: string; before?: string };
export type Sum = { kwh: string; money: string };

const plus = (left: string | undefined, right: string | undefined, scale: number) => toText((parse(left, scale) ?? 0n) + (parse(right, scale) ?? 0n), scale);

export const sums = (points: Pick<Point, "kwh" | "money">[]): Sum =>
  points.reduce<Sum>((sum, { kwh, money }) => ({ kwh: plus(sum.kwh, kwh, QUANTITY), money: plus(sum.money, money, MONEY) }), { kwh: "0", money: "0" });

/** Every hour, day or month of the period, and what the same one of the period before had; without a point there is nothing. */
export function slots(step: Step, period: string, points: Point[], before: Point[], offsetMinutes: number): Slot[] {
  const by = (all: Point[]) => {
    const found = new Map<number, Sum>();
    for (const point of all) {
      const slot = slotOf(step, point.at, offsetMinutes);
      found.set(slot, sums([found.get(slot) ?? { kwh: "0", money: "0" }, point]));
    }
    return found;
  };
  const [now, then] = [by(points), by(before)];
  const count = step === "day" ? 24 : step === "year" ? 12 : (begin(step, shifted(step, period, 1)) - begin(step, period)) / DAY;
  return Array.from({ length: count }, (_, index) => {
    const slot = step === "day" ? index : index + 1;
    const label = String(slot).padStart(2, "0") + (step === "day" ? ":00" : "");
    return { label, ...now.get(slot), before: then.get(slot)?.kwh };
  });
}

/** Of a period that is not over only as much of another one as has gone by of it. */
export function comparable(points: Point[], span: { from: number; to: number }, other: { from: number }, now: number): Point[] {
  return now >= span.to ? points : points.filter(({ at }) => at - other.from <= now - span.from);
}
