// A CJ/T188 water meter on the wires of a gateway, beside an electricity meter, from the registration to the books: simulated meters, real
// gateway, broker and platform. The platform is killed between the steps and knows the same afterwards.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, Meter } from './lib/api.ts';
import { cost, format, money, price, quantity } from './lib/decimal.ts';
import { draw, prepare } from './lib/path.ts';
import { gatewayId, root, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

interface WaterMeter extends Meter {
  kind: string; valve: boolean; baud: number | null;
  profile: { dialect: string; status_map?: string; low_byte_first?: boolean; travel_s?: number };
}
/** What the simulated meter itself knows. */
interface SimWater { address: string; total: string; valve: 'open' | 'closed' | 'none'; moving: boolean; valve_orders: number }

const address = '33780012345A0B';
const unitPrice = '3.5';
const patience = { timeoutMs: 150_000, everyMs: 400 };
const scenario = `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000006001"
count = 1
load_kw = 1
[[line.water_meter]]
address = "${address}"
di_order = "low_byte_first"
status_map = "closed_01"
valve_travel_s = 2
start_m3 = "100"
flow_m3_h = 0.05
`;

let stack: Stack;
let id = 0;
let paid = 0n;

const meter = () => stack.api.get<WaterMeter>(`/meters/${id}`);
const look = () => stack.api.order(id, 'read', draw('look'));
async function simulated() {
  const all = (await stack.control.request({ do: 'registers' }))['water_meters'] as SimWater[];
  return all.find((one) => one.address === address)!;
}
const flow = (m3_h: string) => stack.control.request({ do: 'flow', meter: address, m3_h });
async function recharge(amount: string) {
  await stack.api.recharge(id, amount, draw('pay'));
  paid += money(amount);
}
/** Waits for a verified order that the platform gave by itself. */
const byItself = (kind: string, causes: string[]): Promise<Command> => until(`${kind} for ${causes.join(' or ')}`, async () => {
  await look();
  return (await stack.api.commands(id)).find((row) => row.kind === kind && causes.includes(row.cause) && row.state === 'verified');
}, { ...patience, everyMs: 3000 });
const killed = async () => {
  await stack.platform.kill9();
  await stack.startPlatform();
};
/** How the device is described and what is wanted of it: what a restart must not change. */
const standing = ({ address, kind, valve, baud, profile, line, gateway, wanted, wanted_reason, price_plan }: WaterMeter) =>
  ({ address, kind, valve, baud, profile, line, gateway, wanted, wanted_reason, price_plan });

beforeAll(async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/water-line`, scenario });
  await stack.start();
  await prepare(stack);
  stack.api.patienceMs = 60_000;
}, 180_000);
afterAll(async () => { await stack?.stop(); });

test('wm-add-scan: what does not fit together is refused by its field; registered, the gateway reads the meter as it is described', async () => {
  const { api } = stack;
  const plan = await api.post<{ id: number }>('/price-plans', { name: '居民水价', kind: 'total', total: unitPrice, utility: 'water' });
  const body = {
    device: 'w1', name: '水表 101', room: '101', address: address.toLowerCase(), gateway: gatewayId, line: 'a', kind: 'water', mode: 'prepaid',
    price_plan: plan.id, start_reading: { total: '100' }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true,
    profile: { dialect: 'cjt188', low_byte_first: true, status_map: 'closed_01', travel_s: 5 } };
  for (const [field, change] of [
    ['address', { address: '000000006002' }], ['profile.dialect', { address: '000000006002', profile: {} }],
    ['profile.status_map', { profile: { dialect: 'cjt188' } }], ['profile.model', { profile: { ...body.profile, model: 'x' } }]] as const) {
    await expect(api.post('/meters', { ...body, ...change }), field).rejects.toMatchObject({ status: 400, code: 'bad_field', field });
  }
  const made = await api.post<WaterMeter>('/meters', body);
  ({ id } = made);
  expect(made.address).toBe(address);
  await expect(api.post('/meters', { ...body, device: 'w2' })).rejects.toMatchObject({ status: 409, field: 'address' });
  await recharge('10');
  const seen = await until('the water meter to report', async () => {
    const now = await meter();
    return now.reachable && now.last_reading && now.reported === 'closed' ? now : undefined;
  }, patience);
  expect(seen.quarantined).toBe(0);
  expect(quantity(seen.last_reading!.total)).toBeGreaterThanOrEqual(quantity('100'));
  expect((await simulated()).valve).toBe('open');
});

test('con-meter-link-params: described wrongly the meter does not answer; corrected it goes on with the same register, and nothing is booked for that', async () => {
  const before = await meter();
  const describe = (change: object) => stack.api.put<WaterMeter>(`/meters/${id}/device`, { address, profile: { ...before.profile, ...change } });
  const taken = () => until('the gateway to take the archive', async () => {
    const now = await stack.api.gateway(gatewayId);
    return now.archive_reported === now.archive_version;
  }, patience);
  const read = async () => {
    const { id: order } = await look();
    return until('an order to read to end', async () => {
      const row = (await stack.api.commands(id)).find((one) => one.id === order);
      return row && !['queued', 'sent', 'acked'].includes(row.state) ? row : undefined;
    }, patience);
  };
  await expect(describe({ status_map: 'none' })).rejects.toMatchObject({ status: 400, code: 'bad_field', field: 'profile.status_map' });
  expect((await describe({ low_byte_first: false })).reported).toBe('unknown');
  await taken();
  expect((await read()).state).not.toBe('verified');
  await describe({});
  await taken();
  expect((await read()).state).toBe('verified');
  const after = await until('the meter to report again', async () => {
    const now = await meter();
    return now.reachable && now.reported === 'closed' && now.last_reading!.at > before.last_reading!.at ? now : undefined;
  }, patience);
  expect(standing(after)).toEqual(standing(before));
  expect(after.quarantined).toBe(0);
  expect(quantity(after.last_reading!.total)).toBeGreaterThanOrEqual(quantity(before.last_reading!.total));
  expect((await stack.api.get<{ rows: unknown[] }>(`/meters/${id}/register-changes`)).rows).toEqual([]);
});

test('wm-add-scan: a platform that is killed knows the meter as before, and tells the gateway nothing new', async () => {
  const before = await meter();
  const { archive_version } = await stack.api.gateway(gatewayId);
  await killed();
  expect(standing(await meter())).toEqual(standing(before));
  const after = await until('the gateway to say which archive it has', async () => {
    const now = await stack.api.gateway(gatewayId);
    return now.online && now.archive_reported > 0 ? now : undefined;
  }, patience);
  expect([after.archive_version, after.archive_reported]).toEqual([archive_version, archive_version]);
});

test('wm-valve, wm-params: what was paid is used up: the valve closes; recharged it opens, whatever was killed in between', async () => {
  await flow('6');  // 0.1 m3 a second
  const trip = await byItself('trip', ['arrears', 'reconcile']);
  expect(trip.state).toBe('verified');
  expect(await simulated()).toMatchObject({ valve: 'closed', moving: false });
  await flow('0.05');
  const cut = await until('the meter to be reported cut off', async () => {
    const now = await meter();
    return now.reported === 'open' ? now : undefined;
  }, patience);
  expect([cut.wanted, cut.wanted_reason, cut.account_state]).toEqual(['open', 'arrears', 'arrears']);
  const notices = (await stack.api.notices(id)).map((row) => row.kind).sort();
  expect(notices).toEqual(['alarm_1', 'alarm_2']);
  await killed();
  const again = await meter();
  expect(standing(again)).toEqual(standing(cut));
  expect(again.reported).toBe('open');
  expect((await stack.api.notices(id)).map((row) => row.kind).sort()).toEqual(notices);
  await recharge('50');
  await stack.platform.kill9();  // the order to open is on its way, or not yet
  await stack.startPlatform();
  await byItself('close', ['recharged', 'reconcile']);
  await until('the meter to be reported supplied', async () => (await meter()).reported === 'closed', patience);
  expect(await simulated()).toMatchObject({ valve: 'open', moving: false });
});

test('wm-unit-price: the books say what the register says', async () => {
  await flow('0');
  const { total } = await simulated();
  const books = await until('the last reading', async () => {
    const now = await meter();
    if (now.last_reading && quantity(now.last_reading.total) === quantity(total)) return now;
    await look();
    return undefined;
  }, { ...patience, everyMs: 2000 });
  expect(books.quarantined).toBe(0);
  const used = quantity(total) - quantity('100');
  const rows = await stack.api.ledger(id);
  const billed = rows.filter((row) => row.kind === 'deduction').reduce((sum, row) => sum + quantity(row.quantity ?? '0'), 0n);
  expect(format(billed, 4)).toBe(format(used, 4));
  expect(money(books.balance)).toBe(paid - cost(used, price(unitPrice)));
  console.log(`water-line: ${format(used, 4)} m3, ${rows.filter((row) => row.kind === 'deduction').length} deductions, balance ${books.balance}`);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
}, 300_000);
