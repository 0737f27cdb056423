// Accepting a refused reading: which ones wait for a person, how large the step is, what it costs, and what became of it
// when the answer was lost. Pure; tested by table. The rules are those of platform/domain (metering, AcceptReading).
import { MONEY, parse, PRICE, QUANTITY, toText } from "@/lib/decimal";
import { estimatePrice, wouldTrip } from "@/lib/meter-state";
import type { LedgerRow, Meter, ReadingRow } from "@/types/api";

/** The dial shows 0 to 999999.99 kWh; near its end it may start again. */
const DIAL_SPAN = parse("1000000", QUANTITY)!;
const NEAR_DIAL_END = parse("10000", QUANTITY)!;
/** A gateway's clock may be ahead by this much. */
const CLOCK_TOLERANCE_MS = 300_000;

type Counted = Pick<Meter, "last_reading" | "start_reading">;

/** The register that the next reading is measured from. */
export const countedFrom = (meter: Counted) => meter.last_reading ?? meter.start_reading;

/**
 * Of a refused reading. waiting: a person may decide. accepted: the meter counts on from it. overtaken: a newer one has counted.
 * unfit: nothing can count on from it (a register no dial shows, a time in the future, a daily freeze).
 */
export type Standing = "waiting" | "accepted" | "overtaken" | "unfit";

export function standingOf(reading: ReadingRow, meter: Counted, now: number): Standing | null {
  if (reading.state !== "quarantined") return null;
  const last = countedFrom(meter);
  if (reading.kind === "daily_freeze") return "unfit";
  if (reading.at === last.at && parse(reading.total, QUANTITY) === parse(last.total, QUANTITY)) return "accepted";
  if (reading.at <= last.at) return "overtaken";
  const shown = [reading.total, ...(reading.tariffs ?? [])].every((text) => isOnDial(parse(text, QUANTITY)));
  return shown && reading.at <= now + CLOCK_TOLERANCE_MS ? "waiting" : "unfit";
}

const isOnDial = (value: bigint | null) => value !== null && value >= 0n && value < DIAL_SPAN;

/** Growth of the dial between two registers, kWh; negative when it went back and did not start again. */
export function stepBetween(from: string, to: string): { by: string; rolledOver: boolean } | null {
  const [before, after] = [parse(from, QUANTITY), parse(to, QUANTITY)];
  if (before === null || after === null) return null;
  const rolledOver = after < before && before >= DIAL_SPAN - NEAR_DIAL_END && after < NEAR_DIAL_END;
  return { by: toText(after - before + (rolledOver ? DIAL_SPAN : 0n), QUANTITY), rolledOver };
}

export type Choice = "whole" | "nothing" | "stated";

/** kWh that are billed; null while nothing valid is chosen. */
export function billedOf(choice: Choice | null, step: string, stated: string): string | null {
  const value = choice === "whole" ? parse(step, QUANTITY) : choice === "nothing" ? 0n : choice === "stated" ? parse(stated, QUANTITY) : null;
  return isOnDial(value) ? toText(value!, QUANTITY) : null;
}

export type Effect = {
  /** yuan, rounded down; what is below a micro-yuan is carried on the account */
  money: string;
  after: string;
  /** the home would be cut off */
  cuts: boolean;
  price: string;
  /** a plan of four prices bills it at the flat one */
  flat: boolean;
  /** time slots or steps make it another amount */
  rough?: true;
};

/** What billing so many kWh does at the plan in force; null when the price is not known. */
export function effectOf(meter: Meter, billed: string): Effect | null {
  const estimate = estimatePrice(meter.prices);
  const [energy, balance, price] = [parse(billed, QUANTITY), parse(meter.balance, MONEY), parse(estimate?.price, PRICE)];
  if (!estimate || energy === null || balance === null || price === null) return null;
  // 10^-4 kWh x 10^-5 yuan per kWh = 10^-9 yuan.
  const money = (energy * price) / 1000n;
  const after = toText(balance - money, MONEY);
  const cuts = !meter.keep_power && wouldTrip(after, meter) && !wouldTrip(meter.balance, meter);
  return { money: toText(money, MONEY), after, cuts, price: estimate.price, flat: estimate.flat, ...(estimate.rough && { rough: true as const }) };
}

/**
 * What became of a reading that the platform no longer lets anybody decide. accepted: as this person wants it, by whomever
 * (also by the first try whose answer was lost). otherwise: with another quantity. overtaken: nothing was billed for it.
 * moved: it can still be decided, but the step was reckoned from a register that is not the newest any more.
 */
export type Outcome = { is: "accepted" } | { is: "moved" } | { is: "otherwise"; billed: string } | { is: "overtaken" };

/** ledger: its newest postings. Only an acceptance posts a deduction at the time of a refused reading. */
export function outcomeOf(reading: ReadingRow, wanted: string, meter: Counted, ledger: LedgerRow[]): Outcome {
  const posting = ledger.find((row) => row.kind === "deduction" && row.at === reading.at);
  if (!posting && reading.at < countedFrom(meter).at) return { is: "overtaken" };
  const billed = posting?.quantity ?? "0";
  return parse(billed, QUANTITY) === parse(wanted, QUANTITY) ? { is: "accepted" } : { is: "otherwise", billed };
}
