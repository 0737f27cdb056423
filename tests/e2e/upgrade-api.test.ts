// 固件升级 as the office does it: a release is uploaded, a gateway is ordered to run it, and what becomes of it stands in the API, whatever breaks meanwhile.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smallSite } from './lib/fault-site.ts';
import { draw, prepare, settle, type Site } from './lib/path.ts';
import { Box, Maker, nextProgram, packagedVersion } from './lib/release.ts';
import { SlowProxy } from './lib/slow-proxy.ts';
import { gatewayId, root, Stack } from './lib/stack.ts';
import { freePort } from './lib/ports.ts';
import { sleep, until } from './lib/wait.ts';

const folder = `${root}/build/e2e/upgrade-api`;

interface Release { id: number; version: string; sha256: string; size: number; signed_by: string | null; wanted: number; installed: number }
interface Upgrade { order: string; release: number; version: string; step: string; reason: string | null; bytes: number; size: number }
interface GatewayNow { online: boolean; software?: string; architecture?: string; upgrade: Upgrade | null; archive_version: number; archive_reported: number }

let stack: Stack, box: Box, site: Site, factory: Maker, line: SlowProxy;

const now = () => stack.api.get<GatewayNow>(`/gateways/${gatewayId}`);
const upload = (file: string) => stack.api.upload<Release>('/releases', readFileSync(file));
const order = (release: Release, id?: string) => stack.api.post<Upgrade>(`/gateways/${gatewayId}/upgrade`, { release: release.id, ...(id ? { order: id } : {}) });
const step = (asked: Upgrade, ...steps: string[]) => until(`${asked.version} to be ${steps.join(' or ')}`, async () => {
  box.launcher.mustRun();
  const { upgrade } = await now();
  return upgrade?.order === asked.order && steps.includes(upgrade.step) ? upgrade : undefined;
}, { timeoutMs: 120_000 });
const runs = (version: string) => until(`version ${version} to be online`, async () => {
  box.launcher.mustRun();
  const gateway = await now();
  return gateway.online && gateway.software === version;
}, { timeoutMs: 120_000 });
/** The order has left the archive, and the gateway has that archive. */
const settled = () => until('the archive to be taken', async () => {
  const gateway = await now();
  return gateway.archive_version === gateway.archive_reported;
});
const running = () => /^current (\S+)$/m.exec(box.state())?.[1] ?? packagedVersion;
const left = () => readdirSync(box.releases).filter((name) => /download|\.offer$/.test(name));

beforeAll(async () => {
  factory = new Maker(`${folder}-makers`, 'factory');
  const keys = `${folder}-makers/platform-keys`;
  writeFileSync(keys, `${factory.publicLine}\n`);
  const httpPort = await freePort();
  line = await SlowProxy.start(httpPort);
  stack = await Stack.create({
    folder, scenario: smallSite(), httpPort,
    platformMore: `[http]\npublic_url = "http://127.0.0.1:${line.port}"\n[releases]\nkeys = ${JSON.stringify(keys)}\n`,
  });
  await stack.start();
  site = await prepare(stack);
  await stack.gateway.stop();
  box = new Box(stack);
  box.trust(factory);
  box.launcher.start();
  await runs(packagedVersion);
}, 240_000);
afterAll(async () => {
  line?.stop();
  await box?.launcher.stop();
  await stack?.stop();
});
beforeEach(() => { box.launcher.mustRun(); line.bytesPerSecond = 0; });

