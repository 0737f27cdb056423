// Gateways that nobody built: one that says what no gateway says, and hundreds that come and go at once. Public complaints about other
// systems (tests/README.md): one bad message stops everybody, online states that are wrong, reconnections that block each other.

import { afterAll, expect, test } from 'vitest';
import { Api, type Meter } from './lib/api.ts';
import { FakeGateway } from './lib/fake-gateway.ts';
import { draw } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { generator, seedOfRun } from './lib/random.ts';
import { smallSite } from './lib/fault-site.ts';
import { root, siteId, Stack } from './lib/stack.ts';
import { sleep, until } from './lib/wait.ts';

const stacks: Stack[] = [];
afterAll(async () => { for (const stack of stacks) await stack.stop(); });

/** A platform with `count` fake gateways that the broker knows. */
async function fleet(name: string, count: number) {
  const stack = await Stack.create({ folder: `${root}/build/e2e/${name}`, scenario: smallSite(), mqttPort: await freePort() });
  stacks.push(stack);
  await stack.start();
  const { api } = stack;
  await api.logIn(stack.firstLogin!.user, stack.firstLogin!.password);
  await api.changePassword(stack.firstLogin!.password, draw('Garden'));
  api.patienceMs = 60_000;
  const gateways: FakeGateway[] = [];
  for (let from = 0; from < count; from += 25) {
    gateways.push(...await Promise.all(Array.from({ length: Math.min(25, count - from) }, (_, i) => FakeGateway.create(stack, api, `f${from + i}`))));
  }
  await stack.broker.program.stop();
  await stack.broker.start();
  await until('the platform to be back at the broker', async () => (await (await fetch(`${stack.address}/api/v1/health`)).json() as { broker: boolean }).broker, { timeoutMs: 60_000 });
  return { stack, api, gateways };
}

async function booksAreRight(stack: Stack, gateways: FakeGateway[]) {
  for (const gateway of gateways) if (gateway.link) gateway.leave();
  stack.platform.mustRun();
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
}

