// An installer in front of a paced line with eight meters of unknown address. In a file of its own, because it takes a minute.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program } from './lib/program.ts';
import { startEightMeters, type SimLine } from './lib/sim-line.ts';
import { binary, root } from './lib/stack.ts';
import { until } from './lib/wait.ts';

const folder = `${root}/build/e2e/scan`;
let line: SimLine;
beforeAll(async () => { line = await startEightMeters(folder); });
afterAll(async () => { await line?.sim.stop(); });

test('scan finds eight unknown meters on one line and says their baud rate', async () => {
  const scan = new Program('scan', binary('anju-gateway'), ['scan', '--protocols', 'dlt645', '--port', line.port.replace(/\?.*/, '')], `${folder}/scan.log`).start();
  const found = () => [...scan.log().matchAll(/^found (\d{12}) at (\d+) 8E1, dlt645-2007$/gm)];
  // A whole scan goes on through all baud rates; an installer who has found his eight ends it with Ctrl-C.
  await until('eight meters', () => found().length >= 8 || !scan.alive, { timeoutMs: 240_000 });
  expect(scan.alive, scan.log()).toBe(true);
  scan.signal('SIGINT');
  expect((await scan.wait()).code, scan.log()).toBe(0);
  expect(new Set(found().map(([, address]) => address))).toEqual(new Set((await line.control.registers()).map((meter) => meter.address)));
  expect(found().every(([, , baud]) => baud === '2400')).toBe(true);
  expect(scan.log()).toMatch(/^\d+ asked, \d+ found, about .* to go$/m);
  const asked = Number(/8 meters found with (\d+) probes, ended early/.exec(scan.log())?.[1]);
  expect(asked, scan.log()).toBeLessThan(260);
  console.log(`8 meters found with ${asked} probes`);
});
