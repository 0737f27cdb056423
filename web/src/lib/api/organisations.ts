// Requests about organisations beyond those that every list of the catalogue has.
import { request } from "./client";
import type { OrganisationStatistics } from "@/types/api";
import type { DrawnLogin } from "@/types/organisation";

type Signal = { signal?: AbortSignal };
const path = (resource: string, organisation: number) => `/${encodeURIComponent(resource)}/${organisation}`;

export type Statistics = OrganisationStatistics;
export const getStatistics = (resource: string, organisation: number, o: Signal) =>
  request<Statistics>("GET", `${path(resource, organisation)}/statistics`, o);

/** Empty properties are left out: the login is the mobile then, the password is drawn. */
export type AccountInput = { login?: string; name: string; phone?: string; email?: string; password?: string };
export type Account = { id: number; login: string; name: string; phone: string | null; enabled: boolean; created_at: number };
export const createAccount = (resource: string, organisation: number, body: AccountInput) =>
  request<DrawnLogin & { user: number }>("POST", `${path(resource, organisation)}/account`, { body });
export const listAccounts = (resource: string, organisation: number, o: Signal) =>
  request<Account[]>("GET", `${path(resource, organisation)}/accounts`, o);

export const approve = (resource: string, organisation: number) => request<DrawnLogin>("POST", `${path(resource, organisation)}/approve`, { body: {} });
export const reject = (resource: string, organisation: number, note: string) =>
  request<void>("POST", `${path(resource, organisation)}/reject`, { body: { note } });

export type BatchRow = Record<string, string | number>;
/** All or none; an error's field is "rows[3].phone". */
export const addBatch = (resource: string, rows: BatchRow[]) => request<unknown>("POST", `/${encodeURIComponent(resource)}/batch`, { body: { rows } });

/** An answer says nothing about whether the mobile is known. */
export const register = (body: { name: string; contact: string; phone: string; email: string }) => request<void>("POST", "/registrations", { body });
