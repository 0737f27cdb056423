// Concentrators: the office prepares meters, sends them to the gateway one by one and takes them back, with the gateway's own word as the state; what
// a scan found on site waits there to be bound. Simulated meters, real gateway, broker and platform; the second gateway is played.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Gateway, Meter } from './lib/api.ts';
import { FakeGateway } from './lib/fake-gateway.ts';
import { addGateway, addPlan, draw, firstLogIn } from './lib/path.ts';
import { gatewayId, root, siteId, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

interface Row extends Meter { dispatch: string }
interface Device { id: string; meter: number; line: string; baud: number | null; format?: string; dispatch: string; refusal?: string; opened: boolean; room: string }
interface Found { id: number; address: string; line: string; total: string | null; models: string[]; dismissed: boolean }
interface Concentrator { id: number; version: number; asset_number: string; gateway: string; online: boolean; meters: number; undispatched: number; pending: number }

const second = 'site-2';
const patience = { timeoutMs: 120_000, everyMs: 300 };
const scenario = `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 2400
[[line.meter]]
first_address = "000000007001"
count = 1
load_kw = 1
[[line.meter]]
first_address = "000000007002"
count = 1
load_kw = 1
baud = 1200
format = "8N1"
`;

let stack: Stack;
let plan = 0;
const made = new Map<string, number>();

const meter = (device: string) => stack.api.get<Row>(`/meters/${made.get(device)}`);
const device = async (id: string) => (await stack.api.get<Gateway & { device_states: Device[] }>(`/gateways/${gatewayId}`)).device_states.find((each) => each.id === id);
const state = async (id: string) => (await device(id))?.dispatch;
const becomes = (id: string, wanted: string) => until(`${id} to be ${wanted}`, async () => (await state(id)) === wanted, patience);
const dispatch = (id: string) => stack.api.post<Row>(`/meters/${made.get(id)}/dispatch`, {});
const withdraw = (id: string, confirmed?: boolean) => stack.api.post<Row>(`/meters/${made.get(id)}/withdraw`, confirmed === undefined ? {} : { confirmed });

async function prepare(id: string, address: string, more: object = {}) {
  // The fee is counted from the register that the installer reads.
  const total = (await stack.control.registers()).find((each) => each.address === address)?.total ?? '0';
  const row = await stack.api.post<Row>('/meters', {
    device: id, name: `表 ${id}`, room: '1-101', address, gateway: gatewayId, line: stack.lines[0]!.id, mode: 'prepaid', price_plan: plan,
    start_reading: { total }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true, dispatch: false, ...more });
  made.set(id, row.id);
  return row;
}

beforeAll(async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/concentrator`, scenario });
  stack.broker.password(second);  // before the broker starts, which then knows it
  await stack.start();
  await firstLogIn(stack);
  plan = await addPlan(stack, '0.5');
  await addGateway(stack);
}, 180_000);
afterAll(async () => { await stack?.stop(); });

const concentrator = async (gateway = gatewayId) => (await stack.api.get<{ rows: Concentrator[] }>(`/concentrators?search=${gateway}`)).rows[0]!;

test('con-mgmt, con-register, con-online: a concentrator is a gateway with an asset number of eight digits, a place and a state', async () => {
  const { api } = stack;
  const body = { site: siteId, gateway: gatewayId, asset_number: '16100610', name: '1 号楼配电房', address: '花园小区', supply_unit: '城东供电所', installed: '2026-11-22' };
  await expect(api.post('/concentrators', { ...body, asset_number: '1610061' })).rejects.toMatchObject({ status: 400, field: 'asset_number' });
  await expect(api.post('/concentrators', { ...body, asset_number: '1610061x' })).rejects.toMatchObject({ status: 400, field: 'asset_number' });
  await expect(api.post('/concentrators', { ...body, gateway: 'nobody' })).rejects.toMatchObject({ status: 404, field: 'gateway' });
  await api.post('/concentrators', body);
  await expect(api.post('/concentrators', { ...body, asset_number: '16100611' })).rejects.toMatchObject({ status: 409, field: 'gateway' });
  expect(await concentrator()).toMatchObject({ asset_number: '16100610', online: false, meters: 0, undispatched: 0, pending: 0 });
});

test('con-dispatch-status, con-meter-register, con-meter-link-params: prepared meters are not read; dispatched they are, each with its own rate and characters', async () => {
  await expect(prepare('bad', '000000007009', { profile: { dialect: 'dlt645-2007', format: '9E1' } })).rejects.toMatchObject({ status: 400, field: 'profile.format' });
  expect((await prepare('m1', '000000007001')).dispatch).toBe('prepared');
  await prepare('m2', '000000007002', { baud: 1200, profile: { dialect: 'dlt645-2007', format: '8N1' } });
  expect(await device('m2')).toMatchObject({ baud: 1200, format: '8N1', dispatch: 'prepared', opened: false });
  stack.gateway.start();
  await until('the gateway to be online', async () => (await concentrator()).online, patience);
  expect(await concentrator()).toMatchObject({ meters: 2, undispatched: 2 });
  await expect(stack.api.order(made.get('m1')!, 'read', draw('r'))).rejects.toMatchObject({ status: 409, code: 'not_dispatched' });
  expect((await meter('m1')).last_reading ?? null).toBeNull();

  for (const id of ['m1', 'm2']) {
    expect(['dispatched', 'confirmed']).toContain((await dispatch(id)).dispatch);
    await becomes(id, 'confirmed');
  }
  for (const id of ['m1', 'm2']) {
    const seen = await until(`${id} to be read`, async () => {
      const now = await meter(id);
      return now.reachable && now.last_reading ? now : undefined;
    }, patience);
    expect(seen.quarantined).toBe(0);
  }
  expect((await concentrator()).undispatched).toBe(0);
  await expect(dispatch('m1')).rejects.toMatchObject({ status: 409, code: 'conflict', field: 'dispatch' });
});

test('con-dispatch-status: what the gateway cannot use is refused with its reason, and deleted', async () => {
  await prepare('m3', '9', { profile: { dialect: 'modbus', model: 'nobody-made-this' } });
  await dispatch('m3');
  await becomes('m3', 'refused');
  expect((await device('m3'))!.refusal).toMatch(/unknown_profile/);
  expect(await state('m1')).toBe('confirmed');
  await stack.api.request('DELETE', `/meters/${made.get('m3')}`);
  expect(await device('m3')).toBeUndefined();
});

test('con-dispatch-status: the meter of a household is taken back after a confirmation only; nothing is cut off, and what it used is billed once it is back', async () => {
  const { api } = stack;
  await until('m1 to owe nothing', async () => {
    const { balance } = await meter('m1');
    if (Number(balance) < 0) await api.recharge(made.get('m1')!, String(-Number(balance)), draw('pay'));
    // Opening asks for zero, and a reading may come at any moment.
    return api.post(`/meters/${made.get('m1')}/openings`, {
      id: draw('open'), customer: '李秀英', settlement_method: 'cash', opened_on: 1493654400000, price_plan: plan, mode: 'prepaid',
      alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true }).then(() => true, (error: { code?: string }) => { if (error.code !== 'conflict') throw error; return false; });
  }, patience);
  await api.recharge(made.get('m1')!, '1000', draw('pay'));
  await until('nothing of ours to hold the contact', async () => (await meter('m1')).wanted === 'closed' && (await meter('m1')).reported === 'closed' && !(await meter('m1')).pending_command, patience);
  await expect(withdraw('m1')).rejects.toMatchObject({ status: 409, code: 'needs_confirmation' });
  expect(await state('m1')).toBe('confirmed');
  await until('m1 to be taken back', () => withdraw('m1', true).then(() => true, (error: { code?: string }) => { if (error.code !== 'has_history') throw error; return false; }), patience);
  await becomes('m1', 'prepared');
  const before = await meter('m1');
  const orders = (await api.commands(made.get('m1')!)).length;
  await new Promise((done) => setTimeout(done, 5_000));
  const after = await meter('m1');
  expect([after.balance, after.last_reading?.at, after.wanted]).toEqual([before.balance, before.last_reading?.at, 'closed']);
  expect((await api.commands(made.get('m1')!)).length).toBe(orders);
  expect(await state('m2')).toBe('confirmed');
  const rows = (await api.get<{ rows: { action: string; detail: string }[] }>('/audit?page_size=100')).rows;
  expect(rows.filter(({ action }) => action === 'withdraw_meter').map(({ detail }) => detail)).toContain('confirmed=yes');

  await dispatch('m1');
  await becomes('m1', 'confirmed');
  await until('m1 to be billed again', async () => Number((await meter('m1')).balance) < Number(before.balance), patience);
});

test('con-bind: what a scan found and nobody registered waits on its concentrator, is bound by registering it, or dismissed for good', async () => {
  const { api } = stack;
  const gateway = await FakeGateway.create(stack, api, second);
  await api.post('/concentrators', { site: siteId, gateway: second, name: '2 号楼' });
  await gateway.connect();
  const found = (address: string, more: object = {}) => ({ dialect: 'dlt645-2007', address, baud: 2400, format: '8E1', total: '12.5', state: 'closed', ...more });
  const scan = (...devices: object[]) => gateway.send([{ type: 'found', line: 'l1', at: Date.now(), devices }]);
  const pending = (dismissed = false) => api.get<Found[]>(`/gateways/${second}/found?dismissed=${dismissed}`);
  scan(found('000000008001'), found('000000008002'), { dialect: 'modbus', address: '17', baud: 9600, format: '8N1', models: ['chint-ddsu666', 'eastron-sdm120'] });
  await until('what was found to be shown', async () => (await pending()).length === 3, patience);
  expect((await pending()).map(({ address, total, line }) => [address, total, line])).toEqual([['000000008001', '12.50', 'l1'], ['000000008002', '12.50', 'l1'], ['17', null, 'l1']]);
  expect((await concentrator(second)).pending).toBe(3);

  const [first, other] = await pending();
  await prepare('b1', first!.address, { gateway: second, line: 'l1', start_reading: { total: first!.total } });
  expect((await pending()).map(({ address }) => address)).toEqual(['000000008002', '17']);
  await api.put(`/gateways/${second}/found/${other!.id}`, { dismissed: true });
  expect((await pending()).map(({ address }) => address)).toEqual(['17']);
  expect((await pending(true)).map(({ address }) => address)).toEqual(['000000008002']);
  // The platform is killed, and the next scan hears them all again.
  await stack.platform.kill9();
  await stack.startPlatform();
  scan(found('000000008001'), found('000000008002', { total: '13' }), found('000000008003'));
  await until('the new one to be shown', async () => (await pending()).some(({ address }) => address === '000000008003'), patience);
  expect((await pending()).map(({ address }) => address)).toEqual(['000000008003', '17']);
  expect((await pending(true)).map(({ total }) => total)).toEqual(['13.00']);
  await expect(api.put(`/gateways/${second}/found/4711`, { dismissed: true })).rejects.toMatchObject({ status: 404 });
  gateway.leave();
});

test('the books are right, and everything ends in order', async () => {
  stack.platform.mustRun();
  stack.gateway.mustRun();
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
