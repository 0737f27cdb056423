// The catalogue of resources as the contract describes it, with made-up rows. Development only.
import type { Body, Field, Label, Resource, Row, RowPage, Value } from "../src/types/catalog";

import * as organisations from "./organisations";
import { fail, field, named, note, ok, put, required, sorted, tables, text, word, type Answer, type Given, type Stored } from "./describe";
import { importJob } from "./jobs";
import { held, reach } from "./people";

const resource = (name: string, right: string, title: string, label: Label, one: Label, fields: Field[]): Resource => ({
  name, right, label, one, group: "space", place: "site", of_site: true, title, actions: ["create", "edit", "enable", "delete", "export"], fields,
});

const place = (value: string, zh: string, en: string) => ({ value, label: word(zh, en) });
const communities: Resource = {
  ...resource("communities", "community", "name", word("小区", "Communities"), word("小区", "Community"), [
    text("name", "小区名称", "Name", 60, sorted),
    text("code", "小区编码", "Code", 60, { ...sorted, fixed: true, help: word("用于设备通信地址，保存后不可更改；可用字母、数字、- 和 _", "Part of the devices' addresses, and never changed; letters, digits, - and _") }),
    field({ name: "kind", label: word("项目类型", "Kind"), type: "choice", required: true, search: true, choices: [
      place("residential", "住宅小区", "Residential"), place("apartment", "公寓", "Apartments"), place("office", "写字楼", "Offices"),
      place("business", "商业", "Business"), place("school", "学校", "School"),
    ] } as Given),
    text("province", "所属省份", "Province", 30, { sort: true }),
    text("city", "所属城市", "City", 30, { sort: true }),
    text("address", "小区地址", "Address", 120, { listed: false }),
    text("contact", "联系人", "Contact", 40),
    text("phone", "联系电话", "Phone", 20),
    field({ name: "latitude", label: word("纬度", "Latitude"), type: "decimal", decimals: 6, least: -90_000_000, most: 90_000_000, listed: false, help: word("WGS-84 坐标，不是 GCJ-02（高德、腾讯）或 BD-09（百度）", "WGS-84, not GCJ-02 or BD-09") } as Given),
    field({ name: "longitude", label: word("经度", "Longitude"), type: "decimal", decimals: 6, least: -180_000_000, most: 180_000_000, listed: false, help: word("与纬度同时填写", "Together with the latitude") } as Given),
    field({ name: "utc_offset_minutes", label: word("时区(与 UTC 相差分钟)", "Minutes from UTC"), type: "integer", required: true, least: -720, most: 840, preset: 480, listed: false, help: word("北京时间为 480；有网关后不可更改", "480 in China; stays once there is a gateway") } as Given),
    field({ name: "greatest_power_w", label: word("单表最大功率(W)", "Greatest power of a meter (W)"), type: "integer", required: true, least: 1, most: 1_000_000_000, preset: 100_000, listed: false, help: word("读数增长快于此功率时不予采信", "A reading that grows faster is not believed") } as Given),
  ]),
  of_site: false,
};

const choice = (name: string, zh: string, en: string, choices: string[][], more: object = {}) =>
  field({ name, label: word(zh, en), type: "choice", search: true, choices: choices.map(([value, ...words]) => ({ value, label: word(words[0]!, words[1]!) })), ...more } as Given);

