// dv-upgrade: 固件升级 at the console: a signed release is uploaded by clicks, ordered to one gateway and then to another, and what becomes of it is seen
// while it happens. Real platform, broker and Chromium; the gateways are played, so that each says what the test needs.

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage } from './lib/browser.ts';
import { FakeGateway } from './lib/fake-gateway.ts';
import { draw } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { Maker, packagedVersion } from './lib/release.ts';
import { root, siteId, Stack } from './lib/stack.ts';
import { open, topic } from './lib/wire.ts';

interface Upgrade { order: string; version: string; step: string; reason: string | null; bytes: number; size: number }
interface Row { id: string; software?: string; architecture?: string; upgrade: Upgrade | null }
interface Wanted { order: string; version: string; size: number; sha256: string; url: string }

const folder = `${root}/build/e2e/firmware`;
const scenario = `
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 9600
[[line.meter]]
first_address = "000000000801"
count = 1
load_kw = 0.2
`;
const version = '99999.0.1';
const names = ['fw-1', 'fw-2', 'fw-3'] as const;
const patience = { timeout: 30_000 };

let stack: Stack;
let browser: Browser;
let page: Page;
let problems: string[];
let file: string;
const played = new Map<string, FakeGateway>();
/** What the archive wants of each gateway. */
const wanted = new Map<string, Wanted | undefined>();
const id = (name: string) => page.getByTestId(name).first();
const shot = (name: string) => page.screenshot({ path: `${folder}/${name}.png` });

/** A state as a gateway tells it. */
function say(name: string, more: object = {}) {
  const gateway = played.get(name)!;
  gateway.sendBody({ online: true, software: packagedVersion, architecture: name === 'fw-3' ? 'arm64' : 'amd64', epoch: gateway.epoch, last_seq: gateway.seq, at: Date.now(), ...more }, 'state');
}
const progress = (name: string, step: string, bytes: number, more: object = {}) =>
  ({ upgrade: { order: wanted.get(name)!.order, version, step, bytes, at: Date.now(), ...more } });
const row = (name: string) => page.locator(`[data-testid="upgrade-row"][data-id="${name}"]`);
const step = (name: string) => row(name).locator('[data-step]').getAttribute('data-step').catch(() => null);

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  const httpPort = await freePort();
  stack = await Stack.create({ folder, scenario, httpPort, platformMore: `[http]\npublic_url = "http://127.0.0.1:${httpPort}"\n` });
  for (const name of names) stack.broker.password(name);
  await stack.start();
  const password = draw('Garden');
  await stack.api.logIn(stack.firstLogin!.user, stack.firstLogin!.password);
  await stack.api.changePassword(stack.firstLogin!.password, password);
  for (const name of names) {
    const gateway = await FakeGateway.create(stack, stack.api, name);
    played.set(name, gateway);
    await gateway.connect();
    const acknowledged = gateway.link!.onMessage;
    gateway.link!.onMessage = (on, payload) => {
      if (on.endsWith('/archive')) wanted.set(name, open<{ release?: Wanted }>(gateway.keys.down, on, payload).release);
      else acknowledged(on, payload);
    };
    await gateway.link!.subscribe(topic(siteId, name, 'down/archive'), 1);
    say(name);
  }
  const maker = new Maker(`${folder}/maker`, 'maker');
  file = maker.script(version, 'exit 0', { architecture: 'amd64', padding: 3_000_000 });
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser, { width: 1440, height: 900 }));
  await page.goto(stack.address);
  await id('login-user').fill(stack.firstLogin!.user);
  await id('login-password').fill(password);
  await id('login-submit').click();
  await id('page-home').waitFor();
}, 180_000);
afterAll(async () => {
  for (const gateway of played.values()) gateway.leave();
  await browser?.close();
  await stack?.stop();
});

test('dv-upgrade: what is no release is said so before it is sent, what is one goes up and is listed', async () => {
  await page.goto(`${stack.address}/device/firmware`);
  await id('empty-state').waitFor();
  expect(await id('empty-state').innerText()).toContain('scripts/release');
  await shot('empty');
  await id('release-upload').click();
  const other = `${folder}/other.bin`;
  writeFileSync(other, 'not a release');
  await id('release-file').setInputFiles(other);
  await expect.poll(() => id('release-problem').innerText(), patience).toContain('ANJUREL1');
  expect(await id('release-send').isDisabled()).toBe(true);
  await id('release-file').setInputFiles(file);
  await expect.poll(() => id('release-chosen').innerText(), patience).toContain(`${version} · amd64`);
  await id('release-note').fill('第一次');
  await id('release-send').click();
  await page.getByTestId('release-dialog').waitFor({ state: 'detached' });
  await expect.poll(() => page.getByTestId('release-row').allInnerTexts(), patience).toEqual([expect.stringMatching(/99999\.0\.1[\s\S]*amd64[\s\S]*第一次/)]);
  const [release] = await stack.api.get<{ version: string; size: number; by: string }[]>('/releases');
  expect(release).toMatchObject({ version, size: statSync(file).size });
  await shot('uploaded');
});

