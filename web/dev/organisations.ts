// The tree of organisations as the contract describes it, with made-up ones. Development only.
import { fail, note, named, ok, put, required, sorted, tables, text, word, field, type Answer, type Given } from "./describe";
import { actingId, reach } from "./people";
import type { Body, Label, Resource } from "../src/types/catalog";
import type { Organisation, OrganisationKind, OrganisationNode, Review } from "../src/types/organisation";

const derived = { derived: true };
const choice = (name: string, zh: string, en: string, choices: [string, string, string][], more: object = {}) =>
  field({ name, label: word(zh, en), type: "choice", search: true, choices: choices.map(([value, ...both]) => ({ value, label: word(...both) })), ...more } as Given);
const type = choice("type", "商户类型", "Type", [["company", "企业", "Company"], ["sole_trader", "个体工商户", "Sole trader"], ["person", "个人", "Person"]]);
const review = [
  choice("review", "审核状态", "Review", [["approved", "审核通过", "Approved"], ["pending", "待审核", "Waiting for review"], ["rejected", "审核不通过", "Rejected"]], derived),
  text("review_note", "审核意见", "Review note", 200, { ...derived, listed: false }),
];

const resource = (name: string, kind: OrganisationKind, label: Label, one: Label, own: Label): Resource => ({
  name, right: kind, label, one, group: "organisation", place: "tree", of_site: true, title: "name", actions: ["create", "edit", "enable", "delete"],
  fields: [
    text("name", own.zh, own.en, 60, sorted),
    text("number", "商户号", "Number", 6, { ...derived, help: word("登录时可填，由系统分配", "May be given at login; drawn by the platform") }),
    text("contact", "联系人", "Contact", 40),
    kind === "provider" || kind === "property"
      ? text("phone", "手机号码", "Mobile", 11, { ...required, least: 11, fixed: true, pattern: "^1\\d{10}$", help: word("将作为登录平台的账号，唯一且不可修改", "Becomes the login; unique, and never changed") } as object)
      : text("phone", "联系电话", "Phone", 20),
    text("email", "邮箱", "E-mail", 100, { search: false, listed: false, pattern: "^[^@\\s]+@[^@\\s]+$" } as object),
    ...(kind === "provider" ? [type, ...review] : kind === "merchant" ? [type] : []),
    text("province", "所属省份", "Province", 20, { search: false, listed: false }),
    text("city", "所属城市", "City", 20, { search: false }),
    text("address", "地址", "Address", 200),
    ...(kind === "property" ? [field({ name: "sites", label: word("小区数量", "Communities"), type: "integer", most: 1_000_000, ...derived } as Given)] : []),
    note,
  ],
});

const KINDS: [string, string, string][] = [["system", "系统", "System"], ["operator", "运营公司", "Operating company"], ["provider", "服务商", "Provider"], ["property", "物业", "Property company"], ["collective", "集体户", "Collective"], ["merchant", "商户", "Merchant"]];
const SCOPES: [string, string, string][] = [["all", "本单位及下级单位", "The organisation and all below it"], ["company", "本单位", "The organisation"], ["sites", "绑定的小区", "The communities bound to the user"], ["department_below", "本部门及下级部门", "The department and those below it"], ["department", "本部门", "The department"], ["self", "仅本人", "Only oneself"]];
const actions: Resource["actions"] = ["create", "edit", "enable", "delete"];

