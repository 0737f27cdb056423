// A small site for tests that break things: six meters on two lines that use energy quickly, people who pay and have meters read
// while something is broken, and the comparison of all books with the meters' own registers at the end.

import { expect } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';
import { draw, pay, prepare, settle, type Settled, type Site } from './path.ts';
import { freePort } from './ports.ts';
import { generator, seedOfRun } from './random.ts';
import { gatewayId, root, Stack, type StackOptions } from './stack.ts';
import { sleep, until } from './wait.ts';

/** For what takes seconds on a quiet machine: the tests share theirs with much else. */
export const patienceMs = 150_000;

/** port: "tcp:127.0.0.1:0" or "pty:/". */
export const smallSite = (port = 'tcp:127.0.0.1:0') => `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
${['a', 'b'].map((line, index) => `[[line]]
name = "${line}"
port = "${port}"
baud = 9600
[[line.meter]]
first_address = "00000000${6 + index}001"
count = 3
load_kw = 2
`).join('')}`;

export interface FaultSite {
  name: string;
  stack: Stack;
  site: Site;
  random: () => number;
  /** Between the program and the broker, where asked for. */
  network: { platform?: FaultProxy; gateway?: FaultProxy };
}

const made: FaultSite[] = [];
/** For afterAll. */
export async function stopAll() {
  for (const { stack, network } of made.splice(0)) {
    stack.gateway.signal('SIGCONT');
    stack.platform.signal('SIGCONT');
    stack.broker.program.signal('SIGCONT');
    await stack.stop();
    network.platform?.stop();
    network.gateway?.stop();
  }
}

/** A running site of which every meter was read. proxied: whose way to the broker can be disturbed. */
export async function faultSite(name: string, { proxied = [], ...options }: Partial<StackOptions> & { proxied?: ('platform' | 'gateway')[] } = {}): Promise<FaultSite> {
  const seed = seedOfRun();
  console.log(`${name}: ANJU_SEED=${seed}`);
  const random = generator(seed);
  const mqttPort = options.mqttPort ?? (await freePort());
  const network: FaultSite['network'] = {};
  for (const one of proxied) network[one] = await new FaultProxy(mqttPort, random).start();
  const stack = await Stack.create({
    folder: `${root}/build/e2e/${name}`, scenario: smallSite(), mqttPort,
    brokerSeenAt: Object.fromEntries(Object.entries(network).map(([one, proxy]) => [one, proxy.port])), ...options });
  const fault: FaultSite = { name, stack, site: undefined as unknown as Site, random, network };
  made.push(fault);
  await stack.start();
  fault.site = await prepare(stack, { recharge: '500' });
  stack.api.patienceMs = patienceMs;
  await readAll(fault);
  return fault;
}

/** Has every meter read, until each has a reading with more on it than before; who is behind is asked again. */
export async function readAll({ stack, site }: FaultSite, timeoutMs = patienceMs) {
  const totals = async () => new Map((await stack.api.meters()).map((meter) => [meter.id, meter.last_reading?.total]));
  const before = await totals();
  let asked = 0;
  await until('a newer reading of every meter', async () => {
    const now = await totals();
    const behind = site.meters.filter((meter) => now.get(meter.id) === before.get(meter.id));
    if (behind.length > 0 && Date.now() - asked > 10_000) {
      asked = Date.now();
      for (const meter of behind) await stack.api.order(meter.id, 'read', draw('all'));
    }
    return behind.length === 0;
  }, { timeoutMs, everyMs: 300 });
}

/** People who pay and have meters read, about four times a second, until the function that is returned is called. */
export function people({ stack, site, random }: FaultSite): () => Promise<number> {
  let go = true, done = 0;
  const one = async () => {
    while (go) {
      const meter = site.meters[Math.floor(random() * site.meters.length)]!;
      if (random() < 0.5) await pay(stack.api, site, meter.id, (1 + Math.floor(random() * 900)) / 100 + '', draw('people'));
      else await stack.api.order(meter.id, 'read', draw('people'));
      done += 1;
      await sleep(100 + random() * 300);
    }
  };
  const finished = one();
  finished.catch(() => { /* thrown where it is awaited */ });
  return async () => { go = false; await finished; return done; };
}

export const online = (fault: FaultSite, wanted = true, timeoutMs = patienceMs) =>
  until(`the gateway to be ${wanted ? 'online' : 'offline'}`, async () => (await fault.stack.api.gateway(gatewayId)).online === wanted, { timeoutMs });

/** Every order has come to an end, or somebody was told that it lasts, as the platform does after a minute: `verify` wants one or the other. */
const noOrderHangs = ({ stack, site }: FaultSite) => until('every order to end or to be an alarm', async () => {
  for (const meter of site.meters) {
    const open = (await stack.api.commands(meter.id)).find((row) => !row.escalated && !['verified', 'failed', 'expired', 'cancelled'].includes(row.state));
    if (open) throw new Error(`${open.kind} ${open.id} is ${open.state} after ${open.attempts} attempts`);
  }
  return true;
}, { timeoutMs: patienceMs, everyMs: 500 });

/** The end of every test: what the meters' registers say, what was paid, and what `verify` derives from the rows. */
export async function booksAreRight(fault: FaultSite): Promise<Settled> {
  await online(fault);
  const settled = await settle(fault.stack, fault.site);
  await noOrderHangs(fault);
  for (const program of [fault.stack.platform, fault.stack.gateway]) program.mustRun();
  expect(await fault.stack.stop(), 'every program ends in order on SIGTERM').toEqual([]);
  const verified = fault.stack.verify();
  expect(verified.code, verified.all).toBe(0);
  console.log(`${fault.name}: ${settled.readings} readings of ${settled.meters} meters, ${settled.kwh} kWh, ${settled.yuan} yuan`);
  return settled;
}
