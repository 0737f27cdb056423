// What an installer does on site with one meter of a paced line: read, switch.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Control } from './lib/control.ts';
import { runAsync } from './lib/program.ts';
import { startEightMeters, type SimLine } from './lib/sim-line.ts';
import { binary, root } from './lib/stack.ts';

const folder = `${root}/build/e2e/installer`;
let line: SimLine;
let control: Control;
let port = '';

beforeAll(async () => { line = await startEightMeters(folder); ({ control, port } = line); });
afterAll(async () => { await line?.sim.stop(); });

const gateway = (...args: string[]) => runAsync(binary('anju-gateway'), args, { timeoutMs: 60_000 });

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
