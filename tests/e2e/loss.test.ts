// Three packets of ten are lost between gateway, platform and broker, by the kernel, in a network namespace.

import { afterAll, expect, test } from 'vitest';
import { booksAreRight, faultSite, people, readAll, smallSite, stopAll } from './lib/fault-site.ts';
import { LossyNetwork, noLossyNetwork } from './lib/lossy-network.ts';
import { freePort } from './lib/ports.ts';
import { root } from './lib/stack.ts';

let network: LossyNetwork | undefined;
afterAll(async () => {
  await stopAll();
  await network?.stop();
});

test('30 % of the packets are lost in both directions', async (context) => {
  const why = noLossyNetwork();
  if (why) return context.skip(`a network that loses packets needs rights and nftables: ${why}`);
  const [mqttPort, httpPort] = [await freePort(), await freePort()];
  network = await LossyNetwork.start(`${root}/build/e2e/loss-network`, { broker: mqttPort, served: [httpPort], percent: 30 });
  // The gateway's lines are files, so that they are seen in the namespace.
  const fault = await faultSite('loss', { mqttPort, httpPort, scenario: smallSite('pty:/'), launch: { platform: network.launch, gateway: network.launch } });
  const stop = people(fault);
  for (let i = 0; i < 6; i++) await readAll(fault);
  const done = await stop();
  console.log(`loss: ${done} orders and payments, ${network.lost} packets lost`);
  expect(done).toBeGreaterThan(10);
  expect(network.lost).toBeGreaterThan(50);
  await booksAreRight(fault);
});
