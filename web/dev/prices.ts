// Prices of the made-up site from a moment on: plans with their versions, and the plans of meters. Development only.
import { fail, ok, type Answer } from "./describe";
import * as world from "./world";
import type * as api from "../src/types/api";

const DAY = 86_400_000;
type Held = { from: number; created_at: number; by: string; replaced: boolean };
type Version = api.PriceVersion & Held;
const versions = new Map<number, Version[]>();
const changes = new Map<number, (api.MeterPricePlan & Held)[]>();
let nextId = 1;

/** Newest first; what was to come from its moment on is replaced. */
function put<Row extends Held>(rows: Row[], row: Row) {
  for (const before of rows) if (before.from >= row.from) before.replaced = true;
  rows.unshift(row);
}
const inForce = <Row extends Held>(rows: Row[], now = Date.now()) => rows.filter((row) => !row.replaced && row.from <= now).sort((a, b) => b.from - a.from)[0];
const nextOf = <Row extends Held>(rows: Row[], now = Date.now()) => rows.filter((row) => !row.replaced && row.from > now).sort((a, b) => a.from - b.from)[0];

const pricesOf = ({ kind, total, sharp, peak, flat, valley, slots, step_period, steps }: api.PriceFields): api.PriceFields => ({ kind, total, sharp, peak, flat, valley, slots, step_period, steps });

function putVersion(plan: number, prices: api.PriceFields, from: number, created_at = Date.now(), by = "admin") {
  if (!versions.has(plan)) versions.set(plan, []);
  put(versions.get(plan)!, { version: nextId++, ...pricesOf(prices), from, created_at, by, replaced: false });
}

for (const plan of world.plans) putVersion(plan.id, plan, plan.updated_at - 200 * DAY, plan.updated_at - 200 * DAY);
const [lamp, shop] = world.plans as [api.PricePlan, api.PricePlan];
putVersion(shop.id, { ...shop, slots: undefined, peak: "1.2912" }, shop.updated_at - 60 * DAY, shop.updated_at - 61 * DAY, "wang");
putVersion(shop.id, shop, shop.updated_at, shop.updated_at);
const month = new Date();
const next = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1) - 8 * 3_600_000;
putVersion(lamp.id, { ...lamp, total: "1.32" }, next, Date.now() - 2 * DAY, "wang");
putVersion(lamp.id, { ...lamp, total: "1.25" }, next, Date.now() - DAY);

/** As lists and meters show it now. */
function shown(plan: api.PricePlan): api.PricePlan {
  const rows = versions.get(plan.id)!;
  const coming = nextOf(rows);
  return {
    id: plan.id, utility: plan.utility, name: plan.name, updated_at: plan.updated_at, ...pricesOf(inForce(rows) ?? plan),
    meters: [...world.sims.values()].filter(({ meter }) => meter.price_plan.id === plan.id).length,
    ...(coming && { next: { ...pricesOf(coming), from: coming.from } }),
  };
}

function save(id: number, body: api.PricePlanInput): Answer {
  if (body.from !== undefined && (id === 0 || body.from < Date.now())) return fail(400, "bad_field", { field: "from" });
  if (world.plans.some((plan) => plan.id !== id && plan.name === body.name)) return fail(409, "conflict", { field: "name" });
  const plan = world.plans.find((each) => each.id === id) ?? { id: world.plans.length + 1, utility: body.utility ?? ("electricity" as const), name: "", kind: "total" as const, updated_at: 0, meters: 0 };
  if (id === 0) world.plans.push(plan);
  else if (!world.plans.includes(plan)) return fail(404, "not_found");
  putVersion(plan.id, body, body.from ?? Date.now());
  Object.assign(plan, pricesOf(inForce(versions.get(plan.id)!)!), { name: body.name, updated_at: Date.now() });
  for (const { meter } of world.sims.values()) if (meter.price_plan.id === plan.id) Object.assign(meter, { prices: shown(plan), price_plan: { id: plan.id, name: plan.name } });
  return ok(shown(plan), id === 0 ? 201 : 200);
}

function planOfMeter(meter: api.Meter, body: { price_plan: number; from?: number }): boolean {
  if (!changes.has(meter.id)) changes.set(meter.id, [{ id: nextId++, price_plan: meter.price_plan, from: meter.registered_at, created_at: meter.registered_at, by: "admin", replaced: false }]);
  const plan = world.plans.find(({ id }) => id === body.price_plan);
  if (!plan) return false;
  const rows = changes.get(meter.id)!;
  put(rows, { id: nextId++, price_plan: { id: plan.id, name: plan.name }, from: body.from ?? Date.now(), created_at: Date.now(), by: "admin", replaced: false });
  const held = inForce(rows)!.price_plan;
  const coming = nextOf(rows);
  const { id } = meter.price_plan;
  Object.assign(meter, {
    price_plan: held,
    prices: shown(world.plans.find((each) => each.id === held.id)!),
    // The same plan again is no change that anybody has to know of.
    next_price_plan: coming && coming.price_plan.id !== (body.from === undefined ? held.id : id) ? { ...coming.price_plan, from: coming.from } : undefined,
  });
  return true;
}
for (const { meter } of world.sims.values()) meter.prices = shown(world.plans.find(({ id }) => id === meter.price_plan.id)!);
planOfMeter(world.sims.get(105)!.meter, { price_plan: 2 });
planOfMeter(world.sims.get(105)!.meter, { price_plan: 3, from: next });

/** undefined: something else is asked for. changed: says that a meter is another one now. */
export function priceRoute(method: string, [name, id, sub]: string[], query: URLSearchParams, body: unknown, changed: (meter: number) => Answer): Answer | undefined {
  const number = Number(id ?? 0);
  if (name === "price-plans") {
    if (method === "GET" && !id) {
      const utility = query.get("utility"), words = query.get("search")?.toLowerCase() ?? "";
      return ok(world.plans.filter((plan) => plan.name.toLowerCase().includes(words) && (utility ?? plan.utility) === plan.utility).map(shown));
    }
    if (method === "GET" && sub === "versions") return versions.has(number) ? ok({ rows: versions.get(number) }) : fail(404, "not_found");
    return save(number, body as api.PricePlanInput);
  }
  if (name !== "meters" || !sub?.startsWith("price-plan")) return undefined;
  const { meter } = world.sims.get(number)!;
  if (sub === "price-plans") return ok({ rows: changes.get(number) ?? [{ id: 0, price_plan: meter.price_plan, from: meter.registered_at, created_at: meter.registered_at, by: "admin", replaced: false }] });
  const wanted = body as { price_plan: number; from?: number };
  if (wanted.from !== undefined && wanted.from < Date.now()) return fail(400, "bad_field", { field: "from" });
  return planOfMeter(meter, wanted) ? changed(number) : fail(404, "not_found");
}
