// Requests about users, roles and departments beyond those that every list of the catalogue has.
import { request } from "./client";
import type { Edit } from "@/lib/list-edit";
import type { Label } from "@/types/catalog";
import type { DataScope } from "@/types/organisation";

type Signal = { signal?: AbortSignal };
export type Named = { id: number; name: string };

/** bound: communities given to the person; sites: what that and the roles make of it, null: all of the organisation. */
export type UserRights = { roles: Named[]; bound: string[]; administrator: boolean; scope: DataScope; permissions: string[]; sites: string[] | null };
export const getUserRights = (user: number, o: Signal) => request<UserRights>("GET", `/users/${user}/rights`, o);
// Lists: conflict without a field when it is another one by now than the one that was seen.
export const setUserRoles = (user: number, { now, was }: Edit<number>) => request<void>("PUT", `/users/${user}/roles`, { body: { roles: now, was } });
export const setUserSites = (user: number, { now, was }: Edit<string>) => request<void>("PUT", `/users/${user}/sites`, { body: { sites: now, was } });
/** The drawn password is answered once; all sessions of the user end. */
export const resetPassword = (user: number) => request<{ password: string }>("PUT", `/users/${user}/password`, { body: {} });

export type PermissionGroup = { group: string; label: Label; things: { thing: string; label: Label; verbs: { code: string; label: Label }[] }[] };
/** What the session itself may give, in the order of the menu. */
export const listPermissions = (o: Signal) => request<PermissionGroup[]>("GET", "/permissions", o);

export const listRoleUsers = (role: number, o: Signal) => request<Named[]>("GET", `/roles/${role}/users`, o);
export const setRoleUsers = (role: number, { now, was }: Edit<number>) => request<void>("PUT", `/roles/${role}/users`, { body: { users: now, was } });

export const getDepartmentSites = (department: number, o: Signal) => request<{ sites: string[] }>("GET", `/departments/${department}/sites`, o);
export const setDepartmentSites = (department: number, { now, was }: Edit<string>) =>
  request<void>("PUT", `/departments/${department}/sites`, { body: { sites: now, was } });
