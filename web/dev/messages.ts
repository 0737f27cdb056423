// Messages of the made-up site: an inbox, what went out, who hears of a meter, announcements, SMS. Development only.
import { fail, ok, word, type Answer } from "./describe";
import type * as messages from "../src/types/messages";

const MINUTE = 60_000;
const START = Date.now();
let nextId = 1;

const inbox: messages.InboxRow[] = (
  [
    ["reading_quarantined", 116, "读数待确认", "Reading to be confirmed", "“田家园 A204”的读数待确认，计费暂停。", "A reading of 田家园 A204 waits for a person; billing has stopped.", 75, 1],
    ["cut_off", 104, "停供", "Cut off", "“田家园 A104”余额 −1.42 元，已停供。", "田家园 A104 is cut off at a balance of −1.42.", 180, 1],
    ["low_balance_2", 113, "余额低于预置值2", "Below preset 2", "3 块表的余额低于预置值2。", "3 meters are below preset 2.", 400, 3],
    ["gateway_offline", null, "网关离线", "Gateway offline", "“车库集中器”离线。", "车库集中器 is offline.", 52, 1],
    ["announcement", null, "周六检修", "Work on Saturday", "周六 9:00–11:00 配电检修，A 栋停电。", "Block A is without power on Saturday from 9 to 11.", 3000, 1],
  ] as const
).map(([kind, meter, zh, en, zhText, enText, ago, count], index) => ({
  id: nextId++, kind, at: START - ago * MINUTE, count, read: index > 3, meter: count > 1 ? null : meter, gateway: kind === "gateway_offline" ? "gw-c" : null, site: "weilai", words: { title: word(zh, en), text: word(zhText, enText) },
})).sort((a, b) => b.at - a.at);

const deliveries: messages.Delivery[] = (
  [
    ["low_balance_1", "sms", "sent", "", 104],
    ["cut_off", "sms", "sent", "", 104],
    ["low_balance_2", "sms", "failed", "http_422", 113],
    ["reading_quarantined", "mail", "given_up", "smtp_550", 116],
    ["low_balance_1", "sms", "no_package", "", 118],
    ["cut_off", "mail", "pending", "", 110],
  ] as const
).map(([kind, channel, state, error, meter], index) => ({
  id: nextId++, kind, channel, name: "罗*", address: channel === "sms" ? `189****${5000 + index}` : "l***@example.com", language: "zh-CN", state, error, attempts: state === "pending" ? 0 : state === "given_up" ? 6 : 1, count: 1,
  text: "【安居】您的电表余额不足，请及时充值。", created_at: START - index * 47 * MINUTE, ended_at: state === "pending" ? null : START - index * 47 * MINUTE + 2000, next_at: state === "pending" ? START + MINUTE : null, meter, meter_name: `电表 ${meter}`, room: "", site: "weilai",
}));
const subscribers = new Map<number, messages.Subscribers>();
const announcements: messages.Announcement[] = [{ id: nextId++, title: "周六检修", text: "周六 9:00–11:00 配电检修，A 栋停电。", sites: ["weilai"], sms: true, inbox: true, households: 26, staff: 7, made: 26, sent: 25, by: "admin", at: START - 3000 * MINUTE }];
const packages: messages.SmsPackage[] = [{ id: nextId++, count: 1000, price: "60", note: "", by: "admin", at: START - 90 * 1440 * MINUTE }];
let used = 912;
const done = new Map<string, unknown>();

const HOUSEHOLDS = 26;
const STAFF = 7;
const stock = (): messages.SmsStock => {
  const bought = packages.reduce((sum, { count }) => sum + count, 0);
  return { remaining: bought - used, bought, used, low: (bought - used) * 10 <= packages[0]!.count, rows: packages };
};
const of = (meter: number): messages.Subscribers => subscribers.get(meter) ?? { version: 1, rows: [], household: meter < 130 ? "189****5003" : null };

