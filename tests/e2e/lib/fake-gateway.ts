// A gateway that a test plays itself, with a key of the platform and the wire of protocols/wire: so that it can say what no real one says,
// and so that there can be many.

import type { Api } from './api.ts';
import { MqttLink } from './mqtt-link.ts';
import type { Stack } from './stack.ts';
import { siteId } from './stack.ts';
import { deriveKeys, open, seal, topic, type GatewayKeys } from './wire.ts';

export class FakeGateway {
  link: MqttLink | undefined;
  readonly epoch: string;
  seq = 0;
  through = 0;

  private constructor(private readonly stack: Stack, readonly id: string, readonly keys: GatewayKeys) { this.epoch = `fake-${id}`; }

  /** Registers it. The broker knows it from its next start on. */
  static async create(stack: Stack, api: Api, id: string): Promise<FakeGateway> {
    const { key } = await api.post<{ key: string }>('/gateways', { id, name: id, site: siteId, reading_minutes: 1, lines: [{ id: 'l1', uri: 'tcp://127.0.0.1:1' }] });
    stack.broker.password(id);
    return new FakeGateway(stack, id, deriveKeys(key));
  }

  topic(channel: 'up' | 'state' | 'down/ack') { return topic(siteId, this.id, channel); }
  private state(online: boolean) {
    return seal(this.keys.up, this.topic('state'), { online, epoch: this.epoch, last_seq: this.seq, at: Date.now() });
  }

  async connect() {
    const link = await MqttLink.connect(this.stack.broker.port, { clientId: this.id, user: this.id, password: this.stack.broker.password(this.id), keepAliveS: 20,
      will: { topic: this.topic('state'), payload: this.state(false) } });
    link.onMessage = (on, payload) => { this.through = Math.max(this.through, open<{ through: number }>(this.keys.down, on, payload).through); };
    await link.subscribe(this.topic('down/ack'), 1);
    link.publish(this.topic('state'), this.state(true), { retained: true });
    this.link = link;
  }

  /** Without a word: the broker sends the last will. */
  drop() { this.link?.close(false); this.link = undefined; }
  /** In order. */
  leave() { this.link?.publish(this.topic('state'), this.state(false), { retained: true }); this.link?.close(); this.link = undefined; }

  /** The next events of its stream. */
  send(events: unknown[]) {
    this.sendBody({ epoch: this.epoch, seq: this.seq + 1, events });
    this.seq += events.length;
  }
  /** Whatever it is, with the right code. */
  sendBody(body: unknown, channel: 'up' | 'state' = 'up') { this.sendRaw(seal(this.keys.up, this.topic(channel), body), channel); }
  sendRaw(payload: Buffer, channel: 'up' | 'state' = 'up') {
    if (!this.link!.publish(this.topic(channel), payload)) throw new Error(`${this.id} has no way to the broker: ${this.link!.ended ?? 'too much is under way'}`);
  }
}
