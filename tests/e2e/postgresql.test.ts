// The platform on PostgreSQL: the way from meter to money, a killed platform, a server that goes away, and a password that nobody sees.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pay, prepare, settle, type Site } from './lib/path.ts';
import { run } from './lib/program.ts';
import { binary, root, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const password = 's3cret-of-nobody';
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
first_address = "000000000801"
count = 2
load_kw = 1
`;

// A socket's path is short, so the cluster is not below build/.
const cluster = mkdtempSync(join(tmpdir(), 'anju-e2e-postgresql-'));
const server = (...words: string[]) => execFileSync(join(root, 'scripts/postgresql'), [...words, cluster], { encoding: 'utf8' }).trim();
let stack: Stack, site: Site;
const said: string[] = [];

beforeAll(async () => {
  const url = server('start');
  const ask = (sql: string) => execFileSync('psql', [url, '-qc', sql]);
  ask(`CREATE ROLE anju LOGIN PASSWORD '${password}'`);
  ask(`CREATE DATABASE books OWNER anju TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
  const databaseUrl = url.replace('postgres@/postgres', `anju:${password}@/books`);
  stack = await Stack.create({ folder: `${root}/build/e2e/postgresql`, scenario, databaseUrl });
});
afterAll(async () => {
  await stack?.stop();
  try { server('stop'); } catch { /* it was not running */ }
  rmSync(cluster, { recursive: true, force: true });
});

test('a database without tables is not served, and the line says how to make them', () => {
  const done = run(binary('anju-platform'), ['serve', '--config', stack.platformConfig]);
  said.push(done.all);
  expect(done.code).toBe(1);
  expect(done.all).toMatch(/is not there; make it with: anju-platform init/);
});

test('readings are deducted and recharges booked, and verify finds nothing wrong', async () => {
  await stack.start();
  site = await prepare(stack);
  await until('first readings', async () => (await stack.api.meters()).every((meter) => meter.last_reading), { timeoutMs: 90_000 });
  await settle(stack, site);
  const verified = stack.verify();
  said.push(verified.all);
  expect(verified.code, verified.all).toBe(0);
});

test('a platform that is killed, and one whose server goes away, goes on where the books stand', async () => {
  const meter = site.meters[0]!.id;
  await stack.platform.kill9();
  await stack.startPlatform();
  await pay(stack.api, site, meter, '5', 'after-the-kill');
  server('stop');
  await expect(stack.api.recharge(meter, '7', 'without-a-server', '柜台充值')).rejects.toThrow();
  expect((await stack.platform.wait()).code, 'a ledger that cannot store stops').toBe(1);
  server('again');
  await stack.startPlatform();
  expect((await stack.api.recharge(meter, '5', 'after-the-kill', '柜台充值')).result).toBe('exists');
  await pay(stack.api, site, meter, '7', 'without-a-server');
  await settle(stack, site);
  expect(await stack.stop(), 'every program ends in order on SIGTERM').toEqual([]);
  const verified = stack.verify();
  said.push(verified.all, readFileSync(stack.platform.logFile, 'utf8'));
  expect(verified.code, verified.all).toBe(0);
});

test('the password of the database is in no output and no log', () => {
  expect(said.join('')).toContain('postgresql://anju@');
  expect(said.join('')).not.toContain(password);
});
