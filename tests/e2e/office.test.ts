// The office at its console, on the real platform: a community put on the map, rooms from a sheet, a list taken away, a colleague hired and
// what he sees and does not see.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage } from './lib/browser.ts';
import { prepare, type Site } from './lib/path.ts';
import { root, siteId, Stack } from './lib/stack.ts';

const scenario = `
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "pty:/"
baud = 9600
[[line.meter]]
first_address = "000000000601"
count = 2
room = "6-{nnn}"
load_kw = 0.2
`;

let stack: Stack;
let site: Site;
let browser: Browser;
let page: Page;
const problems: string[][] = [];
const size = { width: 1366, height: 768 };

const within = (on: Page) => (name: string) => on.getByTestId(name).first();
const id = (name: string) => within(page)(name);
const rows = () => page.getByTestId('entry-row');

async function logIn(user: string, password: string) {
  const opened = await openPage(browser, size);
  problems.push(opened.problems);
  const at = within(opened.page);
  await opened.page.goto(stack.address);
  await at('login-user').fill(user);
  await at('login-password').fill(password);
  await at('login-submit').click();
  return opened.page;
}

beforeAll(async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/office`, scenario });
  await stack.start();
  site = await prepare(stack);
  browser = await openBrowser();
  page = await logIn(site.login.user, site.login.password);
  await id('page-home').waitFor();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  expect(await stack?.stop()).toEqual([]);
  expect(stack?.verify().code).toBe(0);
  expect(problems.flat()).toEqual([]);
});

test('ten-community-create, ten-project-menu: a community is put on the map, and the project menu narrows the lists to it', async () => {
  await page.goto(`${stack.address}/space/communities`);
  await rows().first().waitFor();
  await id('entry-add').click();
  await id('field-name').fill('湖滨花园');
  await expect.poll(() => id('field-code').inputValue()).not.toBe('');
  await id('field-code').fill('lake');
  await id('field-kind').click();
  await page.locator('.ant-select-item-option:visible').first().click();
  await id('field-latitude').fill('30.2501');
  await id('field-longitude').fill('120.1605');
  await id('entry-save').click();
  // The name also stands in the drawer that closes, and the list is asked anew after it.
  await expect.poll(() => rows().count()).toBe(2);

  await id('project-menu').click();
  await page.getByTestId('project-choice').filter({ hasText: '湖滨花园' }).click();
  await page.goto(`${stack.address}/meters`);
  await id('empty-state').waitFor();
  await id('project-menu').click();
  await page.getByTestId('project-choice').first().click();
  await expect.poll(() => page.getByTestId('meter-row').count()).toBe(2);
});

test('spc-room-add: rooms come from a sheet: the check writes nothing, the good ones come in, the others are a file with their reasons', async () => {
  await page.goto(`${stack.address}/space/rooms`);
  await id('list-import').waitFor();
  await id('list-import').click();
  const [template] = await Promise.all([page.waitForEvent('download'), id('import-template').click()]);
  expect(readFileSync((await template.path())!).subarray(0, 2).toString()).toBe('PK');
  const sheet = ['房间名称,房间号,所在区域', ...Array.from({ length: 12 }, (_, i) => `${i + 1}号房,${String(101 + i)},`), ',113,', '14号房,114,没有的区域'];
  await id('import-file').setInputFiles({ name: '房间.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${sheet.join('\r\n')}\r\n`) });
  const choice = id('import-dialog').locator('.a-import-site .ant-select');
  if (await choice.count()) {
    await choice.click();
    await page.locator('.ant-select-item-option:visible').first().click();
  }
  await id('import-check').click();
  await id('import-result').waitFor();
  const [errors] = await Promise.all([page.waitForEvent('download'), id('import-errors').click()]);
  expect(errors.suggestedFilename()).toMatch(/\.xlsx$/);
  const roomsNow = async () => (await stack.api.get<{ total: number }>('/rooms')).total;
  expect(await roomsNow()).toBe(0);
  await id('import-run').click();
  await id('import-close').waitFor();
  await expect.poll(roomsNow).toBe(12);
  await id('import-close').click();
  await expect.poll(() => rows().count()).toBeGreaterThan(9);
});

test('a list is searched, and leaves as a spreadsheet by what was searched', async () => {
  await id('filter-search').fill('12号');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows().count()).toBe(1);
  expect(page.url()).toContain(encodeURIComponent('12号'));
  const [file] = await Promise.all([page.waitForEvent('download'), id('list-export').click()]);
  expect(file.suggestedFilename()).toMatch(/^房间-\d{8}-\d{4}\.xlsx$/);
  expect(readFileSync((await file.path())!).subarray(0, 2).toString()).toBe('PK');
  const { rows: noted } = await stack.api.get<{ rows: { detail: string }[] }>('/audit?action=export_room');
  expect(noted[0]!.detail).toContain('rows=1');
});

test('ten-community-admin-account, ten-user-crud, ten-user-bind-stations: a colleague is hired for one community, changes the drawn password, and sees that one only', async () => {
  await page.goto(`${stack.address}/organisation/users`);
  await rows().first().waitFor();
  await id('entry-add').click();
  await id('field-login').fill('li.xiang');
  await id('field-name').fill('李想');
  await id('user-roles').click();
  await page.locator('.ant-select-item-option:visible').filter({ hasText: '小区管理员' }).click();
  await page.keyboard.press('Escape');
  await id(`site-${siteId}`).click();
  await id('entry-save').click();
  const password = (await id('drawn-password').textContent())!.trim();
  await id('drawn-done').click();

  const his = await logIn('li.xiang', password);
  const at = within(his);
  await at('password-old').fill(password);
  await at('password-new').fill('quite-Another-Password-9');
  await at('password-again').fill('quite-Another-Password-9');
  await at('password-submit').click();
  await at('page-home').waitFor();
  await his.goto(`${stack.address}/space/communities`);
  await his.getByTestId('entry-row').first().waitFor();
  await his.waitForLoadState('networkidle');
  expect(await his.getByTestId('entry-row').count()).toBe(1);
  expect(await his.getByText('湖滨花园').count()).toBe(0);
  // People are not his to see, whatever he types.
  await his.goto(`${stack.address}/organisation/users`);
  await his.waitForLoadState('networkidle');
  expect(await his.getByTestId('entry-row').count()).toBe(0);

  // He is disabled while he looks at a page: his next click ends at the login.
  const { rows: users } = await stack.api.get<{ rows: { id: number }[] }>('/users?search=li.xiang');
  await stack.api.post(`/users/${users[0]!.id}/disable`, {});
  await his.goto(`${stack.address}/space/rooms`);
  await his.locator('[data-testid="login-user"], [data-testid="come-back"]').first().waitFor();
});
