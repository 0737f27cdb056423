// Mosquitto with a configuration of its own: loopback only, drawn credentials or certificates, an access list per gateway. Or with its dynamic
// security plugin, which knows the platform alone: what gateways may it hears from there.

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from './certificates.ts';
import { accepts } from './ports.ts';
import { Program, run } from './program.ts';
import { until } from './wait.ts';

const mosquitto = () => ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync) ?? 'mosquitto';

const plugin = () => {
  const found = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/mosquitto_dynamic_security.so`).find(existsSync);
  if (!found) throw new Error('mosquitto_dynamic_security.so is missing: it comes with Debian\'s mosquitto');
  return found;
};

export class Broker {
  readonly program: Program;
  readonly users = new Map<string, string>();
  readonly url: string;
  /** Messages per client under way and waiting, from its next start on; what is beyond it drops and acknowledges all the same. */
  limits = { inflight: 1000, queued: 100_000 };

  /** authority: TLS only, everybody with a certificate of it; the common name is the user. dynamic: TLS 1.3 with the broker's certificate only,
   * everybody with a password that the plugin knows. */
  constructor(readonly folder: string, readonly port: number, private readonly authority?: Authority, private readonly dynamic = false) {
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
    if (this.dynamic) return { url: this.url, ca_file: this.authority!.file, user, password: this.password(user) };
    if (!this.authority) return { url: this.url, user, password: this.password(user) };
    this.users.set(user, '');
    const { certificate, key } = this.authority.issue(`client-${user}`, user);
    return { url: this.url, ca_file: this.authority.file, certificate_file: certificate, key_file: key };
  }

  /** The plugin's own file; who loses it has lost every client but the one that `dynsec init` makes. */
  get dynamicFile() { return join(this.folder, 'dynamic-security.json'); }

  private identities(): string[] {
    if (this.dynamic) {
      const { certificate, key } = this.authority!.issue('broker', 'broker', 'IP:127.0.0.1');
      if (!existsSync(this.dynamicFile)) {
        const made = run('mosquitto_ctrl', ['dynsec', 'init', this.dynamicFile, 'platform', this.password('platform')]);
        if (made.code !== 0) throw new Error(`mosquitto_ctrl: ${made.all}`);
        // A client that people made, for tests that look on or play a hostile broker: as the platform they would take its session.
        const file = JSON.parse(readFileSync(this.dynamicFile, 'utf8')) as { clients: object[]; roles: object[] };
        file.clients.push({ ...file.clients[0], username: 'witness', textName: '', roles: [{ rolename: 'admin' }, { rolename: 'witness' }] });
        file.roles.push({ rolename: 'witness', acls: [{ acltype: 'publishClientSend', topic: 'anju/#', allow: true }] });
        writeFileSync(this.dynamicFile, JSON.stringify(file), { mode: 0o600 });
        chmodSync(this.dynamicFile, 0o600);
      }
      return [`cafile ${this.authority!.file}`, `certfile ${certificate}`, `keyfile ${key}`, 'tls_version tlsv1.3', `plugin ${plugin()}`, `plugin_opt_config_file ${this.dynamicFile}`, 'log_type all'];
    }
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
    // witness: a test that hears all and says what it likes, as whoever runs the broker can.
    const all = ['platform', 'witness'].flatMap((user) => [`user ${user}`, 'topic readwrite anju/v1/#', '']);
    writeFileSync(rights, [...all, ...own].join('\n'), { mode: 0o600 });
    writeFileSync(join(this.folder, 'mosquitto.conf'), [
      `listener ${this.port} 127.0.0.1`,
      'allow_anonymous false',
      ...this.identities(),
      // Nobody can take the session of another by calling himself like him.
      'use_username_as_clientid true',
      ...(this.dynamic ? [] : [`acl_file ${rights}`]),
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