export const resources: Resource[] = [
  communities,
  resource("areas", "area", "name", word("区域", "Areas"), word("区域", "Area"), [
    text("name", "区域名称", "Area", 40, sorted),
    { ...note, listed: true },
  ]),
  resource("buildings", "building", "name", word("楼栋", "Buildings"), word("楼栋", "Building"), [
    text("number", "楼栋编号", "Number", 10, { ...sorted, help: word("建议用数字，如 01", "Figures are best, such as 01") }),
    text("name", "楼栋名称", "Name", 40, sorted),
    field({ name: "with_units", label: word("启用单元", "With units"), type: "flag", search: true, help: word("启用后先添加单元，房屋按单元登记", "Units come first then, and each house belongs to one") }),
    note,
  ]),
  resource("units", "unit", "building name|number", word("单元", "Units"), word("单元", "Unit"), [
    named("building", "楼栋", "Building", "buildings", { ...required, fixed: true }),
    text("number", "单元编号", "Number", 10, sorted),
    text("name", "单元名称", "Name", 40),
  ]),
  resource("house-types", "house_type", "name", word("房屋类型", "House types"), word("房屋类型", "House type"), [
    text("name", "类型名称", "Type", 40, sorted),
    field({ name: "rate", label: word("物业费单价（元/㎡·月）", "Rate (CNY/m² per month)"), type: "decimal", decimals: 2, least: 0, most: 100_000, required: true, sort: true }),
    { ...note, listed: true },
  ]),
  resource("houses", "house", "unit|building number", word("房屋", "Houses"), word("房屋", "House"), [
    named("building", "楼栋", "Building", "buildings", { ...required, fixed: true }),
    named("unit", "单元", "Unit", "units", { within: "building", shown_if: "with_units", fixed: true }),
    text("number", "房号", "House no.", 10, { ...sorted, help: word("建议用楼层+房间号，如 0101", "Floor and room are best, such as 0101") }),
    named("type", "房屋类型", "House type", "house-types", required),
    field({ name: "area", label: word("建筑面积（㎡）", "Floor area (m²)"), type: "decimal", decimals: 2, least: 0, most: 10_000_000, sort: true }),
    named("zone", "区域", "Area", "areas"),
    text("owner", "业主姓名", "Owner", 40, { sort: true, personal: true }),
    text("phone", "联系电话", "Phone", 20, { personal: true }),
    choice("id_type", "证件类型", "ID type", [["id_card", "居民身份证", "Resident ID card"], ["passport", "护照", "Passport"]], { search: false, listed: false }),
    text("id_number", "证件号码", "ID number", 30, { listed: false, personal: true }),
    note,
  ]),
  resource("contacts", "contact", "name", word("物业联系人", "Contacts"), word("联系人", "Contact"), [
    text("department", "部门", "Department", 40, sorted),
    text("name", "联系人", "Name", 40, required),
    text("phone", "电话", "Phone", 20, required),
    field({ name: "position", label: word("显示顺序", "Order"), type: "integer", least: 0, most: 9999, sort: true }),
  ]),
];

const KINDS = [["owner", "业主", "Owner"], ["tenant", "租户", "Tenant"], ["family", "家属", "Family"], ["visitor", "访客", "Visitor"], ["other", "其他", "Other"]];
const date = (name: string, zh: string, en: string, more: object = {}) => field({ name, label: word(zh, en), type: "date", search: true, sort: true, ...more } as Given);

resources.push(
  resource("rooms", "room", "name", word("房间", "Rooms"), word("房间", "Room"), [
    text("name", "房间名称", "Room", 60, sorted),
    text("number", "房间号", "Number", 20, sorted),
    named("zone", "所在区域", "Zone", "areas"),
    named("house", "所属房屋", "House", "houses"),
    named("source", "所属房源", "Housing source", "sources"),
    note,
  ]),
  resource("residents", "resident", "name", word("住户", "Residents"), word("住户", "Resident"), [
    text("name", "姓名", "Name", 40, sorted),
    choice("type", "住户类型", "Type", KINDS, required),
    text("phone", "联系电话", "Phone", 20),
    choice("id_type", "证件类型", "ID type", [["id_card", "居民身份证", "Resident ID card"], ["passport", "护照", "Passport"]], { search: false, listed: false }),
    text("id_number", "证件号码", "ID number", 30),
    date("moved_in", "入住时间", "Moved in"),
    date("moved_out", "搬出时间", "Moved out"),
    note,
  ]),
  resource("house-members", "house_member", "house resident", word("房屋成员", "House members"), word("房屋成员", "House member"), [
    named("house", "房屋", "House", "houses", { ...required, fixed: true }),
    named("resident", "住户", "Resident", "residents", { ...required, fixed: true }),
    choice("relation", "与房屋关系", "Relation", KINDS, required),
    date("since", "起始日期", "Since"),
    date("until", "截止日期", "Until", { help: word("留空表示仍在住", "Empty: still lives there") }),
    { ...note, search: true },
  ]),
  resource("sources", "source", "name", word("房源", "Housing sources"), word("房源", "Housing source"), [
    text("code", "房源编码", "Source number", 20, sorted),
    text("name", "房源名称", "Source", 60, sorted),
    choice("type", "房源类型", "Type", [["centralised", "集中式公寓", "Centralised apartment"], ["distributed", "分散式公寓", "Distributed apartment"], ["room", "房间", "Room"]], required),
    named("zone", "房源区域", "Area", "areas"),
    text("address", "用户地址", "Address", 120),
    note,
  ]),
);

