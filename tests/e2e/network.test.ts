// A network between the programs and the broker that fails in every way a network does. Nobody is killed; whatever is lost, late,
// repeated or cut apart, the books are those of the meters in the end.

import { afterAll, expect, test } from 'vitest';
import { booksAreRight, faultSite, online, patienceMs, people, readAll, stopAll, type FaultSite } from './lib/fault-site.ts';
import { sleep, until } from './lib/wait.ts';

afterAll(stopAll);

const connections = (fault: FaultSite) => (fault.network.gateway?.seen.connections ?? 0) + (fault.network.platform?.seen.connections ?? 0);
const used = async (fault: FaultSite) => (await fault.stack.control.registers()).reduce((sum, meter) => sum + Number(meter.total), 0);

test.concurrent('packets cut apart, and connections that end in the middle of one', async () => {
  const fault = await faultSite('network-cut-apart', { proxied: ['platform', 'gateway'] });
  const stop = people(fault);
  for (const proxy of [fault.network.gateway!, fault.network.platform!]) {
    proxy.set('drip');
    await readAll(fault);
    proxy.set('pass');
  }
  for (let i = 0; i < 8; i++) {
    const proxy = fault.random() < 0.5 ? fault.network.gateway! : fault.network.platform!;
    const before = proxy.seen.cut;
    proxy.cut(fault.random() < 0.5 ? 'up' : 'down');
    await until('a packet to be cut', () => proxy.seen.cut > before, { timeoutMs: patienceMs, everyMs: 20 });
  }
  expect(await stop()).toBeGreaterThan(10);
  await booksAreRight(fault);
});

test.concurrent('no network for longer than both sides wait: nothing gets through, then all of it', async () => {
  const fault = await faultSite('network-held', { proxied: ['platform', 'gateway'] });
  const stop = people(fault);
  const start = await used(fault), before = connections(fault);
  fault.network.gateway!.set('hold');
  fault.network.platform!.set('hold');
  await until('both to notice and to try anew', () => connections(fault) >= before + 2, { timeoutMs: patienceMs });
  await sleep(2000);  // longer, by no condition that could be waited for
  expect(await used(fault), 'the meters count on').toBeGreaterThan(start);
  fault.network.platform!.set('pass');
  fault.network.gateway!.set('pass');
  expect(await stop()).toBeGreaterThan(10);
  await booksAreRight(fault);
});

// A router that forgot a connection tells neither end: whoever only listens would listen for ever.
test.concurrent.each(['up', 'down'] as const)('half-open: what goes %s between the programs and the broker vanishes, and nobody is told', async (direction) => {
  const fault = await faultSite(`network-half-${direction}`, { proxied: ['platform', 'gateway'] });
  const stop = people(fault);
  const dead = [fault.network.gateway!, fault.network.platform!].map((proxy) => ({ proxy, before: proxy.seen.connections }));
  for (const { proxy } of dead) proxy.set('swallow', [direction]);
  for (const { proxy, before } of dead) {
    await until('a dead connection to be noticed', () => proxy.seen.connections > before, { timeoutMs: patienceMs });
    proxy.set('pass');
  }
  expect(await stop()).toBeGreaterThan(10);
  await readAll(fault);
  await booksAreRight(fault);
});

test.concurrent('a broker that loses, repeats and swaps what it has acknowledged', async () => {
  const fault = await faultSite('network-liar', { proxied: ['platform', 'gateway'] });
  const faults = { lose: 0.2, repeat: 0.2, swap: 0.2 };
  fault.network.gateway!.spoil({ up: faults, down: faults });
  fault.network.platform!.spoil({ up: faults, down: faults });
  await online(fault);
  const stop = people(fault);
  for (let i = 0; i < 2; i++) await readAll(fault);
  expect(await stop()).toBeGreaterThan(10);
  fault.network.gateway!.spoil({});
  fault.network.platform!.spoil({});
  await booksAreRight(fault);
  for (const { seen } of [fault.network.gateway!, fault.network.platform!]) expect(Math.min(seen.lost, seen.repeated, seen.swapped)).toBeGreaterThan(0);
});

test.concurrent('the platform is reached by nobody while an order waits; afterwards it is carried out once', async () => {
  const fault = await faultSite('network-order', { proxied: ['platform'] });
  const { api } = fault.stack;
  const meter = fault.site.meters[1]!;
  fault.network.platform!.set('hold');
  for (let i = 0; i < 5; i++) expect((await api.order(meter.id, 'trip', 'while-held', '断网拉闸')).id).toBe('while-held');
  fault.network.platform!.reset();
  fault.network.platform!.set('pass');
  await until('the order to be verified', async () => (await api.commands(meter.id)).some((row) => row.kind === 'trip' && row.state === 'verified'), { timeoutMs: patienceMs });
  expect((await fault.stack.control.meter(meter.address)).relay).toBe('open');
  expect((await api.commands(meter.id)).filter((row) => row.kind === 'trip').length).toBe(1);
  await booksAreRight(fault);
});
