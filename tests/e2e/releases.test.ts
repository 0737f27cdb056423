// 固件升级 as the office sees it: a release is uploaded and ordered, a gateway that the test plays downloads the file in two parts, says what becomes of
// it, and is killed, withdrawn and begun anew in between.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiError, type Api } from './lib/api.ts';
import { FakeGateway } from './lib/fake-gateway.ts';
import { smallSite } from './lib/fault-site.ts';
import { draw } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { Maker } from './lib/release.ts';
import { root, siteId, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';
import { open, topic } from './lib/wire.ts';

interface Wanted { order: string; version: string; size: number; sha256: string; url: string; pin?: string }
interface Archive { version: number; release?: Wanted }
interface Release { id: number; version: string; size: number; sha256: string; signed_by: string | null; wanted: number; installed: number }
interface Upgrade { order: string; release: number; step: string; reason: string | null; bytes: number; size: number; ordered_by: string }
interface Shown { upgrade: Upgrade | null; architecture?: string; software?: string }

const folder = `${root}/build/e2e/releases`;
const archives: Archive[] = [];
let stack: Stack, api: Api, gateway: FakeGateway, maker: Maker, file: Buffer;

/** The played gateway's state, as protocols/wire has it. */
const says = (version: string, upgrade?: object) => gateway.sendBody({
  online: true, software: version, architecture: 'arm64', epoch: gateway.epoch, last_seq: gateway.seq, archive_version: archives.at(-1)?.version ?? 0, at: Date.now(),
  ...(upgrade ? { upgrade: { version: '9.9.1', at: Date.now(), ...upgrade } } : {}),
}, 'state');
const shown = () => api.get<Shown>('/gateways/f0');
const step = (wanted: string) => until(`the office to see ${wanted}`, async () => (await shown()).upgrade?.step === wanted, { timeoutMs: 20_000, everyMs: 100 });
const inArchive = (order: string | undefined) => until(`the archive to want ${order ?? 'nothing'}`, () => archives.length > 0 && archives.at(-1)!.release?.order === order, { timeoutMs: 20_000, everyMs: 50 });
const releases = () => api.get<Release[]>('/releases');
const kept = () => readdirSync(`${folder}/site/releases`);

async function listen() {
  await gateway.connect();
  const link = gateway.link!, before = link.onMessage, down = topic(siteId, 'f0', 'down/archive');
  link.onMessage = (on, payload) => { if (on === down) archives.push(open<Archive>(gateway.keys.down, on, payload)); else before(on, payload); };
  await link.subscribe(down, 1);
}

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const httpPort = await freePort();
  maker = new Maker(`${folder}/maker`, 'factory');
  stack = await Stack.create({ folder: `${folder}/site`, scenario: smallSite(), httpPort, mqttPort: await freePort(),
    platformMore: `[http]\npublic_url = "http://127.0.0.1:${httpPort}/"\n` });
  await stack.start();
  api = stack.api;
  await api.logIn(stack.firstLogin!.user, stack.firstLogin!.password);
  await api.changePassword(stack.firstLogin!.password, draw('Garden'));
  api.patienceMs = 60_000;
  gateway = await FakeGateway.create(stack, api, 'f0');
  await stack.broker.program.stop();
  await stack.broker.start();
  await until('the platform to be back at the broker', async () => (await (await fetch(`${stack.address}/api/v1/health`)).json() as { broker: boolean }).broker, { timeoutMs: 60_000 });
  file = readFileSync(maker.script('9.9.1', 'exit 0', { minimum: '0.1.0', architecture: 'arm64', padding: 300_000 }));
  await listen();
  says('0.1.0');
  await until('the gateway to be heard', async () => (await shown()).architecture === 'arm64', { timeoutMs: 20_000 });
});
afterAll(async () => { await stack?.stop(); });

