// An MQTT 5 client on a bare socket, for what the tests and benchmarks play themselves: gateways that nobody built, and publishers that
// are not the limit. It knows QoS 0 and 1, and reports everything; it keeps itself alive, and reconnects never.

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { packet, splitPackets } from './mqtt-faults.ts';

export interface LinkOptions {
  clientId: string; user?: string; password?: string; keepAliveS?: number;
  will?: { topic: string; payload: Buffer };
  /** Certificate of the broker's authority, PEM: over TLS. */
  ca?: Buffer;
}

const text = (value: string | Buffer) => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};
const number = (value: number) => Buffer.from([value >> 8, value & 0xff]);

/** The variable byte integer at `at`. */
function variable(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; ; i++) {
    const byte = bytes[at + i]!;
    value |= (byte & 0x7f) << (7 * i);
    if (!(byte & 0x80)) return { value, next: at + i + 1 };
  }
}

export class MqttLink {
  private rest: Buffer = Buffer.alloc(0);
  private id = 0;
  private waiting: ((body: Buffer) => void)[] = [];
  private receiveMaximum = 65_535;
  /** Published with QoS 1, and not yet acknowledged by the broker. */
  unanswered = 0;
  /** Why it ended; undefined while it stands. */
  ended: string | undefined;
  onMessage: (topic: string, payload: Buffer) => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => { this.ended ??= error.message; });
    socket.on('close', () => { this.ended ??= 'closed'; for (const wake of this.waiting.splice(0)) wake(Buffer.alloc(0)); });
  }

  static async connect(port: number, options: LinkOptions): Promise<MqttLink> {
    const { ca } = options;
    const socket = ca ? connectSecurely({ port, host: '127.0.0.1', ca }) : createConnection({ port, host: '127.0.0.1' });
    await once(socket, ca ? 'secureConnect' : 'connect');
    const link = new MqttLink(socket);
    const { user, password, will } = options;
    const flags = 0x02 | (user === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40) | (will ? 0x04 | 0x08 | 0x20 : 0);
    const answer = link.answer();
    // Receive Maximum 65 535.
    socket.write(packet(0x10, Buffer.concat([
      text('MQTT'), Buffer.from([5, flags]), number(options.keepAliveS ?? 0), Buffer.from([3, 0x21, 0xff, 0xff]), text(options.clientId),
      ...(will ? [Buffer.from([0]), text(will.topic), text(will.payload)] : []),
      ...(user === undefined ? [] : [text(user)]), ...(password === undefined ? [] : [text(password)])])));
    const body = await answer;
    if (options.keepAliveS) {
      const ping = setInterval(() => { socket.write(packet(0xc0, Buffer.alloc(0))); }, options.keepAliveS * 500);
      socket.on('close', () => { clearInterval(ping); });
    }
    if (link.ended || body[1] !== 0) throw new Error(`the broker refused ${options.clientId}: ${link.ended ?? `reason code ${body[1]}`}`);
    for (let at = variable(body, 2).next; at < body.length;) {
      const property = body[at]!;
      if (property === 0x21) link.receiveMaximum = body.readUInt16BE(at + 1);
      if (property === 0x21 || ![0x22, 0x13, 0x11, 0x27, 0x24, 0x25, 0x28, 0x29, 0x2a].includes(property)) break;
      at += property === 0x22 || property === 0x13 ? 3 : property === 0x11 || property === 0x27 ? 5 : 2;
    }
    return link;
  }

  private answer() { return new Promise<Buffer>((done) => { this.waiting.push(done); }); }

  async subscribe(filter: string, qos = 0) {
    const answer = this.answer();
    this.socket.write(packet(0x82, Buffer.concat([number(this.nextId()), Buffer.from([0]), text(filter), Buffer.from([qos])])));
    const body = await answer;
    if (this.ended || body[body.length - 1]! >= 0x80) throw new Error(`the broker refused ${filter}: ${this.ended ?? body[body.length - 1]}`);
  }

  private nextId() { return (this.id = this.id === 65_535 ? 1 : this.id + 1); }

  /** False: the broker has not taken enough of the messages before it; try again later. */
  publish(topic: string, payload: string | Buffer, { qos = 1, retained = false } = {}): boolean {
    if (this.ended || (qos > 0 && this.unanswered >= this.receiveMaximum) || this.socket.writableLength > 1 << 20) return false;
    const head = Buffer.concat([text(topic), ...(qos > 0 ? [number(this.nextId())] : []), Buffer.from([0])]);
    this.socket.write(packet(0x30 | (qos << 1) | (retained ? 1 : 0), Buffer.concat([head, Buffer.from(payload as string)])));
    if (qos > 0) this.unanswered += 1;
    return true;
  }

  /** in order: with DISCONNECT, so that the will is not sent. */
  close(inOrder = true) {
    if (inOrder) this.socket.end(Buffer.from([0xe0, 0]));
    else this.socket.resetAndDestroy();
  }

  private take(chunk: Buffer) {
    const { packets, rest } = splitPackets(this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk);
    this.rest = rest;
    for (const one of packets) {
      const { next } = variable(one, 1);
      const body = one.subarray(next);
      switch (one[0]! >> 4) {
        case 2: case 9: this.waiting.shift()?.(body); break;
        case 3: this.publication(body, (one[0]! >> 1) & 3); break;
        case 4: this.unanswered -= 1; break;
        case 14: this.ended ??= `the broker disconnects, reason code ${body[0] ?? 0}`; break;
      }
    }
  }

  private publication(body: Buffer, qos: number) {
    let at = 2 + body.readUInt16BE(0);
    const topic = body.toString('utf8', 2, at);
    if (qos > 0) { this.socket.write(packet(0x40, body.subarray(at, at + 2))); at += 2; }
    const properties = variable(body, at);
    this.onMessage(topic, body.subarray(properties.next + properties.value));
  }
}
