// Reports and sums from dev/world.ts. Development only. reports.json: what GET /reports answers.
import { sites } from "./catalog";
import descriptions from "./reports.json";
import * as world from "./world";
import type * as api from "../src/types/api";

const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;
const reports = descriptions as api.Report[];
const dayOf = (at: number) => new Date(at + OFFSET).toISOString().slice(0, 10);
const meters = () => [...world.sims.values()];
const title = ({ id, device }: api.Meter) => ({ id, title: device });
const price = ({ prices }: api.Meter) => prices?.total ?? prices?.flat ?? "0";
const some = (n: number, seed: number) => (((seed * 9301 + 49297) % 233280) / 233280) * n;

/** Every fifth meter, from the last one on: water is among them. */
const sample = (most: number) => meters().map(({ meter }) => meter).reverse().filter((_, i) => i % 5 === 0).slice(0, most);

type Row = api.ReportRow & { at_: number; site_: string; words_: string };
const base = (meter: api.Meter, at: number) => ({
  at_: at, site_: meter.site, words_: [meter.room, meter.name, meter.device, meter.address].join(" "), meter: title(meter), name: meter.name, room: meter.room || null, utility: meter.kind ?? "electricity",
});

const sources: Record<string, () => Row[]> = {
  readings: () =>
    meters().flatMap(({ meter, readings }) =>
      readings.map(({ id, at, kind, total, tariffs, used, state }) => ({
        ...base(meter, at), key: `${meter.id}-${id}`, at, kind, state, total, used: used ?? null,
        sharp: tariffs?.[0] ?? null, peak: tariffs?.[1] ?? null, flat: tariffs?.[2] ?? null, valley: tariffs?.[3] ?? null,
      })),
    ),
  meters: () =>
    meters().map(({ meter }) => ({
      ...base(meter, meter.id), key: String(meter.id), address: meter.address, gateway: meter.gateway, mode: meter.mode, relay: meter.reported,
      online: meter.reachable ? "online" : "offline", balance: meter.balance, left: meter.balance_kwh, total: meter.last_reading?.total ?? null,
      sharp: meter.last_reading?.tariffs?.[0] ?? null, peak: meter.last_reading?.tariffs?.[1] ?? null, flat: meter.last_reading?.tariffs?.[2] ?? null,
      valley: meter.last_reading?.tariffs?.[3] ?? null, today: meter.today_kwh, plan: meter.price_plan.name, price: price(meter), alarm_1: meter.alarm_1,
      alarm_2: meter.alarm_2, overdraft: meter.overdraft, read: meter.last_reading?.at ?? null,
    })),
  payments: () =>
    meters().flatMap(({ meter, ledger }) =>
      ledger
        .filter(({ kind }) => kind === "recharge")
        .map(({ id, at, amount, balance, method, by }) => {
          const kwh = (yuan: number) => (yuan / Number(price(meter))).toFixed(4);
          const income = method === "free" ? "0" : amount;
          return {
            ...base(meter, at), key: `${meter.id}-${id}`, user: null, user_kind: null, due: amount, paid: income, price: price(meter), income, fee: "0",
            bought: kwh(Number(amount)), before: kwh(Number(balance) - Number(amount)), after: kwh(Number(balance)), left: meter.balance_kwh,
            state: "paid", at, method: method ?? null, by: by || null,
          };
        }),
    ),
  energy: () =>
    meters().flatMap(({ meter }) =>
      Array.from({ length: 30 }, (_, i) => {
        const at = Date.now() - (i + 1) * DAY;
        const kwh = 2 + some(9, meter.id * 31 + i);
        return { ...base(meter, at), key: `${meter.id}.${i}`, day: dayOf(at), used: kwh.toFixed(4), cost: (kwh * Number(price(meter))).toFixed(6), register: (4000 + some(900, meter.id) - i * 6).toFixed(2) };
      }),
    ),
  switches: () =>
    meters().flatMap(({ meter, commands }) =>
      commands
        .filter(({ kind }) => kind === "trip" || kind === "close")
        .map((command) => ({
          ...base(meter, command.created_at), key: command.id, at: command.created_at, kind: command.kind, state: command.state,
          done: command.state === "verified" ? (command.ended_at ?? null) : null, cause: command.cause, by: command.by || null, note: command.note || null,
        })),
    ),
  bills: () =>
    meters().flatMap(({ meter }) =>
      meter.mode === "prepaid"
        ? []
        : [0, 1].map((back) => {
            const month = dayOf(Date.now() - back * 30 * DAY).slice(0, 7);
            const used = 80 + some(90, meter.id + back);
            const cost = (used * Number(price(meter))).toFixed(6);
            return { ...base(meter, Date.now() - back * 30 * DAY), key: `${meter.id}.${month}`, month, from: (4000 - used * back).toFixed(2), to: (4000 + used - used * back).toFixed(2), used: used.toFixed(4), cost, due: back ? "0" : cost, owed: cost, state: back ? "settled" : "due" };
          }),
    ),
  orders: () =>
    meters().flatMap(({ meter, commands }) =>
      commands.map((command) => ({
        ...base(meter, command.created_at), key: command.id, at: command.created_at, kind: command.kind, state: command.state, cause: command.cause, attempts: command.attempts,
        done: command.state === "verified" ? (command.ended_at ?? null) : null, reason: command.reason ?? null, by: command.by || null, note: command.note || null,
      })),
    ),
  freezes: () =>
    meters().flatMap(({ meter }) =>
      Array.from({ length: 7 }, (_, i) => {
        const at = Math.floor((Date.now() + OFFSET) / DAY - i) * DAY - OFFSET + 40_000;
        const total = 4000 + some(900, meter.id) - i * 6;
        const part = (share: number) => (meter.kind === "electricity" ? (total * share).toFixed(2) : null);
        return {
          ...base(meter, at), key: `${meter.id}.${i}`, day: dayOf(at - DAY), source: null, terminal: world.gateways.find(({ id }) => id === meter.gateway)?.name ?? meter.gateway,
          terminal_number: meter.gateway, total: total.toFixed(2), sharp: part(0.08), peak: part(0.37), flat: part(0.33), valley: part(0.22), at, state: "collected",
        };
      }),
    ),
  settlements: () =>
    sample(5).map((meter, i) => {
      const at = Date.now() - (i * 20 + 3) * 3_600_000;
      const used = 90 + some(200, meter.id);
      const fee = used * Number(price(meter));
      return {
        ...base(meter, at), key: String(i), at, from: "1200.5", to: (1200.5 + used).toFixed(2), used: used.toFixed(4), fee: fee.toFixed(6), recharged: "300", adjusted: i === 2 ? "-12.5" : "0",
        refund: (300 - fee).toFixed(6), method: i % 2 ? "wechat" : "cash", end: i % 3 ? "closed" : "settled", by: "admin", note: i ? null : "退租",
      };
    }),
  refunds: () =>
    sample(8).map((meter, i) => {
      const at = Date.now() - (i * 17 + 2) * 3_600_000;
      const kind = ["refund", "collected", "adjustment", "fee"][i % 4]!;
      return { ...base(meter, at), key: String(i), at, kind, amount: kind === "refund" ? "-63.21" : kind === "fee" ? "120" : "18.4", method: kind === "adjustment" ? null : "cash", by: "admin", note: kind === "adjustment" ? "抄错表" : null };
    }),
  clearings: () =>
    sample(9).map((meter, i) => {
      const at = Date.now() - (i * 15 + 1) * 3_600_000;
      const kind = ["clear", "replace", "typed"][i % 3]!;
      const billed = some(20, meter.id);
      const before = 4000 + some(900, meter.id);
      return {
        ...base(meter, at), key: String(i), at, kind, before: before.toFixed(2), after: kind === "typed" ? before.toFixed(2) : "0", billed: billed.toFixed(4),
        cost: (billed * Number(price(meter))).toFixed(6), by: "admin", note: ["换季清零", "旧表故障更换", "现场抄表"][i % 3]!,
      };
    }),
  connections: () =>
    world.gateways.flatMap((gateway, g) =>
      Array.from({ length: 6 }, (_, i) => {
        const at = Date.now() - Math.floor(some(6 * DAY, g * 17 + i));
        return {
          at_: at, site_: gateway.site, words_: `${gateway.name} ${gateway.id}`, key: `${gateway.id}.${i}`, at, kind: "gateway", name: gateway.name, number: gateway.id,
          serial: null, state: i % 2 ? "online" : "offline", gateway: gateway.name, room: null,
        };
      }),
    ),
};

