// The wire of ours (protocols/wire) as another program would write it: topics, keys, the envelope.

import { createHmac } from 'node:crypto';

export interface GatewayKeys { up: Buffer; down: Buffer }

const hmac = (key: Buffer, ...parts: (string | Buffer)[]) => {
  const code = createHmac('sha256', key);
  for (const part of parts) code.update(part);
  return code.digest();
};

/** secret: 64 hex digits, as in a gateway's key file. */
export function deriveKeys(secret: string): GatewayKeys {
  const material = Buffer.from(secret, 'hex');
  return { up: hmac(material, 'anju up'), down: hmac(material, 'anju down') };
}

export const topic = (site: string, gateway: string, channel: 'up' | 'state' | 'down/ack' | 'down/command' | 'down/archive') => `anju/v1/${site}/${gateway}/${channel}`;

export function seal(key: Buffer, topic: string, body: unknown): Buffer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Buffer.from(`${hmac(key, topic, '\0', text).toString('hex')} ${text}`);
}

/** Throws when the code is not that of this key and topic. */
export function open<T>(key: Buffer, topic: string, payload: Buffer): T {
  const text = payload.toString('utf8', 65);
  if (payload.toString('utf8', 0, 64) !== hmac(key, topic, '\0', text).toString('hex')) throw new Error(`a message on ${topic} has a wrong code`);
  return JSON.parse(text) as T;
}
