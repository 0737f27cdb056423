// What a client sends again because it heard nothing: one effect, whoever repeats it, however often, over HTTP to the real platform.

import { afterAll, expect, test } from 'vitest';
import { Api } from './lib/api.ts';
import { booksAreRight, faultSite, patienceMs, stopAll, type FaultSite } from './lib/fault-site.ts';
import { money } from './lib/decimal.ts';
import { until, sleep } from './lib/wait.ts';

afterAll(stopAll);

interface Paid { result: 'created' | 'exists'; entry: { id: number; amount: string; balance: string }; balance: string }
const times = 50;

/** Clients of their own, each with a session, so that nothing is serialised by a connection or a cookie. */
async function clients(fault: FaultSite, count: number): Promise<Api[]> {
  const made = Array.from({ length: count }, () => new Api(fault.stack.address));
  for (const api of made) {
    await api.logIn(fault.site.login.user, fault.site.login.password);
    api.patienceMs = patienceMs;
  }
  return made;
}

const recharge = (api: Api, meter: number, key: string, amount: string) =>
  api.post<Paid>(`/meters/${meter}/recharges`, { id: key, amount, method: 'cash', note: '柜台充值' });

/** The books have it once, and all answers name that one transfer. */
async function paidOnce(fault: FaultSite, meter: number, amount: string, answers: Paid[]) {
  const entries = new Set(answers.map((answer) => answer.entry.id));
  expect([...entries]).toHaveLength(1);
  const rows = (await fault.stack.api.ledger(meter)).filter((row) => row.kind === 'recharge' && row.amount === amount);
  expect(rows.map((row) => row.id)).toEqual([...entries]);
  fault.site.paid.set(meter, (fault.site.paid.get(meter) ?? 0n) + money(amount));
}

test.concurrent(`a recharge ${times} times at once is one posting, and a command is one command`, async () => {
  const fault = await faultSite('repeat');
  const apis = await clients(fault, 5);
  const meter = fault.site.meters[1]!;
  const answers = await Promise.all(Array.from({ length: times }, (_, i) => recharge(apis[i % apis.length]!, meter.id, 'same-key', '12.34')));
  expect(answers.filter((answer) => answer.result === 'created')).toHaveLength(1);
  expect(answers.filter((answer) => answer.result === 'exists')).toHaveLength(times - 1);
  await paidOnce(fault, meter.id, '12.34', answers);
  // The same key for something else is no repetition.
  await expect(recharge(apis[0]!, meter.id, 'same-key', '12.35')).rejects.toMatchObject({ status: 409 });
  await expect(recharge(apis[0]!, fault.site.meters[2]!.id, 'same-key', '12.34')).rejects.toMatchObject({ status: 409 });

  const orders = await Promise.all(Array.from({ length: times }, (_, i) => apis[i % apis.length]!.order(meter.id, 'trip', 'same-code', '欠费停电')));
  expect(new Set(orders.map((order) => order.id))).toEqual(new Set(['same-code']));
  expect(new Set(orders.map((order) => order.created_at)).size).toBe(1);
  await until('the one trip to be verified', async () => (await fault.stack.api.commands(meter.id)).some((row) => row.id === 'same-code' && row.state === 'verified'));
  expect((await fault.stack.api.commands(meter.id)).filter((row) => row.kind === 'trip')).toHaveLength(1);
  await booksAreRight(fault);
});

test.concurrent('clients that repeat while the platform is killed pay once and order once', async () => {
  const fault = await faultSite('repeat-kill');
  const { stack, site, random } = fault;
  const apis = await clients(fault, 4);
  for (let round = 0; round < 5; round++) {
    const meter = site.meters[1 + Math.floor(random() * (site.meters.length - 1))]!;
    const amount = `${round + 1}.0${round + 1}`;
    const paying = Promise.all(Array.from({ length: times }, (_, i) => recharge(apis[i % apis.length]!, meter.id, `kill-${round}`, amount)));
    const ordering = Promise.all(Array.from({ length: 10 }, (_, i) => apis[i % apis.length]!.order(meter.id, 'read', `read-${round}`)));
    await sleep(random() * 60);  // the instant is what is drawn
    await stack.platform.kill9();
    await stack.startPlatform();
    const answers = await paying;
    // The answer of the one that created it may have been lost with the platform.
    expect(answers.filter((answer) => answer.result === 'created').length).toBeLessThanOrEqual(1);
    await paidOnce(fault, meter.id, amount, answers);
    expect(new Set((await ordering).map((order) => order.created_at)).size).toBe(1);
    expect((await stack.api.commands(meter.id)).filter((row) => row.id === `read-${round}`)).toHaveLength(1);
  }
  await booksAreRight(fault);
});
