// 固件升级 from end to end: the office uploads a release and orders it over REST, the gateway fetches it from the platform, its launcher runs it on trial, and
// the office sees what became of it. The gateway's side alone is upgrade-office.test.ts, the platform's releases.test.ts.

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallSite } from './lib/fault-site.ts';
import { draw, prepare, settle, type Site } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { Box, Maker, packagedVersion } from './lib/release.ts';
import { gatewayId, root, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

interface Release { id: number; sha256: string; size: number; signed_by: string | null; wanted: number; installed: number }
interface Shown { online: boolean; software?: string; architecture?: string; archive_version: number; archive_reported: number; upgrade: { order: string; step: string; reason: string | null; bytes: number; size: number } | null }

const folder = `${root}/build/e2e/upgrade-whole`;
let stack: Stack, box: Box, site: Site, factory: Maker;

const shown = () => stack.api.get<Shown>(`/gateways/${gatewayId}`);
const runs = (version: string) => until(`version ${version} to be online`, async () => {
  box.launcher.mustRun();
  const now = await shown();
  return now.online && now.software === version;
}, { timeoutMs: 120_000 });
const step = (...steps: string[]) => until(`the office to see ${steps.join(' or ')}`, async () => {
  box.launcher.mustRun();
  const { upgrade } = await shown();
  return upgrade !== null && steps.includes(upgrade.step) ? upgrade : undefined;
}, { timeoutMs: 120_000, everyMs: 100 });
const upload = (file: string) => stack.api.upload<Release>('/releases', readFileSync(file));
const order = (release: Release) => stack.api.post<{ order: string }>(`/gateways/${gatewayId}/upgrade`, { release: release.id, order: draw('order') });

beforeAll(async () => {
  factory = new Maker(`${folder}-makers`, 'factory');
  const httpPort = await freePort();
  const keys = `${folder}-makers/release-keys`;
  writeFileSync(keys, `${factory.publicLine}\n`);
  stack = await Stack.create({ folder, scenario: smallSite(), httpPort,
    platformMore: `[http]\npublic_url = "http://127.0.0.1:${httpPort}"\n[releases]\nkeys = ${JSON.stringify(keys)}\n` });
  await stack.start();
  site = await prepare(stack);
  stack.api.patienceMs = 60_000;
  await stack.gateway.stop();
  box = new Box(stack);
  box.trust(factory);
  box.launcher.start();
  await runs(packagedVersion);
}, 180_000);
afterAll(async () => {
  await box?.launcher.stop();
  await stack?.stop();
});

test('ordered, fetched from the platform although that is killed meanwhile, tried, installed', async () => {
  const release = await upload(factory.working('0.2.0', { padding: 40 << 20 }));
  expect(release.signed_by).toBe('factory.pem');
  const { order: code } = await order(release);
  await step('downloading', 'offered', 'trial');
  await stack.platform.kill9();
  await stack.startPlatform();
  await runs('0.2.0');
  const done = await step('installed', 'failed', 'refused', 'rolled_back');
  expect(done).toMatchObject({ order: code, step: 'installed', size: release.size });
  await until('the archive without it to be held', async () => { const now = await shown(); return now.archive_reported === now.archive_version; }, { timeoutMs: 60_000 });
  const [row] = await stack.api.get<Release[]>('/releases');
  expect(row).toMatchObject({ wanted: 0, installed: 1 });
});

test('one that crashes is taken back, and the office sees why', async () => {
  await order(await upload(factory.script('0.3.0', 'exit 3')));
  expect(await step('installed', 'failed', 'refused', 'rolled_back')).toMatchObject({ step: 'rolled_back', reason: 'crashed' });
  await runs('0.2.0');
});

test('a file that is damaged on the platform\'s disk is never offered, and is not asked for again', async () => {
  const release = await upload(factory.script('0.4.0', 'exit 3', { padding: 200_000 }));
  const file = `${folder}/releases/${release.sha256}`, bytes = readFileSync(file);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(file, bytes);
  await order(release);
  expect(await step('installed', 'failed', 'refused', 'rolled_back')).toMatchObject({ step: 'failed', reason: 'damaged' });
  expect((await shown()).software).toBe('0.2.0');
  await settle(stack, site);
});