test.concurrent('a poisoned message of every kind: the rest flows on, and what was refused is there to be seen', async () => {
  const { stack, api, gateways: [bad, good] } = await fleet('fleet-poison', 2) as { stack: Stack; api: Api; gateways: [FakeGateway, FakeGateway] };
  const plan = await api.post<{ id: number }>('/price-plans', { name: 'plan', kind: 'total', total: '0.5' });
  const meters = new Map<FakeGateway, Meter>();
  for (const [i, gateway] of [bad, good].entries()) {
    meters.set(gateway, await api.post<Meter>('/meters', { device: `m-${gateway.id}`, name: gateway.id, room: '', address: `90000000000${i}`, gateway: gateway.id, line: 'l1',
      mode: 'prepaid', price_plan: plan.id, start_reading: { total: '100' }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true }));
    await api.recharge(meters.get(gateway)!.id, '100', draw('first'));
    await gateway.connect();
  }
  const totals = new Map([[bad, 100_0000], [good, 100_0000]]);
  const reading = (gateway: FakeGateway, change: object = {}) => ({ device: `m-${gateway.id}`, at: Date.now(), total: `${totals.get(gateway)! / 10_000}`, ...change });
  const flows = async (gateway: FakeGateway, after: string) => {
    totals.set(gateway, totals.get(gateway)! + 100);
    gateway.send([{ type: 'readings', readings: [reading(gateway)] }]);
    await until(`${gateway.id} to be acknowledged after ${after}`, () => gateway.through >= gateway.seq, { timeoutMs: 20_000, everyMs: 10 });
  };
  for (const gateway of [bad, good]) await flows(gateway, 'nothing');

  // Events of the stream: kept whole, acknowledged, and never counted. `reading` has the next total, which must not be billed.
  const more = { total: '100.5' };
  const events: Record<string, unknown> = {
    'an event kind of a later version': { type: 'firmware', at: Date.now() },
    'an event that is a number': 17,
    'an event that is null': null,
    'an event without a kind': { device: 'm-f0' },
    'a total that is a number': { type: 'readings', readings: [reading(bad, { total: 100.5 })] },
    'a total with an exponent': { type: 'readings', readings: [reading(bad, { total: '1e2' })] },
    'a negative total': { type: 'readings', readings: [reading(bad, { total: '-1' })] },
    'a total beyond every dial': { type: 'readings', readings: [reading(bad, { total: '99999999999999999999' })] },
    'a time that is a float': { type: 'readings', readings: [reading(bad, { ...more, at: 1.5 })] },
    'three tariffs': { type: 'readings', readings: [reading(bad, { ...more, tariffs: ['1', '2', '3'] })] },
    'a device with a slash': { type: 'readings', readings: [reading(bad, { ...more, device: '../m-f1' })] },
    'a meter of another gateway': { type: 'readings', readings: [reading(bad, { ...more, device: 'm-f1' })] },
    'a meter of nobody': { type: 'readings', readings: [reading(bad, { ...more, device: 'nobody' })] },
    'six hundred readings': { type: 'readings', readings: Array.from({ length: 600 }, () => reading(bad)) },
    'a relay that there is not': { type: 'status', device: 'm-f0', at: Date.now(), reachable: true, relay: 'ajar', keep_power: false },
    'an answer to a command of nobody': { type: 'command', command: 'c999999-1', device: 'm-f0', at: Date.now(), phase: 'verified' },
    'an alarm with a code of blanks': { type: 'alarm', code: '   ', at: Date.now(), active: true },
  };
  for (const [name, event] of Object.entries(events)) {
    bad.send([event]);
    await Promise.all([flows(bad, name), flows(good, name)]);
  }

  // No part of the stream: without a number nothing can be acknowledged, so nothing moves, and nothing stops.
  const batch = (change: object) => ({ epoch: bad.epoch, seq: bad.seq + 1, events: [], ...change });
  const bodies: Record<string, unknown> = {
    'no JSON': '{"epoch":', 'an array': [], 'a text': '"up"', 'nothing': '', 'deep nesting': '['.repeat(20_000) + ']'.repeat(20_000),
    'no number': { epoch: bad.epoch, events: [] }, 'number zero': batch({ seq: 0 }), 'a negative number': batch({ seq: -5 }), 'a number that is a text': batch({ seq: '7' }),
    'an epoch with a slash': batch({ epoch: 'a/b' }), 'events that are none': batch({ events: {} }), 'too many events': batch({ events: Array.from({ length: 501 }, () => 1) }),
    'a number far ahead': batch({ seq: 9_007_199_254_740_000, events: [{ type: 'alarm', code: 'x', at: 1, active: true }] }),
    'a number beyond all': `{"epoch":"${bad.epoch}","seq":99999999999999999999,"events":[]}`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    bad.sendBody(body);
    bad.sendBody(body, 'state');
    await Promise.all([flows(bad, name), flows(good, name)]);
  }
  for (const [name, payload] of Object.entries({
    'no code': Buffer.from('{}'), 'a wrong code': Buffer.from(`${'0'.repeat(64)} {"epoch":"x","seq":1,"events":[]}`), 'bytes': Buffer.from(Array.from({ length: 5000 }, (_, i) => i & 0xff)),
    'nothing at all': Buffer.alloc(0), 'a large one': Buffer.alloc(250_000, 0x20),
  })) {
    bad.sendRaw(payload);
    await Promise.all([flows(bad, name), flows(good, name)]);
  }

  const refused = (await api.get<{ rows: { code: string; gateway?: string }[] }>('/alarms?code=event_quarantined&page_size=100')).rows;
  expect(refused.map((alarm) => alarm.gateway)).toContain(bad.id);
  expect(refused.map((alarm) => alarm.gateway)).not.toContain(good.id);
  for (const gateway of [bad, good]) {
    const meter = await api.meter(meters.get(gateway)!.id);
    const used = totals.get(gateway)! - 100_0000;  // in 1/10 000 kWh, at half a yuan
    expect(Number(meter.balance), gateway.id).toBeCloseTo(100 - used / 20_000, 6);
  }
  await booksAreRight(stack, [bad, good]);
});

