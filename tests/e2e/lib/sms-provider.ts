// Whoever sends SMS for the customer: takes what the platform posts, and believes only what is signed with the secret.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { freePort } from './ports.ts';

export interface Sms { id: string; to: string; text: string; template: string; language: string; count: number; values: Record<string, string> }

export class SmsProvider {
  /** Every POST with a right signature, repeated ones, too. */
  readonly posted: Sms[] = [];
  readonly forged: string[] = [];
  /** While set, nothing is answered. */
  silent = false;
  private readonly held: ServerResponse[] = [];

  private constructor(readonly port: number, readonly secret: string, private readonly server: Server) {}

  static async start(secret: string): Promise<SmsProvider> {
    const port = await freePort();
    const server = createServer((asked, reply) => {
      const parts: Buffer[] = [];
      asked.on('data', (part: Buffer) => parts.push(part));
      asked.on('end', () => provider.take(Buffer.concat(parts), String(asked.headers['x-anju-signature'] ?? ''), reply));
    });
    const provider = new SmsProvider(port, secret, server);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return provider;
  }

  get url() { return `http://127.0.0.1:${this.port}/send`; }
  of(template: string) { return this.posted.filter((sms) => sms.template === template); }

  private take(body: Buffer, signature: string, reply: ServerResponse) {
    const right = Buffer.from(`sha256=${createHmac('sha256', this.secret).update(body).digest('hex')}`);
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      this.forged.push(signature);
      reply.writeHead(403).end();
      return;
    }
    this.posted.push(JSON.parse(body.toString('utf8')) as Sms);
    if (this.silent) this.held.push(reply);
    else reply.writeHead(200).end('{}');
  }

  async stop() {
    for (const reply of this.held) reply.destroy();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
