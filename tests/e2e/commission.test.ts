// A site is commissioned from the gateway's own page, on a telephone: PIN, lines, a scan that finds what hangs there and what nobody entered, the acceptance
// with a switch test, and its report, compared with the registers that the simulated meters show. Broker and platform are real: the report says that
// the platform has what was read. Then the same from the command line.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './lib/browser.ts';
import { byId, enter, openPhone, pinOf, shoot } from './lib/installer-page.ts';
import { addGateway, addPlan, firstLogIn, startGateway } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { run, runAsync } from './lib/program.ts';
import { binary, gatewayId, root, siteId, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/commission`;
const scenario = `
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000000501"
count = 5
load_kw = 0
[[line]]
name = "b"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000000601"
count = 2
load_kw = 0
`;
/** In the building, not in the books. */
const forgotten = '000000000505', switched = '000000000502', dead = '000000000602';

interface Report {
  verdict: string; site: string; gateway: string; installer: string; uplink: { connected: boolean; through: number; last_seq: number };
  found: { code: string; detail: string }[];
  devices: { id: string; address: string; verdict: string; state: string; ok: number; timeouts: number; p99_ms: number; readings: { total: string }[];
    test: { result: string; opened_after_ms: number } | null; found: { code: string }[] }[];
}

let stack: Stack, browser: Browser | undefined, address = '', plan = 0;
const device = (number: string) => `m${number}`;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  stack = await Stack.create({ folder, scenario });
  await stack.start();
  const { api } = stack;
  await firstLogIn(stack);
  plan = await addPlan(stack, '0.6153');
  await addGateway(stack);
  for (const meter of (await stack.control.registers()).filter((one) => one.address !== forgotten)) {
    await api.post('/meters', {
      device: device(meter.address), name: meter.address, room: meter.label, address: meter.address, gateway: gatewayId, line: meter.line, mode: 'prepaid', price_plan: plan,
      start_reading: { total: meter.total, ...(meter.tariffs.length === 4 ? { tariffs: meter.tariffs } : {}) }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: false });
  }
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  writeFileSync(stack.gatewayConfig, readFileSync(stack.gatewayConfig, 'utf8').replace('listen = ""', `listen = "127.0.0.1:${port}"`), { mode: 0o600 });
  await startGateway(stack, 120_000);
  browser = await openBrowser();
}, 240_000);
afterAll(async () => { await browser?.close(); await stack?.stop(); });

test('PIN, lines, a scan, devices and the acceptance with a switch test, by taps on a telephone', { timeout: 300_000 }, async () => {
  const { page, problems } = await openPhone(browser!);
  const shot = (name: string) => shoot(page, folder, name);
  await page.goto(address);
  await enter(page, pinOf(stack.gatewayConfig).stdout.trim());
  await expect.poll(() => page.getByTestId('line').count()).toBe(2);

  // The scan finds all five of the line, and says which one the office does not know.
  await byId(page, 'scan-open').click();
  await byId(page, 'scan-line').selectOption('a');
  await byId(page, 'scan-cjt188').uncheck();
  await byId(page, 'scan-modbus').uncheck();
  await shot('scan-form');
  await byId(page, 'scan-go').click();
  await page.getByTestId('found').first().waitFor({ timeout: 60_000 });
  await shot('scanning');
  await byId(page, 'tab-lines').click();
  await byId(page, 'scanning').waitFor();
  await shot('lines-scanning');
  await byId(page, 'scan-open').click();
  await expect.poll(() => byId(page, 'scan-progress').getAttribute('data-scan'), { timeout: 150_000 }).toBe('complete');
  const registers = await stack.control.registers();
  const onLine = registers.filter((meter) => meter.line === 'a');
  expect(await page.getByTestId('found').count()).toBe(onLine.length);
  for (const meter of onLine) {
    const card = page.locator(`[data-testid=found][data-address="${meter.address}"]`);
    expect(await card.textContent(), meter.address).toContain(Number(meter.total).toString());
    expect(await card.textContent()).toContain(meter.address === forgotten ? '档案外' : '已建档');
  }
  await shot('scanned');
  const [download] = await Promise.all([page.waitForEvent('download'), byId(page, 'scan-result').click()]);
  const found = JSON.parse(readFileSync(await download.path(), 'utf8')) as { complete: boolean; archive: { devices: { address: string }[] }; meters: { address: string; unknown: boolean }[] };
  expect(found.complete).toBe(true);
  expect(found.meters.filter((meter) => meter.unknown).map((meter) => meter.address)).toEqual([forgotten]);
  expect(found.archive.devices.map((one) => one.address).sort()).toEqual(onLine.map((meter) => meter.address).sort());
  // The office was told of it, too (con-bind).
  const pending = () => stack.api.get<{ address: string; line: string }[]>(`/gateways/${gatewayId}/found?dismissed=false`);
  await until('the office to be told', async () => (await pending()).length > 0);
  expect((await pending()).map((one) => one.address)).toEqual([forgotten]);

  await byId(page, 'tab-devices').click();
  await expect.poll(() => page.getByTestId('device').locator('[data-testid=reachable].good').count()).toBe(6);

  // A meter that dies before the acceptance is found by it.
  await stack.control.fault(dead, 'silent');
  await byId(page, 'tab-accept').click();
  await byId(page, 'accept-go').click();
  await byId(page, 'accept-error').waitFor();  // nobody has said who accepts
  await byId(page, 'installer').fill('李雷 <Li>');
  await byId(page, 'accept-switches').locator('summary').click();
  await page.locator(`[data-testid=accept-device][value="${switched}"]`).check();
  expect(await byId(page, 'accept-go').isDisabled(), 'nothing is cut off before the number was compared').toBe(true);
  await byId(page, 'accept-check').check();
  await shot('accept-form');
  const opened = until('the relay to be open', async () => (await stack.control.meter(switched)).relay === 'open', { everyMs: 20, timeoutMs: 120_000 });
  await byId(page, 'accept-go').click();
  await byId(page, 'accept-step').waitFor();
  await shot('accepting');
  await opened;
  await byId(page, 'verdict-failed').waitFor({ timeout: 120_000 });
  expect((await stack.control.registers()).filter((meter) => meter.relay !== 'closed')).toEqual([]);
  expect(await page.getByTestId('marked').count()).toBe(1);
  expect(await byId(page, 'marked').textContent()).toContain(dead);
  expect(await byId(page, 'site-findings').locator('[data-code=not_in_archive]').count()).toBe(1);
  await shot('accepted');

  const [json] = await Promise.all([page.waitForEvent('download'), byId(page, 'report-json').click()]);
  const report = JSON.parse(readFileSync(await json.path(), 'utf8')) as Report;
  expect(report).toMatchObject({ verdict: 'failed', site: siteId, gateway: gatewayId, installer: '李雷 <Li>', uplink: { connected: true } });
  expect(report.uplink.through, 'the platform has what was read').toBeGreaterThan(0);
  expect(report.found.map((one) => one.code).filter((one) => !one.startsWith('clock_'))).toEqual(['not_in_archive']);
  const [paper] = await Promise.all([page.context().waitForEvent('page'), byId(page, 'report-html').click()]);
  await paper.waitForLoadState();
  await paper.screenshot({ path: `${folder}/report-phone.png`, fullPage: true });
  await paper.setViewportSize({ width: 1123, height: 794 });  // A4 across
  await paper.screenshot({ path: `${folder}/report.png`, fullPage: true });
  await paper.emulateMedia({ colorScheme: 'dark' });
  await paper.screenshot({ path: `${folder}/report-dark.png`, fullPage: true });
  await paper.pdf({ path: `${folder}/report.pdf`, preferCSSPageSize: true });
  const html = await (await page.context().request.get(`${address}/api/acceptance/report.html`)).text();
  writeFileSync(`${folder}/report.html`, html);
  expect(html).toContain('李雷 &lt;Li&gt;');
  expect(await paper.locator('tr[data-device]').count()).toBe(6);
  for (const meter of (await stack.control.registers()).filter((one) => one.address !== forgotten)) {
    const row = report.devices.find((one) => one.address === meter.address)!;
    const cells = await paper.locator(`tr[data-device="${device(meter.address)}"]`).textContent();
    expect(cells).toContain(meter.address);
    if (meter.address === dead) {
      expect(row).toMatchObject({ verdict: 'failed', readings: [], test: null });
      expect(cells).toContain('No answer');
      continue;
    }
    expect(row.verdict, JSON.stringify(row)).toBe('passed');
    expect(row.readings).toHaveLength(3);
    for (const reading of row.readings) expect(Number(reading.total), meter.address).toBeCloseTo(Number(meter.total), 2);
    expect(cells).toContain(row.readings[2]!.total);
    expect(row.test?.result ?? null).toBe(meter.address === switched ? 'passed' : null);
    expect(cells).toContain(meter.address === switched ? '通过 passed' : '未测 not tested');
  }
  expect(await paper.evaluate(() => document.styleSheets.length > 0 && getComputedStyle(document.querySelector('.verdict')!).fontWeight), 'its style is let in').toBe('700');
  expect(await paper.locator(`tr[data-unknown="${forgotten}"]`).textContent()).toContain(registers.find((meter) => meter.address === forgotten)!.total);
  await paper.close();

  await byId(page, 'language').click();
  await byId(page, 'tab-accept').click();
  await byId(page, 'verdict-failed').waitFor();
  expect(await byId(page, 'marked').textContent()).toContain('No answer: check the wires');
  await shot('accepted-english');
  expect(problems.filter((problem) => !/40[0-9]/.test(problem))).toEqual([]);
});

test('after a power cut the page shows the report with its date, and what it does not speak for', { timeout: 300_000 }, async () => {
  const before = readFileSync(`${folder}/report.html`, 'utf8');
  await stack.gateway.kill9();
  await startGateway(stack, 120_000);
  const { page, problems } = await openPhone(browser!);
  await page.goto(address);
  await enter(page, pinOf(stack.gatewayConfig).stdout.trim());
  await byId(page, 'tab-accept').click();
  await byId(page, 'verdict-failed').waitFor();
  expect(await byId(page, 'verdict-failed').textContent()).toMatch(/ · 20\d\d/);
  expect(await page.getByTestId('changed').count()).toBe(0);
  expect(await page.getByTestId('not-kept').count()).toBe(0);
  expect(await (await page.context().request.get(`${address}/api/acceptance/report.html`)).text()).toBe(before);

  // A device more in the books: nobody has accepted it.
  const { api } = stack;
  const found = (await stack.control.registers()).find((one) => one.address === forgotten)!;
  await api.post('/meters', {
    device: device(forgotten), name: forgotten, room: found.label, address: forgotten, gateway: gatewayId, line: found.line, mode: 'prepaid', price_plan: plan,
    start_reading: { total: found.total, ...(found.tariffs.length === 4 ? { tariffs: found.tariffs } : {}) }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: false });
  await byId(page, 'changed').waitFor({ timeout: 60_000 });
  expect(await byId(page, 'changed-added').textContent()).toContain(forgotten);
  await shoot(page, folder, 'accepted-before');
  const html = await (await page.context().request.get(`${address}/api/acceptance/report.html`)).text();
  expect(html).toContain(`data-changed="${device(forgotten)}"`);
  expect(problems.filter((problem) => !/40[0-9]/.test(problem))).toEqual([]);
});

test('check does the same on the command line without the page, and starts a gateway where none runs', { timeout: 300_000 }, async () => {
  await stack.control.clear(dead);
  await stack.gateway.stop();
  writeFileSync(stack.gatewayConfig, readFileSync(stack.gatewayConfig, 'utf8').replace(/^listen = .*$/m, 'listen = ""'), { mode: 0o600 });
  await startGateway(stack, 120_000);
  const files = ['--json', `${folder}/check.json`, '--html', `${folder}/check.html`];
  const unknown = await runAsync(binary('anju-gateway'), ['check', '--config', stack.gatewayConfig, '--switch', 'nobody'], { timeoutMs: 60_000 });
  expect(unknown.code, unknown.all).toBe(2);
  expect(unknown.stderr).toContain('--switch nobody: the archive has no such device');
  const done = await runAsync(binary('anju-gateway'), ['check', '--config', stack.gatewayConfig, '--by', 'Han Meimei', '--switch', switched, ...files], { timeoutMs: 240_000 });
  const report = JSON.parse(readFileSync(`${folder}/check.json`, 'utf8')) as Report;
  expect(report.installer).toBe('Han Meimei');
  expect(report.devices.find((one) => one.address === switched)?.test?.result).toBe('passed');
  expect(readFileSync(`${folder}/check.html`, 'utf8')).toContain('Han Meimei');
  expect(done.stderr).toMatch(/reading: \d of 7 devices/);
  expect(done.stdout).toMatch(/\d of 7 devices without a remark/);
  expect(done.code, done.all).toBe(0);
  expect(done.stdout).toMatch(new RegExp(`${siteId} ${gatewayId}: (passed|remarks)`));

  // Where none runs, one is started for it, and gone afterwards.
  await stack.gateway.stop();
  const alone = await runAsync(binary('anju-gateway'), ['check', '--config', stack.gatewayConfig, '--json', `${folder}/alone.json`], { timeoutMs: 240_000 });
  expect(alone.stderr).toContain('no gateway runs: one is started for this');
  expect(alone.code, alone.all).toBe(0);
  const own = JSON.parse(readFileSync(`${folder}/alone.json`, 'utf8')) as Report;
  expect(own.devices.map((one) => one.verdict)).toEqual(Array(7).fill('passed'));
  expect(own.uplink).toMatchObject({ connected: true, through: own.uplink.last_seq });
  expect(run(binary('anju-gateway'), ['status', '--config', stack.gatewayConfig]).code).toBe(1);
});
