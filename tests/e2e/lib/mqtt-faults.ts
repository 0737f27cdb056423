// A broker that loses, repeats and swaps messages which it has acknowledged, made out of one that does not: the bytes of one
// direction of a connection are split into MQTT 5 packets, and what happens to the PUBLISH packets is drawn.

/** Each a probability; the rest passes. */
export interface MessageFaults { lose: number; repeat: number; swap: number }

const publishType = 3;
const longestSwapMs = 400;  // a message that waits for the next one to overtake it

/** The packets that are there as a whole, and what remains of the next one. */
export function splitPackets(bytes: Buffer): { packets: Buffer[]; rest: Buffer } {
  const packets: Buffer[] = [];
  let at = 0;
  for (;;) {
    const header = headerOf(bytes, at);
    if (!header || at + header.all > bytes.length) return { packets, rest: bytes.subarray(at) };
    packets.push(bytes.subarray(at, at + header.all));
    at += header.all;
  }
}

/** fixed: bytes of the fixed header; all: of the whole packet. Undefined: its length is not there yet. */
function headerOf(bytes: Buffer, at: number): { fixed: number; all: number } | undefined {
  let length = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return undefined;
    length |= (byte & 0x7f) << (7 * i);
    if (!(byte & 0x80)) return { fixed: 2 + i, all: 2 + i + length };
  }
  throw new Error('no MQTT: a length of more than four bytes');
}

/** A packet with this first byte. */
export function packet(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  let rest = body.length;
  do { length.push((rest & 0x7f) | (rest > 127 ? 0x80 : 0)); rest >>= 7; } while (rest > 0);
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

export class MqttFaults {
  private rest: Buffer = Buffer.alloc(0);
  private held: Buffer | undefined;

  /** counts: what happened is added there. acknowledge: takes an answer back to the sender of a message that is lost. */
  constructor(
    private readonly faults: MessageFaults, private readonly random: () => number,
    private readonly counts: { lost: number; repeated: number; swapped: number }, private readonly acknowledge: (answer: Buffer) => void,
  ) {}

  /** What of these bytes goes on now. `late` is called with what was held back and never overtaken. */
  take(chunk: Buffer, late: (bytes: Buffer) => void): Buffer {
    const { packets, rest } = splitPackets(Buffer.concat([this.rest, chunk]));
    this.rest = Buffer.from(rest);
    const out: Buffer[] = [];
    for (const one of packets) {
      if (one[0]! >> 4 !== publishType) { out.push(one); continue; }
      this.decide(one, out, late);
    }
    return Buffer.concat(out);
  }

  private decide(one: Buffer, out: Buffer[], late: (bytes: Buffer) => void) {
    const { lose, repeat, swap } = this.faults;
    const drawn = this.random();
    if (drawn < lose) {
      this.counts.lost += 1;
      const id = idOf(one);
      if (id) this.acknowledge(packet(0x40, id));
    } else if (drawn < lose + repeat) {
      this.counts.repeated += 1;
      out.push(one, atMostOnce(one));
    } else if (drawn < lose + repeat + swap && !this.held) {
      this.counts.swapped += 1;
      const held = this.held = Buffer.from(one);
      setTimeout(() => { if (this.held === held) { this.held = undefined; late(held); } }, longestSwapMs);
    } else {
      out.push(one);
      if (this.held) out.push(this.held);
      this.held = undefined;
    }
  }
}

const qosOf = (one: Buffer) => (one[0]! >> 1) & 3;
/** Where the packet id is, behind the topic. */
const idAt = (one: Buffer) => { const { fixed } = headerOf(one, 0)!; return fixed + 2 + one.readUInt16BE(fixed); };
const idOf = (one: Buffer) => (qosOf(one) > 0 ? one.subarray(idAt(one), idAt(one) + 2) : undefined);

/** The same message without a packet id, which would be answered twice. */
function atMostOnce(one: Buffer): Buffer {
  if (qosOf(one) === 0) return one;
  const { fixed } = headerOf(one, 0)!, at = idAt(one);
  return packet(0x30 | (one[0]! & 1), Buffer.concat([one.subarray(fixed, at), one.subarray(at + 2)]));
}
