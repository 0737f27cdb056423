// Modbus TCP against a server that is none of ours (pymodbus): several units behind one address, a relay and a valve, and a server that goes away.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepts, freePort } from './lib/ports.ts';
import { Program, runAsync } from './lib/program.ts';
import { binary, root, toml } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/modbus`;
const patience = { timeoutMs: 120_000, everyMs: 300 };
/** Addresses and words of the shipped profiles. */
const chint = (high: number, low: number) => ({ 0x4000: high, 0x4001: low });
const units = {
  0: chint(0x4348, 0x0000), 255: chint(0x42c8, 0x0000),         // 200 and 100 kWh: what wants no unit
  3: chint(0x449a, 0x5000),                                     // 1234.5 kWh as an IEEE float
  7: chint(0x42c8, 0x8000),                                     // 100.25 kWh
  11: { 0x000a: 1, 0x000b: 0x86a0, 0x001a: 1 },                 // hiking: 0x186A0 = 100 000 of 0.01 kWh; the relay closed
  12: { 0x0001: 0x0000, 0x0002: 0x2041, 0x001c: 1 },            // xintai: 10 m3 as a float in DCBA; the valve open
};
let port = 0;
let server: Program;
let gateway: Program | undefined;

function start() {
  return new Program('modbus-server', '/usr/bin/python3', [`${root}/tests/e2e/lib/modbus-server.py`, String(port), JSON.stringify(units)],
    `${folder}/server.log`).start();
}
const listening = () => until('the server to listen', async () => { server.mustRun(); return accepts(port); }, patience);
const verb = (name: string, unit: number, model: string, ...more: string[]) =>
  runAsync(binary('anju-gateway'), [name, '--port', `modbus-tcp://127.0.0.1:${port}`, '--dialect', 'modbus', '--model', model, '--address', String(unit), ...more],
    { timeoutMs: 120_000 });

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/profiles`, { recursive: true });
  port = await freePort();
  server = start();
  await listening();
});
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
});

test('units behind one address are read by their profiles; who is not there is no answer', async () => {
  for (const [unit, model, total] of [[3, 'chint-ddsu666', '1234.5'], [7, 'chint-ddsu666', '100.25'], [11, 'hiking-dds238-zn-sr', '1000'], [12, 'xintai-water', '10'],
    [255, 'chint-ddsu666', '100'], [0, 'chint-ddsu666', '200']] as const) {
    const done = await verb('read', unit, model, '--json');
    expect(done.code, done.all).toBe(0);
    const said = JSON.parse(done.stdout) as { confirmed: boolean; readings: { values: string[] }[] };
    expect(Number(said.readings[0]!.values[0]), done.all).toBe(Number(total));
    expect(said.confirmed).toBe(model === 'chint-ddsu666');
  }
  const nobody = await verb('read', 9, 'chint-ddsu666');
  expect(nobody.code, nobody.all).toBe(1);
  expect(nobody.stdout).toContain('no_answer');
});

test('a relay is switched and read again; that its profile is not confirmed is said', async () => {
  for (const [action, state] of [['trip', 'open'], ['close', 'closed']] as const) {
    const done = await verb('switch', 11, 'hiking-dds238-zn-sr', '--action', action);
    expect(done.code, done.all).toBe(0);
    expect(done.stdout).toContain(`verified, relay ${state}`);
    expect(done.stderr).toContain('hiking-dds238-zn-sr is not confirmed');
    expect((await verb('read', 11, 'hiking-dds238-zn-sr')).stdout).toContain(`relay ${state}`);
  }
});

// This server is a meter that echoes the order: it says "closed" at once.
test('a valve is believed after its travel time and named by its own word', async () => {
  const began = Date.now();
  const done = await verb('switch', 12, 'xintai-water', '--action', 'trip');
  expect(done.code, done.all).toBe(0);
  expect(done.stdout).toContain('verified, valve closed');
  expect(Date.now() - began).toBeGreaterThan(29_000);
  expect((await verb('read', 12, 'xintai-water')).stdout).toContain('valve closed');
});

test('a running gateway reads them, goes on when the server was away, and leaves out only the devices of a broken profile', async () => {
  const device = (id: string, unit: number, model: string) => ({ id, line: 'net', address: String(unit), profile: { dialect: 'modbus', model } });
  writeFileSync(`${folder}/profiles/broken.toml`, 'name = ');
  writeFileSync(`${folder}/archive.json`, JSON.stringify({ version: 1, utc_offset_minutes: 480, reading_minutes: 1,
    lines: [{ id: 'net', uri: `modbus-tcp://127.0.0.1:${port}` }],
    devices: [device('a', 3, 'chint-ddsu666'), device('b', 7, 'chint-ddsu666'), device('c', 11, 'hiking-dds238-zn-sr'), device('d', 13, 'broken')] }));
  writeFileSync(`${folder}/gateway.key`, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
  const config = `${folder}/gateway.toml`;
  writeFileSync(config, `site = "garden"\ngateway = "gw-1"\nkey_file = ${toml(`${folder}/gateway.key`)}\ndata = ${toml(`${folder}/data`)}\n` +
    `archive_file = ${toml(`${folder}/archive.json`)}\nprofiles = ${toml(`${folder}/profiles`)}\n[mqtt]\nurl = "mqtt://127.0.0.1:1"\n`);

  const checked = await runAsync(binary('anju-gateway'), ['run', '--config', config, '--check']);
  expect(checked.code, checked.all).toBe(1);
  expect(checked.stdout).toMatch(/profile broken is not used: .*broken\.toml: line 1/);
  expect(checked.stdout).toMatch(/device d: bad_profile/);
  expect(checked.stdout).toMatch(/device c: .*not confirmed/);

  const running = gateway = new Program('anju-gateway', binary('anju-gateway'), ['run', '--config', config], `${folder}/gateway.log`).start();
  const asked = async () => {
    running.mustRun();
    const said = await runAsync(binary('anju-gateway'), ['status', '--config', config, '--json']);
    if (said.code !== 0) return undefined;
    const found = /"devices":(\[.*?\])/s.exec(said.stdout);
    return found ? JSON.parse(found[1]!) as { id: string; reachable: boolean; ok: number }[] : undefined;
  };
  const read = (least: Record<string, number>) => until('every device to be read', async () => {
    const devices = await asked();
    return devices?.length === 3 && devices.every((one) => one.reachable && one.ok > (least[one.id] ?? 0)) ? devices : undefined;
  }, patience);
  const first = await read({});
  expect(running.log()).toMatch(/alarm bad_device d .*broken\.toml/);
  expect(running.log()).toMatch(/device c: .*not confirmed/);

  await server.kill9();
  await until('the line to be down', async () => running.log().includes('line net is down'), patience);
  server = start();
  await listening();
  await until('the line to be open again', async () => running.log().match(/line net is open/g)?.length === 2, patience);
  await read(Object.fromEntries(first.map((one) => [one.id, one.ok])));
  expect((await running.stop()).inTime).toBe(true);
});