test('uploaded, ordered, downloaded in two parts over a killed platform, tried, installed', async () => {
  const release = await api.upload<Release>('/releases?note=first', file);
  expect(release).toMatchObject({ version: '9.9.1', size: file.length, sha256: createHash('sha256').update(file).digest('hex'), signed_by: null, wanted: 0, installed: 0 });
  expect((await api.upload<Release>('/releases', file)).id).toBe(release.id);
  expect(kept()).toEqual([release.sha256]);

  const first = await api.post<Upgrade>('/gateways/f0/upgrade', { release: release.id, order: 'o1' });
  expect(first).toMatchObject({ order: 'o1', release: release.id, step: 'waiting', reason: null, bytes: 0, size: file.length });
  await inArchive('o1');
  const wanted = archives.at(-1)!.release!;
  expect(wanted).toEqual({ order: 'o1', version: '9.9.1', size: file.length, sha256: release.sha256, url: `${stack.address}/releases/${release.sha256}` });

  // As gateway/core/download does it: what is there goes on where it broke off, known by its ETag.
  const head = await fetch(wanted.url, { headers: { range: 'bytes=0-99999' } });
  expect(head.status).toBe(206);
  const etag = head.headers.get('etag')!;
  const begun = Buffer.from(await head.arrayBuffer());
  says('0.1.0', { order: 'o1', step: 'downloading', bytes: begun.length });
  await step('downloading');
  expect((await shown()).upgrade!.bytes).toBe(100_000);

  await stack.platform.kill9();
  await stack.startPlatform();
  expect((await shown()).upgrade).toMatchObject({ step: 'downloading', bytes: 100_000 });
  const rest = await fetch(wanted.url, { headers: { range: `bytes=${begun.length}-`, 'if-range': etag } });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(`bytes 100000-${file.length - 1}/${file.length}`);
  expect(Buffer.concat([begun, Buffer.from(await rest.arrayBuffer())]).equals(file)).toBe(true);
  expect((await fetch(wanted.url, { headers: { range: `bytes=${file.length}-`, 'if-range': etag } })).status).toBe(416);
  expect((await fetch(wanted.url.replace(/.$/, (last) => last === '0' ? '1' : '0'))).status).toBe(404);

  await expect(api.request('DELETE', `/releases/${release.id}`)).rejects.toThrow(/in_use/);
  for (const next of ['offered', 'trial']) {
    says('0.1.0', { order: 'o1', step: next, bytes: file.length });
    await step(next);
  }
  await expect(api.request('DELETE', '/gateways/f0/upgrade')).rejects.toThrow(/conflict/);
  says('9.9.1', { order: 'o1', step: 'installed', bytes: file.length });
  await step('installed');
  await inArchive(undefined);
  expect((await releases())[0]).toMatchObject({ wanted: 0, installed: 1 });
  // A box that begins anew from nothing is told nothing, and the outcome stays.
  says('0.1.0');
  await until('the older version to be heard', async () => (await shown()).software === '0.1.0', { timeoutMs: 20_000 });
  expect((await shown()).upgrade).toMatchObject({ order: 'o1', step: 'installed' });
  expect(archives.at(-1)!.release).toBeUndefined();
});

test('rolled back with its reason; withdrawn while it downloads; what does not fit is refused', async () => {
  const [release] = await releases();
  says('0.1.0');
  await until('the older version to be heard', async () => (await shown()).software === '0.1.0', { timeoutMs: 20_000 });
  const second = await api.post<Upgrade>('/gateways/f0/upgrade', { release: release!.id });
  await inArchive(second.order);
  says('0.1.0', { order: second.order, step: 'rolled_back', reason: 'no_contact', bytes: file.length });
  await step('rolled_back');
  expect((await shown()).upgrade!.reason).toBe('no_contact');
  await inArchive(undefined);

  await api.post('/gateways/f0/upgrade', { release: release!.id, order: 'o3' });
  await expect(api.post('/gateways/f0/upgrade', { release: release!.id, order: 'o4' })).rejects.toThrow(/conflict/);
  says('0.1.0', { order: 'o3', step: 'downloading', bytes: 5 });
  await step('downloading');
  await api.request('DELETE', '/gateways/f0/upgrade');
  await step('withdrawn');
  await inArchive(undefined);
  says('0.1.0', { order: 'o3', step: 'downloading', bytes: 6 });

  const refused = async (path: string, body: object) => api.post(path, body).then(() => 'taken', (error: ApiError) => error.code);
  says('9.9.1');
  await until('the new version to be heard', async () => (await shown()).software === '9.9.1', { timeoutMs: 20_000 });
  expect(await refused('/gateways/f0/upgrade', { release: release!.id })).toBe('not_newer');
  expect(await api.upload('/releases', Buffer.concat([file, Buffer.from('x')])).then(() => 'taken', (error: ApiError) => error.code)).toBe('damaged');
  expect((await shown()).upgrade!.step).toBe('withdrawn');
  const audit = await api.get<{ rows: { action: string; result: string }[] }>('/audit?page_size=100');
  const done = audit.rows.filter((row) => row.result === 'ok').map((row) => row.action);
  for (const action of ['upload_release', 'order_upgrade', 'withdraw_upgrade']) expect(done).toContain(action);
});

test('with the makers\' keys named, the platform says who signed and takes nothing else; a deleted release is gone with its file', async () => {
  const keys = `${folder}/release-keys`, other = new Maker(`${folder}/maker`, 'stranger');
  writeFileSync(keys, `# makers\n${maker.publicLine}\n`);
  stack.configurePlatform(`[http]\npublic_url = "${stack.address}"\n[releases]\nkeys = ${JSON.stringify(keys)}\n`);
  await stack.platform.stop();
  await stack.startPlatform();
  const strange = readFileSync(other.script('9.9.2', 'exit 0', { minimum: '0.1.0', architecture: 'arm64' }));
  expect(await api.upload('/releases', strange).then(() => 'taken', (error: ApiError) => error.code)).toBe('untrusted');
  const own = readFileSync(maker.script('9.9.3', 'exit 0', { minimum: '0.1.0', architecture: 'arm64' }));
  const made = await api.upload<Release>('/releases', own);
  expect(made.signed_by).toBe('factory.pem');
  await api.request('DELETE', `/releases/${made.id}`);
  expect(kept()).toEqual([createHash('sha256').update(file).digest('hex')]);
  expect((await fetch(`${stack.address}/releases/${made.sha256}`)).status).toBe(404);
  gateway.leave();
  stack.platform.mustRun();
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
