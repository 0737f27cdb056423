// Steps of a price plan (阶梯): what use above a border costs more, and what a unit then costs altogether. Pure; tested by table.
// The rules are those of platform/domain/tariff.hpp.
import { parse, PRICE, QUANTITY, toText, typed } from "./decimal";
import { TARIFFS } from "./price-slots";
import type { PriceFields } from "@/types/api";

export const MOST_STEPS = 5;
export const STEP_PERIODS = ["none", "month", "year"] as const;
export type StepPeriod = (typeof STEP_PERIODS)[number];
export type Step = { above: string; add: string };

/** A slip of the finger: nothing that a meter counts costs 1000 yuan. */
export const MOST_PRICE = parse("1000", PRICE)!;
/** A million kWh. */
const MOST_ABOVE = parse("1000000", QUANTITY)!;

export const PRICE_NAMES = ["total", ...TARIFFS] as const;
export type PriceName = (typeof PRICE_NAMES)[number];
/** The prices that a plan of this kind has. */
export const pricesOf = (kind: PriceFields["kind"]): readonly PriceName[] => (kind === "total" ? ["total"] : TARIFFS);

export type StepProblem = "above" | "rising" | "far" | "add" | "dear";

/** Per row what is wrong with it; prices: those of the plan, as typed. */
export function stepProblems(steps: readonly Step[], prices: readonly string[]): (StepProblem | null)[] {
  const dearest = prices.map((text) => parse(typed(text), PRICE) ?? 0n).reduce((most, price) => (price > most ? price : most), 0n);
  let below = 0n;
  return steps.map((step) => {
    const [above, add] = [parse(typed(step.above), QUANTITY), parse(typed(step.add), PRICE)];
    if (above === null || above <= 0n) return "above";
    if (above > MOST_ABOVE) return "far";
    if (above <= below) return "rising";
    below = above;
    if (add === null || add < 0n) return "add";
    return dearest + add > MOST_PRICE ? "dear" : null;
  });
}

/** Use of the period from `from` to `to` (null: without end), and what a unit of it costs. */
export type PricedStep = { from: string; to: string | null; prices: Partial<Record<PriceName, string>> };

/** All of them from 0 on; one alone where there are no steps. Only for steps without a problem. */
export function pricedSteps(plan: PriceFields): PricedStep[] {
  const steps = plan.steps ?? [];
  const priced = (add: string) =>
    Object.fromEntries(
      pricesOf(plan.kind).flatMap((name) => {
        const [price, more] = [parse(typed(plan[name]), PRICE), parse(typed(add), PRICE)];
        return price === null || more === null ? [] : [[name, toText(price + more, PRICE)]];
      }),
    );
  const borders = ["0", ...steps.map(({ above }) => typed(above))];
  return borders.map((from, index) => ({ from, to: borders[index + 1] ?? null, prices: priced(index === 0 ? "0" : steps[index - 1]!.add) }));
}

/** More than half as much again, or less than half: rarely meant. */
export function isSteep(from: string | undefined, to: string | undefined): boolean {
  const [before, after] = [parse(from, PRICE), parse(to, PRICE)];
  return before !== null && after !== null && before > 0n && (after * 2n > before * 3n || after * 2n < before);
}

/** A slip of the point in one of the prices, or in what a step adds. Between one price and four, each is held against the one. */
export function isSteepChange(before: PriceFields, after: PriceFields): boolean {
  const was = (name: PriceName) => before[name] ?? (before.kind === "total" ? before.total : name === "total" ? before.flat : undefined);
  const [low, ...high] = pricedSteps(after);
  const top = pricedSteps(before).at(-1)!;
  return pricesOf(after.kind).some((name) => isSteep(was(name), low!.prices[name]) || high.some(({ prices }) => isSteep(top.prices[name] ?? was(name), prices[name]) && isSteep(low!.prices[name], prices[name])));
}
