// Who is logged in to the made-up platform, and what that person may do. Development only.
//   users: `system` the super administrator, `provider` a service provider, `clerk` a role with the meter list only; else the property's administrator
import * as organisations from "./organisations";
import type * as api from "../src/types/api";

let user = "admin";
let entered: number | null = null;

export function logIn(who: string) {
  user = who;
  entered = null;
  own = {};
}
export function enter(organisation: number | null): boolean {
  if (organisation !== null && !reachOf(ownId()).has(organisation)) return false;
  entered = organisation;
  return true;
}

const ownId = () => (user === "system" ? organisations.systemOrganisation() : user === "provider" ? organisations.providerId : organisations.ownPropertyId);
export const actingId = () => entered ?? ownId();

function reachOf(top: number): Set<number> {
  const found = new Set([top]);
  const nodes = organisations.nodes();
  for (let grown = true; grown; ) {
    grown = false;
    for (const { id, parent } of nodes) {
      if (parent === null || found.has(id) || !found.has(parent)) continue;
      found.add(id);
      grown = true;
    }
  }
  return found;
}
/** Organisations whose rows the session sees. */
export const reach = () => reachOf(actingId());

const verbs = (right: string, ...more: string[]) => ["read", "create", "edit", "enable", "delete", ...more].map((verb) => `${right}:${verb}`);
const office = ["area", "building", "unit", "house_type", "house", "contact", "department", "post"].flatMap((right) => verbs(right));
const energy = [
  "home:read", "meter:read", "meter:create", "meter:edit", "meter:switch", "meter:recharge", "price:read", "price:edit",
  "gateway:read", "gateway:create", "alarm:read", "alarm:clear", "audit:read", "meter:delete",
];
const people = [...verbs("user", "reset", "bind"), ...verbs("role", "grant")];

/** Permissions of the session. */
export function held(): string[] {
  switch (user) {
    case "clerk":
      return ["meter:read"];
    case "system":
      return [...energy, ...office, ...people, ...["operator", "provider", "property", "collective", "merchant"].flatMap((right) => verbs(right)), "provider:review", "organisation:enter"];
    case "provider":
      return [...energy, ...office, ...people, ...["property", "collective", "merchant"].flatMap((right) => verbs(right)), "organisation:enter"];
    default:
      return [...energy, ...office, ...people, ...verbs("collective"), "organisation:enter"];
  }
}

let own: { name?: string; phone?: string; email?: string } = {};
export const rename = (given: typeof own) => void (own = given);

export function session(base: Pick<api.Session, "csrf_token" | "must_change_password">): api.Session {
  const names: Record<string, string> = { system: "系统管理员", provider: "陈志明", clerk: "李敏" };
  return {
    ...base, user, name: own.name ?? names[user] ?? "白晓华", phone: own.phone ?? null, email: own.email ?? null, organisation: organisations.organisation(ownId()), acting: organisations.acting(),
    scope: user === "clerk" ? "sites" : "all", sites: user === "clerk" ? ["weilai"] : null, roles: [user === "clerk" ? "抄表员" : "管理员"], permissions: held(),
  };
}
