// Rules of presentation for one meter, free of React so that they can be tested.
import { compare, MONEY, parse, toText } from "./decimal";
import type { Meter, MeterRow, PricePlan } from "@/types/api";

type Tone = "ok" | "warn" | "bad" | "idle";

/** Green: supplying as wanted. Red: cut off as wanted. Amber: on the way or contradicting. Grey: not known. */
export function relayTone(meter: Pick<MeterRow, "wanted" | "reported" | "reachable">): Tone {
  if (meter.reported === "unknown") return "idle";
  if (meter.reported !== meter.wanted) return "warn";
  if (!meter.reachable) return "idle";
  return meter.reported === "closed" ? "ok" : "bad";
}

export function accountTone(state: MeterRow["account_state"]): Tone {
  return state === "normal" ? "ok" : state === "arrears" ? "bad" : "warn";
}

/** Adds up to a recharge's effect; all amounts are exact yuan text. */
export type RechargeEffect = {
  after: string;
  /** it will be closed again by itself */
  reconnects: boolean;
  /** still at or below the trip threshold; what is missing at least, rounded up to a whole fen */
  missing: string | null;
  /** tripped by hand: money does not close it */
  forced: boolean;
};

export function rechargeEffect(
  meter: Pick<Meter, "balance" | "overdraft" | "wanted" | "wanted_reason">,
  amount: string,
): RechargeEffect | null {
  const balance = parse(meter.balance, MONEY);
  const overdraft = parse(meter.overdraft, MONEY);
  const added = parse(amount, MONEY);
  if (balance === null || overdraft === null || added === null || added <= 0n) return null;
  const after = balance + added;
  const forced = meter.wanted_reason === "forced";
  const arrears = meter.wanted_reason === "arrears";
  const above = after > -overdraft;
  const fen = 10_000n;
  return {
    after: toText(after, MONEY),
    reconnects: arrears && above,
    missing: arrears && !above ? toText(((-overdraft - after) / fen + 1n) * fen, MONEY) : null,
    forced,
  };
}

/** Fields of 设备参数 that break the order alarm_1 > alarm_2 >= -overdraft >= … */
export function thresholdProblem(one: string, two: string, overdraft: string): "order" | "order2" | null {
  if (compare(one, two, MONEY) !== 1) return "order";
  const below = parse(overdraft, MONEY);
  const second = parse(two, MONEY);
  if (below !== null && second !== null && second < -below) return "order2";
  return null;
}

/** True when these settings would have the meter open (a prepaid account at or below the threshold). */
export function wouldTrip(balance: string, settings: { mode: string; auto_trip: boolean; overdraft: string }): boolean {
  const have = parse(balance, MONEY);
  const below = parse(settings.overdraft, MONEY);
  return settings.mode === "prepaid" && settings.auto_trip && have !== null && below !== null && have <= -below;
}

/** flat: only the flat one of four; rough: time slots or steps make it another one */
export type Estimate = { price: string; flat: boolean; rough?: true };

/** The price an estimate may use. */
export function estimatePrice(plan: Partial<PricePlan> | undefined): Estimate | null {
  const price = plan?.kind === "tou" ? plan.flat : plan?.total;
  if (!plan || !price) return null;
  return { price, flat: plan.kind === "tou", ...((plan.slots?.length || plan.steps?.length) && { rough: true as const }) };
}

/** Where the marks of the gauge stand, whatever the amounts are: their names must never cover each other. */
const GAUGE_MARKS = { trip: 0.14, two: 0.36, one: 0.58 };

/**
 * Places on the gauge line, 0..1: straight between neighbouring marks, so the line shows in which zone the balance is and
 * how far through it, not proportions across zones.
 */
export function gaugeScale(values: { balance: number; one: number; two: number; overdraft: number }) {
  const trip = -values.overdraft;
  const low = Math.min(trip - 10, values.balance * 1.05);
  const high = Math.max(values.one + 10, values.one * 2, values.balance * 1.08);
  const knots: [number, number][] = [
    [low, 0],
    [trip, GAUGE_MARKS.trip],
    // Both may be the same amount; then the two marks share one place.
    ...(values.two > trip ? ([[values.two, GAUGE_MARKS.two]] as [number, number][]) : []),
    [values.one, GAUGE_MARKS.one],
    [high, 1],
  ];
  const place = (value: number) => {
    if (value <= low) return 0.02;
    const upper = knots.findIndex(([at]) => value <= at);
    if (upper < 1) return 0.98;
    const [[from, start], [to, end]] = [knots[upper - 1]!, knots[upper]!];
    const at = start + ((value - from) / (to - from)) * (end - start);
    return Math.min(0.98, Math.max(0.02, at));
  };
  return { place };
}
