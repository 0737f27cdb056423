// Water of today and yesterday on the home page. Pure; tested by table.
import { parse, QUANTITY } from "@/lib/decimal";
import type { EnergyAnalysis } from "@/types/api";

/** Two days, YYYY-MM-DD: the month of yesterday as YYYYMM where it is not today's, so that it has to be asked for, too. */
export function monthBefore(today: string | undefined, yesterday: string | undefined): number | undefined {
  if (!today || !yesterday || today.slice(0, 7) === yesterday.slice(0, 7)) return undefined;
  return Number(yesterday.slice(0, 7).replace("-", ""));
}

/** m3; null: nobody used any. A day is null as long as nobody knows it: none of the months says anything about it. */
export function waterOfDays(months: readonly (EnergyAnalysis | undefined)[], today: string | undefined, yesterday: string | undefined): { today: string | null; yesterday: string | null } | null {
  const known = months.filter((month) => month !== undefined);
  if (!known.some(({ total, before }) => [total, before].some(({ kwh }) => parse(kwh, QUANTITY) !== 0n))) return null;
  const of = (day: string | undefined) => known.flatMap(({ points }) => points).find(({ at }) => at === day)?.kwh ?? null;
  return { today: of(today), yesterday: of(yesterday) };
}