const SURNAMES = [..."王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁"];
const GIVEN = ["建国", "秀英", "伟", "芳", "敏", "静", "磊", "洋", "艳", "勇", "娟", "强", "婷", "桂兰", "志明", "雪梅"];
const nameOf = (n: number) => `${SURNAMES[(n * 7) % SURNAMES.length]}${GIVEN[(n * 5) % GIVEN.length]}`;
const phoneOf = (n: number) => `13${(n * 7) % 10}${String(10_000_000 + ((n * 7_654_321) % 89_999_999))}`;

resources.push({
  ...resource("concentrators", "concentrator", "name", word("集中器管理", "Concentrators"), word("集中器", "Concentrator"), [
    text("asset_number", "资产编号", "Asset number", 8, { sort: true }),
    text("name", "终端名称", "Terminal name", 60, sorted),
    text("gateway", "网关", "Gateway", 64, { ...required, fixed: true }),
    named("source", "房源", "Housing source", "sources"),
    text("address", "终端地址", "Terminal address", 120),
    field({ name: "online", label: word("在线", "Online"), type: "flag", search: true, derived: true }),
    field({ name: "meters", label: word("电表数", "Meters"), type: "integer", most: 100_000, derived: true } as Given),
    field({ name: "undispatched", label: word("未下发", "Not dispatched"), type: "integer", most: 100_000, derived: true } as Given),
    field({ name: "pending", label: word("待绑定", "To be bound"), type: "integer", most: 100_000, derived: true } as Given),
    note,
  ]),
  group: "device",
});
resources.push(...organisations.resources);
for (const { name } of resources) tables.set(name, []);
organisations.fill();
const known = { contact: "孙悦", phone: "0571-8800 0001", utc_offset_minutes: 480, greatest_power_w: 100_000 };
put("communities", "weilai", { ...known, name: "未来科技城店", code: "weilai", kind: "business", province: "浙江省", city: "杭州市", address: "余杭区文一西路 998 号", latitude: "30.280300", longitude: "120.005600" });
put("communities", "tianjia", { ...known, name: "田家园小区", code: "tianjia", kind: "residential", province: "浙江省", city: "杭州市", address: "上城区机场路 200 号", latitude: "30.300800", longitude: "120.196900" });
put("communities", "lize", { ...known, name: "丽泽学生公寓", code: "lize", kind: "apartment", province: "北京市", city: "北京市", address: "丰台区", latitude: null, longitude: null }, false);

/** What GET /sites knows of them. */
export const sites = () =>
  tables.get("communities")!.map(({ id, site, enabled, values: { name, kind, province, city, latitude, longitude } }) => ({
    id: site, community: id, name: String(name), kind, enabled, organisation: "湛佳物业", utc_offset_minutes: 480,
    ...(province ? { province } : {}), ...(city ? { city } : {}), ...(latitude ? { latitude, longitude } : {}),
  }));

