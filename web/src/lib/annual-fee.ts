// 年费: until when a device is paid for. Days are YYYY-MM-DD of the site. Pure; tested by table.
import { MONEY, parse, toText } from "./decimal";
import type { AnnualFee } from "@/types/supply";

/** That many days before its end people are told. */
const SOON_DAYS = 30;
const DAY = 86_400_000;

/** none is due: paid. soon: ends within a month. expired: blocked until it is paid. */
export function feeStanding(fee: AnnualFee | null | undefined, today: string): "paid" | "soon" | "expired" {
  if (!fee) return "paid";
  if (fee.paid_until <= today) return "expired";
  return Date.parse(fee.paid_until) - Date.parse(today) <= SOON_DAYS * DAY ? "soon" : "paid";
}

/** What so many years cost. */
export function feeOf(yearly: string, years: number): string | null {
  const each = parse(yearly, MONEY);
  return each === null ? null : toText(each * BigInt(years), MONEY);
}

/** As many years later; the 29th of February becomes the 1st of March. What ran out a year ago and longer begins anew today, as the platform has it. */
export function paidThrough(fee: AnnualFee, years: number, today: string): { from: string; until: string } {
  const from = later(fee.paid_until, 1) <= today ? today : fee.paid_until;
  return { from, until: later(from, years) };
}

function later(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}