function matching(report: api.Report, query: URLSearchParams): Row[] {
  const words = query.get("search") ?? "";
  const [site, meter, from, to] = [query.get("site"), query.get("meter"), Number(query.get("from") ?? 0), Number(query.get("to") ?? Infinity)];
  return sources[report.name]!()
    .filter((row) => row.words_.includes(words) && (!site || row.site_ === site) && (!meter || String((row.meter as { id: number }).id) === meter))
    .filter(({ at_ }) => !report.period || (at_ >= from && at_ < to))
    .filter((row) => report.columns.every(({ name, search }) => !search || !query.get(name) || row[name] === query.get(name)))
    .sort((a, b) => b.at_ - a.at_);
}

/** undefined: no request for reports; null: there is no such report. */
export function reportRoute(name: string | undefined, part: string | undefined, query: URLSearchParams): object | null {
  if (!name) return { reports };
  const report = reports.find((each) => each.name === name);
  if (!report) return null;
  const rows = matching(report, query);
  if (part === "totals") {
    // kWh and m3 are never added.
    const counts = (row: Row, type: string) => type !== "quantity" || query.get("utility") || row.utility === "electricity";
    const sum = (name: string) => {
      const { type } = report.columns.find((column) => column.name === name)!;
      return rows.reduce((total, row) => total + (counts(row, type) ? Number(row[name] ?? 0) : 0), 0).toFixed(4);
    };
    return { over: false, rows: rows.length, sums: Object.fromEntries(report.columns.filter((column) => column.sum).map((column) => [column.name, sum(column.name)])) };
  }
  const begin = Number(query.get("before") ?? 0);
  const end = begin + Number(query.get("limit") ?? 50);
  return { rows: rows.slice(begin, end), next: end < rows.length ? String(end) : null, through: null };
}