for (const site of ["weilai", "tianjia"]) {
  const zones = ["东区", "西区", "商业街"].map((name, n) => put("areas", site, { name, note: n === 2 ? "底商和车库" : null }));
  const types = [
    put("house-types", site, { name: "高层住宅", rate: "2.35", note: null }),
    put("house-types", site, { name: "花园洋房", rate: "3.60", note: "含电梯维护" }),
    put("house-types", site, { name: "商铺", rate: "5.80", note: "按建筑面积" }),
    put("house-types", site, { name: "地下储藏室", rate: "1.00", note: null }, false),
  ];
  for (let n = 1; n <= (site === "weilai" ? 8 : 3); n++) {
    const with_units = n % 3 !== 0;
    const building = put("buildings", site, { number: String(n).padStart(2, "0"), name: `${n}号楼`, with_units }, n !== 8);
    const units = with_units ? ["1", "2"].map((number) => put("units", site, { building, number, name: `${number}单元` })) : [null];
    for (const unit of units) {
      for (let floor = 1; floor <= 3; floor++) {
        for (const room of ["01", "02"]) {
          const shop = n === 3 && floor === 1;
          put("houses", site, {
            building, unit, number: `${String(floor).padStart(2, "0")}${room}`, type: types[shop ? 2 : n > 5 ? 1 : 0]!,
            area: shop ? "56.80" : room === "01" ? "89.35" : "118.62", zone: zones[shop ? 2 : n % 2]!,
            owner: floor === 3 && room === "02" ? null : nameOf(tables.get("houses")!.length), phone: floor === 3 && room === "02" ? null : phoneOf(tables.get("houses")!.length), note: null,
          });
        }
      }
    }
  }
  const houses = tables.get("houses")!.filter((row) => row.site === site).slice(0, 30);
  const flat = put("sources", site, { code: "00001", name: site === "weilai" ? "远洋心里3-2-901" : "田家園1-1-302", type: "distributed", zone: zones[0]!, address: "杭州市江干区远洋心里", note: null });
  const tower = put("sources", site, { code: "00002", name: "田家園未来科技城店", type: "centralised", zone: zones[1]!, address: "九环路31-1", note: null });
  put("sources", site, { code: "00172", name: "海曙中心 8 楼单间", type: "room", zone: zones[2]!, address: "海曙路 8 号", note: null });
  for (let n = 1; n <= 4; n++) put("rooms", site, { name: `${n}号室`, number: String(n), zone: zones[0]!, house: houses[0]!.id, source: flat, note: null });
  for (let n = 1; n <= 6; n++) put("rooms", site, { name: `A0${n}`, number: `A0${n}`, zone: zones[1]!, house: null, source: tower, note: null });
  houses.forEach((house, n) => {
    const owner = house.values.owner;
    if (n > 0) put("rooms", site, { name: "整套", number: "1", zone: house.values.zone ?? null, house: house.id, source: null, note: null });
    if (!owner) return;
    const moved = `20${String(16 + (n % 9)).padStart(2, "0")}-0${1 + (n % 9)}-1${n % 10}`;
    const resident = put("residents", site, { name: owner, type: "owner", phone: house.values.phone ?? null, id_type: "id_card", id_number: `33010619${70 + (n % 25)}0${1 + (n % 9)}1${n % 10}00${10 + n}`, moved_in: moved, moved_out: null, note: null });
    put("house-members", site, { house: house.id, resident, relation: "owner", since: moved, until: null, note: null });
    if (n % 3 === 0) {
      const tenant = put("residents", site, { name: nameOf(n + 90), type: "tenant", phone: phoneOf(n + 90), id_type: null, id_number: null, moved_in: "2025-06-01", moved_out: n % 2 ? "2026-05-31" : null, note: null });
      put("house-members", site, { house: house.id, resident: tenant, relation: "tenant", since: "2025-06-01", until: n % 2 ? "2026-05-31" : null, note: null });
    }
  });
  const staff = [["客户服务中心", "前台"], ["客户服务中心", "投诉受理"], ["工程部", "值班电工"], ["工程部", "水暖维修"], ["秩序维护部", "门岗"], ["财务部", "收费处"]];
  staff.forEach(([department, duty], n) => put("contacts", site, { department: department!, name: `${nameOf(n + 3)}（${duty}）`, phone: phoneOf(n + 40), position: n === 5 ? null : (n + 1) * 10 }));
}

/** What has to be different among the rows of a site. */
const unique: Record<string, string[]> = {
  communities: ["name"],
  areas: ["name"], buildings: ["number"], units: ["building", "number"], rooms: ["source", "house", "number"], "house-members": ["house", "resident", "since"], sources: ["code"], "house-types": ["name"], houses: ["building", "unit", "number"], contacts: [], ...organisations.unique,
};

