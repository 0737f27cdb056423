// What a meter measures and how it supplies: short names for the generated types. Quantities are in the unit of the kind: kWh of
// electricity, m³ of water.
import type { components } from "./api.gen";

type Schemas = components["schemas"];

/** 电表, 水表, 水控机 */
export type Kind = Schemas["MeterKind"];
export const KINDS = ["electricity", "water", "hot_water"] as const satisfies readonly Kind[];

/** What a price plan is for; water meters and hot-water controllers share the plans of water. */
export type Utility = Schemas["Utility"];
export const UTILITIES = ["electricity", "water"] as const satisfies readonly Utility[];

/** undefined: electricity */
export const utilityOf = (kind: Kind | undefined): Utility => (kind === undefined || kind === "electricity" ? "electricity" : "water");

export type SwitchPeriod = Schemas["SwitchPeriod"];
export const MOST_PERIODS = 14;

export type AnnualFee = Schemas["AnnualFee"];
export type FeeOrder = Schemas["FeePaymentInput"];
export type FeePayment = Schemas["FeePayment"];

export type RegisterInput = Schemas["RegisterInput"];
export type RegisterOrder = Schemas["RegisterChangeInput"];
export type RegisterChange = Schemas["RegisterChange"];
