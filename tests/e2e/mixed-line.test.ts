// An installer in front of a pair with 32 devices of three protocols and five rates, three of them pymodbus: one scan finds them all; then the site is
// commissioned from the gateway's page. In a file of its own, because it takes minutes.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './lib/browser.ts';
import { byId, enter, openPhone, pinOf, shoot } from './lib/installer-page.ts';
import { firstLogIn, startGateway } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { Program } from './lib/program.ts';
import { startLine, type SimLine } from './lib/sim-line.ts';
import { binary, gatewayId, root, siteId, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/mixed-line`;
const pair = `${folder}/pair`;
let line: SimLine;
let hub: Program;
let stack: Stack | undefined, browser: Browser | undefined;
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  line = await startLine('scan32.toml', 14, folder);
  const simulator = line.port.replace('serial://', '').replace(/\?.*/, '');
  hub = new Program('shared line', '/usr/bin/python3', [`${root}/tests/e2e/lib/shared_line.py`, pair, simulator], `${folder}/hub.log`).start();
  await until('the shared line', () => { hub.mustRun(); return hub.log().includes('ready'); });
});
afterAll(async () => { await browser?.close(); await stack?.stop(); await hub?.stop(); await line?.sim.stop(); });

/** What the simulated devices know themselves; not of the three that are pymodbus. */
interface Real { address?: string; unit?: number; total: string; writes?: number }
const every = async () => (await line.control.request({ do: 'registers' })) as Record<'meters' | 'water_meters' | 'modbus_meters', Real[]>;

interface Found {
  address: string; dialect: string; baud: number; format: string; total: string | null; unit: string; state: string | null; low_byte_first?: boolean;
  meter_type?: string; models?: { model: string }[]; answers: boolean; asked: number; answered: number; quickest_ms: number; slowest_ms: number;
}

/** Characters of question and answer, bits of one, and Td that a known device costs at the least: what the register takes. */
const leastMs = (one: Found) => {
  const characters = one.dialect === 'modbus' ? 8 + 9 : one.dialect === 'cjt188' ? 20 + 39 : 20 + 24;
  return characters * (one.dialect === 'modbus' ? 10 : 11) * 1000 / one.baud + one.quickest_ms;
};

test('one scan finds 32 devices of DL/T645-2007 and -1997, CJ/T188 in both orders and Modbus, three of them of another make', { timeout: 900_000 }, async () => {
  const begin = Date.now();
  const scan = new Program('scan', binary('anju-gateway'), ['scan', '--json', '--port', `serial://${pair}`], `${folder}/scan.log`).start();
  const named = () => [...scan.log().matchAll(/^found (\S+) at (\d+) /gm)].length;
  // It goes on through all rates and formats; an installer who has found his 32 ends it with Ctrl-C.
  await until('32 devices', () => named() >= 32 || !scan.alive, { timeoutMs: 840_000 });
  const tookS = (Date.now() - begin) / 1000;
  // The last one is asked what it is.
  await new Promise((done) => setTimeout(done, 5000));
  scan.signal('SIGINT');
  expect((await scan.wait()).code, scan.log()).toBe(0);
  const said = JSON.parse(scan.log().split('\n').filter((row) => row.startsWith('{')).at(-1)!) as { probes: number; meters: Found[]; archive: { devices: { address: string }[] } };
  const found = said.meters.filter((one) => one.answers);
  const floorS = found.reduce((sum, one) => sum + leastMs(one), 0) / 1000;
  console.log(`${found.length} devices in ${tookS.toFixed(0)} s with ${said.probes} probes; ${floorS.toFixed(1)} s if everything about them were known before`);
  for (const one of found) console.log([one.address, one.dialect, one.baud, one.total, one.state, one.models?.map((fit) => fit.model).join('|'), `${one.answered}/${one.asked}`, one.slowest_ms].join(' '));

  const at = (address: string, baud?: number) => found.filter((one) => one.address === address && (baud === undefined || one.baud === baud));
  const real = await every();
  expect(real.meters.length + real.water_meters.length + real.modbus_meters.length + 3).toBe(32);
  for (const meter of [...real.meters, ...real.water_meters]) {
    const [one, ...more] = at(meter.address!);
    expect(more, meter.address).toEqual([]);
    expect(one, `${meter.address} was not found`).toBeDefined();
    expect(Number(one!.total), meter.address).toBeCloseTo(Number(meter.total), 1);
  }
  for (const device of real.modbus_meters) expect(at(String(device.unit)), `unit ${device.unit}`).toHaveLength(1);
  expect(found).toHaveLength(32);

  const models = (unit: string) => at(unit)[0]?.models?.map((fit) => fit.model);
  // Registers and relays of devices that are not ours, by values packed in Python.
  expect(models('41')).toEqual(['hiking-dds238-zn-sr']);
  expect(at('41')[0]).toMatchObject({ total: '2468.13', state: 'closed', unit: 'kWh', baud: 9600 });
  expect(models('142')).toContain('chint-ddsu666');
  expect(models('243')).toContain('pzem-014');
  expect(models('1')).toContain('hiking-dds238-zn-sr');
  expect(at('1')[0]).toMatchObject({ state: 'open' });
  expect(at('200')[0]).toMatchObject({ state: 'open', unit: 'm3' });  // a valve that is open supplies
  for (const [unit, model] of [['2', 'eastron-sdm120'], ['17', 'anju-hot-water'], ['33', 'pzem-014'], ['200', 'xintai-water']] as const) expect(models(unit), unit).toContain(model);
  expect(at('000019970011')[0]).toMatchObject({ dialect: 'dlt645-1997', baud: 1200 });
  expect(at('000019970077')[0]).toMatchObject({ dialect: 'dlt645-1997', baud: 2400 });
  expect(at('000000000162')[0]).toMatchObject({ dialect: 'dlt645-2007', baud: 9600, state: 'closed' });
  expect(at('33780022110052')[0]).toMatchObject({ baud: 2400, low_byte_first: true, meter_type: '10' });
  expect(at('78330011223342')[0]).toMatchObject({ baud: 2400, low_byte_first: false });
  expect(at('11110000000021')[0]).toMatchObject({ baud: 4800, low_byte_first: true, meter_type: '11' });
  // Reads only.
  expect(real.modbus_meters.every((one) => one.writes === 0)).toBe(true);
  expect(said.archive.devices.map((one) => one.address)).toContain('78330011223342');
});

