// Brokers as they are in life: one that comes back without what it had kept, and one whose queues are too short for a burst. Both have
// acknowledged what they lose.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { booksAreRight, faultSite, online, patienceMs, people, readAll, stopAll } from './lib/fault-site.ts';
import { draw } from './lib/path.ts';
import { sleep, until } from './lib/wait.ts';

afterAll(stopAll);

test.concurrent('a broker that lost its persistence, and a box that is replaced: the archive is there again', async () => {
  const fault = await faultSite('broker-forgot');
  const { stack } = fault;
  const stop = people(fault);
  for (let i = 0; i < 3; i++) {
    await sleep(fault.random() * 2000);  // the instant is what is drawn
    await stack.broker.program.kill9();
    stack.broker.forget();
    await stack.broker.start();
    await online(fault);
  }
  await stop();
  await readAll(fault);
  // What the old box had not sent is gone with it; the registers, which only count up, bring it all the same.
  await stack.gateway.kill9();
  rmSync(join(stack.folder, 'gateway'), { recursive: true });
  stack.gateway.start();
  await until('the new box to have the archive', async () => {
    const gateway = await stack.api.gateway('gw-1');
    return gateway.online && gateway.archive_reported === gateway.archive_version && gateway.devices === fault.site.meters.length;
  }, { timeoutMs: patienceMs });
  await readAll(fault);
  await booksAreRight(fault);
});

test.concurrent('a broker whose queue is two messages long, under bursts in both directions', async () => {
  const fault = await faultSite('broker-short');
  const { stack, site } = fault;
  await stack.broker.program.stop();
  stack.broker.limits = { inflight: 1, queued: 1 };
  await stack.broker.start();
  await online(fault);
  const dropped = () => (stack.broker.program.log().match(/dropped for client (\S+)/g) ?? []).map((line) => line.replace(/.* |\.$/g, ''));
  const burst = async () => { for (const meter of site.meters) for (let i = 0; i < 3; i++) await stack.api.order(meter.id, 'read', draw('burst')); };

  const droppedFor = (client: string) => until(`something to be dropped for ${client}`, () => dropped().includes(client), { timeoutMs: patienceMs });
  await burst();
  stack.platform.signal('SIGSTOP');
  await droppedFor('platform');
  stack.platform.signal('SIGCONT');
  stack.gateway.signal('SIGSTOP');
  await burst();
  await droppedFor('gw-1');
  stack.gateway.signal('SIGCONT');
  await readAll(fault);
  await booksAreRight(fault);
});
