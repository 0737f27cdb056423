// A program that is stopped (SIGSTOP) for longer than its peers wait: to them it looks dead, and then it goes on as if nothing had been.
// A virtual machine that is moved, a disk that hangs for a minute.

import { afterAll, expect, test } from 'vitest';
import { booksAreRight, faultSite, online, patienceMs, people, readAll, stopAll } from './lib/fault-site.ts';
import { draw } from './lib/path.ts';
import { gatewayId } from './lib/stack.ts';
import { sleep, until } from './lib/wait.ts';

afterAll(stopAll);

/** Longer than the keep-alive of 20 s and the half of it that a broker adds. */
const frozenMs = 34_000;

test.concurrent('the gateway stands still, is called dead, and goes on', async () => {
  const fault = await faultSite('frozen-gateway');
  const { stack } = fault;
  const stop = people(fault);
  stack.gateway.signal('SIGSTOP');
  await online(fault, false);  // by its last will, which the broker sends when the keep-alive is over
  const waiting = draw('frozen');
  await stack.api.order(fault.site.meters[0]!.id, 'read', waiting);
  stack.gateway.signal('SIGCONT');
  await online(fault);
  await stop();
  await until('an order from meanwhile to be carried out', async () =>
    (await stack.api.commands(fault.site.meters[0]!.id)).some((row) => row.id === waiting && row.state === 'verified'), { timeoutMs: patienceMs });
  await booksAreRight(fault);
});

test.concurrent('the platform stands still while readings and payments come in', async () => {
  const fault = await faultSite('frozen-platform');
  const { stack } = fault;
  const stop = people(fault);
  stack.platform.signal('SIGSTOP');
  await sleep(frozenMs);
  stack.platform.signal('SIGCONT');
  await until('the platform to answer', async () => (await stack.api.gateway(gatewayId)).online, { timeoutMs: patienceMs });
  expect(await stop()).toBeGreaterThan(0);
  await readAll(fault);
  await booksAreRight(fault);
});

test.concurrent('the broker stands still, and both sides lose patience with it', async () => {
  const fault = await faultSite('frozen-broker');
  const { stack } = fault;
  const stop = people(fault);
  const before = stack.gateway.log().length;
  stack.broker.program.signal('SIGSTOP');
  await until('the gateway to say that the broker is down', () => /broker is down/.test(stack.gateway.log().slice(before)), { timeoutMs: patienceMs });
  const health = async () => (await fetch(`${stack.address}/api/v1/health`)).json() as Promise<{ broker: boolean }>;
  await until('the platform to say so, too', async () => !(await health()).broker, { timeoutMs: patienceMs });
  stack.broker.program.signal('SIGCONT');
  await until('both to be back', async () => (await health()).broker && (await stack.api.gateway(gatewayId)).online, { timeoutMs: patienceMs });
  expect(await stop()).toBeGreaterThan(10);
  await readAll(fault);
  await booksAreRight(fault);
});
