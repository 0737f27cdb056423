// Free TCP ports of this machine.

import { createServer, createConnection } from 'node:net';

/** Whether nobody listens on 127.0.0.1:port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
}

// Nobody listens yet on a port that was just given out: test files that run beside each other draw from ranges of their own, and
// each remembers what it gave.
const ranges = 8, range = 1500;
const worker = Number(process.env['VITEST_POOL_ID'] ?? NaN);
const first = 20_001 + (Number.isNaN(worker) ? 0 : (worker % ranges) * range);
const given = new Set<number>();

/** A port above 20000 that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < 200; i++) {
    const port = first + Math.floor(Math.random() * (Number.isNaN(worker) ? ranges * range : range));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error('no free TCP port found above 20000');
}

/** `wanted` when it is free, else another one. */
export const portOrFree = async (wanted: number) => ((await isFree(wanted)) ? wanted : freePort());

/** Whether somebody accepts connections on 127.0.0.1:port. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => { socket.destroy(); done(true); });
    socket.once('error', () => done(false));
  });
}
