// A network that loses packets, made by the kernel: a network namespace in which a program runs with a loopback of its own, and nftables,
// which drops what is drawn on the way to and from the broker. TCP sends again, late and in bursts, as it does over a bad radio link.

import { mkdirSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program, run } from './program.ts';
import type { Launch } from './stack.ts';
import { until } from './wait.ts';

/** Why there can be no such network here; undefined: there can. */
export function noLossyNetwork(): string | undefined {
  for (const [command, ...args] of [['unshare', '-n', 'ip', 'link', 'set', 'lo', 'up'], ['unshare', '-n', 'nft', 'list', 'ruleset']] as const) {
    try {
      const done = run(command, [...args]);
      if (done.code !== 0) return `${[command, ...args].join(' ')}: ${done.all.trim()}`;
    } catch (error) { return (error as Error).message; }
  }
  return undefined;
}

type Place = { path: string } | { host: string; port: number };
const loopback = (port: number): Place => ({ host: '127.0.0.1', port });

export class LossyNetwork {
  private constructor(private readonly holder: Program, private readonly servers: Server[]) {}

  /**
   * folder: empty, for Unix sockets and a log. broker: its port, outside; inside the same port leads there, and of that connection packets
   * are lost in both directions. served: ports on which programs inside listen; outside the same ports lead there, in peace.
   */
  static async start(folder: string, { broker, served, percent }: { broker: number; served: number[]; percent: number }): Promise<LossyNetwork> {
    mkdirSync(folder, { recursive: true });
    const socket = (port: number) => join(folder, `${port}.sock`);
    const servers = [carry({ path: socket(broker) }, loopback(broker))];
    const rules = ['add table inet anju', 'add chain inet anju lossy { type filter hook output priority 0; }',
      ...['dport', 'sport'].map((end) => `add rule inet anju lossy tcp ${end} ${broker} numgen random mod 100 < ${percent} counter drop`)].join('; ');
    // One process keeps the namespace, says that it is there, and is ended by its pid.
    const holder = new Program('network', 'unshare', [
      '-n', 'sh', '-c', `ip link set lo up && nft '${rules}' && exec "$@"`, 'sh', process.execPath, fileURLToPath(new URL('./bridge.mjs', import.meta.url)),
      `tcp:${broker}=unix:${socket(broker)}`, ...served.map((port) => `unix:${socket(port)}=tcp:${port}`)], join(folder, 'network.log')).start();
    await until('the network namespace', () => { holder.mustRun(); return /ready/.test(holder.log()); }, { everyMs: 50 });
    for (const port of served) servers.push(carry(loopback(port), { path: socket(port) }));
    return new LossyNetwork(holder, servers);
  }

  /** How a program is started in it. */
  get launch(): Launch { return { prefix: ['nsenter', `--net=/proc/${this.holder.pid}/ns/net`, '--'] }; }

  /** Packets dropped so far. */
  get lost() {
    const [command, ...rest] = this.launch.prefix!;
    const rules = run(command!, [...rest, 'nft', 'list', 'ruleset']).stdout;
    return [...rules.matchAll(/packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);
  }

  async stop() {
    for (const server of this.servers) server.close();
    await this.holder.stop(2000);
  }
}

function carry(from: Place, to: Place): Server {
  const server = createServer((near) => {
    const far = createConnection(to as { path: string });
    for (const [one, other] of [[near, far], [far, near]] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  return server.listen(from as { path: string });
}
