// Mosquitto with a configuration of its own: loopback only, drawn credentials or certificates, an access list per gateway.

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from './certificates.ts';
import { accepts } from './ports.ts';
import { Program, run } from './program.ts';
import { until } from './wait.ts';

const mosquitto = () => ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync) ?? 'mosquitto';

export class Broker {
  readonly program: Program;
  readonly users = new Map<string, string>();
  readonly url: string;
  /** Messages per client under way and waiting, from its next start on; what is beyond it drops and acknowledges all the same. */
  limits = { inflight: 1000, queued: 100_000 };

  /** authority: TLS only, everybody with a certificate of it; the common name is the user. */
  constructor(readonly folder: string, readonly port: number, private readonly authority?: Authority) {
    mkdirSync(folder, { recursive: true });
    this.url = `${authority ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`;
    this.program = new Program('mosquitto', mosquitto(), ['-c', join(folder, 'mosquitto.conf')], join(folder, 'mosquitto.log'));
  }

  /** The password of a user, drawn when first asked for. Users are known to the broker from its next start on. */
  password(user: string): string {
    let password = this.users.get(user);
    if (!password) this.users.set(user, (password = randomBytes(16).toString('hex')));
    return password;
  }

  /** What a user writes below [mqtt]. */
  settings(user: string): Record<string, string> {
    if (!this.authority) return { url: this.url, user, password: this.password(user) };
    this.users.set(user, '');
    const { certificate, key } = this.authority.issue(`client-${user}`, user);
    return { url: this.url, ca_file: this.authority.file, certificate_file: certificate, key_file: key };
  }

  private identities(): string[] {
    if (this.authority) {
      const { certificate, key } = this.authority.issue('broker', 'broker', 'IP:127.0.0.1');
      return [`cafile ${this.authority.file}`, `certfile ${certificate}`, `keyfile ${key}`, 'require_certificate true', 'use_identity_as_username true'];
    }
    const passwords = join(this.folder, 'passwords');
    writeFileSync(passwords, [...this.users].map(([user, password]) => `${user}:${password}\n`).join(''), { mode: 0o600 });
    const hashed = run('mosquitto_passwd', ['-U', passwords]);
    if (hashed.code !== 0) throw new Error(`mosquitto_passwd: ${hashed.all}`);
    return [`password_file ${passwords}`];
  }

  /** gateways: ids; each may write its own up, state and live and read its own down, below any site. */
  private configure(gateways: string[]) {
    const rights = join(this.folder, 'rights');
    const own = gateways.map((id) => [
      `user ${id}`, `topic write anju/v1/+/${id}/up`, `topic write anju/v1/+/${id}/state`, `topic write anju/v1/+/${id}/live/+`,
      `topic read anju/v1/+/${id}/down/#`, '',
    ].join('\n'));
    writeFileSync(rights, ['user platform', 'topic readwrite anju/v1/#', '', ...own].join('\n'), { mode: 0o600 });
    writeFileSync(join(this.folder, 'mosquitto.conf'), [
      `listener ${this.port} 127.0.0.1`,
      'allow_anonymous false',
      ...this.identities(),
      // Nobody can take the session of another by calling himself like him.
      'use_username_as_clientid true',
      `acl_file ${rights}`,
      `max_inflight_messages ${this.limits.inflight}`,
      `max_queued_messages ${this.limits.queued}`,
      'max_packet_size 262144',
      'set_tcp_nodelay true',
      'persistent_client_expiration 14d',
      'persistence true',
      `persistence_location ${this.folder}/`,
      'autosave_interval 60',
      'autosave_on_changes false',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
      '',
    ].join('\n'));
    chmodSync(rights, 0o600);
  }

  /** What it kept over restarts: sessions, waiting and retained messages. While it does not run. */
  forget() { rmSync(join(this.folder, 'mosquitto.db'), { force: true }); }

  async start(gateways: string[] = [...this.users.keys()].filter((user) => user !== 'platform')) {
    this.configure(gateways);
    this.program.start();
    await until(`the broker to listen on ${this.port}`, () => { this.program.mustRun(); return accepts(this.port); }, { everyMs: 50, timeoutMs: 10_000 });
  }
}
