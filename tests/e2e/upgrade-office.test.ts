// The office orders another version of a gateway: the order is a field of the archive, what becomes of it a field of the state. The office is played here,
// with the gateway's own key and a server of one file, so that it can say and serve what no real one does.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smallSite } from './lib/fault-site.ts';
import { FileServer } from './lib/file-server.ts';
import { MqttLink } from './lib/mqtt-link.ts';
import { prepare, settle, type Site } from './lib/path.ts';
import { Box, Maker, nextProgram, packagedVersion } from './lib/release.ts';
import { runAsync } from './lib/program.ts';
import { binary, gatewayId, root, siteId, Stack } from './lib/stack.ts';
import { sleep, until } from './lib/wait.ts';
import { deriveKeys, open, seal, topic, type GatewayKeys } from './lib/wire.ts';

const folder = `${root}/build/e2e/upgrade-office`;
const archiveTopic = topic(siteId, gatewayId, 'down/archive'), stateTopic = topic(siteId, gatewayId, 'state');

interface Order { order: string; version: string; size: number; sha256: string; url: string; pin?: string }
interface Upgrade { order: string; version: string; step: string; reason?: string; bytes?: number; at: number }
interface State { software: string; online: boolean; architecture?: string; archive_version: number; upgrade?: Upgrade }

let stack: Stack, box: Box, site: Site, factory: Maker, keys: GatewayKeys, office: MqttLink, server: FileServer;
// Above what the platform follows (ledger_connections.cpp), or it would take its own configuration back at once.
let archive: Record<string, unknown>, version = 4.6e15, orders = 0;
const heard: State[] = [];
const state = () => heard.at(-1);

const publish = (release: Order | undefined, key = keys.down) => {
  version += 1;
  office.publish(archiveTopic, seal(key, archiveTopic, { ...archive, version, ...(release ? { release } : {}) }), { retained: true });
};
const orderOf = (file: Buffer, wanted: string, more: Partial<Order> = {}): Order => ({
  order: `u-${++orders}`, version: wanted, size: file.length, sha256: createHash('sha256').update(file).digest('hex'), url: server.address, ...more });
/** The file goes onto the server, and the order out. */
const want = (file: string, wanted: string, more: Partial<Order> = {}) => {
  server.file = readFileSync(file);
  const order = orderOf(server.file, wanted, more);
  publish(order);
  return order;
};
const step = (order: Order, ...steps: string[]) => until(`${order.order} to be ${steps.join(' or ')}`, () => {
  box.launcher.mustRun();
  const upgrade = state()?.upgrade;
  return upgrade?.order === order.order && steps.includes(upgrade.step) ? upgrade : undefined;
}, { timeoutMs: 90_000 });
const steps = (order: Order) => heard.flatMap(({ upgrade }) => (upgrade?.order === order.order ? [upgrade.step] : [])).filter((one, i, all) => one !== all[i - 1]);
const runs = (wanted: string) => until(`version ${wanted} to be online`, () => { box.launcher.mustRun(); return state()?.online && state()?.software === wanted; }, { timeoutMs: 90_000 });
const files = () => readdirSync(box.releases).sort();
const running = () => /^current (\S+)$/m.exec(box.state())?.[1] ?? packagedVersion;

beforeAll(async () => {
  factory = new Maker(`${folder}-makers`, 'factory');
  stack = await Stack.create({ folder, scenario: smallSite() });
  stack.broker.password('witness');
  await stack.start();
  site = await prepare(stack);
  keys = deriveKeys(readFileSync(stack.keyFile, 'utf8').trim());
  server = await FileServer.start(Buffer.alloc(1));
  office = await MqttLink.connect(stack.broker.port, { clientId: 'witness', user: 'witness', password: stack.broker.password('witness'), keepAliveS: 20 });
  office.onMessage = (on, payload) => {
    if (on === stateTopic) heard.push(open<State>(keys.up, on, payload));
    if (on === archiveTopic && !payload.includes('u-')) archive ??= open(keys.down, on, payload);
  };
  await office.subscribe(stateTopic, 1);
  await office.subscribe(archiveTopic, 1);
  await until('the archive', () => archive !== undefined);
}, 180_000);
afterAll(async () => {
  server?.stop();
  office?.close();
  await box?.launcher.stop();
  await stack?.stop();
});
beforeEach((context) => { if (context.task.name.includes('launcher')) return; box.launcher.mustRun(); });

