// The household's money at the meters of the made-up site. Development only; the guards are those of the contract.
import { fail, ok, type Answer } from "./describe";
import { applySettings } from "./supply";
import * as world from "./world";
import type * as account from "../src/types/account";

const DAY = 86_400_000;
const openings = new Map<number, account.Opening[]>();
const settlements = new Map<number, account.Settlement[]>();
const adjustments = new Map<number, account.Adjustment[]>();
/** By the sender's key: asked again it answers the first result. */
const done = new Map<string, unknown>();
let nextId = 1;

const rowsOf = <Row>(table: Map<number, Row[]>, meter: number) => table.get(meter) ?? table.set(meter, []).get(meter)!;
const money = (yuan: number) => (Math.round(yuan * 1e6) / 1e6).toFixed(6).replace(/\.?0+$/, "");
export const openOf = (meter: number) => rowsOf(openings, meter).find(({ closed_at }) => !closed_at) ?? null;
const today = () => Math.floor((Date.now() + 8 * 3_600_000) / DAY) * DAY - 8 * 3_600_000;

/** Of a register without: as its readings split it. */
const withTariffs = ({ at, total }: { at: number; total: string }): account.Register => ({ at, total, tariffs: [0.08, 0.37, 0.33, 0.22].map((part) => (Number(total) * part).toFixed(2)) });

function calculation(sim: world.Sim): account.Calculation {
  const { meter } = sim;
  const from = settlements.get(meter.id)?.[0]?.to ?? openOf(meter.id)?.start ?? withTariffs(meter.start_reading);
  const to = withTariffs(meter.last_reading ?? meter.start_reading);
  const used = sim.readings.filter(({ state }) => state === "used");
  const kwh = Math.max(0, Number(to.total) - Number(from.total));
  const recharged = sim.ledger.filter((row) => row.kind === "recharge" && row.at > from.at).reduce((sum, row) => sum + Number(row.amount), 0);
  const price = Number(meter.prices?.total ?? meter.prices?.flat ?? "1");
  return {
    reading: used[0]?.id ?? 0, from, to, kwh: kwh.toFixed(4), fee: money(kwh * price), recharged: money(recharged), adjusted: "0", balance: meter.balance, opening: openOf(meter.id),
    today: used.flatMap((row, index) =>
      row.at < today() ? [] : [{ at: row.at, kwh: row.used!, fee: money(Number(row.used) * price), balance: sim.ledger.find((each) => each.at === row.at)?.balance ?? meter.balance, total: row.total, tariffs: row.tariffs, previous_total: used[index + 1]?.total ?? from.total, previous_tariffs: row.tariffs && (used[index + 1]?.tariffs ?? from.tariffs) }],
    ),
  };
}

function open(sim: world.Sim, order: account.OpeningOrder): Answer {
  const { meter } = sim;
  if (openOf(meter.id)) return fail(409, "conflict", { field: "opening" });
  if (Number(meter.balance) !== 0) return fail(409, "conflict", { field: "balance" });
  const { price_plan, mode, alarm_1, alarm_2, overdraft, limits_kwh, auto_trip, customer, mobile, unit, settlement_method, voltage, opened_on, area, address, note } = order;
  const plan = world.plans.find((each) => each.id === price_plan)!;
  Object.assign(meter, { price_plan: { id: plan.id, name: plan.name }, prices: { ...plan } });
  applySettings(meter, limits_kwh ? { mode, auto_trip, limits_kwh } : { mode, auto_trip, alarm_1, alarm_2, overdraft });
  const made: account.Opening = { id: nextId++, customer, mobile, unit, settlement_method, voltage, opened_on, area, address, note, start: withTariffs(meter.last_reading ?? meter.start_reading), price_plan: { id: plan.id, name: plan.name }, by: "admin", created_at: Date.now(), closed_at: null };
  rowsOf(openings, meter.id).unshift(made);
  world.refresh(sim);
  return ok(made, 201);
}

function settle(sim: world.Sim, order: account.SettlementOrder): Answer {
  const now = calculation(sim);
  if (order.reading !== now.reading) return fail(409, "conflict", { field: "reading" });
  if (order.balance !== now.balance) return fail(409, "conflict", { field: "balance" });
  const { method, close, note } = order;
  const made: account.Settlement = { id: nextId++, at: Date.now(), from: now.from, to: now.to, kwh: now.kwh, fee: now.fee, recharged: now.recharged, adjusted: now.adjusted, balance: now.balance, refund: now.balance, method, closed: close, note, by: "admin", customer: now.opening?.customer ?? "" };
  world.post(sim, -Number(now.balance), note, "settlement");
  sim.balance = 0;
  world.refresh(sim);
  if (close && now.opening) now.opening.closed_at = Date.now();
  rowsOf(settlements, sim.meter.id).unshift(made);
  return ok(made, 201);
}

function adjust(sim: world.Sim, { amount, balance, note }: account.AdjustmentOrder): Answer {
  if (balance !== sim.meter.balance) return fail(409, "conflict", { field: "balance" });
  world.post(sim, Number(amount), note, "adjustment");
  const made: account.Adjustment = { id: nextId++, at: Date.now(), amount, balance: sim.meter.balance, note, by: "admin" };
  rowsOf(adjustments, sim.meter.id).unshift(made);
  return ok(made, 201);
}

const PEOPLE = ["罗晓东", "陈立", "王芳", "赵敏", "周海", "吴刚", "郑爽", "孙丽"];
[...world.sims.values()].slice(0, 30).forEach(({ meter }, index) => {
  if (index % 7 === 6) return;
  rowsOf(openings, meter.id).push({
    id: nextId++, customer: PEOPLE[index % PEOPLE.length]!, mobile: `189****${5000 + index}`, unit: "云寓智能公寓平台", settlement_method: (["cash", "wechat", "alipay", "transfer"] as const)[index % 4]!,
    voltage: index % 9 === 4 ? "交流380V" : "交流220V", opened_on: today() - (200 - index) * DAY, area: "未来科技城", address: "九环路31-1", note: "", start: withTariffs(meter.start_reading), price_plan: meter.price_plan, by: "wang", created_at: today() - (200 - index) * DAY, closed_at: null,
  });
});

for (const { meter, ledger } of world.sims.values()) for (const { sale } of ledger) if (sale) sale.customer = openOf(meter.id)?.customer ?? "";

/** undefined: something else is asked for. posted: money has moved. */
export function accountRoute(method: string, [name, id, sub]: string[], body: unknown, posted: (meter: number) => void): Answer | undefined {
  const sim = name === "meters" ? world.sims.get(Number(id)) : undefined;
  if (!sim) return undefined;
  if (method === "GET") {
    const tables = { openings, settlements, adjustments } as Record<string, Map<number, unknown[]>>;
    if (sub === "calculation") return ok(calculation(sim));
    return sub && tables[sub] ? ok({ rows: tables[sub].get(sim.meter.id) ?? [] }) : undefined;
  }
  const carryOut = { openings: open, settlements: settle, adjustments: adjust }[sub as string] as ((sim: world.Sim, order: unknown) => Answer) | undefined;
  if (!carryOut || method !== "POST") return undefined;
  const key = (body as { id: string }).id;
  if (done.has(key)) return ok(done.get(key), 201);
  const answer = carryOut(sim, body);
  if (answer.status !== 201) return answer;
  done.set(key, answer.body);
  posted(sim.meter.id);
  return answer;
}