const ranked = (most: number, water = false): api.RankedMeter[] =>
  meters()
    .filter(({ meter }) => (meter.kind !== "electricity") === water)
    .map(({ meter }) => {
      const kwh = water ? 2 + some(9, meter.id * 7) : 120 + some(260, meter.id * 7);
      return { meter: meter.id, device: meter.device, name: meter.name, room: meter.room, building: meter.id % 3 ? "1 号楼" : "", kwh: kwh.toFixed(4), money: (kwh * Number(price(meter))).toFixed(6) };
    })
    .sort((a, b) => Number(b.kwh) - Number(a.kwh))
    .slice(0, most);

export const homeTop = () => ({ top_span: dayOf(Date.now()).slice(0, 7), top: ranked(4) });

const split = (kwh: number, water: boolean): api.EnergyAnalysis["total"] => {
  const part = (share: number) => (water ? "0" : (kwh * share).toFixed(4));
  return { kwh: kwh.toFixed(4), sharp: part(0.07), peak: part(0.21), flat: part(0.18), valley: part(0.12), money: (kwh * (water ? 4.1 : 1.07)).toFixed(6) };
};

export function energy(query: URLSearchParams): api.EnergyAnalysis {
  const step = query.get("step") ?? "day";
  const water = query.get("utility") === "water";
  const scale = water ? 0.01 : 1;
  const today = dayOf(Date.now());
  const running = step === "day" ? today.slice(0, 7) : today.slice(0, 4);
  const period = query.get("period");
  const span = !period ? running : step === "day" ? `${period.slice(0, 4)}-${period.slice(4)}` : period;
  const names =
    step === "day"
      ? Array.from({ length: new Date(Number(span.slice(0, 4)), Number(span.slice(5)), 0).getDate() }, (_, i) => `${span}-${String(i + 1).padStart(2, "0")}`)
      : step === "month"
        ? Array.from({ length: 12 }, (_, i) => `${span}-${String(i + 1).padStart(2, "0")}`)
        : Array.from({ length: 10 }, (_, i) => String(Number(span) - 9 + i));
  const points = names
    .filter((at) => at <= today)
    .map((at, i) => ({ at, ...split(scale * (380 + some(160, i * 13)), water), before: (scale * (360 + some(150, i * 29))).toFixed(4) }));
  const sum = (read: (point: (typeof points)[number]) => string) => points.reduce((total, point) => total + Number(read(point)), 0);
  const total = sum(({ kwh }) => kwh);
  const before = sum(({ before: each }) => each);
  return {
    span, running: span === running, total: split(total, water), before: split(before, water), points,
    sites: sites().map(({ id, name }, i) => ({ site: String(id), name, ...split(total * (i ? 0.38 : 0.62), water), before: (before * (i ? 0.4 : 0.6)).toFixed(4) })),
    top: ranked(20, water),
    buildings: [1, 2, 3].map((n) => ({ name: `${n} 号楼`, meters: 12 - n, kwh: ((total * (5 - n)) / 12).toFixed(4), money: ((total * (5 - n)) / 11).toFixed(6) })),
  };
}
