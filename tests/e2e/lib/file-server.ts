// A server of one file with ranges, that breaks off as often as it is told to and counts what it sent.

import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createHash } from 'node:crypto';
import type { AddressInfo, Server } from 'node:net';

export class FileServer {
  /** How many bytes of a body go out before the connection is cut, per answer in order; then no more cuts. */
  cuts: number[] = [];
  /** Statuses that are answered instead, in order. */
  refusals: number[] = [];
  /** Byte ranges of the answers so far, as [first, sent]. */
  answers: [number, number][] = [];
  ranges = true;
  /** How fast a body goes out; 0: as fast as it can. */
  bytesPerSecond = 0;

  private constructor(public file: Buffer, private readonly server: Server, private readonly scheme: string) {}

  static async start(file: Buffer, tls?: { cert: Buffer; key: Buffer }): Promise<FileServer> {
    let self: FileServer | undefined;
    const listener: RequestListener = (request, response) => self!.answer(request.headers, response);
    const server: Server = tls ? createSecureServer(tls, listener) : createServer(listener);
    self = new FileServer(file, server, tls ? 'https' : 'http');
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    return self;
  }

  /** A tenth of a second's worth ten times a second, for as long as somebody listens. */
  private trickle(body: Buffer, from: number, response: ServerResponse) {
    const answer: [number, number] = [from, 0];
    this.answers.push(answer);
    const timer = setInterval(() => {
      if (response.destroyed) { clearInterval(timer); return; }
      const piece = body.subarray(answer[1], answer[1] + Math.ceil(this.bytesPerSecond / 10));
      answer[1] += piece.length;
      response.write(piece);
      if (answer[1] === body.length) { clearInterval(timer); response.end(); }
    }, 100);
  }

  get port() { return (this.server.address() as AddressInfo).port; }
  get address() { return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}/gateway.anju`; }
  get sent() { return this.answers.reduce((sum, [, count]) => sum + count, 0); }
  stop() { this.server.close(); }

  private answer(headers: Record<string, unknown>, response: Parameters<RequestListener>[1]) {
    const refusal = this.refusals.shift();
    if (refusal) { response.writeHead(refusal).end(); return; }
    const { file } = this;
    const etag = `"${createHash('sha256').update(file).digest('hex').slice(0, 16)}"`;
    const asked = /^bytes=(\d+)-$/.exec(String(headers['range'] ?? ''))?.[1];
    const same = headers['if-range'] === undefined || headers['if-range'] === etag;
    const from = asked !== undefined && this.ranges && same ? Number(asked) : 0;
    if (from >= file.length) { response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end(); return; }
    const body = file.subarray(from);
    const part = from > 0 ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { etag, 'content-length': body.length, ...part });
    const cut = this.cuts.shift();
    const count = Math.min(cut ?? body.length, body.length);
    if (this.bytesPerSecond > 0) { this.trickle(body.subarray(0, count), from, response); return; }
    this.answers.push([from, count]);
    if (cut === undefined) response.end(body);
    else response.write(body.subarray(0, count), () => response.socket?.destroy());
  }
}
