// A recharge whose answer never came: it may be booked or not. Its key is kept until somebody knows, also when the dialog
// or the browser is closed, so that trying again never books twice.
import { remember, remembered } from "./storage";
import { ApiError } from "./api/client";
import type { RechargeOrder } from "@/types/api";

const name = (meter: number) => `recharge.open.${meter}`;

export const openRecharge = (meter: number) => remembered<RechargeOrder | null>(name(meter), null);
export const keepRecharge = (meter: number, order: RechargeOrder) => remember(name(meter), order);
export const forgetRecharge = (meter: number) => remember(name(meter), null);

/** Refusals of the order itself: the first try of the same order was refused as well. Any other leaves the first try open. */
const settling = new Set(["bad_field", "not_found", "not_json", "key_reused"]);

/** After a failure: true while nobody knows whether the recharge was booked. before: it was so already. */
export function stillOpen(error: unknown, unknown: boolean, before: boolean): boolean {
  if (unknown) return true;
  return before && !(error instanceof ApiError && settling.has(error.code));
}
