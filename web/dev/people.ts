// Who is logged in to the made-up platform, and what that person may do. Development only.
//   users: `system` the super administrator, `provider` a service provider, `clerk` a role with the meter list only; else the property's administrator
import { fail, ok, put, tables, type Answer } from "./describe";
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

const verbs = (right: string, ...more: string[]) => ["read", "create", "edit", "enable", "delete", "export", ...more].map((verb) => `${right}:${verb}`);
const office = ["community", "area", "building", "unit", "house_type", "house", "contact", "room", "resident", "house_member", "source", "concentrator", "department", "post"].flatMap((right) => verbs(right));
const energy = [
  "home:read", "energy:read", "meter:read", "meter:open", "meter:settle", "meter:create", "meter:edit", "meter:switch", "meter:recharge", "price:read", "price:edit", "message:read", "message:send", "sms_package:read", "sms_package:create",
  "gateway:read", "gateway:create", "gateway:upgrade", "alarm:read", "alarm:clear", "audit:read", "meter:delete", "desk:read", "room:bind", "prepaid:read", "prepaid:edit", "meter:export", "audit:export", "personal:read",
];
const people = [...verbs("user", "reset", "bind"), ...verbs("role", "grant"), "department:bind"];

/** Permissions of the session. */
export function held(): string[] {
  switch (user) {
    case "clerk":
      return ["meter:read"];
    case "system":
      return [...energy, ...office, ...people, ...["operator", "provider", "property", "collective", "merchant"].flatMap((right) => verbs(right)), "provider:review", "organisation:read", "organisation:enter"];
    case "provider":
      return [...energy, ...office, ...people, ...["property", "collective", "merchant"].flatMap((right) => verbs(right)), "organisation:read", "organisation:enter"];
    default:
      return [...energy, ...office, ...people, ...verbs("collective"), "organisation:read", "organisation:enter"];
  }
}

let own: { name?: string; phone?: string; email?: string } = {};
export const rename = (given: typeof own) => void (own = given);

export function session(base: Pick<api.Session, "csrf_token" | "must_change_password">): api.Session {
  const names: Record<string, string> = { system: "系统管理员", provider: "陈志明", clerk: "李敏" };
  return {
    ...base, user, name: own.name ?? names[user] ?? "白晓华", phone: own.phone ?? "", email: own.email ?? "", organisation: organisations.organisation(ownId()), acting: organisations.acting(),
    scope: user === "clerk" ? "sites" : "all", sites: user === "clerk" ? ["weilai"] : null, roles: [user === "clerk" ? "抄表员" : "管理员"], permissions: held(),
  };
}

const bound = new Map<number, string[]>();
const rolesOf = new Map<number, number[]>();
const drawPassword = () => `Zj${Math.random().toString(36).slice(2, 8)}-${Math.random().toString(36).slice(2, 6)}`;
const named = (table: string, id: number) => ({ id, name: String(tables.get(table)!.find((row) => row.id === id)?.values.name ?? id) });
const rolesHeld = (user: number): number[] => {
  const first = tables.get("users")!.find((row) => row.id === user)?.values.role;
  return rolesOf.get(user) ?? (typeof first === "number" ? [first] : []);
};
function give(user: number, roles: number[]) {
  rolesOf.set(user, roles);
  const row = tables.get("users")!.find((each) => each.id === user);
  if (row) row.values.role = roles[0] ?? null;
}