test('a gateway that no launcher started refuses; then the launcher comes', async () => {
  box = new Box(stack);
  box.trust(factory);
  const order = want(factory.working('0.2.0'), '0.2.0');
  await until('the refusal', () => state()?.upgrade?.step === 'refused');
  expect(state()!.upgrade).toMatchObject({ order: order.order, reason: 'no_launcher' });
  expect(state()!.architecture).toMatch(/^(amd64|arm64|armhf)$/);
  publish(undefined);
  await until('the archive to be taken', () => state()?.archive_version === version);
  await stack.gateway.stop();
  box.launcher.start();
  await runs(packagedVersion);
  expect(server.answers).toEqual([]);
});

test('ordered, fetched while the meters are read, tried, kept; and not again', async () => {
  server.bytesPerSecond = 400_000;
  const order = want(factory.working('0.2.0', { padding: 10 << 20 }), '0.2.0');
  await step(order, 'downloading');
  const readings = () => stack.api.gateway(gatewayId).then(({ stored_seq }) => stored_seq ?? 0);
  const before = await readings();
  const status = await runAsync(binary('anju-gateway'), ['status', '--config', stack.gatewayConfig], { timeoutMs: 30_000 });
  expect(status.stdout).toMatch(/version 0\.1\.0, ordered 0\.2\.0: downloading, \d+ KiB here/);
  const first = await step(order, 'trial');
  expect(await readings()).toBeGreaterThan(before);
  expect(first.bytes).toBe(order.size);
  await step(order, 'installed');
  await runs('0.2.0');
  expect(steps(order).filter((one) => one !== 'waiting')).toEqual(expect.arrayContaining(['downloading', 'trial', 'installed']));
  // 26 s of a download are seen as they go, and are no flood.
  const seen = heard.filter(({ upgrade }) => upgrade?.order === order.order && upgrade.step === 'downloading');
  expect(new Set(seen.map(({ upgrade }) => upgrade!.bytes ?? 0)).size).toBeGreaterThanOrEqual(3);
  expect(seen.length).toBeLessThan(20);
  expect(server.answers.length).toBe(1);
  // The same archive once more, and a restart: nothing is fetched.
  publish(order);
  await until('the archive to be taken', () => state()?.archive_version === version);
  await box.launcher.stop();
  box.launcher.start();
  await runs('0.2.0');
  await sleep(5000);
  expect(state()!.upgrade).toMatchObject({ order: order.order, step: 'installed' });
  expect(server.answers.length).toBe(1);
  publish(undefined);
  expect(files()).toEqual(['0.2.0', 'lock', 'ordered', 'state', 'told']);
  server.bytesPerSecond = 0;
});

test('a version that does not reach the platform: rolled back, and the office knows why', async () => {
  const elsewhere = `${stack.folder}/elsewhere.toml`;
  writeFileSync(elsewhere, readFileSync(stack.gatewayConfig, 'utf8').replace(/mqtt:\/\/127\.0\.0\.1:\d+/, 'mqtt://127.0.0.1:1'), { mode: 0o600 });
  const order = want(factory.script('0.3.0', `exec ${nextProgram(`${folder}-makers`, '0.3.0')} run --config ${elsewhere}`), '0.3.0');
  expect(await step(order, 'rolled_back')).toMatchObject({ version: '0.3.0', reason: 'no_contact', bytes: order.size });
  await runs(running());
  publish(undefined);
});

test('withdrawn while it comes: nothing of it is left, and nothing is said of it any more', async () => {
  server.bytesPerSecond = 200_000;
  const order = want(factory.working('0.3.1', { padding: 20 << 20 }), '0.3.1');
  await until('some of it', () => existsSync(`${box.releases}/download`) && state()?.upgrade?.order === order.order && (state()?.upgrade?.bytes ?? 0) > 0, { timeoutMs: 60_000 });
  publish(undefined);
  await until('the silence', () => state()?.archive_version === version && state()?.upgrade === undefined, { timeoutMs: 60_000 });
  expect(files().filter((name) => /download|offer|ordered/.test(name))).toEqual([]);
  const sent = server.sent;
  await sleep(3000);
  expect(server.sent - sent).toBeLessThan(300_000);
  expect(steps(order)).not.toContain('trial');
  server.bytesPerSecond = 0;
});

