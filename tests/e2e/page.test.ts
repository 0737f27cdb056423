// The installer's page on a phone, served by a gateway that has neither platform nor broker: PIN, lines, a device with its live values, what was on
// the wire, and the switch test of a real simulated relay.

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './lib/browser.ts';
import { Control } from './lib/control.ts';
import { byId, enter, openPhone, pinOf, shoot } from './lib/installer-page.ts';
import { freePort } from './lib/ports.ts';
import { Program, run } from './lib/program.ts';
import { binary, place, root, toml } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/page`;
const scenario = `
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 9600
[[line.meter]]
first_address = "000000000301"
count = 4
load_kw = 1.5
[[line]]
name = "b"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000000401"
count = 2
load_kw = 0.2
`;
const chosen = '000000000302', silent = '000000000499';

let sim: Program | undefined, gateway: Program | undefined, browser: Browser | undefined;
let control: Control, address = '', config = '';

const profile = {
  dialect: 'dlt645-2007', close: 'direct', tariffs: true, short_relay_command: false, preamble: 4, access_level: '02', password: '000000', operator_code: '00000000' };
const pin = (...more: string[]) => pinOf(config, ...more);

beforeAll(async () => {
  mkdirSync(`${folder}/data`, { recursive: true });
  control = new Control(await freePort());
  const placed = await place(scenario, folder, control.port);
  writeFileSync(`${folder}/site.toml`, placed.text);
  sim = new Program('anju-sim', binary('anju-sim'), ['run', `${folder}/site.toml`], `${folder}/sim.log`).start();
  await until('the simulated lines', async () => { sim!.mustRun(); return (await control.registers()).length === 6; });

  const device = (number: string, line: string) => ({ id: `m${number}`, line, address: number, profile });
  const devices = [...(await control.registers()).map((meter) => device(meter.address, meter.line)), device(silent, 'b')];
  writeFileSync(`${folder}/archive.json`, JSON.stringify({
    version: 1, utc_offset_minutes: 480, reading_minutes: 1, lines: placed.lines.map(({ id, uri }) => ({ id, uri })), devices }));
  writeFileSync(`${folder}/gateway.key`, 'ab'.repeat(32), { mode: 0o600 });
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  config = `${folder}/gateway.toml`;
  writeFileSync(config, [
    'site = "garden"', 'gateway = "gw-1"', `key_file = ${toml(`${folder}/gateway.key`)}`, `data = ${toml(`${folder}/data`)}`, `archive_file = ${toml(`${folder}/archive.json`)}`,
    '[mqtt]', `url = "mqtt://127.0.0.1:${await freePort()}"`, '[local]', `listen = "127.0.0.1:${port}"`, ''].join('\n'));
  gateway = new Program('anju-gateway', binary('anju-gateway'), ['run', '--config', config], `${folder}/gateway.log`).start();
  await until('the page', async () => { gateway!.mustRun(); return (await fetch(`${address}/`)).ok; });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => { await browser?.close(); await gateway?.stop(); await sim?.stop(); });

test('the PIN is in a file of its owner, not in the log; status says where', async () => {
  const shown = pin().stdout.trim();
  expect(shown).toMatch(/^\d{8}$/);
  expect(statSync(`${folder}/data/pin`).mode & 0o777).toBe(0o600);
  expect(gateway!.log()).toContain(`installer's page on ${address}, its PIN is in ${folder}/data/pin`);
  expect(gateway!.log()).not.toContain(shown);
  const status = run(binary('anju-gateway'), ['status', '--config', config]);
  expect(status.stdout).toContain(address);
  expect(status.stdout).toContain(`${folder}/data/pin`);
});