export const resources: Resource[] = [
  {
    name: "users", right: "user", label: word("用户管理", "Users"), one: word("用户", "User"), group: "organisation", place: "organisation", of_site: true, title: "login", actions,
    fields: [
      text("login", "登录账号", "Login", 40, { ...sorted, least: 3, fixed: true } as object),
      text("name", "用户姓名", "Name", 40, sorted),
      choice("kind", "用户类型", "User type", KINDS, derived),
      text("phone", "手机号码", "Mobile", 11, { pattern: "^1\\d{10}$", help: word("也可用于登录", "May be used to log in, too") } as object),
      text("email", "邮箱", "E-mail", 100, { search: false, listed: false, pattern: "^[^@\\s]+@[^@\\s]+$" } as object),
      named("department", "部门", "Department", "departments"),
      named("post", "岗位", "Post", "posts", { within: "department" }),
      named("role", "角色", "Role", "roles", derived),
      note,
    ],
  },
  {
    name: "roles", right: "role", label: word("角色管理", "Roles"), one: word("角色", "Role"), group: "organisation", place: "organisation", of_site: true, title: "name", actions,
    fields: [
      text("name", "角色名称", "Role", 40, sorted),
      choice("kind", "用户类型", "User type", KINDS, { ...required, fixed: true }),
      choice("scope", "数据范围", "Data scope", SCOPES, required),
      field({ name: "permissions", label: word("权限", "Permissions"), type: "permissions", required: true, listed: false } as Given),
      note,
    ],
  },
  resource("providers", "provider", word("服务商管理", "Providers"), word("服务商", "Provider"), word("服务商名称", "Provider")),
  resource("properties", "property", word("集团物业管理", "Property companies"), word("物业", "Property company"), word("物业名称", "Property company")),
  {
    name: "posts", right: "post", label: word("岗位管理", "Posts"), one: word("岗位", "Post"), group: "organisation", place: "organisation", of_site: true, title: "name",
    actions: ["create", "edit", "enable", "delete"],
    fields: [
      named("department", "所属部门", "Department", "departments", required),
      text("name", "岗位名称", "Post", 40, sorted),
      field({ name: "position", label: word("显示顺序", "Order"), type: "integer", least: 0, most: 9999, sort: true } as Given),
    ],
  },
  {
    name: "departments", right: "department", label: word("部门管理", "Departments"), one: word("部门", "Department"), group: "organisation", place: "organisation", of_site: true, title: "name",
    actions: ["create", "edit", "enable", "delete"],
    fields: [
      named("parent", "上级部门", "Above", "departments", { fixed: true }),
      text("name", "部门名称", "Department", 40, sorted),
      field({ name: "position", label: word("显示排序", "Order"), type: "integer", least: 0, most: 9999, sort: true } as Given),
      text("head", "负责人", "Head", 20),
      text("phone", "联系电话", "Phone", 20),
      text("email", "邮箱", "E-mail", 60, { search: false }),
    ],
  },
  resource("operators", "operator", word("运营公司", "Operating companies"), word("运营公司", "Operating company"), word("运营公司名称", "Operating company")),
  resource("collectives", "collective", word("集体户管理", "Collectives"), word("集体户", "Collective"), word("集体户名称", "Collective")),
  resource("merchants", "merchant", word("商家管理", "Merchants"), word("商户", "Merchant"), word("商户名称", "Merchant")),
];
export const unique = { operators: ["name"], providers: ["name"], properties: ["name"], collectives: ["name"], merchants: ["name"], users: ["login"], roles: ["name"], departments: ["parent", "name"], posts: ["department", "name"] };

const plurals: Record<string, OrganisationKind> = { operators: "operator", providers: "provider", properties: "property", collectives: "collective", merchants: "merchant" };

type More = { accounts: { id: number; login: string; name: string; phone: string | null; enabled: boolean; created_at: number }[] };
const about = new Map<number, More>();
const rowOf = (id: number) => all().find(({ row }) => row.id === id)!.row;

/** What the platform gives a new one. */
function settle(table: string, id: number, number: string, state: Review) {
  const { values } = rowOf(id);
  Object.assign(values, { number }, table === "providers" ? { type: "company", review: state, review_note: null } : {}, table === "properties" ? { sites: id % 4 } : {});
}
let drawn = 1;

export const system = () => put("system", 0, { name: "安居云平台" });
let systemId = 0;
export let ownPropertyId = 0;
export let providerId = 0;

