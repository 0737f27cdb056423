// Runs inside a network namespace, started by lib/lossy-network.ts: carries TCP to a Unix socket and back, because sockets in the file
// system are seen from every namespace. Arguments: FROM=TO, each `tcp:PORT` (loopback) or `unix:PATH`. Says "ready" when it listens.

import { createConnection, createServer } from 'node:net';

const place = (text) => (text.startsWith('tcp:') ? { host: '127.0.0.1', port: Number(text.slice(4)) } : { path: text.slice(5) });
const pairs = process.argv.slice(2).map((pair) => pair.split('=').map(place));
let listening = 0;
for (const [from, to] of pairs) {
  createServer((near) => {
    const far = createConnection(to);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.setNoDelay?.(true);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  }).listen(from, () => { if (++listening === pairs.length) console.log('ready'); });
}
