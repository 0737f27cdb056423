// From meter to money with the real programs: reading, deduction, two warnings, cut-off, recharge, reconnection.

import { afterAll, expect, test } from 'vitest';
import { arrearsAndBack, prepare, settle } from './lib/path.ts';
import { root, scenarioFile, Stack } from './lib/stack.ts';

let stack: Stack | undefined;
afterAll(async () => { await stack?.stop(); });

test('a reading becomes a deduction, two warnings, a verified cut-off, and after a recharge a verified reconnection', async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/path`, scenario: scenarioFile('garden.toml') });
  await stack.start();
  const site = await prepare(stack, { chosenPrice: '3' });
  expect(site.meters.length).toBeGreaterThanOrEqual(40);
  expect(stack.lines.length).toBe(2);
  await arrearsAndBack(stack, site, console.log);

  const settled = await settle(stack, site);
  expect(settled.meters).toBe(site.meters.length);
  expect(settled.readings).toBeGreaterThan(site.meters.length);

  expect(await stack.stop(), 'every program ends in order on SIGTERM').toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});
