// Rules of the household's money as the console shows them before they are carried out. Pure; tested by table.
import { add, MONEY, parse, toText, typed } from "./decimal";
import { wouldTrip } from "./meter-state";
import { ApiError } from "./api/client";
import type { Meter } from "@/types/api";

/** refund: to the household; collect: from it; none: nothing changes hands. amount: never negative, exact. */
export type Payout = { direction: "refund" | "collect" | "none"; amount: string };

/** A settlement leaves the account at zero: what changes hands. null: the balance is no number. */
export function payoutOf(balance: string): Payout | null {
  const value = parse(balance, MONEY);
  if (value === null) return null;
  return { direction: value > 0n ? "refund" : value < 0n ? "collect" : "none", amount: toText(value < 0n ? -value : value, MONEY) };
}

const FEN = 10_000n;

/** What coins and transfers can pay: to the fen, halves away from zero. */
export function toFen(amount: string): string | null {
  const value = parse(amount, MONEY);
  if (value === null) return null;
  const fen = ((value < 0n ? -value : value) + FEN / 2n) / FEN;
  return toText(value < 0n ? -fen : fen, 2);
}

export const isZero = (amount: string) => parse(amount, MONEY) === 0n;

/** out: 退, taken from the account; in: 补, put onto it */
export type Way = "out" | "in";
/** More than any account holds. */
const MOST = parse("1000000", MONEY)!;

/** Signed, as it is sent; null while nothing valid is typed. */
export function signedAmount(way: Way, text: string): string | null {
  const value = parse(typed(text), MONEY);
  if (value === null || value <= 0n || value > MOST) return null;
  return toText(way === "out" ? -value : value, MONEY);
}

/** What brings the balance to zero. */
export function clearing(balance: string): { way: Way; text: string } | null {
  const payout = payoutOf(balance);
  return payout === null || payout.direction === "none" ? null : { way: payout.direction === "refund" ? "out" : "in", text: payout.amount };
}

/** What an adjustment does to account and supply; null when one of them is no number. */
export function adjusted(meter: Pick<Meter, "mode" | "auto_trip" | "overdraft" | "keep_power" | "wanted_reason">, balance: string, amount: string) {
  const after = add(balance, amount, MONEY);
  if (after === null) return null;
  return {
    after,
    cuts: !meter.keep_power && wouldTrip(after, meter) && !wouldTrip(balance, meter),
    reconnects: meter.wanted_reason === "arrears" && !wouldTrip(after, meter),
  };
}

/** What was agreed to is no longer so. newer: a reading, a posting or another household came, or the fee was changed or paid; open: there is an account already; money: it is not at zero. */
export type Refused = "newer" | "open" | "money";

export type OrderOf = "opening" | "settlement" | "adjustment" | "fee" | "register";

/** of: what was asked for; null: another failure */
export function refusedBy(error: unknown, of: OrderOf): Refused | null {
  if (!(error instanceof ApiError) || error.code !== "conflict") return null;
  if (of === "opening") return error.field === "opening" ? "open" : error.field === "balance" ? "money" : null;
  if (of === "register") return null;
  if (of === "fee") return error.field === "yearly" || error.field === "paid_until" ? "newer" : null;
  return error.field === "reading" || error.field === "balance" || error.field === "opening" ? "newer" : null;
}

/** The figures that are agreed to; a tick beside others is none. */
export const agreedTo = (figures: { reading?: number; balance: string; opening?: { id: number } | null }) => `${figures.reading ?? 0}/${figures.balance}/${figures.opening?.id ?? 0}`;
