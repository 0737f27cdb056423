// An installer in front of a pair with 32 devices of three protocols and five rates, three of them pymodbus. In a file of its own, because it takes minutes.

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program } from './lib/program.ts';
import { startLine, type SimLine } from './lib/sim-line.ts';
import { binary, root } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/mixed-line`;
const pair = `${folder}/pair`;
let line: SimLine;
let hub: Program;
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  line = await startLine('scan32.toml', 14, folder);
  const simulator = line.port.replace('serial://', '').replace(/\?.*/, '');
  hub = new Program('shared line', '/usr/bin/python3', [`${root}/tests/e2e/lib/shared_line.py`, pair, simulator], `${folder}/hub.log`).start();
  await until('the shared line', () => { hub.mustRun(); return hub.log().includes('ready'); });
});
afterAll(async () => { await hub?.stop(); await line?.sim.stop(); });

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
