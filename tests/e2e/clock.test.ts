// Clocks that are set while everything runs: a battery that was empty, a time server that lied. What is read meanwhile may wait for
// a clock that is right; nothing is lost, and nothing is billed twice.

import { afterAll, expect, test } from 'vitest';
import { FakeClock, noFakeClock } from './lib/fake-clock.ts';
import { booksAreRight, faultSite, patienceMs, people, readAll, stopAll } from './lib/fault-site.ts';
import { binary, root } from './lib/stack.ts';
import { until } from './lib/wait.ts';

afterAll(stopAll);

/**
 * Seconds. A reading from the near future is believed (the platform allows five minutes), and what the true clock says before that moment
 * is refused then: so the small step of the gateway is one that can be waited for.
 */
const steps = { gateway: [15, 2 * 3600, -2 * 3600], platform: [2 * 3600, -2 * 3600] };

if (noFakeClock) console.log(`clocks are not set here: ${noFakeClock}`);
test.skipIf(noFakeClock).concurrent.each(['gateway', 'platform'] as const)('the clock of the %s is set forward and back', async (who) => {
  const clock = new FakeClock(`${root}/build/e2e/clock-${who}/clock`);
  const fault = await faultSite(`clock-${who}`, { launch: { [who]: clock.launch(binary(`anju-${who}`)) } });
  const { stack } = fault;
  const requests = async () => (await stack.control.registers()).map((meter) => meter.requests);
  for (const step of steps[who]) {
    const before = await requests();
    clock.set(step);
    const stop = people(fault);
    await until(`the meters to be asked with a clock ${step} s off`, async () => (await requests()).every((count, i) => count > before[i]!), { timeoutMs: patienceMs });
    await stop();
    clock.set(0);
    for (const program of [stack.gateway, stack.platform]) program.mustRun();
    await readAll(fault);
  }
  await booksAreRight(fault);
});