function make(table: string, above: number, name: string, contact: string, more: Body = {}, review: Review = "approved", enabled = true): number {
  const phone = `1381234${String(5600 + drawn * 7).padStart(4, "0")}`;
  const id = put(table, above, { name, contact, phone, email: null, province: "广东省", city: "湛江市", address: "赤坎区海滨大道北 8 号", note: null, ...more }, enabled);
  settle(table, id, String(204_600 + drawn++ * 37), review);
  about.set(id, { accounts: review === "approved" ? [{ id: 9000 + id, login: phone, name: contact, phone, enabled: true, created_at: Date.now() - 86_400_000 * drawn }] : [] });
  return id;
}

/** Called once the tables exist. */
export function fill() {
  systemId = system();
  rowOf(systemId).values.number = "100000";
  const operator = make("operators", systemId, "湛佳智慧社区运营", "林晓东");
  providerId = make("providers", systemId, "粤西充电服务", "陈志明");
  const second = make("providers", operator, "海湾能源服务商", "黄敏", {}, "approved", false);
  make("providers", systemId, "新港运维服务", "何建国", {}, "pending");
  make("providers", systemId, "蓝海科技", "周芳", { note: "资料不全" }, "rejected");
  ownPropertyId = make("properties", providerId, "湛佳物业", "白晓华");
  make("properties", providerId, "碧海物业集团", "吴静");
  make("properties", second, "金沙湾物业", "孙磊");
  const last = make("properties", operator, "滨湖物业", "徐伟");
  about.get(last)!.accounts = [];
  make("collectives", ownPropertyId, "湛江一中教职工", "赵秀英");
  make("collectives", ownPropertyId, "海滨公交公司", "朱勇", {}, "approved", false);
  const top = put("departments", ownPropertyId, { parent: null, name: "湛佳物业", position: 1, head: "白晓华", phone: "0759-3381234", email: null });
  const service = put("departments", ownPropertyId, { parent: top, name: "客户服务中心", position: 10, head: "黄秀英", phone: "13812340001", email: null });
  const works = put("departments", ownPropertyId, { parent: top, name: "工程部", position: 20, head: "刘志明", phone: "13812340002", email: null });
  put("departments", ownPropertyId, { parent: works, name: "强电班", position: 1, head: null, phone: null, email: null });
  put("departments", ownPropertyId, { parent: works, name: "弱电班", position: 2, head: "周洋", phone: null, email: null }, false);
  put("departments", ownPropertyId, { parent: top, name: "财务部", position: 30, head: "林桂兰", phone: null, email: null });
  const desk = put("posts", ownPropertyId, { department: service, name: "前台", position: 1 });
  put("posts", ownPropertyId, { department: service, name: "收费员", position: 2 });
  const fitter = put("posts", ownPropertyId, { department: works, name: "电工", position: 1 });
  const roles = [
    ["管理员", "all", ["home:read", "meter:read", "meter:create", "meter:edit", "meter:switch", "meter:recharge", "price:read", "price:edit", "user:read", "user:create", "role:read"]],
    ["小区管理员", "sites", ["home:read", "meter:read", "meter:switch", "house:read", "house:edit"]],
    ["房屋审核员", "sites", ["house:read"]],
    ["财务", "company", ["meter:read", "meter:recharge", "price:read", "audit:read"]],
    ["客服", "department_below", ["meter:read", "house:read", "alarm:read"]],
    ["安装调试", "self", ["meter:read", "meter:create", "gateway:read", "gateway:create"]],
    ["只读", "company", ["home:read", "meter:read"]],
  ].map(([name, scope, permissions]) => put("roles", ownPropertyId, { name: name as string, kind: "property", scope: scope as string, permissions: permissions as string[], note: null }));
  [
    ["admin", "白晓华", top, null, roles[0]!], ["huangxy", "黄秀英", service, desk, roles[4]!], ["liuzm", "刘志明", works, fitter, roles[5]!],
    ["lingl", "林桂兰", null, null, roles[3]!], ["limin", "李敏", service, desk, roles[6]!],
  ].forEach(([login, name, department, post, role], n) =>
    put("users", ownPropertyId, { login: login as string, name: name as string, kind: "property", phone: `1381234000${n}`, email: null, department: department as number, post: post as number, role: role as number, note: null }, n !== 4));
  make("merchants", providerId, "便民小店", "马婷");
}

