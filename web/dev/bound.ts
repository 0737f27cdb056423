// Residents who scanned a code, and the codes, of the made-up site; and what the residents see. Development only.
import { fail, ok, word, type Answer } from "./describe";
import * as world from "./world";
import type * as bound from "../src/types/bound";

const DAY = 86_400_000;
const START = Date.now();
type Cookied = Answer & { cookie?: string };
type Held = bound.BoundUser & { meter: number };
type Code = bound.MeterShare & { meter: number; code: string };

let nextId = 1;
const users: Held[] = [
  { id: nextId++, meter: 101, name: "陈静", mobile: "13912340001", sms: true, share: 5, since: START - 40 * DAY, until: null, ended: "" },
  { id: nextId++, meter: 101, name: "陈大明", mobile: "13912340002", sms: false, share: 5, since: START - 38 * DAY, until: null, ended: "" },
  { id: nextId++, meter: 101, name: "前租客", mobile: "13912340003", sms: false, share: 5, since: START - 400 * DAY, until: START - 60 * DAY, ended: "settled" },
];
const codes: Code[] = [
  { id: nextId++, meter: 101, code: "demo-code-of-101", by: "admin", created_at: START - 2 * DAY, expires_at: START + 5 * DAY, uses: 4, used: 1, state: "open" },
  { id: nextId++, meter: 101, code: "demo-code-that-is-old", by: "clerk", created_at: START - 41 * DAY, expires_at: START - 34 * DAY, uses: 4, used: 3, state: "expired" },
];
let me: bound.MyAccount | null = null;
let mine: { binding: number; meter: number; since: number }[] = [];

const masked = (address: string) => `${address.slice(0, 3)}*****${address.slice(-4)}`;
const userOf = ({ id, name, mobile, sms, share, since, until, ended }: Held): bound.BoundUser => ({ id, name, mobile, sms, share, since, until, ended });
const shareOf = ({ id, by, created_at, expires_at, uses, used, state }: Code): bound.MeterShare => ({ id, by, created_at, expires_at, uses, used, state });

function row(binding: number, id: number, since: number): bound.MyMeterRow {
  const { meter } = world.sims.get(id)!;
  const { name, room, address, mode, balance, account_state, wanted, wanted_reason, reported, reachable, kind, valve } = meter;
  return { binding, site: "未来社区", kind, name, room, address, mode, balance, account_state, wanted, wanted_reason, reported, reachable, valve, since };
}

function detail(binding: number, id: number, since: number): bound.MyMeter {
  const { meter } = world.sims.get(id)!;
  const { alarm_1, alarm_2, overdraft, auto_trip, reported_at, last_reading } = meter;
  const prices = meter.prices!;
  const total = prices.kind === "total" && !prices.steps?.length;
  const left = Number(meter.balance) > 0;
  return {
    ...row(binding, id, since),
    from: since, alarm_1, alarm_2, overdraft, auto_trip, reported_at: reported_at ?? null, read_at: last_reading?.at ?? null, total: last_reading?.total ?? null,
    prices: { kind: prices.kind, total: prices.total, sharp: prices.sharp, peak: prices.peak, flat: prices.flat, valley: prices.valley, slots: prices.slots, step_period: prices.step_period, steps: prices.steps },
    price_now: total ? prices.total! : null,
    worth: total && left ? meter.balance_kwh : null,
    worth_unknown: !left ? "nothing_left" : total ? "" : prices.steps?.length ? "steps" : "tariffs",
    utc_offset_minutes: 480,
    recharge_at: { organisation: "安居物业", address: "未来路 1 号", phone: "0755-8888 0000" },
  };
}

function use(since: number): bound.MyUse {
  const midnight = Math.floor((START + 8 * 3_600_000) / DAY) * DAY - 8 * 3_600_000;
  const from = Math.max(since, midnight - 30 * DAY);
  const days = Array.from({ length: 31 }, (_, index) => midnight - (30 - index) * DAY)
    .filter((at, index) => at >= from && index % 9 !== 4)
    .map((at, index) => ({ at, quantity: (3 + ((index * 7) % 5)).toFixed(2), money: (2 + ((index * 5) % 4)).toFixed(2) }));
  return { from, days, months: days.length ? [{ at: days[0]!.at, quantity: "92.5", money: "56.4" }] : [] };
}