const titleOf = (described: Resource, id: number): string => {
  const row = tables.get(described.name)!.find((each) => each.id === id);
  const given = (name: string) => {
    const value = row?.values[name] ?? null;
    const of = described.fields.find((each) => each.name === name);
    return of?.type === "reference" && typeof value === "number" ? titleOf(byName(of.resource), value) : String(value ?? "");
  };
  return described.title.split(" ").map((each) => each.split("|").map(given).find(Boolean)).join(" ");
};
const byName = (name: string) => resources.find((each) => each.name === name)!;

// Last, so that no other row gets another id.
for (const [gateway, asset_number, name, online, meters, undispatched, pending] of [["gw-a", "16100610", "A 栋配电房", true, 14, 1, 3], ["gw-c", null, "车库", false, 0, 0, 0]] as const)
  put("concentrators", "weilai", { gateway, asset_number, name, source: null, address: "余杭区文一西路 998 号", online, meters, undispatched, pending, note: null });

/** As the platform masks what is a person's. */
const masked = (text: string) => (/^[\dX]{11,}$/.test(text) ? `${text.slice(0, 3)}****${text.slice(-4)}` : text && `${[...text][0]}**`);

export function answerOf(described: Resource, { values, organisation, ...row }: Stored, clear = false): Row {
  const shown = described.fields.map((each): [string, Value] => {
    const value = values[each.name] ?? null;
    if (each.type === "reference" && typeof value === "number") return [each.name, { id: value, title: titleOf(byName(each.resource), value) }];
    return [each.name, each.personal && !clear && typeof value === "string" ? masked(value) : value];
  });
  const where = organisation === undefined ? {} : { organisation: { id: organisation, title: organisations.byId(organisation)?.name ?? "" } };
  return { ...row, ...where, ...Object.fromEntries(shown) } as Row;
}

/** Rows as they are answered, for what is made of them. */
export const rowsOf = (name: string): Row[] => tables.get(name)!.map((row) => answerOf(byName(name), row));
export const found = (name: string, id: number): Row | undefined => rowsOf(name).find((row) => row.id === id);

function list(described: Resource, query: URLSearchParams): RowPage {
  const words = query.get("search") ?? "";
  const searched = described.fields.filter((each) => each.search && each.type === "text");
  const is = (name: string, value: unknown) => query.get(name) === null || query.get(name) === String(value);
  const rows = tables
    .get(described.name)!
    .filter((row) => row.organisation === undefined || reach().has(row.organisation))
    .filter((row) => is("site", row.site) && is("organisation", row.organisation) && is("enabled", row.enabled))
    .filter(({ values }) => described.fields.every((each) => is(each.name, values[each.name])))
    .filter(({ values }) => described.fields.every((each) => {
      const [from, to, day] = [query.get(`${each.name}_from`), query.get(`${each.name}_to`), values[each.name]];
      return each.type !== "date" || ((!from || (day && day >= from)) && (!to || (day && day <= to)));
    }))
    .filter(({ values }) => !words || searched.some((each) => String(values[each.name] ?? "").includes(words)))
    .map((row) => answerOf(described, row));
  const sort = query.get("sort") ?? "";
  const name = sort.replace(/^-/, "");
  if (name) {
    const number = described.fields.some((each) => each.name === name && (each.type === "integer" || each.type === "decimal"));
    const compared = (a: Row, b: Row) => (number ? Number(a[name]) - Number(b[name]) : String(a[name]).localeCompare(String(b[name]), "zh"));
    rows.sort((a, b) => (sort.startsWith("-") ? -1 : 1) * compared(a, b));
  }
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("page_size") ?? 20);
  return { total: rows.length, rows: rows.slice((page - 1) * size, page * size) };
}

/** The first field of the body that is not as described. */
function badField(described: Resource, body: Body, creating: boolean): string | undefined {
  return described.fields.find((each) => {
    if (each.derived || (!creating && each.fixed)) return false;
    const value = body[each.name] ?? null;
    if (value === null) return each.required;
    if (each.type === "text" && each.name === "phone" && each.required) return !/^1\d{10}$/.test(String(value));
    if (each.type === "text") return typeof value !== "string" || value.length > (each.most ?? 1000);
    if (each.type === "permissions") return !Array.isArray(value) || value.length === 0;
    if (each.type === "decimal") return typeof value !== "string" || !/^-?\d+(\.\d+)?$/.test(value);
    return false;
  })?.name;
}