const kindOf = (table: string): OrganisationKind => plurals[table] ?? "system";
const all = () => ["system", ...Object.keys(plurals)].flatMap((table) => (tables.get(table) ?? []).map((row) => ({ table, row })));

export const nodes = (): OrganisationNode[] =>
  all().map(({ table, row }) => ({
    id: row.id, kind: kindOf(table), name: String(row.values.name), parent: row.organisation || null, enabled: row.enabled,
    review: (row.values.review ?? "approved") as Review, sites: Number(row.values.sites ?? 0),
  }));
export const byId = (id: number) => nodes().find((node) => node.id === id);
export const systemOrganisation = () => systemId;

export function organisation(id: number): Organisation {
  const node = byId(id)!;
  return { id, name: node.name, kind: node.kind, number: String(rowOf(id).values.number ?? "") };
}
export const acting = () => organisation(actingId());

export function added({ place, name, right }: Resource, id: number) {
  if (place !== "tree") return;
  settle(name, id, String(300_000 + id), right === "provider" ? "pending" : "approved");
  about.set(id, { accounts: [] });
}

const password = () => `Zj${Math.random().toString(36).slice(2, 8)}-${Math.random().toString(36).slice(2, 6)}`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies are checked by the real platform, not here
export function organisationRoute(method: string, [name = "", id = "", verb = ""]: string[], body: any): Answer | undefined {
  if (name === "organisations" && id === "tree") return ok(nodes().filter((node) => reach().has(node.id)));
  if (!(name in plurals)) return undefined;
  if (id === "batch") {
    const rows: Body[] = body.rows;
    const bad = rows.findIndex(({ phone }) => !/^1\d{10}$/.test(String(phone)));
    if (bad >= 0) return fail(400, "bad_field", { field: `rows[${bad}].phone` });
    const same = rows.findIndex(({ phone }) => (tables.get(name) ?? []).some(({ values }) => values.phone === phone));
    if (same >= 0) return fail(409, "conflict", { field: `rows[${same}].phone` });
    for (const { organisation: above, ...values } of rows) make(name, Number(above ?? actingId()), String(values.name), String(values.contact ?? ""), values);
    return ok({ created: rows.length }, 201);
  }
  const known = about.get(Number(id));
  const row = (tables.get(name) ?? []).find((each) => each.id === Number(id));
  if (!verb || verb === "enable" || verb === "disable") return undefined;
  if (!known || !row) return fail(404, "not_found");
  const phone = String(row.values.phone ?? "");
  const account = (login: string, whose: string) => {
    known.accounts.push({ id: 9000 + row.id, login, name: whose, phone: phone || null, enabled: true, created_at: Date.now() });
    return { user: 9000 + row.id, login, password: body?.password ?? password() };
  };
  switch (`${method} ${verb}`) {
    case "POST approve":
      row.values.review = "approved";
      return ok(account(phone, String(row.values.contact ?? "")));
    case "POST reject":
      Object.assign(row.values, { review: "rejected", review_note: body.note });
      return ok({});
    case "POST account":
      if (known.accounts.length > 0) return fail(409, "conflict", { field: "login" });
      return ok(account(body.login || phone, body.name), 201);
    case "GET accounts":
      return ok(known.accounts);
    case "GET statistics":
      return ok({
        ...(name === "properties" ? {} : { properties: 2 }),
        sites: 2, gateways: 3, gateways_online: 2, meters: 42, meters_online: 40, houses: 96, balance_yuan: "4312.56", recharged_month_yuan: "15230.00",
        energy_month_kwh: "8123.4567", arrears: 3, alarms: 4, staff: 12,
      });
    default:
      return fail(404, "not_found");
  }
}