test('gateway, launcher and network die while it comes: it goes on behind what is there', async () => {
  server.bytesPerSecond = 500_000;
  const before = server.answers.length;
  server.refusals = [503];
  const order = want(factory.working('0.3.2', { padding: 8 << 20 }), '0.3.2');
  await step(order, 'downloading');
  await until('a part of it', () => server.sent > 0 && server.answers.length > before);
  await sleep(4000);
  await box.launcher.kill9();  // takes the gateway along, and the gateway what fetches
  const at = server.sent;
  await sleep(1500);
  expect(server.sent - at).toBeLessThan(500_000);
  box.launcher.start();
  await until('another answer', () => server.answers.length > before + 1, { timeoutMs: 60_000 });
  server.bytesPerSecond = 0;
  await step(order, 'installed');
  const answers = server.answers.slice(before);
  expect(answers.at(-1)![0]).toBeGreaterThan(1 << 20);
  publish(undefined);
});

test('an archive with another key orders nothing and withdraws nothing', async () => {
  const { answers } = server, before = answers.length;
  const refusals = () => stack.gateway.log().concat(box.launcher.log()).split('\n').filter((line) => line.includes('bad_mac')).length;
  const stranger = deriveKeys('ab'.repeat(32)).down;
  const was = state()!.archive_version, refused = refusals();
  server.file = readFileSync(factory.working('0.3.3'));
  publish(orderOf(server.file, '0.3.3'), stranger);
  await until('the alarm', () => refusals() > refused);
  await sleep(3000);  // a gateway looks at its order once a second
  expect(answers.length).toBe(before);
  server.bytesPerSecond = 300_000;
  const order = want(factory.working('0.3.3', { padding: 3 << 20 }), '0.3.3');
  expect(was).toBeLessThan(version);
  await step(order, 'downloading');
  publish(undefined, stranger);
  await step(order, 'installed');
  await runs('0.3.3');
  server.bytesPerSecond = 0;
  version += 1;
  publish(undefined);
});

test('a file that is not the one that was ordered: failed, the gateway untouched, and not fetched again', async () => {
  const good = readFileSync(factory.working('0.3.4', { padding: 1 << 20 }));
  const pid = box.launcher.pid;
  const was = running();
  for (const [name, wrong] of [
    ['a bit', (copy: Buffer) => { copy[copy.length - 7]! ^= 1; return copy; }],
    ['one byte less', (copy: Buffer) => copy.subarray(0, copy.length - 1)],
    ['the head', (copy: Buffer) => { copy[0]! ^= 1; return copy; }],
  ] as const) {
    const before = server.answers.length;
    server.file = wrong(Buffer.from(good));
    const order = orderOf(good, '0.3.4');
    publish(order);
    const end = await step(order, 'failed');
    expect(end.reason, name).toBe(name === 'the head' ? 'not_a_release' : 'damaged');
    await sleep(3000);
    expect(server.answers.length - before).toBeLessThanOrEqual(1);
    expect(files().filter((one) => /download|offer$/.test(one))).toEqual([]);
    publish(undefined);
  }
  // Signed by nobody this box trusts: fetched, and refused by the launcher.
  const stranger = new Maker(`${folder}-makers`, 'stranger');
  const order = want(stranger.working('0.3.4'), '0.3.4');
  expect(await step(order, 'refused')).toMatchObject({ reason: 'untrusted' });
  expect(running()).toBe(was);
  expect(box.launcher.pid).toBe(pid);
  publish(undefined);
});

test('a server that is gone is waited for, with a word that says so', async () => {
  const file = factory.working('0.3.5');
  server.file = readFileSync(file);
  const order = orderOf(server.file, '0.3.5', { url: server.address.replace('http:', 'https:') });
  publish(order);
  expect(await step(order, 'waiting')).toMatchObject({ reason: expect.stringMatching(/server_untrusted|unreachable/) });
  publish({ ...order, url: server.address });
  await step(order, 'installed');
  await runs('0.3.5');
  publish(undefined);
});

test('through all of it the books are right', async () => {
  await settle(stack, site);
  expect((await box.launcher.stop()).code).toBe(0);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
