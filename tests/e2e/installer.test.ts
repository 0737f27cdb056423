// What an installer does on site, on a paced line with eight meters of unknown address.

import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program, runAsync } from './lib/program.ts';
import { Control } from './lib/control.ts';
import { freePort } from './lib/ports.ts';
import { binary, place, root, scenarioFile } from './lib/stack.ts';
import { writeFileSync } from 'node:fs';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/installer`;
let sim: Program;
let control: Control;
let port = '';

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  control = new Control(await freePort());
  const placed = await place(scenarioFile('scan8.toml'), folder, control.port);
  writeFileSync(`${folder}/site.toml`, placed.text);
  port = placed.lines[0]!.uri;
  sim = new Program('anju-sim', binary('anju-sim'), ['run', `${folder}/site.toml`], `${folder}/sim.log`).start();
  await until('the simulated line', async () => { sim.mustRun(); return (await control.registers()).length === 8; });
});
afterAll(async () => { await sim?.stop(); });

const gateway = (...args: string[]) => runAsync(binary('anju-gateway'), args, { timeoutMs: 240_000 });

test('scan finds eight unknown meters on one line and says their baud rate', async () => {
  const scan = new Program('scan', binary('anju-gateway'), ['scan', '--quick', '--port', port.replace(/\?.*/, '')], `${folder}/scan.log`).start();
  const found = () => [...scan.log().matchAll(/^found (\d{12}) at (\d+) baud$/gm)];
  // A whole scan goes on through all baud rates; an installer who has found his eight ends it with Ctrl-C.
  await until('eight meters', () => found().length >= 8 || !scan.alive, { timeoutMs: 240_000 });
  scan.signal('SIGINT');
  expect((await scan.wait()).code, scan.log()).toBe(0);
  expect(new Set(found().map(([, address]) => address))).toEqual(new Set((await control.registers()).map((meter) => meter.address)));
  expect(found().every(([, , baud]) => baud === '2400')).toBe(true);
  expect(scan.log()).toContain('8 meters found');
});

test('read shows the register that the meter shows', async () => {
  const meter = (await control.registers())[0]!;
  await control.load(meter.address, '0');
  const shown = (await control.meter(meter.address)).total;
  const done = await gateway('read', '--port', port, '--address', meter.address);
  expect(done.code, done.all).toBe(0);
  expect(done.stdout).toContain(shown);
});

test('switch reports the state that was read back', async () => {
  const meter = (await control.registers())[1]!;
  const off = await gateway('switch', '--port', port, '--address', meter.address, '--action', 'trip');
  expect(off.code, off.all).toBe(0);
  expect(off.stdout).toMatch(/verified/);
  expect((await control.meter(meter.address)).relay).toBe('open');
  const on = await gateway('switch', '--port', port, '--address', meter.address, '--action', 'close');
  expect(on.code, on.all).toBe(0);
  expect((await control.meter(meter.address)).relay).toBe('closed');
});

test('switch does not take the acknowledgement of a stuck relay for success', async () => {
  const meter = (await control.registers())[2]!;
  await control.fault(meter.address, 'relay_stuck');
  const done = await gateway('switch', '--port', port, '--address', meter.address, '--action', 'trip');
  expect(done.code, done.all).toBe(1);
  expect(done.all).toMatch(/contradicted|not verified/);
  expect((await control.meter(meter.address)).relay).toBe('closed');
});

test('read of a port that is not there says so in one line', async () => {
  const done = await gateway('read', '--port', `serial://${folder}/nothing?baud=2400&format=8E1`, '--address', '000000000161');
  expect(done.code).toBe(2);
  expect(done.stderr.trim().split('\n').length, done.stderr).toBe(1);
  expect(done.stderr).toContain(`${folder}/nothing`);
});