test('dv-upgrade: one gateway is ordered to it, and every step is seen without a reload until it is installed', async () => {
  await id('row-order').click();
  const choice = (name: string) => page.locator(`[data-testid="upgrade-gateway"][data-id="${name}"]`);
  await choice('fw-1').waitFor();
  await expect.poll(() => choice('fw-3').getAttribute('data-misfit'), patience).toBe('wrong_architecture');
  expect(await page.locator('[data-testid="upgrade-gateway"] input:checked').count()).toBe(0);
  await choice('fw-1').locator('input').check();
  await shot('choose');
  await id('upgrade-next').click();
  expect(await id('upgrade-asking').innerText()).toContain('自动换回');
  await shot('confirm');
  await id('upgrade-confirm').click();
  await page.getByTestId('upgrade-dialog').waitFor({ state: 'detached' });
  await expect.poll(() => step('fw-1'), patience).toBe('waiting');

  // The gateway knows it by the archive, and the file is where that says.
  await expect.poll(() => wanted.get('fw-1')?.version, patience).toBe(version);
  const { url, size } = wanted.get('fw-1')!;
  expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(size);
  expect(wanted.get('fw-2')).toBeUndefined();

  say('fw-1', progress('fw-1', 'downloading', Math.floor(size / 2)));
  await expect.poll(() => step('fw-1'), patience).toBe('downloading');
  await expect.poll(() => row('fw-1').innerText(), patience).toMatch(/\b(49|50)%/);
  await shot('downloading');
  say('fw-1', progress('fw-1', 'trial', size));
  await expect.poll(() => step('fw-1'), patience).toBe('trial');
  expect(await row('fw-1').getByTestId('upgrade-withdraw').count()).toBe(0);
  say('fw-1', { software: version, ...progress('fw-1', 'installed', size) });
  await expect.poll(() => step('fw-1'), patience).toBe('installed');
  await expect.poll(() => wanted.get('fw-1'), patience).toBeUndefined();
  await expect.poll(async () => (await stack.api.get<{ wanted: number; installed: number }[]>('/releases'))[0], patience).toMatchObject({ wanted: 0, installed: 1 });
});

test('dv-upgrade: one that goes back says why, one click shows it alone, and an order is withdrawn before its trial', async () => {
  await page.goto(`${stack.address}/gateways/fw-2`);
  await id('gateway-upgrade').click();
  await id('upgrade-next').click();
  await id('upgrade-confirm').click();
  const own = id('gateway-firmware');
  await expect.poll(() => own.innerText(), patience).toContain('等待网关');
  await expect.poll(() => wanted.get('fw-2')?.version, patience).toBe(version);
  await id('upgrade-withdraw').click();
  await id('upgrade-withdraw-confirm').click();
  await expect.poll(() => own.innerText(), patience).toContain('已撤回');
  await expect.poll(() => wanted.get('fw-2'), patience).toBeUndefined();

  await id('gateway-upgrade').click();
  await id('upgrade-next').click();
  await id('upgrade-confirm').click();
  await expect.poll(() => wanted.get('fw-2')?.version, patience).toBe(version);
  const { size } = wanted.get('fw-2')!;
  say('fw-2', progress('fw-2', 'trial', size));
  await expect.poll(() => own.innerText(), patience).toContain('试运行');
  say('fw-2', progress('fw-2', 'rolled_back', size, { reason: 'no_contact' }));
  await expect.poll(() => own.innerText(), patience).toMatch(/已换回原版本[\s\S]*没有得到平台确认/);
  await shot('gateway');

  await page.goto(`${stack.address}/device/firmware`);
  await id('upgrade-count-rolled_back').click();
  await expect.poll(() => page.getByTestId('upgrade-row').allInnerTexts(), patience).toEqual([expect.stringContaining('fw-2')]);
  expect(await id('upgrade-count-installed').innerText()).toMatch(/1/);
  await shot('outcome');
  const { upgrade } = await stack.api.get<Row>('/gateways/fw-2');
  expect(upgrade).toMatchObject({ step: 'rolled_back', reason: 'no_contact', version });
  expect(problems).toEqual([]);
});