test('PIN, live values, trace and a switch test that trips and closes, by taps on a phone', async () => {
  const { page, problems } = await openPhone(browser!);
  const shot = (name: string) => shoot(page, folder, name);
  await page.goto(address);
  await enter(page, '00000000');
  await byId(page, 'login-error').waitFor();
  await shot('login');
  await enter(page, pin().stdout.trim());

  await expect.poll(() => page.getByTestId('line').count()).toBe(2);
  await shot('lines');
  await page.getByTestId('line').first().click();
  await expect.poll(() => page.getByTestId('device').count()).toBe(4);
  await expect.poll(() => page.getByTestId('device').locator('[data-testid=reachable].good').count()).toBe(4);
  await shot('devices');
  await page.getByTestId('device').filter({ hasText: chosen }).click();
  await byId(page, 'look').click();
  await byId(page, 'voltage').waitFor();
  expect(Number(await byId(page, 'voltage').textContent())).toBeGreaterThan(180);
  await expect.poll(() => byId(page, 'register').textContent()).toMatch(/^\d+(\.\d+)?$/);
  await shot('device');

  await byId(page, 'tab-trace').click();
  await until('a frame with its meaning', async () => (await page.getByTestId('exchange').filter({ hasText: chosen }).getByTestId('reply-facts').count()) > 0);
  const facts = page.getByTestId('exchange').filter({ hasText: chosen }).first();
  expect(await facts.textContent()).toMatch(/问: 读数据/);
  expect(await facts.textContent()).toMatch(/68 02 03 00 00 00 00 68 11/);
  await shot('trace');

  const traced = new Program('anju-gateway trace', binary('anju-gateway'), ['trace', 'a', '--config', config, '--json'], `${folder}/trace.log`).start();
  await until('the trace in the terminal', () => { traced.mustRun(); return traced.log().includes('"read_data"'); });
  await page.goto(`${address}/#/device/m${chosen}`);
  await byId(page, 'test-open').click();
  expect(await byId(page, 'test-go').isDisabled(), 'nothing happens before the number was compared').toBe(true);
  await byId(page, 'test-check').check();
  await shot('confirm');
  const opened = until('the relay to be open', async () => (await control.meter(chosen)).relay === 'open', { everyMs: 20 });
  await byId(page, 'test-go').click();
  await opened;
  await byId(page, 'test-passed').waitFor();
  expect((await control.meter(chosen)).relay).toBe('closed');
  expect((await control.registers()).filter((meter) => meter.relay !== 'closed')).toEqual([]);
  await expect.poll(() => byId(page, 'relay').getAttribute('data-relay')).toBe('closed');
  await byId(page, 'test-passed').scrollIntoViewIfNeeded();
  await shot('tested');

  // Password and checksum of 1C: on the page until somebody ticks the box, in the terminal unless it was asked for.
  await byId(page, 'tab-trace').click();
  const switched = page.getByTestId('exchange').filter({ hasText: '跳合闸' }).first();
  await switched.waitFor();
  expect(await switched.textContent()).toMatch(/密码\*\*\*/);
  expect(await switched.textContent()).toMatch(/68 1C 10 35 \*\* \*\* \*\* 33 33 33 33/);
  await shot('switched');
  await byId(page, 'passwords').check();
  await until('the password to be shown', async () => /68 1C 10 35 33 33 33 33/.test((await switched.textContent()) ?? ''));
  await until('the switch test in the terminal', () => traced.log().includes('"relay_control"'));
  traced.signal('SIGINT');
  expect((await traced.wait()).code).toBe(0);
  const exchanges = traced.log().trim().split('\n').map((line) => JSON.parse(line) as { line: string; number: number; request: { hex: string; facts: Record<string, unknown> } });
  expect(new Set(exchanges.map(({ line }) => line))).toEqual(new Set(['a']));
  expect(exchanges.map(({ number }) => number)).toEqual(exchanges.map((_, i) => exchanges[0]!.number + i));
  const orders = exchanges.filter(({ request }) => request.facts.function === 'relay_control');
  expect(orders.length).toBeGreaterThanOrEqual(2);
  for (const { request } of orders) {
    expect(request.facts.password_wire).toBe('***');
    expect(request.hex).toMatch(/681C1035\*{6}33333333/i);
  }

  await byId(page, 'tab-gateway').click();
  await byId(page, 'broker').waitFor();
  await shot('gateway');
  await byId(page, 'language').click();
  await page.reload();
  expect(await byId(page, 'tab-lines').textContent(), 'the language is remembered').toBe('Lines');
  await byId(page, 'tab-lines').click();
  await page.getByTestId('line').first().waitFor();
  await shot('english');
  await byId(page, 'leave').click();
  await byId(page, 'pin').waitFor();
  expect((await page.context().request.get(`${address}/api/state`)).status()).toBe(401);
  expect(problems.filter((problem) => !problem.includes('429'))).toEqual([]);
});

