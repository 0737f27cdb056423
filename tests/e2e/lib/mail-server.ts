// A mail server that keeps what it takes (RFC 5321, as much as a client needs): in the clear, with STARTTLS, or with TLS from the first byte.

import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';
import { freePort } from './ports.ts';

export interface Mail { from: string; to: string[]; headers: Record<string, string>; text: string; encrypted: boolean; user: string | undefined }
type Way = 'clear' | 'starttls' | 'tls';

export class MailServer {
  readonly mails: Mail[] = [];
  connections = 0;

  private constructor(readonly port: number, private readonly way: Way, private readonly server: Server, private readonly certificate: Certificate | undefined) {}

  static async start(way: Way, certificate?: Certificate): Promise<MailServer> {
    const port = await freePort();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => { /* a client that was killed, or that does not like the certificate */ });
      socket.once('close', () => sockets.delete(socket));
      mails.connections += 1;
      if (way === 'tls') mails.talk(mails.encrypt(socket), true);
      else mails.talk(socket, false);
    });
    const mails = new MailServer(port, way, server, certificate);
    server.once('close', () => sockets.forEach((socket) => socket.destroy()));
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return mails;
  }

  get url() { return `${this.way === 'tls' ? 'smtps' : 'smtp'}://127.0.0.1:${this.port}`; }
  stop() { this.server.close(); }

  private encrypt(socket: Socket): TLSSocket {
    const encrypted = new TLSSocket(socket, { isServer: true, cert: readFileSync(this.certificate!.certificate), key: readFileSync(this.certificate!.key) });
    encrypted.on('error', () => { /* the client breaks off when it does not know the authority */ });
    return encrypted;
  }

  private talk(socket: Socket, encrypted: boolean, greet = true) {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let text = '', data: string | undefined, from = '', to: string[] = [], user: string | undefined, asked = false;
    const login = (base64: string) => {
      user = Buffer.from(base64, 'base64').toString('utf8').split('\0').slice(1).join(':');
      asked = false;
      say('235 welcome');
    };
    const line = (said: string) => {
      if (asked) return login(said);
      const [, verb = ''] = /^([A-Za-z]+)/.exec(said) ?? [];
      switch (verb.toUpperCase()) {
        case 'EHLO':
        case 'HELO':
          say('250-mail.test');
          if (this.way === 'starttls' && !encrypted) say('250-STARTTLS');
          if (encrypted) say('250-AUTH PLAIN');
          return say('250 8BITMIME');
        case 'STARTTLS':
          say('220 go ahead');
          socket.removeAllListeners('data');
          return this.talk(this.encrypt(socket), true, false);
        case 'AUTH': {
          const given = said.split(' ')[2];
          if (given) return login(given);
          asked = true;
          return say('334 ');
        }
        case 'MAIL': from = /<(.*)>/.exec(said)?.[1] ?? ''; return say('250 ok');
        case 'RCPT': to.push(/<(.*)>/.exec(said)?.[1] ?? ''); return say('250 ok');
        case 'DATA': data = ''; return say('354 end with a point');
        case 'QUIT': say('221 bye'); return socket.end();
        default: return say('250 ok');
      }
    };
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const said = text.slice(0, end);
        text = text.slice(end + 2);
        if (data === undefined) { line(said); continue; }
        if (said !== '.') { data += `${said.replace(/^\.\./, '.')}\r\n`; continue; }
        this.mails.push({ from, to, encrypted, user, ...parsed(data) });
        [data, from, to] = [undefined, '', []];
        say('250 taken');
      }
    });
    if (greet) say('220 mail.test');
  }
}

/** Headers, folded ones unfolded, and the text behind them, which comes in base64. */
function parsed(data: string): Pick<Mail, 'headers' | 'text'> {
  const at = data.indexOf('\r\n\r\n');
  const rows = data.slice(0, at).replace(/\r\n[ \t]/g, ' ').split('\r\n');
  const headers = Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf(':')).toLowerCase(), row.slice(row.indexOf(':') + 1).trim()]));
  return { headers, text: Buffer.from(data.slice(at + 4), 'base64').toString('utf8').trim() };
}
