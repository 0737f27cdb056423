// Water meters and hot-water controllers with a network of their own, from the registration to the books: simulated stations, the
// real broker, the real platform. In the end the books say what the devices' own registers say.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, Meter } from './lib/api.ts';
import { cost, format, money, price, quantity } from './lib/decimal.ts';
import { smallSite } from './lib/fault-site.ts';
import { draw } from './lib/path.ts';
import { root, Stack } from './lib/stack.ts';
import { Station } from './lib/station.ts';
import { until } from './lib/wait.ts';

interface WaterMeter extends Meter {
  kind: string; valve: boolean;
  hot_water: { temperature_c: string; target_c: string | null; automatic: boolean; temperature_valve: string; at: number } | null;
}
interface RegisterChange { kind: string; from: { total: string }; to: { total: string }; by: string; note: string }

const family = '000000000011', bare = '000000000012', bath = '000000000021';
const unitPrice = '3.5';
const patience = { timeoutMs: 120_000, everyMs: 400 };
let stack: Stack, station: Station;
const meters = new Map<string, WaterMeter>();
const paid = new Map<string, bigint>();

const id = (address: string) => meters.get(address)!.id;
const meter = (address: string) => stack.api.get<WaterMeter>(`/meters/${id(address)}`);
async function recharge(address: string, amount: string) {
  await stack.api.recharge(id(address), amount, draw('pay'));
  paid.set(address, (paid.get(address) ?? 0n) + money(amount));
}
/** Orders and waits for its end. */
async function carriedOut(address: string, kind: string, more: object = {}): Promise<Command> {
  const order = { id: draw(kind.replaceAll('_', '-')), kind, ...more };
  await stack.api.post(`/meters/${id(address)}/commands`, order);
  return until(`${kind} to end`, async () => {
    const found = (await stack.api.commands(id(address))).find((command) => command.id === order.id);
    return found && ['verified', 'failed', 'expired', 'cancelled'].includes(found.state) ? found : undefined;
  }, patience);
}
/** Waits for a verified order that the platform gave by itself. */
const byItself = (address: string, kind: string, cause: string) => until(`${kind} for ${cause}`, async () => {
  await stack.api.order(id(address), 'read', draw('look'));
  return (await stack.api.commands(id(address))).find((row) => row.kind === kind && row.cause === cause && row.state === 'verified');
}, { ...patience, everyMs: 3000 });