const words: Record<string, [string, string]> = {
  home: ["首页", "Home"], meter: ["电表", "Meters"], gateway: ["网关", "Gateways"], price: ["单价方案", "Price plans"], alarm: ["告警", "Alarms"], audit: ["操作日志", "Audit log"],
  community: ["小区", "Communities"], house: ["房屋", "Houses"], building: ["楼栋", "Buildings"], area: ["区域", "Areas"], unit: ["单元", "Units"], house_type: ["房屋类型", "House types"], contact: ["物业联系人", "Contacts"],
  user: ["用户管理", "Users"], role: ["角色管理", "Roles"], department: ["部门管理", "Departments"], post: ["岗位管理", "Posts"], collective: ["集体户管理", "Collectives"],
  property: ["集团物业管理", "Property companies"], provider: ["服务商管理", "Providers"], operator: ["运营公司", "Operating companies"], merchant: ["商家管理", "Merchants"], organisation: ["下级单位", "Organisations below"],
  read: ["查看", "See"], create: ["新增", "Add"], edit: ["编辑", "Change"], enable: ["启用/禁用", "Enable, disable"], delete: ["删除", "Delete"], switch: ["拉合闸", "Switch"], recharge: ["充值", "Recharge"],
  clear: ["处理", "Clear"], review: ["审核", "Review"], enter: ["代为操作", "Act for"], grant: ["分配用户", "Grant"], reset: ["重置密码", "Reset the password"], bind: ["绑定小区", "Bind communities"],
};
const label = (word: string) => ({ zh: words[word]?.[0] ?? word, en: words[word]?.[1] ?? word });
const menu: [string, string, string, string[]][] = [
  ["home", "首页", "Home", ["home"]],
  ["device", "设备管理", "Devices", ["meter", "gateway", "price", "alarm"]],
  ["space", "空间管理", "Space", ["community", "area", "building", "unit", "house_type", "house", "contact"]],
  ["organisation", "系统管理", "System", ["provider", "property", "user", "role", "department", "post", "operator", "collective", "merchant", "organisation", "audit"]],
];

/** The list is the one that was seen; who saw another is told to look again. */
const seen = (have: unknown[], was: unknown[]) => have.length === was.length && have.every((each) => was.includes(each));
const usersOf = (role: number) => tables.get("users")!.filter(({ id }) => rolesHeld(id).includes(role));

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies are checked by the real platform, not here
export function peopleRoute(method: string, [name = "", id = "", verb = ""]: string[], body: any): Answer | undefined {
  const who = Number(id);
  switch (`${method} ${name}${id ? "/" : ""}${verb}`) {
    case "GET permissions":
      return ok(
        menu
          .map(([group, zh, en, things]) => ({
            group, label: { zh, en },
            things: things
              .map((thing) => ({ thing, label: label(thing), verbs: held().filter((code) => code.startsWith(`${thing}:`)).map((code) => ({ code, label: label(code.split(":")[1]!) })) }))
              .filter((each) => each.verbs.length > 0),
          }))
          .filter(({ things }) => things.length > 0),
      );
    case "POST users": {
      if (tables.get("users")!.some(({ values }) => values.login === body.login)) return fail(409, "conflict", { field: "login" });
      const { organisation, password, ...values } = body;
      const made = put("users", Number(organisation ?? actingId()), { ...values, kind: "property", role: null });
      const row = tables.get("users")!.at(-1)!;
      row.created_at = row.updated_at = Date.now();
      return ok({ ...row, values: undefined, ...values, department: null, post: null, organisation: { id: row.organisation, title: "" }, id: made, ...(password ? {} : { password: drawPassword() }) }, 201);
    }
    case "GET users/rights":
      return ok({ roles: rolesHeld(who).map((role) => named("roles", role)), bound: bound.get(who) ?? [], administrator: false, scope: "company", permissions: ["home:read", "meter:read", "price:read"], sites: bound.get(who) ?? null });
    case "PUT users/roles":
      if (!seen(rolesHeld(who), body.was)) return fail(409, "conflict");
      give(who, body.roles);
      return { status: 204 };
    case "PUT users/sites":
    case "PUT departments/sites":
      if (!seen(bound.get(who) ?? [], body.was)) return fail(409, "conflict");
      bound.set(who, body.sites);
      return { status: 204 };
    case "GET departments/sites":
      return ok({ sites: bound.get(who) ?? [] });
    case "PUT users/password":
      return ok({ password: drawPassword() });
    case "GET roles/users":
      return ok(usersOf(who).map(({ id }) => named("users", id)));
    case "PUT roles/users":
      if (!seen(usersOf(who).map(({ id }) => id), body.was)) return fail(409, "conflict");
      for (const row of tables.get("users")!) {
        const others = rolesHeld(row.id).filter((role) => role !== who);
        give(row.id, body.users.includes(row.id) ? [...others, who] : others);
      }
      return { status: 204 };
    default:
      return undefined;
  }
}
