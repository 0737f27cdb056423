// Organisations, people and rights as the platform tells them; what the generated types say less exactly.


export const KINDS = ["system", "operator", "provider", "property", "collective", "merchant"] as const;
export type OrganisationKind = (typeof KINDS)[number];
export type Review = "approved" | "pending" | "rejected";

/** number: 商户号. */
export type Organisation = { id: number; name: string; kind: OrganisationKind; number: string };

/** One organisation of those in reach; parent: the one above, which may lie out of reach. sites: how many it has itself. */
export type OrganisationNode = { id: number; kind: OrganisationKind; name: string; parent: number | null; enabled: boolean; review: Review; sites: number };

/** How far a role reaches, widest first. */
export const SCOPES = ["all", "company", "sites", "department_below", "department", "self"] as const;
export type DataScope = (typeof SCOPES)[number];

/** Given once and shown once. */
export type DrawnLogin = { login: string; password: string };


