// Programs are killed at random instants while money and energy are on their way. In the end every total must be what the
// meters' own registers and the accepted recharges say.

import { afterAll, expect, test } from 'vitest';
import { arrearsAndBack, draw, pay, prepare, settle, type Site } from './lib/path.ts';
import { generator, seedOfRun } from './lib/random.ts';
import { root, scenarioFile, Stack } from './lib/stack.ts';
import { sleep, until } from './lib/wait.ts';

const kills = 20;
let stack: Stack | undefined;
afterAll(async () => { await stack?.stop(); });

test(`${kills} times kill -9 of gateway, platform or broker changes no total`, async () => {
  const seed = seedOfRun();
  console.log(`ANJU_SEED=${seed}`);
  stack = await Stack.create({ folder: `${root}/build/e2e/kill`, scenario: scenarioFile('garden.toml') });
  await stack.start();
  const site = await prepare(stack, { chosenPrice: '3' });
  stack.api.patienceMs = 60_000;

  let killing = true;
  const chaos = killAtRandom(stack, generator(seed)).finally(() => { killing = false; });
  const traffic = payAndRead(stack, site, generator(seed + 1), () => killing);
  const path = arrearsAndBack(stack, site, console.log, { stepMs: 200_000 });
  await Promise.all([chaos, traffic, path]);

  const settled = await settle(stack, site);
  console.log(`${settled.readings} readings of ${settled.meters} meters deducted: ${settled.kwh} kWh, ${settled.yuan} yuan`);
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});

async function killAtRandom(stack: Stack, random: () => number) {
  const victims = [
    { program: stack.gateway, restart: async () => { stack.gateway.start(); } },
    { program: stack.platform, restart: () => stack.startPlatform() },
    { program: stack.broker.program, restart: () => stack.broker.start() },
  ];
  for (let i = 0; i < kills; i++) {
    await sleep(300 + random() * 2700);
    const victim = victims[Math.floor(random() * victims.length)]!;
    victim.program.mustRun();
    await victim.program.kill9();
    await sleep(random() * 800);
    await victim.restart();
    console.log(`${i + 1}: kill -9 ${victim.program.name}`);
  }
}

/** People at the counter and people who look: orders under random meters while programs die. */
async function payAndRead(stack: Stack, site: Site, random: () => number, go: () => boolean) {
  while (go()) {
    const meter = site.meters[1 + Math.floor(random() * (site.meters.length - 1))]!;
    if (random() < 0.5) await pay(stack.api, site, meter.id, '1.37', draw('traffic'));
    else await stack.api.order(meter.id, 'read', draw('traffic'));
    await sleep(random() * 1500);
  }
  await until('the gateway to be online again', async () => (await stack.api.gateway('gw-1')).online, { timeoutMs: 60_000 });
}