/** undefined: something else is asked for. */
export function messageRoute(method: string, [name, id, sub]: string[], query: URLSearchParams, given: unknown): Answer | undefined {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("page_size") ?? 20)];
  const slice = <Row,>(rows: Row[]) => ({ total: rows.length, rows: rows.slice((page - 1) * size, page * size) });
  const is = (field: string, value: string) => query.get(field) === null || query.get(field) === value;
  const key = (given as { id?: unknown } | undefined)?.id;
  switch (`${method} ${name}${id ? "/:id" : ""}${sub ? `/${sub}` : ""}`) {
    case "GET inbox":
      return ok({ unread: inbox.filter(({ read }) => !read).length, ...slice(query.get("unread") === "true" ? inbox.filter(({ read }) => !read) : inbox) });
    case "POST inbox/:id": {
      for (const row of inbox) if (row.at <= (given as { through: number }).through) row.read = true;
      return { status: 204 };
    }
    case "POST inbox/:id/read": {
      for (const row of inbox) if (row.id === Number(id)) row.read = true;
      return { status: 204 };
    }
    case "GET messages":
      return ok({ ways: { sms: true, mail: false }, ...slice(deliveries.filter((row) => is("state", row.state) && is("channel", row.channel) && is("kind", row.kind))) });
    case "POST messages/:id": {
      const made: messages.Delivery = { ...deliveries[0]!, id: nextId++, kind: "test", channel: (given as { channel: messages.Channel }).channel, state: "pending", created_at: Date.now(), meter: null, meter_name: "", attempts: 0 };
      deliveries.unshift(made);
      return ok(made, 201);
    }
    case "POST messages/:id/resend": {
      const row = deliveries.find((each) => each.id === Number(id));
      if (!row) return fail(404, "not_found");
      Object.assign(row, { state: "pending", error: "", ended_at: null });
      return ok(row);
    }
    case "GET meters/:id/messages":
      return ok({ ways: { sms: true, mail: false }, ...slice(deliveries.filter(({ meter }) => meter === Number(id))) });
    case "GET meters/:id/subscribers":
      return ok(of(Number(id)));
    case "PUT meters/:id/subscribers": {
      const { version, rows } = given as { version: number; rows: messages.SubscriberInput[] };
      const before = of(Number(id));
      if (version !== before.version) return fail(409, "conflict", { field: "version" });
      const after = { ...before, version: version + 1, rows: rows.map((row) => ({ ...row, id: row.id ?? nextId++ })) };
      subscribers.set(Number(id), after);
      return ok(after);
    }
    case "GET announcements":
      return ok(slice(announcements));
    case "POST announcements": {
      const order = given as messages.AnnouncementOrder;
      if (order.dry) return ok({ households: HOUSEHOLDS, staff: STAFF, sms_remaining: stock().remaining, ways: { sms: true, mail: false } });
      if (done.has(order.id)) return ok(done.get(order.id), 201);
      if (order.households !== HOUSEHOLDS || order.staff !== STAFF) return fail(409, "conflict", { field: "households" });
      const made: messages.Announcement = { id: nextId++, title: order.title, text: order.text, sites: order.sites ?? null, sms: order.sms, inbox: order.inbox, households: HOUSEHOLDS, staff: STAFF, made: HOUSEHOLDS, sent: 0, by: "admin", at: Date.now() };
      if (order.sms) used += Math.min(HOUSEHOLDS, stock().remaining);
      announcements.unshift(made);
      done.set(order.id, made);
      return ok(made, 201);
    }
    case "GET sms-packages":
      return ok(stock());
    case "POST sms-packages": {
      const { count, price, note } = given as messages.SmsPackageOrder;
      if (done.has(String(key))) return ok(done.get(String(key)), 201);
      const made: messages.SmsPackage = { id: nextId++, count, price, note, by: "admin", at: Date.now() };
      packages.unshift(made);
      done.set(String(key), made);
      return ok(made, 201);
    }
    default:
      return undefined;
  }
}
