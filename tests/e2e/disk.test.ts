// Disks without space below the platform's database and the gateway's spool: what cannot be stored is promised to nobody, the log says
// why, and when there is space again everything goes on. (The spool on a full file system is in outage.test.ts.)

import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { booksAreRight, faultSite, patienceMs, people, readAll, stopAll } from './lib/fault-site.ts';
import { draw, pay } from './lib/path.ts';
import { run, type Program } from './lib/program.ts';
import { root } from './lib/stack.ts';
import { until } from './lib/wait.ts';

/** What the log complains of since `from`. */
const said = (program: Program, from: number) => program.log().slice(from).split('\n').filter((line) => /\S+ (error|critical) .*(full|space|disk)/i.test(line));

const mounted: string[] = [];
afterAll(async () => {
  await stopAll();
  for (const folder of mounted) run('umount', [folder]);
});

test.concurrent('the disk of the database is full: the platform stops and says so, and goes on when there is space', async (context) => {
  const disk = `${root}/build/e2e/disk-platform/disk`;
  mkdirSync(disk, { recursive: true });
  const mount = run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', disk]);
  if (mount.code !== 0) return context.skip(`a small file system needs root: ${mount.all.trim()}`);
  mounted.push(disk);
  const fault = await faultSite('disk-platform', { databaseUrl: `sqlite:${disk}/platform.db` });
  const { stack, site } = fault;
  const meter = site.meters[1]!.id;
  const space = statfsSync(disk);
  try {
    writeFileSync(join(disk, 'filler'), Buffer.alloc(space.bavail * space.bsize, 1));
  } catch { /* the platform took some of it meanwhile: it is full all the same */ }
  const before = stack.platform.log().length;
  stack.api.patienceMs = 0;
  // People pay until nothing more fits. Whoever was refused has not paid; whose answer was lost may have.
  const refused = draw('full');
  const asked: string[] = [];
  await until('the platform to stop', async () => {
    if (!stack.platform.alive) return true;
    const key = `${refused}-${asked.length}`;
    asked.push(key);
    await stack.api.recharge(meter, '3', key, '柜台充值').catch(() => undefined);
    return !stack.platform.alive;
  }, { timeoutMs: patienceMs, everyMs: 0 });
  expect((await stack.platform.wait()).code).toBe(1);
  expect(said(stack.platform, before), stack.platform.tail()).toEqual([expect.stringMatching(/disk is full/)]);
  rmSync(join(disk, 'filler'));
  await stack.startPlatform();
  stack.api.patienceMs = 60_000;
  for (const key of asked) await pay(stack.api, site, meter, '3', key);
  await readAll(fault);
  await booksAreRight(fault);
});

// `ulimit -f`, or LimitFSIZE of a service: the kernel's signal would end a program without a word.
test.concurrent.each(['gateway', 'platform'] as const)('a limit of file sizes is said by the %s, and loses nothing', async (who) => {
  const fault = await faultSite(`disk-limit-${who}`);
  const { stack } = fault;
  const program = stack[who];
  const limit = (bytes: string) => { const set = run('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`]); expect(set.code, set.all).toBe(0); };
  const before = program.log().length;
  limit('65536');  // above what the log has, below what any database writes next
  const stop = people(fault);
  await until(`the ${who} to say so`, () => said(program, before).length > 0, { timeoutMs: patienceMs });
  if (who === 'gateway') {
    // It goes on polling, and keeps in memory what the spool does not take.
    program.mustRun();
    limit('unlimited');
  } else {
    expect((await program.wait()).code, program.tail()).toBe(1);
    await stack.startPlatform();
  }
  expect(await stop()).toBeGreaterThan(0);
  await readAll(fault);
  await booksAreRight(fault);
  expect(said(program, before), 'said once').toHaveLength(1);
});
