// The platform's event stream, heard as any client would: the handshake of RFC 6455 by hand, because node 20 has no WebSocket of its own.

import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Event { type: string; id?: string; at: number }

export class EventStream {
  readonly heard: Event[] = [];
  private rest = Buffer.alloc(0);

  private constructor(private readonly socket: Duplex) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => { /* the platform was killed */ });
  }

  /** cookie: of a session. */
  static open(address: string, cookie: string): Promise<EventStream> {
    return new Promise((done, fail) => {
      const asked = request(`${address}/api/v1/events`, {
        headers: { cookie, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64') } });
      asked.once('upgrade', (_reply, socket) => done(new EventStream(socket)));
      asked.once('response', (reply) => fail(new Error(`the event stream was refused: ${reply.statusCode}`)));
      asked.once('error', fail);
      asked.end();
    });
  }

  count(type: string) { return this.heard.filter((event) => event.type === type).length; }
  close() { this.socket.destroy(); }

  /** Frames of a server are not masked. */
  private take(bytes: Buffer) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      if (this.rest.length < 2) return;
      const short = this.rest[1]! & 127, head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (this.rest.length < head) return;
      const size = short === 126 ? this.rest.readUInt16BE(2) : short === 127 ? Number(this.rest.readBigUInt64BE(2)) : short;
      if (this.rest.length < head + size) return;
      const opcode = this.rest[0]! & 15, body = this.rest.subarray(head, head + size);
      this.rest = this.rest.subarray(head + size);
      if (opcode === 1) this.heard.push(JSON.parse(body.toString('utf8')) as Event);
      if (opcode === 9) this.pong(body);
    }
  }

  private pong(body: Buffer) {
    const mask = randomBytes(4);
    this.socket.write(Buffer.concat([Buffer.from([0x8a, 0x80 | body.length]), mask, Buffer.from(body.map((byte, index) => byte ^ mask[index % 4]!))]));
  }
}
