// A person at the console: first login, the drawn password changed, the meter in arrears found, recharged, and seen reconnected.

import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openBrowser, openPage } from './lib/browser.ts';
import { downToArrears, prepare, settle } from './lib/path.ts';
import { money } from './lib/decimal.ts';
import { root, Stack } from './lib/stack.ts';

const folder = `${root}/build/e2e/browser`;
const scenario = `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 2400
[[line.meter]]
first_address = "000000000301"
count = 3
room = "1-{nnn}"
load_kw = 0.2
[[line]]
name = "b"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000000401"
count = 3
room = "2-{nnn}"
load_kw = 0.2
`;

let stack: Stack | undefined;
let browser: Browser | undefined;
afterAll(async () => { await browser?.close(); await stack?.stop(); });

const id = (page: Page, name: string) => page.getByTestId(name).first();

test('em-mode-prepaid, em-admin-recharge-free: login, first password, meter in arrears, recharge, reconnection, all by clicks', async () => {
  mkdirSync(folder, { recursive: true });
  stack = await Stack.create({ folder, scenario });
  await stack.start();
  browser = await openBrowser();
  const { page, problems } = await openPage(browser, { width: 1440, height: 900 });
  const shot = (name: string) => page.screenshot({ path: `${folder}/${name}.png` });

  await page.goto(stack.address);
  await id(page, 'login-user').fill(stack.firstLogin!.user);
  await id(page, 'login-password').fill('not the password');
  await id(page, 'login-submit').click();
  await id(page, 'login-error').waitFor();
  await id(page, 'login-password').fill(stack.firstLogin!.password);
  await id(page, 'login-submit').click();

  const password = 'a-better-Password-7';
  await id(page, 'password-old').fill(stack.firstLogin!.password);
  await id(page, 'password-new').fill(password);
  await id(page, 'password-again').fill(password);
  await id(page, 'password-submit').click();
  await id(page, 'page-home').waitFor();
  await shot('home');

  const site = await prepare(stack, { password, chosenPrice: '3' });
  await page.goto(`${stack.address}/meters`);
  await expect.poll(() => page.getByTestId('meter-row').count(), { timeout: 20_000 }).toBe(site.meters.length);
  await id(page, 'filter-search').fill(site.chosen.name);
  await id(page, 'filter-submit').click();
  await expect.poll(() => page.getByTestId('meter-row').count(), { timeout: 20_000 }).toBe(1);
  await shot('meters');
  await id(page, 'meter-link').click();
  await page.locator('[data-testid="state-badge"][data-reported="closed"]').first().waitFor();

  await downToArrears(stack, site, console.log);
  // Nobody reloads: the page learns it by itself.
  await page.locator('[data-testid="state-badge"][data-reported="open"][data-reason="arrears"]').first().waitFor();
  await shot('arrears');
  const before = await stack.api.meter(site.chosen.id);

  await id(page, 'action-recharge').click();
  await id(page, 'recharge-amount').fill('50');
  await shot('recharge');
  await id(page, 'recharge-submit').click();
  await page.locator('[data-testid="recharge-result"][data-result="created"]').waitFor();
  await page.locator('[data-testid="reconnection"][data-state="verified"]').waitFor({ timeout: 60_000 });
  await shot('reconnected');
  await id(page, 'recharge-finish').click();
  await page.locator('[data-testid="state-badge"][data-reported="closed"]').first().waitFor();
  site.paid.set(site.chosen.id, site.paid.get(site.chosen.id)! + money('50'));
  expect((await stack.control.meter(site.chosen.address)).relay).toBe('closed');
  expect(money((await stack.api.ledger(site.chosen.id)).find((row) => row.kind === 'recharge')!.amount)).toBe(money('50'));
  expect(money((await stack.api.meter(site.chosen.id)).balance)).toBeGreaterThan(money(before.balance) + money('40'));

  // The same page on a telephone shows the same state.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('[data-testid="state-badge"][data-reported="closed"]').first().waitFor();
  await shot('telephone');
  // Back closes what is open; only then it leaves the page.
  const meterPage = page.url();
  await id(page, 'action-recharge').click();
  await id(page, 'recharge-amount').waitFor();
  await page.goBack();
  await id(page, 'recharge-amount').waitFor({ state: 'detached' });
  expect(page.url()).toBe(meterPage);
  await id(page, 'action-recharge').click();
  await id(page, 'recharge-amount').waitFor();
  await page.keyboard.press('Escape');
  await id(page, 'recharge-amount').waitFor({ state: 'detached' });
  // The dialog takes its entry of the history away; on a busy machine that arrives later than the hand on Back.
  await expect.poll(() => page.evaluate(() => Number(history.state?.dialogs ?? 0))).toBe(0);
  await page.goBack();
  await id(page, 'page-meters').waitFor();
  expect(problems).toEqual([]);

  await settle(stack, site);
  expect(await stack.stop()).toEqual([]);
  expect(stack.verify().code).toBe(0);
});
