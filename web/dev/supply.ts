// How made-up meters supply: limits in yuan or in their own unit, switching by the clock, annual fees, changes of registers. Development only.
import { fail, ok, type Answer } from "./describe";
import * as world from "./world";
import { paidThrough } from "../src/lib/annual-fee";
import type * as api from "../src/types/api";
import type { AnnualFee, FeeOrder, FeePayment, RegisterOrder, SwitchPeriod } from "../src/types/supply";

const priceOf = (meter: api.Meter) => Number(meter.prices?.total ?? meter.prices?.flat ?? "1");
const payments = new Map<number, FeePayment[]>();
/** By the sender's key: asked again it answers the first result. */
const done = new Map<string, unknown>();
let nextId = 1;

/** As the platform does: limits given as a quantity come to yuan at the price of now. */
export function applySettings(meter: api.Meter, body: Partial<api.MeterSettings>) {
  const { limits_kwh, ...rest } = body;
  Object.assign(meter, rest);
  meter.limits_kwh = limits_kwh;
  if (!limits_kwh) delete meter.limits_kwh;
  else for (const name of ["alarm_1", "alarm_2", "overdraft"] as const) meter[name] = String(Number((Number(limits_kwh[name]) * priceOf(meter)).toFixed(6)));
}

function pay(sim: world.Sim, { id, yearly, paid_until, years, method, note = "" }: FeeOrder): Answer {
  const fee = sim.meter.annual_fee;
  if (!fee) return fail(409, "conflict", { field: "annual_fee" });
  if (Number(fee.yearly) !== Number(yearly)) return fail(409, "conflict", { field: "yearly" });
  if (fee.paid_until !== paid_until) return fail(409, "conflict", { field: "paid_until" });
  const { from, until } = paidThrough(fee, years, new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  const made: FeePayment = { id: nextId++, at: Date.now(), years, amount: String(Number(fee.yearly) * years), paid_from: from, paid_until: until, method, note, by: "admin" };
  payments.set(sim.meter.id, [made, ...(payments.get(sim.meter.id) ?? [])]);
  fee.paid_until = until;
  const was = sim.meter.wanted;
  world.refresh(sim);
  if (was === "open" && sim.meter.wanted === "closed") world.order(sim, { id: `f${id}`, kind: "release" }, "fee", "");
  done.set(id, made);
  return ok(made, 201);
}

function change(sim: world.Sim, { id, kind, last, at, start, address, profile, baud, note = "" }: RegisterOrder): Answer {
  const counted = sim.meter.last_reading ?? sim.meter.start_reading;
  const billed = Number(last.total) - Number(counted.total);
  if (billed < 0) return fail(422, "backward");
  if (billed > 5000) return fail(422, "impossible_jump");
  const moment = at ?? Date.now();
  const fee = billed * priceOf(sim.meter);
  world.post(sim, -fee, note);
  if (kind === "replace" && address) sim.meter.address = address;
  if (kind === "replace" && profile) Object.assign(sim.meter, { profile, dialect: profile.dialect ?? "dlt645-2007", model: profile.model, baud: baud ?? null });
  const made = world.recordChange(sim, { at: moment, kind, from: { at: moment, ...last }, to: { at: moment, ...(kind === "replace" ? start! : last) }, kwh: billed.toFixed(4), fee: fee.toFixed(6), note });
  done.set(id, made);
  return ok(made, 201);
}

/** undefined: something else is asked for. changed: says that a meter is another one now. */
export function supplyRoute(method: string, [name, id, sub]: string[], body: unknown, changed: (meter: number) => Answer): Answer | undefined {
  const sim = name === "meters" ? world.sims.get(Number(id)) : undefined;
  if (!sim) return undefined;
  const { meter } = sim;
  const key = (body as { id?: string } | undefined)?.id;
  if (method === "POST" && key && done.has(key)) return ok(done.get(key), 200);
  switch (`${method} ${sub}`) {
    case "PUT switch-schedule":
      meter.schedule = (body as { schedule: SwitchPeriod[] }).schedule;
      return changed(meter.id);
    case "PUT annual-fee": {
      const fee = body as AnnualFee | { yearly: null };
      meter.annual_fee = fee.yearly === null ? null : (fee as AnnualFee);
      return changed(meter.id);
    }
    case "GET annual-fees":
      return ok({ rows: payments.get(meter.id) ?? [] });
    case "POST annual-fees": {
      const answer = pay(sim, body as FeeOrder);
      if (answer.status === 201) changed(meter.id);
      return answer;
    }
    case "GET register-changes":
      return ok({ rows: world.registerChanges.get(meter.id) ?? [] });
    case "POST register-changes": {
      const answer = change(sim, body as RegisterOrder);
      if (answer.status === 201) changed(meter.id);
      return answer;
    }
    default:
      return undefined;
  }
}
