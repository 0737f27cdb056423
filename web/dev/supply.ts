// How made-up meters supply: limits in yuan or in their own unit. Development only.
import type * as api from "../src/types/api";

const priceOf = (meter: api.Meter) => Number(meter.prices?.total ?? meter.prices?.flat ?? "1");

/** As the platform does: limits given as a quantity come to yuan at the price of now. */
export function applySettings(meter: api.Meter, body: Partial<api.MeterSettings>) {
  const { limits_kwh, ...rest } = body;
  Object.assign(meter, rest);
  meter.limits_kwh = limits_kwh;
  if (!limits_kwh) delete meter.limits_kwh;
  else for (const name of ["alarm_1", "alarm_2", "overdraft"] as const) meter[name] = String(Number((Number(limits_kwh[name]) * priceOf(meter)).toFixed(6)));
}