test('trace names the lines there are, and says when nobody runs', async () => {
  const nowhere = run(binary('anju-gateway'), ['trace', 'nowhere', '--config', config]);
  expect(nowhere.code, nowhere.all).toBe(2);
  expect(nowhere.stderr).toMatch(/unknown_line; its lines are: a b/);
  expect(statSync(`${folder}/data/trace.sock`).mode & 0o777).toBe(0o600);
  const shown = new Program('anju-gateway trace', binary('anju-gateway'), ['trace', '--config', config, '--show-secrets'], `${folder}/trace-text.log`).start();
  await until('frames of both lines', () => { shown.mustRun(); return / {2}a {2}m\d+/.test(shown.log()) && / {2}b {2}m\d+/.test(shown.log()); });
  expect((await shown.stop()).code).toBe(0);
  expect(shown.log()).toMatch(/> function=read_data di=[0-9A-F]{8}/);
  writeFileSync(`${folder}/idle.toml`, readFileSync(config, 'utf8').replace(`${folder}/data`, `${folder}/idle`));
  const idle = run(binary('anju-gateway'), ['trace', '--config', `${folder}/idle.toml`]);
  expect(idle.code).toBe(1);
  expect(idle.stderr).toMatch(/no gateway runs on/);
});

test('a gateway killed between the halves of a switch test closes the meter when it is back', async () => {
  const meter = '000000000402';
  const login = await fetch(`${address}/api/login`, { method: 'POST', headers: { 'X-Anju-Page': '1' }, body: JSON.stringify({ pin: pin().stdout.trim() }) });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  const begun = await fetch(`${address}/api/switch-test`, { method: 'POST', headers: { 'X-Anju-Page': '1', cookie }, body: JSON.stringify({ device: `m${meter}`, address: meter }) });
  expect(begun.status).toBe(200);
  await until('the relay to be open', async () => (await control.meter(meter)).relay === 'open', { everyMs: 10 });
  await gateway!.kill9();
  expect((await control.meter(meter)).relay).toBe('open');
  gateway!.start();
  await until('the relay to be closed again', async () => (await control.meter(meter)).relay === 'closed');
  await until('the page', async () => (await fetch(`${address}/`)).ok);
  await until('the test to be over', () => gateway!.log().includes(`switch test of m${meter} failed (restarted)`));
  expect(existsSync(`${folder}/data/switch-test`)).toBe(false);
});

test('a port that is taken costs the page, not the gateway', async () => {
  const other = `${folder}/other`;
  mkdirSync(`${other}/data`, { recursive: true });
  writeFileSync(`${other}/archive.json`, JSON.stringify({ version: 1, utc_offset_minutes: 480, reading_minutes: 1, lines: [], devices: [] }));
  writeFileSync(`${other}/gateway.toml`, readFileSync(config, 'utf8').replace(`${folder}/data`, `${other}/data`).replace(`${folder}/archive.json`, `${other}/archive.json`));
  const second = new Program('anju-gateway', binary('anju-gateway'), ['run', '--config', `${other}/gateway.toml`], `${other}/gateway.log`).start();
  try {
    await until('the second gateway to run', () => { second.mustRun(); return second.log().includes('gateway gw-1 of site garden runs'); });
    expect(second.log()).toMatch(/warn(ing)? no installer's page: 127\.0\.0\.1:\d+: Address already in use/);
    const status = run(binary('anju-gateway'), ['status', '--config', `${other}/gateway.toml`]);
    expect(status.code, status.all).toBe(0);
    expect(status.stdout).toContain("installer's page: not served");
  } finally {
    await second.stop();
  }
});

test('a stuck relay fails the test, and another PIN ends the session', async () => {
  const { page } = await openPhone(browser!);
  await page.goto(address);
  await enter(page, pin().stdout.trim());
  await page.getByTestId('line').first().waitFor();
  await control.fault('000000000304', 'relay_stuck');
  await page.goto(`${address}/#/device/m000000000304`);
  await byId(page, 'test-open').click();
  await byId(page, 'test-check').check();
  await byId(page, 'test-go').click();
  await byId(page, 'test-failed').waitFor({ timeout: 60_000 });
  expect(await byId(page, 'test-failed').textContent()).toContain('状态没有改变');
  await page.screenshot({ path: `${folder}/failed.png` });
  const old = pin().stdout;
  expect(pin('--new').stdout).not.toBe(old);
  await byId(page, 'pin').waitFor();
});