test.concurrent('em-terminal-online: hundreds of gateways flap at random, then come back within seconds: everybody is what he is', async () => {
  const count = 300;
  const seed = seedOfRun();
  console.log(`fleet-storm: ANJU_SEED=${seed}`);
  const random = generator(seed);
  const { stack, api, gateways } = await fleet('fleet-storm', count);
  const rows = async () => (await api.get<{ id: string; online: boolean }[]>(`/gateways?site=${siteId}`)).filter((row) => /^f\d/.test(row.id));
  const all = (wanted: (id: string) => boolean) => async () => {
    const wrong = (await rows()).filter((row) => row.online !== wanted(row.id));
    if (wrong.length > 0) throw new Error(`${wrong.length} are not, e.g. ${wrong[0]!.id}: online ${wrong[0]!.online}`);
    return true;
  };
  const slowest = { ms: 0 };
  let asking = true;
  const person = (async () => {
    while (asking) {
      const began = performance.now();
      await api.get('/meters?page=1&page_size=20');
      slowest.ms = Math.max(slowest.ms, performance.now() - began);
      await sleep(50);
    }
  })();

  const changes = new Map<string, number>();
  const note = (gateway: FakeGateway) => changes.set(gateway.id, (changes.get(gateway.id) ?? 0) + 1);
  await Promise.all(gateways.map(async (gateway) => {
    for (let i = 0, times = 1 + Math.floor(random() * 5); i < times; i++) {
      await sleep(random() * 3000);
      note(gateway);
      if (!gateway.link) await gateway.connect();
      else if (random() < 0.5) gateway.drop();
      else gateway.leave();
    }
  }));
  await until('every state to be the truth', all((id) => gateways.find((gateway) => gateway.id === id)!.link !== undefined), { timeoutMs: 30_000 });

  for (const gateway of gateways) { if (gateway.link) note(gateway); gateway.drop(); }
  await until('all to be gone', all(() => false), { timeoutMs: 60_000 });
  const began = performance.now();
  await Promise.all(gateways.map((gateway) => { note(gateway); return gateway.connect(); }));
  await until('all to be online', all(() => true), { timeoutMs: 60_000, everyMs: 50 });
  console.log(`fleet-storm: ${count} gateways online after ${Math.round(performance.now() - began)} ms; the slowest list meanwhile took ${Math.round(slowest.ms)} ms`);
  asking = false;
  await person;

  // One row per change and never two: a change that was over before anybody heard of it has none.
  const report = await connections(api);
  for (const gateway of gateways) {
    const own = report.filter((row) => row.gateway === gateway.id);
    expect(own.length, gateway.id).toBeLessThanOrEqual(changes.get(gateway.id)!);
    for (const [i, row] of own.entries()) expect(row.online, `${gateway.id}: neighbours differ`).toBe(i % 2 === 0);
    expect(own.length % 2, `${gateway.id} ends online`).toBe(1);
  }
  await booksAreRight(stack, gateways);
});

/** Every coming and going of a gateway, oldest first. */
async function connections(api: Api): Promise<{ gateway: string; online: boolean }[]> {
  const found: { gateway: string; online: boolean }[] = [];
  const day = 86_400_000, period = `from=${Date.now() - day}&to=${Date.now() + day}`;
  for (let before = ''; ;) {
    const page = await api.get<{ rows: { number: string; state: string }[]; next?: string | null }>(`/reports/connections?${period}&kind=gateway&limit=200${before}`);
    found.push(...page.rows.map((row) => ({ gateway: row.number, online: row.state === 'online' })));
    if (!page.next) return found.reverse();
    before = `&before=${encodeURIComponent(page.next)}`;
  }
}
