// What a meter measures and how it supplies, beside what the generated types say. Quantities are in the unit of the kind: kWh of
// electricity, m\u00b3 of water.
export const KINDS = ["electricity", "water", "hot_water"] as const;
export type Kind = (typeof KINDS)[number];

/** What a price plan is for; water meters and hot-water controllers share the plans of water. */
export const UTILITIES = ["electricity", "water"] as const;
export type Utility = (typeof UTILITIES)[number];

export const utilityOf = (kind: Kind | undefined): Utility => (kind === undefined || kind === "electricity" ? "electricity" : "water");
