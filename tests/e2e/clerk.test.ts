// A clumsy clerk at the console: full-width figures, double clicks, answers that never come, two people at one meter, a session that
// ends under a form, a meter registered by mistake. Nothing may be booked twice, lost or overwritten.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage } from './lib/browser.ts';
import { prepare, type Site } from './lib/path.ts';
import { root, Stack } from './lib/stack.ts';

const scenario = `
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 9600
[[line.meter]]
first_address = "000000000501"
count = 3
room = "5-{nnn}"
load_kw = 0.2
`;

let stack: Stack;
let site: Site;
let browser: Browser;
let page: Page;
const id = (name: string) => page.getByTestId(name).first();

beforeAll(async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/clerk`, scenario });
  await stack.start();
  site = await prepare(stack);
  browser = await openBrowser();
  ({ page } = await openPage(browser, { width: 1440, height: 900 }));
  await page.goto(stack.address);
  await id('login-user').fill(site.login.user);
  await id('login-password').fill(site.login.password);
  await id('login-submit').click();
  await id('page-home').waitFor();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  expect(await stack?.stop()).toEqual([]);
  expect(stack?.verify().code).toBe(0);
});

/** Asks REST with the page's own session. */
const ask = (method: string, path: string, body?: object) => page.evaluate(async ([verb, target, text]) => {
  const session = (await (await fetch('/api/v1/session')).json()) as { csrf_token: string };
  const headers = { 'X-CSRF-Token': session.csrf_token, 'Content-Type': 'application/json' };
  const answer = await fetch(`/api/v1${target}`, { method: verb!, headers, ...(text ? { body: text } : {}) });
  const content = await answer.text();
  return { status: answer.status, body: content ? JSON.parse(content) : null };
}, [method, path, body ? JSON.stringify(body) : '']);

const other = () => site.meters.find((meter) => meter.id !== site.chosen.id)!.id;
const recharges = async () => (await ask('GET', `/meters/${other()}/ledger?kind=recharge`)).body.rows.map((row: { amount: string }) => Number(row.amount));
const dialog = async (amount: string) => {
  await id('action-recharge').click();
  await id('recharge-amount').fill(amount);
};

test('figures typed in full width are understood, and a double click on a slow answer books once', async () => {
  await page.goto(`${stack.address}/meters/${other()}`);
  const before = await recharges();
  await page.route('**/recharges', async (route) => { await new Promise((go) => setTimeout(go, 1000)); await route.continue(); });
  await dialog('\uffe5\uff15\uff10\u30025');
  await id('recharge-submit').dblclick();
  await page.keyboard.press('Escape');
  await id('recharge-result').waitFor();
  await page.unroute('**/recharges');
  await id('recharge-finish').click();
  expect(await recharges()).toEqual([50.5, ...before]);
});

test('amounts that can be read in two ways are refused', async () => {
  const before = await recharges();
  for (const amount of ['1e3', '-5', '-0', '0', '0.001', '1,5', '50 100', '100001']) {
    await dialog(amount);
    await id('recharge-amount').press('Enter');
    await page.locator('.a-field-error').waitFor();
    await page.keyboard.press('Escape');
    await id('recharge-amount').waitFor({ state: 'detached' });
  }
  expect(await recharges()).toEqual(before);
});

test('a recharge whose answer was lost is booked once, through a closed dialog and a reload', async () => {
  const before = await recharges();
  await page.route('**/recharges', async (route) => { await route.fetch(); await route.abort(); });
  await dialog('7');
  await id('recharge-submit').click();
  await id('recharge-unknown').waitFor();
  await page.unroute('**/recharges');
  await page.reload();
  await id('action-recharge').click();
  await id('recharge-unknown').waitFor();
  await id('recharge-submit').click();
  await page.locator('[data-testid="recharge-result"][data-result="exists"]').waitFor();
  await id('recharge-finish').click();
  expect(await recharges()).toEqual([7, ...before]);
});

test('a refused reading is accepted once, also when the answer was lost, and the meter counts on from it', async () => {
  const { address } = site.meters.find(({ id }) => id === other())!;
  const readings = async () => (await ask('GET', `/meters/${other()}/readings`)).body.rows as { id: number; total: string; state: string }[];
  const before = (await ask('GET', `/meters/${other()}`)).body;
  await stack.control.request({ do: 'set_register', meter: address, total: (Number(before.last_reading.total) + 300).toFixed(2) });
  await stack.api.order(other(), 'read', 'jumped');
  await expect.poll(async () => (await readings())[0]!.state, { timeout: 60_000 }).toBe('quarantined');
  await page.goto(`${stack.address}/meters/${other()}`);
  await id('header-quarantined').click();
  await page.route('**/accept', async (route) => { await route.fetch(); await route.abort(); });
  await id('reading-accept').click();
  await id('accept-stated').click();
  await id('accept-quantity').fill('\uff12.5');
  await id('accept-sure').check();
  expect(await id('accept-submit').isDisabled()).toBe(true);
  await id('accept-note').fill('register set while testing');
  await id('accept-submit').click();
  await id('accept-unknown').waitFor();
  await page.unroute('**/accept');
  await id('accept-submit').click();
  await id('accept-reading').waitFor({ state: 'detached' });
  const billed = ((await ask('GET', `/meters/${other()}/ledger`)).body.rows as { quantity?: string }[]).filter(({ quantity }) => Number(quantity) === 2.5);
  expect(billed).toHaveLength(1);
  await stack.api.order(other(), 'read', 'counts-on');
  await expect.poll(async () => (await readings())[0]!.state, { timeout: 60_000 }).toBe('used');
  await id('header-quarantined').waitFor({ state: 'detached' });
});

test('a rename does not take back what somebody else set meanwhile', async () => {
  const meter = `/meters/${other()}`;
  const { room, mode, alarm_1, alarm_2, auto_trip, name } = (await ask('GET', meter)).body;
  await id('action-settings').click();
  await id('settings-name').fill('renamed');
  await ask('PUT', `${meter}/settings`, { name, room, mode, alarm_1, alarm_2, auto_trip, overdraft: '88' });
  await id('settings-save').click();
  await expect.poll(async () => (await ask('GET', meter)).body.name).toBe('renamed');
  expect(Number((await ask('GET', meter)).body.overdraft)).toBe(88);
});

test('a session that ends under a form loses nothing of it', async () => {
  await dialog('12.34');
  await id('recharge-note').fill('receipt 7');
  await ask('DELETE', '/session');
  // Without the mouse: a question in the background may have met the end of the session first, and its dialog lies over the form then.
  await id('recharge-submit').dispatchEvent('click');
  await id('come-back-password').fill(site.login.password);
  await id('come-back-submit').click();
  await id('come-back').waitFor({ state: 'detached' });
  expect(await id('recharge-amount').inputValue()).toBe('12.34');
  expect(await id('recharge-note').inputValue()).toBe('receipt 7');
  await id('recharge-submit').click();
  await id('recharge-result').waitFor();
  await id('recharge-finish').click();
});

test('a meter registered by mistake is removed and registered again; one with bookings stays', async () => {
  const gateway = (await ask('GET', '/gateways')).body[0].id;
  const [line, plan] = [(await ask('GET', `/gateways/${gateway}`)).body.lines[0].id, (await ask('GET', '/price-plans')).body[0].id];
  const meter = { device: 'typo', name: 'typo', address: '999999999999', gateway, line, price_plan: plan, mode: 'prepaid', start_reading: { total: '0' } };
  const made = await ask('POST', '/meters', meter);
  await page.goto(`${stack.address}/meters/${made.body.id}?tab=info`);
  await id('meter-remove').click();
  await id('meter-remove-confirm').click();
  await id('page-meters').waitFor();
  expect((await ask('GET', `/meters/${made.body.id}`)).status).toBe(404);
  expect((await ask('POST', '/meters', meter)).body.id).toBe(made.body.id + 1);
  await page.goto(`${stack.address}/meters/${other()}?tab=info`);
  await id('meter-remove').click();
  await id('meter-remove-confirm').click();
  await id('error-notice').waitFor();
  expect((await ask('GET', `/meters/${other()}`)).status).toBe(200);
});
