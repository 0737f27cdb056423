// A gateway gets another version of itself, and keeps it only if the platform acknowledges what it writes. Whatever else happens the one before
// runs again, without anybody going there.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smallSite } from './lib/fault-site.ts';
import { prepare, settle, type Site } from './lib/path.ts';
import { generator, seedOfRun } from './lib/random.ts';
import { Box, Maker, nextProgram, packagedVersion } from './lib/release.ts';
import { root, Stack } from './lib/stack.ts';
import { sleep, until } from './lib/wait.ts';

const folder = `${root}/build/e2e/upgrade`;
let stack: Stack, box: Box, site: Site, factory: Maker, stranger: Maker;

const gateway = () => stack.api.gateway('gw-1');
const runs = (version: string) => until(`version ${version} to be online`, async () => {
  box.launcher.mustRun();
  const now = await gateway();
  return now.online && now.software === version;
}, { timeoutMs: 90_000 });
const alarm = (code: string) => stack.api.get<{ rows: { code: string; active: boolean; detail?: string }[] }>('/alarms?page_size=100')
  .then(({ rows }) => rows.find((row) => row.code === code && row.active));

beforeAll(async () => {
  factory = new Maker(`${folder}-makers`, 'factory');
  stranger = new Maker(`${folder}-makers`, 'stranger');
  stack = await Stack.create({ folder, scenario: smallSite() });
  await stack.start();
  site = await prepare(stack);
  await stack.gateway.stop();
  box = new Box(stack);
  box.launcher.start();
  await runs(packagedVersion);
});
afterAll(async () => {
  await box?.launcher.stop();
  await stack?.stop();
});
beforeEach(() => { box.launcher.mustRun(); });

test('a gateway that trusts no maker takes nothing, and says so', async () => {
  const done = await box.upgrade(factory.working('0.2.0'));
  expect(done.code, done.all).toBe(1);
  expect(JSON.parse(done.stdout)).toEqual({ version: '0.2.0', result: 'refused', reason: 'no_keys' });
  expect(box.launcher.log()).toMatch(/no release keys/);
  await until('the alarm', async () => (await alarm('upgrade_failed')) !== undefined);
});

test('another maker, changed bytes, a file cut short, another processor, an old version: refused, and nothing stops', async () => {
  box.trust(factory);
  const good = factory.working('0.2.0');
  const bytes = readFileSync(good);
  const changed = (name: string, change: (copy: Buffer) => Buffer) => {
    const file = `${folder}-makers/${name}.anju`;
    writeFileSync(file, change(Buffer.from(bytes)));
    return file;
  };
  const pid = box.launcher.pid;
  const starts = () => box.launcher.log().split('\n').filter((line) => line.includes('of site garden runs')).length;
  const before = starts();
  for (const [file, reason] of [
    [stranger.working('0.2.0'), 'untrusted'],
    [changed('program', (copy) => { copy[copy.length - 3]! ^= 1; return copy; }), 'damaged'],
    [changed('signature', (copy) => { copy[20]! ^= 1; return copy; }), 'untrusted'],
    [changed('manifest', (copy) => Buffer.from(copy.toString('latin1').replace('"minimum":"0.1.0"', '"minimum":"0.0.0"'), 'latin1')), 'untrusted'],
    [factory.script('0.2.1', 'exit 0', { architecture: 'riscv64' }), 'wrong_architecture'],
    [factory.script(packagedVersion, 'exit 0'), 'not_newer'],
    [factory.script('0.2.2', 'exit 0', { minimum: '0.1.9' }), 'too_old'],
    [factory.script('0.2.3', 'exit 0', { spool: 2 }), 'other_spool'],
  ] as const) {
    const done = await box.upgrade(file);
    expect(done.code, `${reason}: ${done.all}`).toBe(1);
    expect(JSON.parse(done.stdout)).toMatchObject({ result: 'refused', reason });
  }
  // What is no whole release at all is not even offered.
  const short = await box.upgrade(changed('short', (copy) => copy.subarray(0, copy.length - 1)));
  expect(short.code).toBe(1);
  expect(short.stderr).toMatch(/damaged/);
  expect((await box.upgrade(`${stack.folder}/platform.toml`)).stderr).toMatch(/not_a_release/);
  expect(box.launcher.pid).toBe(pid);
  expect(starts()).toBe(before);
  expect(readdirSync(box.releases).sort()).toEqual(['lock', 'state', 'told']);
});

test('a version that ends at its start gives way to the one before at once', async () => {
  for (const [version, text] of [['0.3.0', 'exit 3'], ['0.3.1', 'kill -SEGV $$'], ['0.3.2', 'exit 0']] as const) {
    const done = await box.upgrade(factory.script(version, text));
    expect(done.code, done.all).toBe(1);
    expect(JSON.parse(done.stdout)).toEqual({ version, result: 'rolled_back', reason: 'crashed' });
  }
  await runs(packagedVersion);
  await until('the alarm to name it', async () => (await alarm('upgrade_failed'))?.detail?.includes('0.3.2') ?? false);
});