/** Of the staff. undefined: something else is asked for. */
export function boundRoute(method: string, [name, id, sub]: string[], part: string | undefined, given: unknown): Answer | undefined {
  if (name !== "meters") return undefined;
  const meter = Number(id);
  switch (`${method} ${sub}${part ? "/:id" : ""}`) {
    case "GET bound-users":
      return ok({
        bound: users.filter((each) => each.meter === meter).sort((a, b) => Number(a.until !== null) - Number(b.until !== null)).map(userOf),
        shares: codes.filter((each) => each.meter === meter).sort((a, b) => Number(a.state !== "open") - Number(b.state !== "open")).map(shareOf),
      } satisfies bound.BoundUsers);
    case "POST shares": {
      if (codes.filter((each) => each.meter === meter && each.state === "open").length >= 10) return fail(409, "limit_reached");
      const { days = 7, uses = 4 } = given as { days?: number; uses?: number };
      const made: Code = { id: nextId++, meter, code: `demo-code-${nextId}`, by: "admin", created_at: Date.now(), expires_at: Date.now() + days * DAY, uses, used: 0, state: "open" };
      codes.unshift(made);
      return ok({ id: made.id, code: made.code, expires_at: made.expires_at, uses } satisfies bound.ShareMade, 201);
    }
    case "DELETE shares/:id": {
      const code = codes.find((each) => each.id === Number(part) && each.state === "open");
      if (!code) return fail(404, "not_found", { field: "share" });
      code.state = "revoked";
      return { status: 204 };
    }
    case "DELETE bound-users/:id": {
      const user = users.find((each) => each.id === Number(part) && each.until === null);
      if (!user) return fail(404, "not_found", { field: "binding" });
      Object.assign(user, { until: Date.now(), ended: "unbound" });
      for (const code of codes) if (code.id === user.share && code.state === "open" && code.used < code.uses) code.state = "revoked";
      mine = mine.filter(({ binding }) => binding !== user.id);
      return { status: 204 };
    }
    default:
      return undefined;
  }
}

/** Of residents, by a cookie of their own. */
export function myRoute(method: string, [resource, id, part]: (string | undefined)[], cookie: string, given: unknown): Cookied {
  const code = (given as { code?: string } | undefined)?.code;
  const open = codes.find((each) => each.code === code && each.state === "open" && each.used < each.uses);
  const known = me !== null && /(^|; )anju_bound=1/.test(cookie);
  if (`${method} ${resource}` === "POST share") {
    if (!open) return fail(404, "not_found", { field: "code" });
    const { meter } = world.sims.get(open.meter)!;
    return ok({ site: "未来社区", kind: meter.kind, address: masked(meter.address) } satisfies bound.SharedMeter);
  }
  if (`${method} ${resource}` === "POST meters") {
    if (!open) return fail(404, "not_found", { field: "code" });
    const { name = "", mobile = "", language = "zh-CN" } = given as Partial<bound.MyAccount>;
    if (!known) {
      me = { name, mobile, language, sms: false, csrf_token: "csrf" };
      mine = [];
    }
    const had = mine.find(({ meter }) => meter === open.meter);
    if (!had) {
      open.used += 1;
      users.unshift({ id: nextId, meter: open.meter, name: me!.name, mobile: me!.mobile, sms: me!.sms, share: open.id, since: Date.now(), until: null, ended: "" });
      mine.push({ binding: nextId++, meter: open.meter, since: Date.now() - 20 * DAY });
    }
    return { ...ok({ binding: had?.binding ?? mine.at(-1)!.binding, account: me! } satisfies bound.MyBinding, had ? 200 : 201), cookie: "anju_bound=1; Path=/api/v1/my; HttpOnly; SameSite=Strict" };
  }
  if (!known) return fail(401, "unauthenticated");
  const held = mine.find(({ binding }) => binding === Number(id));
  switch (`${method} ${resource}${id ? "/:id" : ""}${part ? `/${part}` : ""}`) {
    case "GET account":
      return ok(me);
    case "PUT account":
      me = { ...me!, ...(given as bound.MyAccountInput) };
      return ok(me);
    case "DELETE session":
      for (const user of users) if (mine.some(({ binding }) => binding === user.id)) user.sms = false;
      me = null;
      return { status: 204, cookie: "anju_bound=; Path=/api/v1/my; Max-Age=0" };
    case "GET meters":
      return ok(mine.map(({ binding, meter, since }) => row(binding, meter, since)));
  }
  if (!held) return fail(404, "not_found");
  switch (`${method} ${part ?? ""}`) {
    case "GET ":
      return ok(detail(held.binding, held.meter, held.since));
    case "DELETE ":
      mine = mine.filter((each) => each !== held);
      for (const user of users) if (user.id === held.binding) Object.assign(user, { until: Date.now(), ended: "left" });
      return { status: 204 };
    case "GET use":
      return ok(use(held.since));
    case "GET records":
      return ok({ rows: [{ at: START - 3 * DAY, kind: "recharge", method: "wechat", amount: "100" }, { at: START - 9 * DAY, kind: "adjustment", method: "", amount: "-2.5" }] } satisfies bound.MyRecords);
    case "GET messages":
      return ok({ rows: [{ at: START - 4 * DAY, kind: "low_balance_1", title: word("余额低于预置值1", "Below preset 1"), text: word("您的余额已经不足20元，请及时充值。", "Less than 20 yuan are left.") }] } satisfies bound.MyMessages);
    default:
      return fail(404, "not_found");
  }
}
