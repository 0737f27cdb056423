// A backup is made while the books are written, time goes on, and the backup takes the database's place: the gateway sends again what it still
// keeps, and every total is what the meters' registers and the recharges say.

import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { draw, pay, prepare, settle } from './lib/path.ts';
import { run } from './lib/program.ts';
import { binary, root, scenarioFile, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

let stack: Stack | undefined;
afterAll(async () => { await stack?.stop(); });

test('L11: a backup of the running platform is restored, and nothing that the gateway keeps is lost', async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/backup`, scenario: scenarioFile('garden.toml') });
  await stack.start();
  const site = await prepare(stack, { chosenPrice: '0.5' });
  await pay(stack.api, site, site.meters[1]!.id, '20.00', draw('before'));

  const copy = join(stack.folder, 'books.backup'), database = join(stack.folder, 'platform.db');
  const backUp = () => run(binary('anju-platform'), ['backup', '--config', stack!.platformConfig, '--to', copy], { timeoutMs: 60_000 });
  const made = backUp();
  expect(made.code, made.all).toBe(0);
  expect(made.all).toMatch(/bytes, checked/);
  expect(existsSync(`${copy}.part`)).toBe(false);
  const again = backUp();
  expect(again.code).not.toBe(0);
  expect(again.all).toMatch(/is there already/);

  // Time goes on: energy that only the newer books know, and the gateway.
  const newest = async () => Math.max(...(await stack!.api.meters()).map((meter) => meter.last_reading?.at ?? 0));
  const then = await newest();
  for (const meter of site.meters.slice(0, 5)) await stack.api.order(meter.id, 'read', draw('later'));
  await until('readings after the backup', async () => (await newest()) > then, { timeoutMs: 90_000 });

  await stack.platform.kill9();
  for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
  renameSync(copy, database);
  await stack.startPlatform();
  await until('the gateway to be heard again', async () => (await stack!.api.gateway('gw-1')).online, { timeoutMs: 60_000 });
  const settled = await settle(stack, site);
  console.log(`${settled.readings} readings of ${settled.meters} meters deducted after the restore: ${settled.kwh} kWh, ${settled.yuan} yuan`);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