test('a version that does not reach the platform gives way in its time, and the platform hears why', async () => {
  const elsewhere = `${stack.folder}/elsewhere.toml`;
  writeFileSync(elsewhere, readFileSync(stack.gatewayConfig, 'utf8').replace(/mqtt:\/\/127\.0\.0\.1:\d+/, 'mqtt://127.0.0.1:1'), { mode: 0o600 });
  const asked = Date.now();
  const done = await box.upgrade(factory.script('0.3.3', `exec ${nextProgram(`${folder}-makers`, '0.3.3')} run --config ${elsewhere}`));
  expect(done.code, done.all).toBe(1);
  expect(JSON.parse(done.stdout)).toEqual({ version: '0.3.3', result: 'rolled_back', reason: 'no_contact' });
  expect(Date.now() - asked).toBeGreaterThan(19_000);
  expect(Date.now() - asked).toBeLessThan(60_000);
  await runs(packagedVersion);
  await until('the alarm to name it', async () => (await alarm('upgrade_failed'))?.detail?.includes('no_contact') ?? false);
});

test('a version that hangs and does not end when asked is killed, and the one before runs', async () => {
  const done = await box.upgrade(factory.script('0.3.4', `trap '' TERM; while :; do sleep 1; done`));
  expect(JSON.parse(done.stdout)).toMatchObject({ result: 'rolled_back', reason: 'no_contact' });
  await runs(packagedVersion);
  expect(box.launcher.log()).toMatch(/does not end: it is killed/);
});

test('a good version is kept, over a restart, too, and the alarm is over', async () => {
  const done = await box.upgrade(factory.working('0.2.0'));
  expect(done.code, done.all).toBe(0);
  expect(JSON.parse(done.stdout)).toEqual({ version: '0.2.0', result: 'installed', reason: '' });
  await runs('0.2.0');
  await until('the alarms to be over', async () => !(await alarm('upgrade_failed')) && !(await alarm('upgrade_trial')));
  expect((await box.launcher.stop()).code).toBe(0);
  box.launcher.start();
  await runs('0.2.0');
  expect(readdirSync(box.releases).sort()).toEqual(['0.2.0', 'lock', 'state', 'told']);
  expect(JSON.parse((await box.upgrade(factory.working('0.1.9'))).stdout)).toMatchObject({ result: 'refused', reason: 'not_newer' });
});

test('kill -9 of the launcher at random instants of an upgrade: one version runs, never two, and the order comes to its end', async () => {
  const seed = seedOfRun();
  console.log(`ANJU_SEED=${seed}`);
  const random = generator(seed);
  const results: Record<string, number> = {};
  for (let round = 0; round < 6; round++) {
    const version = `0.4.${round}`;
    const file = round % 2 === 0 ? factory.working(version) : factory.script(version, 'sleep 1; exit 1');
    const offered = box.upgrade(file);
    let kills = 0;
    while (kills < 2) {
      await sleep(random() * 2500);
      await box.launcher.kill9();
      kills += 1;
      box.launcher.start();
    }
    await offered;
    const ended = () => { box.launcher.mustRun(); return box.last()?.version === version && !box.state().includes('trial '); };
    await until(`${version} to come to its end`, ended, { timeoutMs: 90_000 });
    const { result, reason } = box.last()!;
    results[`${result} ${reason}`] = (results[`${result} ${reason}`] ?? 0) + 1;
    if (round % 2 === 1) expect(result).toBe('rolled_back');
    const running = /^current (\S+)$/m.exec(box.state())?.[1] ?? packagedVersion;
    if (result === 'installed') expect(running).toBe(version);
    await runs(running);
  }
  console.log(JSON.stringify(results));
  expect(Object.keys(results).some((one) => one.startsWith('installed'))).toBe(true);
});

test('a release that was damaged on the disk is not run: the packaged version is', async () => {
  const current = /^current (\S+)$/m.exec(box.state())![1]!;
  await box.launcher.stop();
  const program = `${box.releases}/${current}/anju-gateway`;
  const bytes = readFileSync(program);
  bytes[bytes.length - 2]! ^= 1;
  writeFileSync(program, bytes);
  box.launcher.start();
  await runs(packagedVersion);
  expect(box.last()).toMatchObject({ version: current, result: 'rolled_back', reason: 'damaged' });
});

test('through all of it the books are right', async () => {
  await settle(stack, site);
  expect((await box.launcher.stop()).code).toBe(0);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
