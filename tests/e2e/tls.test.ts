// Mosquitto with a private authority and client certificates: the whole path over TLS, and what is refused says why in one line.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authority } from './lib/certificates.ts';
import { prepare, settle } from './lib/path.ts';
import { Program } from './lib/program.ts';
import { binary, root, Stack, toml } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/tls`;
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
first_address = "000000000701"
count = 2
load_kw = 1
`;

let stack: Stack, ours: Authority, other: Authority;
const programs: Program[] = [];
beforeAll(async () => {
  ours = new Authority(`${folder}/authority`, 'ours');
  other = new Authority(`${folder}/authority`, 'other');
  stack = await Stack.create({ folder: `${folder}/site`, scenario, authority: ours });
});
afterAll(async () => {
  for (const program of programs) await program.stop();
  await stack?.stop();
});

test('readings are deducted over TLS with client certificates', async () => {
  await stack.start();
  const site = await prepare(stack);
  await until('first readings', async () => (await stack.api.meters()).every((meter) => meter.last_reading), { timeoutMs: 90_000 });
  await settle(stack, site);
  expect(stack.platform.log()).toContain('connected to the broker');
  expect(stack.broker.url).toMatch(/^mqtts:/);
});

/** The gateway's log once it has tried several times with other [mqtt] settings than its own. */
async function tried(name: string, settings: Record<string, string>) {
  const own = readFileSync(stack.gatewayConfig, 'utf8').split('[mqtt]')[0]!;
  const all = { ...stack.broker.settings('gw-2'), ...settings };
  const place = `${folder}/${name}`;
  mkdirSync(`${place}/data`, { recursive: true });
  const config = `${place}/gateway.toml`;
  const text = own.replace(/^data = .*$/m, `data = ${toml(`${place}/data`)}`).replace('"gw-1"', '"gw-2"');
  writeFileSync(config, `${text}[mqtt]\n${Object.entries(all).map(([key, value]) => `${key} = ${toml(value)}\n`).join('')}`, { mode: 0o600 });
  const gateway = new Program('anju-gateway', binary('anju-gateway'), ['run', '--config', config], `${place}/gateway.log`);
  programs.push(gateway);
  const connections = () => stack.broker.program.log().split('New connection from').length;
  const before = connections();
  gateway.start();
  await until('several tries', () => { gateway.mustRun(); return connections() > before + 4; }, { timeoutMs: 60_000 });
  await gateway.stop();
  const said = gateway.log().split('\n').filter((line) => line.includes('broker'));
  expect(said.length, gateway.log()).toBe(1);
  return said[0]!;
}

test('a broker whose certificate is of another authority is refused, and that is said once', async () => {
  expect(await tried('other-authority', { ca_file: other.file })).toMatch(/certificate is not accepted for 127\.0\.0\.1 under ca_file .*other\.pem/);
});

test('a broker whose certificate is for another host is refused, and that is said once', async () => {
  const url = stack.broker.url.replace('127.0.0.1', 'localhost');
  expect(await tried('other-host', { url })).toMatch(/certificate is not accepted for localhost.*mismatch/i);
});

test('the broker refuses a certificate of another authority, and the gateway says so once', async () => {
  const { certificate, key } = other.issue('stranger', 'gw-1');
  expect(await tried('stranger', { certificate_file: certificate, key_file: key })).toMatch(/broker refuses us.*certificate_file/);
});

test('the broker refuses who shows no certificate', async () => {
  expect(await tried('nobody', { certificate_file: '', key_file: '' })).toMatch(/broker refuses us.*certificate/);
});