/** What stands on the devices' plates, which the installer reads: of several models that fit, this one. */
const plates: Record<string, string> = { 1: 'hiking-dds238-zn-sr', 2: 'eastron-sdm120', 17: 'anju-hot-water', 33: 'pzem-014', 41: 'hiking-dds238-zn-sr', 142: 'chint-ddsu666', 200: 'xintai-water', 243: 'pzem-014' };
const kinds: Record<string, string> = { 17: 'hot_water', 200: 'water' };
interface Pending { address: string; dialect: string; baud: number; format: string; total: string | null; models: string[]; meter_type?: string; low_byte_first?: boolean }
interface Report { verdict: string; devices: { address: string; verdict: string; readings: { total: string }[]; test: { result: string } | null; found: { code: string }[] }[]; found: { code: string }[] }

/** As the console enters what waits on a concentrator. */
function entry(one: Pending, plans: { power: number; water: number }) {
  const water = one.dialect === 'cjt188';
  const kind = water ? 'water' : one.dialect === 'modbus' ? kinds[one.address] ?? 'electricity' : 'electricity';
  const profile = water ? { dialect: one.dialect, meter_type: one.meter_type, low_byte_first: one.low_byte_first }
    : one.dialect === 'modbus' ? { dialect: one.dialect, model: plates[one.address] } : { dialect: one.dialect };
  if (one.dialect === 'modbus') expect(one.models, `unit ${one.address}`).toContain(plates[one.address]);
  const { address, baud } = one;
  return { device: `d${address}`, name: address, room: '1-101', address, kind, gateway: gatewayId, line: 'pair', baud, profile: { ...profile, format: one.format },
    ...(water || ['pzem-014', 'eastron-sdm120', 'chint-ddsu666'].includes(plates[address] ?? '') ? { valve: false } : {}), mode: 'prepaid',
    price_plan: kind === 'electricity' ? plans.power : plans.water, start_reading: { total: one.total ?? '0' }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: false };
}