beforeAll(async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/water`, scenario: smallSite() });
  stack.broker.settings('nb-1');
  await stack.start();
  const { api } = stack;
  await api.logIn(stack.firstLogin!.user, stack.firstLogin!.password);
  await api.changePassword(stack.firstLogin!.password, draw('Garden'));
  const plan = await api.post<{ id: number }>('/price-plans', { name: '居民水价', kind: 'total', total: unitPrice, utility: 'water' });
  station = await Station.create(stack, 'nb-1', `
[[station.device]]
address = "${family}"
start_m3 = "100"
valve_delay_ms = 500
[[station.device]]
address = "${bare}"
start_m3 = "7.25"
valve = false
flow_m3_h = 0.05
[[station.device]]
address = "${bath}"
kind = "hot_water"
start_m3 = "40"
flow_m3_h = 0.02
temperature_c = 25
valve_delay_ms = 500
`);
  await station.start();
  for (const [address, start, more] of [
    [family, '100', { kind: 'water' }], [bare, '7.25', { kind: 'water', valve: false }], [bath, '40', { kind: 'hot_water' }]] as const) {
    meters.set(address, await api.post<WaterMeter>('/meters', {
      device: `w-${address}`, name: `水表 ${address}`, room: '', address, gateway: 'nb-1', line: 'air', mode: 'prepaid',
      price_plan: plan.id, start_reading: { total: start }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true,
      profile: { dialect: 'mqtt' }, ...more }));
    await recharge(address, address === family ? '10' : '1000');
  }
}, 180_000);
afterAll(async () => {
  await station?.program.stop();
  await stack?.stop();
});

test('wm-add-scan, wm-read-now: a registered meter is found by its number, reports, and is read at once', async () => {
  for (const address of [family, bare, bath]) {
    const seen = await until(`${address} to report`, async () => {
      const now = await meter(address);
      return now.reachable && now.last_reading && now.reported === 'closed' ? now : undefined;
    }, patience);
    expect(seen.quarantined).toBe(0);
    expect((await station.device(address)).id).toBe(`w-${address}`);
  }
  const read = await carriedOut(bare, 'read');
  expect(read.state).toBe('verified');
});

test('wm-valve, wm-params: what was paid is used up: the valve closes; recharged it opens', async () => {
  await station.flow(family, '6');  // 0.1 m3 a second
  const trip = await byItself(family, 'trip', 'arrears');
  expect(trip.state).toBe('verified');
  expect((await station.device(family)).valve).toBe('closed');
  const cut = await until('the meter to be reported cut off', async () => {
    const now = await meter(family);
    return now.reported === 'open' ? now : undefined;
  }, patience);
  expect([cut.wanted, cut.wanted_reason]).toEqual(['open', 'arrears']);
  expect((await stack.api.notices(cut.id)).map((row) => row.kind).sort()).toEqual(['alarm_1', 'alarm_2']);
  await station.flow(family, '0.05');
  await recharge(family, '50');
  await byItself(family, 'close', 'recharged');
  expect((await station.device(family)).valve).toBe('open');
});

test('wm-valve: a meter without a valve is never ordered to close, also not in arrears', async () => {
  const order = stack.api.post(`/meters/${id(bare)}/commands`, { id: draw('trip'), kind: 'trip' });
  await expect(order).rejects.toMatchObject({ status: 409, code: 'no_valve' });
  expect((await stack.api.commands(id(bare))).filter((row) => row.kind !== 'read')).toEqual([]);
  expect((await meter(bare)).valve).toBe(false);
});

test('wc-read-temp, wc-temp-valve, wc-auto-control: the temperature is seen, the valve moves by hand, the target is kept', async () => {
  await station.temperature(bath, '41.5');
  await until('the temperature to be reported', async () => {
    const water = (await meter(bath)).hot_water;
    return water && Math.abs(Number(water.temperature_c) - 41.5) < 2 ? water : undefined;
  }, patience);
  expect((await carriedOut(bath, 'temperature_valve_open')).state).toBe('verified');
  expect((await station.device(bath)).temperature_valve).toBe('open');
  expect((await carriedOut(bath, 'temperature_valve_close')).state).toBe('verified');
  expect((await carriedOut(bath, 'automatic_on', { target_c: '50.0' })).state).toBe('verified');
  const kept = await until('the water to be warm, by itself', async () => {
    const water = (await meter(bath)).hot_water!;
    return water.automatic && water.target_c === '50.0' && Math.abs(Number(water.temperature_c) - 50) <= 8 ? water : undefined;
  }, patience);
  expect(Number((await station.device(bath)).temperature_c)).toBeGreaterThan(42);
  expect(kept.target_c).toBe('50.0');
  expect((await carriedOut(bath, 'automatic_off')).state).toBe('verified');
  const off = await until('automatic control to be reported off', async () => {
    const water = (await meter(bath)).hot_water!;
    return water.automatic ? undefined : water;
  }, patience);
  expect(off.target_c).toBe('50.0');
  const wrong = stack.api.post(`/meters/${id(family)}/commands`, { id: draw('hot'), kind: 'temperature_valve_open' });
  await expect(wrong).rejects.toMatchObject({ status: 409, code: 'not_for_kind' });
});

test('wc-main-valve: the main pipe is cut off by hand and released', async () => {
  expect((await carriedOut(bath, 'trip')).state).toBe('verified');
  expect((await station.device(bath)).valve).toBe('closed');
  await stack.api.order(id(bath), 'release', draw('release'));
  await until('the main valve to open', async () => (await station.device(bath)).valve === 'open', patience);
});

test('wm-clear, wc-clear, wm-settle: cleared with a record; a station that is killed goes on; the books say what the registers say', async () => {
  const used = new Map<string, bigint>();
  for (const address of [family, bath]) {
    await station.flow(address, '0');
    const before = (await station.device(address)).total;
    expect((await carriedOut(address, 'clear', { note: '换季清零' })).state).toBe('verified');
    const { rows } = await stack.api.get<{ rows: RegisterChange[] }>(`/meters/${id(address)}/register-changes`);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.kind).toBe('clear');
    expect(quantity(rows[0]!.from.total)).toBe(quantity(before));
    expect(quantity(rows[0]!.to.total)).toBe(0n);
    used.set(address, quantity(before));
    await station.flow(address, '2');
  }
  await until('water to flow after the clearing', async () => quantity((await station.device(family)).total) > 5000n, patience);
  await station.flow('*', '0');
  await station.program.kill9();
  await station.start();
  await station.flow('*', '0');
  for (const address of [family, bare, bath]) {
    const now = (await station.device(address)).total;
    // What ran since its last record is lost with the power, as with a real meter, but it never goes back behind a reading.
    const books = await until(`the last reading of ${address}`, async () => {
      const seen = await meter(address);
      if (seen.last_reading && quantity(seen.last_reading.total) === quantity(now)) return seen;
      await carriedOut(address, 'read');
      return undefined;
    }, patience);
    expect(books.quarantined, address).toBe(0);
    const start = { [family]: '100', [bare]: '7.25', [bath]: '40' }[address]!;
    const all = (used.get(address) ?? 0n) + quantity(now) - quantity(start);
    const rows = await stack.api.ledger(books.id);
    const billed = rows.filter((row) => row.kind === 'deduction').reduce((sum, row) => sum + quantity(row.quantity ?? '0'), 0n);
    expect(format(billed, 4), address).toBe(format(all, 4));
    expect(money(books.balance), address).toBe(paid.get(address)! - cost(all, price(unitPrice)));
  }
  expect((await stack.api.get<WaterMeter>(`/meters/${id(family)}`)).reachable).toBe(true);
  expect((await station.program.stop()).inTime).toBe(true);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
}, 400_000);
