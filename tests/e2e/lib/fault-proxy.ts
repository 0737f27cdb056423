// A network that misbehaves on request, between one program and the broker: a TCP proxy on loopback, seeded, which needs no rights.

import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { MqttFaults, type MessageFaults } from './mqtt-faults.ts';
import { sleep } from './wait.ts';

/** up: from the program to the broker. */
export type Direction = 'up' | 'down';
/**
 * pass: as if nothing were there. hold: nothing gets through, and all of it comes when the network is back, as TCP sends it again.
 * swallow: what is sent is gone, and so is the connection it was sent on, although neither end hears of it (a router that forgot it).
 * drip: a few bytes at a time, so that no packet arrives in one piece.
 */
export type Behaviour = 'pass' | 'hold' | 'swallow' | 'drip';

interface Link { client: Socket; server: Socket; gone: Record<Direction, boolean>; faults: Record<Direction, MqttFaults | undefined> }

const mostDripped = 24;    // bytes
const dripEveryMs = 4;

export class FaultProxy {
  private readonly links = new Set<Link>();
  private readonly behaviour: Record<Direction, Behaviour> = { up: 'pass', down: 'pass' };
  private readonly cutsLeft: Record<Direction, number> = { up: 0, down: 0 };
  private messages: Partial<Record<Direction, MessageFaults>> = {};
  private waiting: (() => void)[] = [];
  private server: Server | undefined;
  /** How many connections and cut chunks there were, how many bytes got through, and which messages were spoilt. */
  readonly seen = { connections: 0, up: 0, down: 0, cut: 0, lost: 0, repeated: 0, swapped: 0 };

  /** target: the broker's port. random: in [0, 1), from a seed that the test prints. */
  constructor(readonly target: number, private readonly random: () => number) {}

  get port() { return (this.server!.address() as AddressInfo).port; }

  async start() {
    this.server = createServer((client) => this.connect(client)).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  stop() {
    this.server?.close();
    this.reset();
  }

  /** From now on, for the connections that are there and for new ones. */
  set(behaviour: Behaviour, directions: Direction[] = ['up', 'down']) {
    for (const direction of directions) this.behaviour[direction] = behaviour;
    for (const go of this.waiting.splice(0)) go();
  }

  /** What happens to whole MQTT messages, on connections that begin from now on. */
  spoil(messages: Partial<Record<Direction, MessageFaults>>) {
    this.messages = messages;
    this.reset();
  }

  /** The next `times` chunks of this direction end in their middle, and so does the connection. */
  cut(direction: Direction, times = 1) { this.cutsLeft[direction] += times; }

  /** Ends every connection at once, as a router does that was switched off and on. */
  reset() {
    for (const { client, server } of this.links) { client.resetAndDestroy(); server.resetAndDestroy(); }
    this.links.clear();
  }

  private connect(client: Socket) {
    const server = createConnection({ port: this.target, host: '127.0.0.1' });
    const faults = (direction: Direction) => {
      const wanted = this.messages[direction];
      // Of a message that is lost the sender hears that it arrived: that is what such a broker says.
      return wanted && new MqttFaults(wanted, this.random, this.seen, (answer) => { (direction === 'up' ? client : server).write(answer); });
    };
    const link: Link = { client, server, gone: { up: false, down: false }, faults: { up: faults('up'), down: faults('down') } };
    this.links.add(link);
    this.seen.connections += 1;
    for (const socket of [client, server]) { socket.setNoDelay(true); socket.on('error', () => { /* its end is seen by the pump */ }); }
    void this.pump(link, 'up', client, server);
    void this.pump(link, 'down', server, client);
  }

  /** Carries one direction until its source ends; an end is one more thing that is held or swallowed. */
  private async pump(link: Link, direction: Direction, from: Socket, to: Socket) {
    try {
      for await (const chunk of from) {
        if (!(await this.carry(link, direction, to, chunk as Buffer))) return;
      }
    } catch { /* reset by its peer: an end, too */ }
    await this.released(direction);
    if (this.behaviour[direction] === 'swallow') link.gone[direction] = true;
    if (link.gone[direction]) return;
    to.destroy();
    this.links.delete(link);
  }

  /** False: the connection was cut. */
  private async carry(link: Link, direction: Direction, to: Socket, chunk: Buffer): Promise<boolean> {
    await this.released(direction);
    if (this.behaviour[direction] === 'swallow') link.gone[direction] = true;
    if (link.gone[direction]) return true;
    if (this.cutsLeft[direction] > 0 && chunk.length > 1) {
      this.cutsLeft[direction] -= 1;
      this.seen.cut += 1;
      to.write(chunk.subarray(0, 1 + Math.floor(this.random() * (chunk.length - 1))), () => { link.client.destroy(); link.server.destroy(); });
      this.links.delete(link);
      return false;
    }
    let rest = link.faults[direction]?.take(chunk, (late) => { if (!to.destroyed) to.write(late); }) ?? chunk;
    while (rest.length > 0) {
      await this.released(direction);
      if (this.behaviour[direction] === 'swallow') link.gone[direction] = true;
      if (link.gone[direction]) return true;
      const dripping = this.behaviour[direction] === 'drip';
      const piece = dripping ? rest.subarray(0, 1 + Math.floor(this.random() * mostDripped)) : rest;
      rest = rest.subarray(piece.length);
      this.seen[direction] += piece.length;
      if (to.destroyed) return false;
      if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      if (dripping) await sleep(this.random() * dripEveryMs);
    }
    return true;
  }

  private async released(direction: Direction) {
    while (this.behaviour[direction] === 'hold') await new Promise<void>((go) => { this.waiting.push(go); });
  }
}