test('the site is commissioned from the page: scan, 32 devices bound by the office, switch tests of two protocols, the report', { timeout: 1_200_000 }, async () => {
  const site = `${folder}/site`;
  mkdirSync(site, { recursive: true });
  // Its own simulated line stays empty: the gateway's is the pair.
  stack = await Stack.create({ folder: site, scenario: '[control]\nlisten = "127.0.0.1:0"\n[[line]]\nname = "idle"\nport = "tcp:127.0.0.1:0"\nbaud = 9600\n[[line.meter]]\nfirst_address = "000000000001"\ncount = 1\n' });
  await stack.start();
  const { api } = stack;
  await firstLogIn(stack);
  const plan = async (name: string, more: object) => (await api.post<{ id: number }>('/price-plans', { name, kind: 'total', total: '0.5', ...more })).id;
  const plans = { power: await plan('居民电价', {}), water: await plan('居民水价', { utility: 'water' }) };
  const { key } = await api.post<{ key: string }>('/gateways', { id: gatewayId, name: '配电房网关', site: siteId, reading_minutes: 60, lines: [{ id: 'pair', uri: `serial://${pair}?baud=2400&format=8E1` }] });
  writeFileSync(stack.keyFile, `${key}\n`, { mode: 0o600 });
  const port = await freePort();
  writeFileSync(stack.gatewayConfig, readFileSync(stack.gatewayConfig, 'utf8').replace('listen = ""', `listen = "127.0.0.1:${port}"`), { mode: 0o600 });
  await startGateway(stack, 120_000);
  browser = await openBrowser();
  const { page, problems } = await openPhone(browser);
  await page.goto(`http://127.0.0.1:${port}`);
  await enter(page, pinOf(stack.gatewayConfig).stdout.trim());

  const began = Date.now();
  await byId(page, 'scan-open').click();
  await byId(page, 'scan-line').selectOption('pair');
  await byId(page, 'scan-go').click();
  await expect.poll(() => page.getByTestId('found').count(), { timeout: 840_000, interval: 1000 }).toBe(32);
  console.log(`32 devices on the page after ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await new Promise((done) => setTimeout(done, 5000));  // the last one is asked what it is
  await byId(page, 'scan-stop').click();
  await expect.poll(() => byId(page, 'scan-progress').getAttribute('data-scan')).toBe('cancelled');
  await shoot(page, folder, 'scanned');

  const pending = () => api.get<Pending[]>(`/gateways/${gatewayId}/found?dismissed=false`);
  await until('the office to be told of all', async () => (await pending()).length === 32);
  for (const one of await pending()) await api.post('/meters', entry(one, plans));
  expect(await pending()).toEqual([]);
  await byId(page, 'tab-devices').click();
  await expect.poll(() => page.getByTestId('device').locator('[data-testid=reachable].good').count(), { timeout: 240_000, interval: 1000 }).toBe(32);

  await byId(page, 'tab-accept').click();
  await byId(page, 'installer').fill('韩梅梅');
  await byId(page, 'accept-switches').locator('summary').click();
  const switched = ['201908143863', '41'];
  for (const address of switched) await page.locator(`[data-testid=accept-device][value="${address}"]`).check();
  await byId(page, 'accept-check').check();
  await byId(page, 'accept-go').click();
  await byId(page, 'report-json').waitFor({ timeout: 420_000 });
  await shoot(page, folder, 'accepted');
  const [json] = await Promise.all([page.waitForEvent('download'), byId(page, 'report-json').click()]);
  const report = JSON.parse(readFileSync(await json.path(), 'utf8')) as Report;
  for (const row of report.devices) if (row.verdict !== 'passed') console.log(JSON.stringify(row));
  console.log(`${report.verdict} after ${((Date.now() - began) / 1000).toFixed(0)} s; ${report.found.map((one) => one.code).join(' ')}`);
  const real = await every();
  const totals = new Map([...real.meters, ...real.water_meters, ...real.modbus_meters].map((one) => [one.address ?? String(one.unit), Number(one.total)]));
  totals.set('41', 2468.13).set('142', 97.25).set('243', 4.32);
  expect(report.devices.map((row) => row.address).sort()).toEqual([...totals.keys()].sort());
  for (const row of report.devices) {
    expect(row.verdict, JSON.stringify(row)).not.toBe('failed');
    expect(row.readings, row.address).toHaveLength(3);
    for (const reading of row.readings) expect(Number(reading.total), row.address).toBeCloseTo(totals.get(row.address)!, 1);
    expect(row.test?.result ?? null, row.address).toBe(switched.includes(row.address) ? 'passed' : null);
  }
  expect(report.verdict).not.toBe('failed');
  expect(problems.filter((problem) => !/40[0-9]/.test(problem))).toEqual([]);
});
