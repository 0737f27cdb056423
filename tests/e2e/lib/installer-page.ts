// The installer's page as a telephone shows it: how one comes in, and what every view of it has to keep to.

import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage } from './browser.ts';
import { run } from './program.ts';
import { binary } from './stack.ts';

const phone = { width: 390, height: 844 };

export const openPhone = (browser: Browser) => openPage(browser, phone);
export const byId = (page: Page, name: string) => page.getByTestId(name).first();
/** `anju-gateway pin`. */
export const pinOf = (config: string, ...more: string[]) => run(binary('anju-gateway'), ['pin', '--config', config, ...more]);

export async function enter(page: Page, pin: string) {
  await byId(page, 'pin').fill(pin);
  await byId(page, 'enter').click();
}

/** Pictures of a view by day and by night; nothing of it is wider than the telephone or too small for a thumb. */
export async function shoot(page: Page, folder: string, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${name} is not wider than the phone`).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() => [...document.querySelectorAll('button, select, summary, a.button, label.check, input:not([type=checkbox])')]
    .map((one) => [one.textContent, one.getBoundingClientRect().height] as const).filter(([, height]) => height > 0 && height < 48));
  expect(small, `what is tapped on ${name} is 48 px high at least`).toEqual([]);
}
