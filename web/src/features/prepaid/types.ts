// The types of housing sources, in the order of the manual.
export const TYPES = ["centralised", "distributed", "room"] as const;