function taken(described: Resource, place: string | number, body: Body, self?: number): string | undefined {
  const names = unique[described.name] ?? [];
  const same = tables.get(described.name)!.some((row) => row.id !== self && (row.site ?? row.organisation) === place && names.every((name) => (row.values[name] ?? null) === (body[name] ?? null)));
  return names.length > 0 && same ? names.at(-1) : undefined;
}

/** undefined: no resource of the catalogue is asked for. */
export function catalogRoute(method: string, [name = "", id, verb]: string[], query: URLSearchParams, body: Body): Answer | undefined {
  if (name === "catalog") {
    const may = (right: string, verb: string) => held().includes(`${right}:${verb}`);
    return ok({ resources: resources.filter(({ right }) => may(right, "read")).map((each) => ({ ...each, actions: each.actions.filter((verb) => may(each.right, verb)) })) });
  }
  const described = resources.find((each) => each.name === name);
  if (!described) return undefined;
  const rows = tables.get(name)!;
  if (!id) {
    if (method === "GET") return ok(list(described, query));
    const bad = badField(described, body, true);
    if (bad) return fail(400, "bad_field", { field: bad });
    const { site, organisation, ...values } = body;
    const place = described.place === "site" ? String(described.of_site ? site : body.code) : Number(organisation ?? organisations.acting().id);
    if (typeof place === "number" && organisations.byId(place)?.enabled === false) return fail(409, "disabled", { field: "organisation" });
    const field = taken(described, place, values);
    for (const each of described.fields) if (each.type === "integer" && each.preset !== undefined) values[each.name] ??= each.preset;
    if (field) return fail(409, "conflict", { field });
    organisations.added(described, put(name, place, values));
    const row = rows.at(-1)!;
    row.created_at = row.updated_at = Date.now();
    return ok(answerOf(described, row), 201);
  }
  if (id === "import-template") return { status: 200, file: `${described.label.zh}-导入模板.xlsx` };
  if (id === "import") return importJob(name, described.label.zh, query);
  if (id === "export") return { status: 200, file: `${described.label.zh}.xlsx` };
  const row = rows.find((each) => each.id === Number(id));
  if (!row) return fail(404, "not_found");
  const changed = () => {
    Object.assign(row, { version: row.version + 1, updated_at: Date.now() });
    return ok(answerOf(described, row));
  };
  switch (`${method} ${verb ?? ""}`) {
    case "GET ":
      return ok(answerOf(described, row));
    case "PUT ": {
      const { version, ...values } = body;
      if (version !== row.version) return fail(409, "conflict");
      const bad = badField(described, values, false);
      if (bad) return fail(400, "bad_field", { field: bad });
      const fixed = Object.fromEntries(described.fields.filter((each) => each.fixed || each.derived).map((each) => [each.name, row.values[each.name] ?? null]));
      const field = taken(described, row.site ?? row.organisation!, { ...values, ...fixed }, row.id);
      if (field) return fail(409, "conflict", { field });
      row.values = { ...values, ...fixed };
      return changed();
    }
    case "POST reveal":
      return ok(answerOf(described, row, true));
    case "POST enable":
    case "POST disable":
      row.enabled = verb === "enable";
      return changed();
    case "DELETE ": {
      const user = resources.find((each) =>
        each.fields.some((f) => f.type === "reference" && f.resource === name && tables.get(each.name)!.some(({ values }) => values[f.name] === row.id)),
      );
      if (user) return fail(409, "in_use", { field: user.name });
      const below = !described.of_site && resources.find((each) => each.of_site && tables.get(each.name)!.some(({ site }) => site === row.site));
      if (below) return fail(409, "in_use", { field: below.name });
      rows.splice(rows.indexOf(row), 1);
      return { status: 204 };
    }
    default:
      return fail(404, "not_found");
  }
}