test('what is not signed by a known maker is not kept; what is, is kept once', async () => {
  const stranger = new Maker(`${folder}-makers`, 'stranger');
  await expect(upload(stranger.working('0.2.0'))).rejects.toThrow(/untrusted/);
  const file = factory.working('0.2.0', { padding: 6 << 20 });
  const release = await upload(file);
  expect(release).toMatchObject({ version: '0.2.0', signed_by: expect.stringMatching(/^factory/), wanted: 0, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') });
  expect((await upload(file)).id).toBe(release.id);
});

test('ordered, downloading, on trial, installed: the API shows each, and the archive forgets it', async () => {
  const release = await upload(factory.working('0.2.0', { padding: 6 << 20 }));
  line.bytesPerSecond = 400_000;
  const id = draw('u');
  const asked = await order(release, id);
  expect(asked).toMatchObject({ order: id, version: '0.2.0', step: 'waiting', size: release.size });
  expect((await order(release, id)).order).toBe(id);
  await expect(order(release)).rejects.toThrow(/409/);
  const coming = await until('some bytes', async () => { const { upgrade } = await now(); return upgrade?.step === 'downloading' && upgrade.bytes > 0 ? upgrade : undefined; }, { timeoutMs: 60_000 });
  expect(coming.bytes).toBeLessThan(release.size);
  await step(asked, 'trial', 'installed');
  await step(asked, 'installed');
  await runs('0.2.0');
  await settled();
  expect((await now()).architecture).toMatch(/^(amd64|arm64|armhf)$/);
  const rows = await stack.api.get<Release[]>('/releases');
  expect(rows.find((row) => row.id === release.id)).toMatchObject({ wanted: 0, installed: 1 });
  await expect(order(release)).rejects.toThrow(/not_newer/);
});

test('a version without contact comes back, and the API says why', async () => {
  const elsewhere = `${stack.folder}/elsewhere.toml`;
  writeFileSync(elsewhere, readFileSync(stack.gatewayConfig, 'utf8').replace(/mqtt:\/\/127\.0\.0\.1:\d+/, 'mqtt://127.0.0.1:1'), { mode: 0o600 });
  const asked = await order(await upload(factory.script('0.3.0', `exec ${nextProgram(`${folder}-makers`, '0.3.0')} run --config ${elsewhere}`)));
  expect(await step(asked, 'rolled_back')).toMatchObject({ reason: 'no_contact' });
  await runs(running());
  await settled();
});

test('withdrawn while it comes: nothing of it is left on the box', async () => {
  line.bytesPerSecond = 200_000;
  const asked = await order(await upload(factory.working('0.3.1', { padding: 20 << 20 })));
  await step(asked, 'downloading');
  await until('some of it', () => left().includes('download'));
  await stack.api.request('DELETE', `/gateways/${gatewayId}/upgrade`);
  expect((await now()).upgrade).toMatchObject({ order: asked.order, step: 'withdrawn' });
  await settled();
  await until('the box to be clean', () => left().length === 0);
  await sleep(2000);
  const down = line.down;
  await sleep(3000);
  expect(line.down - down).toBeLessThan(10_000);
});

test('the platform is killed while it comes, and the line is cut: the download goes on', async () => {
  line.bytesPerSecond = 500_000;
  const release = await upload(factory.working('0.3.2', { padding: 8 << 20 }));
  const before = line.down;
  const asked = await order(release);
  await until('a part of it', () => line.down - before > 2 << 20, { timeoutMs: 60_000 });
  await stack.platform.kill9();
  await sleep(3000);
  await stack.startPlatform();
  await until('more of it', () => line.down - before > 4 << 20, { timeoutMs: 90_000 });
  line.cut();
  line.bytesPerSecond = 0;
  await step(asked, 'installed');
  await runs('0.3.2');
  expect(line.down - before).toBeLessThan(release.size * 1.4);
  await settled();
});

test('a file that was damaged on the platform\'s disk: failed, and the gateway is untouched', async () => {
  const release = await upload(factory.working('0.3.3'));
  const file = `${stack.folder}/releases/${release.sha256}`;
  const bytes = readFileSync(file);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(file, bytes);
  const pid = box.launcher.pid, was = running();
  const asked = await order(release);
  expect(await step(asked, 'failed')).toMatchObject({ reason: 'damaged' });
  await settled();
  expect(running()).toBe(was);
  expect(box.launcher.pid).toBe(pid);
  expect(left()).toEqual([]);
});

test('through all of it the books are right', async () => {
  await settle(stack, site);
  expect((await box.launcher.stop()).code).toBe(0);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
