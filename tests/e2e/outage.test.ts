// Things that come back: broker, serial port and disk. While they are away the gateway says so once and loses nothing.

import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { draw, prepare, settle } from './lib/path.ts';
import { run } from './lib/program.ts';
import { root, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const scenario = `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 9600
[[line.meter]]
first_address = "000000000501"
count = 4
load_kw = 1
`;

const stacks: Stack[] = [];
const mounted: string[] = [];
afterAll(async () => {
  for (const stack of stacks) await stack.stop();
  for (const folder of mounted) run('umount', [folder]);
});

async function site(name: string) {
  const stack = await Stack.create({ folder: `${root}/build/e2e/${name}`, scenario });
  stacks.push(stack);
  await stack.start();
  return { stack, site: await prepare(stack) };
}

/** The first deduction of every meter is there. */
const running = (stack: Stack) => until('first readings', async () => (await stack.api.meters()).every((meter) => meter.last_reading), { timeoutMs: 90_000 });
const used = async (stack: Stack) => Number((await stack.control.registers())[0]!.total);
/** Until the plan has come to its next slot and every meter was asked in it. */
async function aSlot(stack: Stack) {
  const slot = () => Math.floor(Date.now() / 60_000);
  const first = slot();
  const asked = async () => (await stack.control.registers()).map((meter) => meter.requests);
  let before = await asked();
  await until('every meter to be asked in the next slot', async () => {
    const now = await asked();
    if (slot() !== first) return now.every((count, meter) => count > before[meter]!);
    before = now;
    return false;
  }, { timeoutMs: 90_000 });
}

async function booksAreRight(stack: Stack, known: Awaited<ReturnType<typeof site>>['site']) {
  await settle(stack, known);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
}

test.concurrent('the broker is away while the meters are read', async () => {
  const { stack, site: known } = await site('outage-broker');
  await running(stack);
  const before = stack.gateway.log().length;
  await stack.broker.program.kill9();
  const start = await used(stack);
  await aSlot(stack);
  expect(await used(stack)).toBeGreaterThan(start);
  stack.gateway.mustRun();
  stack.platform.mustRun();
  const complaints = stack.gateway.log().slice(before).split('\n').filter((line) => /broker|mqtt/i.test(line));
  expect(complaints.length, complaints.join('\n')).toBeGreaterThan(0);
  expect(complaints.length, 'said once, not at every try').toBeLessThan(6);
  await stack.broker.start();
  await until('the gateway to be back', async () => (await stack.api.gateway('gw-1')).online, { timeoutMs: 60_000 });
  await booksAreRight(stack, known);
});

test.concurrent('the serial port is missing, then plugged in', async () => {
  const { stack, site: known } = await site('outage-port');
  await running(stack);
  const before = stack.gateway.log().length;
  const path = stack.lines[0]!.uri.replace('serial://', '').replace(/\?.*/, '');
  await stack.sim.stop();
  rmSync(path, { force: true });
  await until('the gateway to name the missing port', () => stack.gateway.log().slice(before).includes(path), { timeoutMs: 60_000 });
  await until('an alarm about the line', async () =>
    (await stack.api.get<{ rows: { code: string; active: boolean }[] }>('/alarms?active=true')).rows.some((alarm) => alarm.code === 'line_down'), { timeoutMs: 60_000 });
  stack.gateway.mustRun();
  const complaints = stack.gateway.log().slice(before).split('\n').filter((line) => line.includes(path));
  expect(complaints.length, complaints.join('\n')).toBeLessThan(6);
  stack.sim.start();
  await until('the line to be up', async () => (await stack.api.gateway('gw-1')).lines[0]?.up, { timeoutMs: 60_000 });
  // The simulator begins again with the registers of its scenario, which a platform must take for a step back: not billed.
  expect((await stack.api.meters()).every((meter) => meter.last_reading)).toBe(true);
  await stack.gateway.stop();
  await stack.stop();
  expect(stack.verify().code).toBe(0);
  expect(known.meters.length).toBe(4);
});

test.concurrent('the disk of the spool is full, then has space again', async (context) => {
  const disk = `${root}/build/e2e/outage-disk/gateway`;
  mkdirSync(disk, { recursive: true });
  const mount = run('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk]);
  if (mount.code !== 0) return context.skip(`a small file system needs root: ${mount.all.trim()}`);
  mounted.push(disk);
  const { stack, site: known } = await site('outage-disk');
  await running(stack);
  const before = stack.gateway.log().length;
  const space = statfsSync(disk);
  writeFileSync(`${disk}/filler`, Buffer.alloc(space.bavail * space.bsize, 1));
  // The first event that finds no space is somebody's order, the slot's readings come after it.
  for (const meter of known.meters) await stack.api.order(meter.id, 'read', draw('full'));
  await until('the gateway to say that the disk is full', () => /full|space/i.test(stack.gateway.log().slice(before)), { timeoutMs: 90_000, everyMs: 1000 });
  await aSlot(stack);
  stack.gateway.mustRun();
  const complaints = stack.gateway.log().slice(before).split('\n').filter((line) => /full|space/i.test(line));
  expect(complaints.length, complaints.join('\n')).toBeLessThan(6);
  rmSync(`${disk}/filler`);
  await booksAreRight(stack, known);
});
