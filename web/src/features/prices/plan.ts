// A plan from moment to moment: what a change replaces, which prices are in force, what has changed since somebody looked. Pure;
// tested by table. The rules are those of platform/domain/tariff.hpp (PriceHistory).
import { ApiError } from "@/lib/api/client";
import type { PriceFields, PricePlan, PriceVersion } from "@/types/api";

type Seen = Pick<PricePlan, "updated_at" | "next">;

/** Nobody changed it since, and nothing of what was to come has begun. */
export const standsStill = (found: Seen, seen: Seen | undefined) => found.updated_at === seen?.updated_at && found.next?.from === seen?.next?.from;

export const changedMeanwhile = () => new ApiError("changed_meanwhile", 409, "");

/** Moments of the changes to come that a change from `from` on would replace, the next one first. versions: where they are known. */
export function replacedBy(versions: PriceVersion[] | undefined, next: PricePlan["next"], from: number, now: number): number[] {
  const coming = versions ? versions.filter((each) => !each.replaced && each.from > now).map((each) => each.from) : next ? [next.from] : [];
  return coming.filter((moment) => moment >= from).sort((a, b) => a - b);
}

/** inForce: now; coming: not yet; past: until another began; replaced: another took its place before or when it began */
export type Standing = "coming" | "inForce" | "past" | "replaced";

/** versions: newest first, as the platform has them */
export function standingOf(version: Pick<PriceVersion, "version" | "from" | "replaced">, versions: PriceVersion[], now: number): Standing {
  if (version.replaced) return "replaced";
  if (version.from > now) return "coming";
  const begun = versions.filter((each) => !each.replaced && each.from <= now);
  return begun.some((each) => each.from > version.from) ? "past" : "inForce";
}

/** What to send so that a change to come is withdrawn: the prices of now from its moment on. */
export function withdrawal(plan: PricePlan): (PriceFields & { name: string; from: number }) | null {
  if (!plan.next) return null;
  const { name, kind, total, sharp, peak, flat, valley, slots, step_period, steps } = plan;
  const prices = { kind, total, sharp, peak, flat, valley, slots, step_period, steps };
  const given = Object.fromEntries(Object.entries(prices).filter(([, value]) => value !== undefined && value !== null)) as PriceFields;
  return { ...given, name, from: plan.next.from };
}
