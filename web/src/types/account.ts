// The household's money at a meter: its account (开户), what a calculation says (测算), settlements (结算) and adjustments (退补).
// Money and energy are decimal text, times UTC milliseconds.
import type { MeterMode } from "./api";

export const METHODS = ["cash", "transfer", "wechat", "alipay"] as const;
/** How money changes hands. */
export type Method = (typeof METHODS)[number];
/** As it was booked. */
export type Paid = Method | "free";

/** tariffs: sharp, peak, flat, valley */
export type Register = { at: number; total: string; tariffs?: string[] };

type AccountFields = {
  customer: string;
  mobile: string;
  unit: string;
  settlement_method: Method;
  voltage: string;
  opened_on: number;
  area: string;
  address: string;
  note: string;
};
export type OpeningOrder = AccountFields & {
  /** the sender's key: asked again it answers the first result */
  id: string;
  price_plan: number;
  mode: MeterMode;
  alarm_1?: string;
  alarm_2?: string;
  overdraft?: string;
  /** instead of the three in yuan: in kWh, m³ */
  limits_kwh?: { alarm_1: string; alarm_2: string; overdraft: string };
  auto_trip: boolean;
};
/** mobile: masked for who may not see it; start: the register it counts from; price_plan: of then, absent in a calculation. */
export type Opening = Omit<AccountFields, "settlement_method"> & { id: number; settlement_method: Paid; start: Register; price_plan?: { id: number; name: string }; by: string; created_at: number; closed_at?: number | null };

/** A register that counted today, and what it did. */
export type CalculatedReading = { at: number; kwh: string; fee: string; balance: string; total: string; tariffs?: string[]; previous_total: string; previous_tariffs?: string[] };
/** reading: the newest register that counted, 0: none; from: the register at the opening or at the last settlement. */
export type Calculation = {
  reading: number;
  from: Register;
  to: Register;
  kwh: string;
  fee: string;
  recharged: string;
  adjusted: string;
  balance: string;
  opening: Opening | null;
  today: CalculatedReading[];
};

/** reading, balance, opening (0: none): of the calculation that was seen; refused as soon as they are others. */
export type SettlementOrder = { id: string; reading: number; balance: string; opening: number; method: Method; close: boolean; note: string };
/** balance: before; refund: negative: collected. */
export type Settlement = {
  id: number;
  at: number;
  from: Register;
  to: Register;
  kwh: string;
  fee: string;
  recharged: string;
  adjusted: string;
  balance: string;
  refund: string;
  method: Paid;
  closed: boolean;
  note: string;
  by: string;
  /** empty: there was no account */
  customer: string;
};

/** amount: signed; balance, opening (0: none): that were seen. */
export type AdjustmentOrder = { id: string; amount: string; balance: string; opening: number; note: string };
/** balance: after */
export type Adjustment = { id: number; at: number; amount: string; balance: string; note: string; by: string };
