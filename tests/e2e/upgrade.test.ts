// A gateway gets another version of itself, and keeps it only if the platform acknowledges what it writes. Whatever else happens the one before
// runs again, without anybody going there.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Authority } from './lib/certificates.ts';
import { smallSite } from './lib/fault-site.ts';
import { FileServer } from './lib/file-server.ts';
import { prepare, settle, type Site } from './lib/path.ts';
import { Program, run } from './lib/program.ts';
import { generator, seedOfRun } from './lib/random.ts';
import { Box, Maker, nextProgram, packagedVersion } from './lib/release.ts';
import { binary, root, Stack } from './lib/stack.ts';
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

test('a release comes over a network that breaks off, in pieces, each byte once', async () => {
  box.trust(factory);
  const server = await FileServer.start(readFileSync(factory.working('0.5.0', { padding: 6 << 20 })));
  server.cuts = [1 << 20, 0, 3 << 20];
  server.refusals = [503];
  const done = await box.upgrade(server.address);
  expect(done.code, done.all).toBe(0);
  expect(JSON.parse(done.stdout)).toEqual({ version: '0.5.0', result: 'installed', reason: '' });
  // What was cut may have been on its way still: it is sent again. Without going on where it ended it would be twice the file and more.
  expect(server.answers.length).toBe(4);
  expect(server.answers[0]![0]).toBe(0);
  expect(server.answers[2]![0]).toBeGreaterThan(0);
  expect(server.answers[3]![0]).toBeGreaterThan(server.answers[2]![0]);
  expect(server.sent).toBeLessThan(server.file.length * 1.3);
  console.log(`${server.file.length} bytes long, ${server.sent} sent in ${server.answers.length} answers`);
  await runs('0.5.0');
  server.stop();
});

test('a download that is killed goes on behind what is there, over https, too; another file at that address begins anew', async () => {
  const authority = new Authority(`${folder}-makers`, 'authority');
  const { certificate, key } = authority.issue('files', 'files', 'IP:127.0.0.1');
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = await FileServer.start(readFileSync(factory.working('0.5.1', { padding: 6 << 20 })), tls);
  const args = ['upgrade', server.address, '--releases', box.releases, '--json'];
  expect((await box.upgrade(server.address)).stderr).toMatch(/certificate is not accepted/);
  const lose = async (bytes: number) => {
    server.cuts = [bytes];
    const running = new Program('anju-gateway upgrade', binary('anju-gateway'), [...args, '--ca', authority.file], `${stack.folder}/upgrade.log`).start();
    const before = server.answers.length;
    await until('the piece to be sent', () => server.answers.length > before);
    await sleep(1000);
    await running.kill9();
  };
  await lose(2 << 20);
  await lose(2 << 20);
  expect(server.answers[1]![0]).toBeGreaterThan(0);
  server.file = readFileSync(factory.working('0.5.2', { padding: 4 << 20 }));
  const done = await box.upgrade(server.address, '--ca', authority.file);
  expect(done.code, done.all).toBe(0);
  expect(JSON.parse(done.stdout)).toMatchObject({ version: '0.5.2', result: 'installed' });
  expect(server.answers.at(-1)![0]).toBe(0);
  server.stop();
});

test('what is no release is not brought to its end, what is not there is said', async () => {
  const server = await FileServer.start(Buffer.alloc(40 << 20, 'x'));
  const before = box.state();
  const wrong = await box.upgrade(server.address);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/not_a_release/);
  server.refusals = [404];
  expect((await box.upgrade(server.address)).stderr).toMatch(/status 404; is this the address of the file itself/);
  expect((await box.upgrade('https://127.0.0.1')).stderr).toMatch(/write it like/);
  expect(box.state()).toBe(before);
  expect(readdirSync(box.releases).filter((name) => name.endsWith('.offer'))).toEqual([]);
  server.stop();
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

test('a state that cannot be read: the office hears it, and an upgrade puts it right', async () => {
  expect(JSON.parse((await box.upgrade(factory.working('0.6.0'))).stdout)).toMatchObject({ result: 'installed' });
  await runs('0.6.0');
  await box.launcher.stop();
  writeFileSync(`${box.releases}/state`, 'cur');
  box.launcher.start();
  await runs(packagedVersion);
  await until('the alarm', async () => (await alarm('upgrade_blocked'))?.detail?.includes('unreadable') ?? false);
  const status = () => run(binary('anju-gateway'), ['status', '--config', stack.gatewayConfig]).stdout;
  expect(status()).toMatch(/UPGRADES ARE BLOCKED: unreadable \(.*state: no state of upgrades\)/);
  expect(readFileSync(`${box.releases}/state`, 'utf8')).toBe('cur');
  const done = await box.upgrade(factory.working('0.6.0'));
  expect(done.code, done.all).toBe(0);
  await runs('0.6.0');
  await until('the alarm to be over', async () => !(await alarm('upgrade_blocked')));
  expect(status()).not.toMatch(/BLOCKED/);
  // What an earlier download left to go on with stays.
  expect(readdirSync(box.releases).filter((name) => !name.startsWith('download')).sort()).toEqual(['0.6.0', 'lock', 'state', 'told']);
});

test('through all of it the books are right', async () => {
  await settle(stack, site);
  expect((await box.launcher.stop()).code).toBe(0);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
