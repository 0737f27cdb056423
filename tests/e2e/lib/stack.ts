// The whole of Anju on one machine: broker, platform, gateway and simulated site, each a real process with its own log.
// Used by scripts/demo and by the end-to-end tests.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from './api.ts';
import { Broker } from './broker.ts';
import type { Authority } from './certificates.ts';
import { Control } from './control.ts';
import { freePort } from './ports.ts';
import { Program, run } from './program.ts';
import { until } from './wait.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Where the three programs are; scripts/demo uses the release build. */
export const binaries = process.env['ANJU_BIN'] ?? join(root, 'build/asan/bin');
export const binary = (name: string) => join(binaries, name);
export const webFolder = process.env['ANJU_WEB'] ?? join(root, 'web/dist');

export const siteId = 'garden';
export const gatewayId = 'gw-1';

/** A TOML string. */
export const toml = (text: string) => JSON.stringify(text);

export interface StackOptions {
  /** Empty folder for databases, keys, configurations and logs. */
  folder: string;
  /** Text of a scenario; its ports are replaced by ones of this run. */
  scenario: string;
  httpPort?: number;
  mqttPort?: number;
  /** Broker, platform and gateway speak TLS with certificates of this authority. */
  authority?: Authority;
  /** The broker has its dynamic security plugin (with `authority`), and the platform tells it what gateways may. */
  dynamic?: boolean;
  /** Of the platform; without it a SQLite file in `folder`. */
  databaseUrl?: string;
  /** Further tables of the platform's configuration. */
  platformMore?: string;
  /** Ports that these two take for the broker's: of a network that misbehaves. */
  brokerSeenAt?: { platform?: number; gateway?: number };
  /** How these programs are started, e.g. in a network namespace or with a clock of their own; usually as they are. */
  launch?: Partial<Record<'platform' | 'gateway', Launch>>;
}

/** prefix: a command that becomes the program. */
export interface Launch { prefix?: string[]; env?: Record<string, string> }

/** One line of the simulated site as the gateway has to address it. */
export interface Line { id: string; uri: string }

export class Stack {
  readonly api: Api;
  readonly broker: Broker;
  readonly control: Control;
  readonly sim: Program;
  readonly platform: Program;
  readonly gateway: Program;
  firstLogin: { user: string; password: string } | undefined;

  private constructor(readonly folder: string, readonly httpPort: number, mqttPort: number, controlPort: number, readonly lines: Line[], private readonly options: StackOptions) {
    const log = (name: string) => join(folder, `${name}.log`);
    const launched = (name: 'platform' | 'gateway', args: string[]) => {
      const { prefix = [], env } = options.launch?.[name] ?? {};
      const [command, ...rest] = [...prefix, binary(`anju-${name}`), ...args];
      return new Program(`anju-${name}`, command!, rest, log(name), env ? { env } : {});
    };
    this.broker = new Broker(join(folder, 'broker'), mqttPort, options.authority, options.dynamic);
    this.control = new Control(controlPort);
    this.api = new Api(this.address);
    this.sim = new Program('anju-sim', binary('anju-sim'), ['run', join(folder, 'site.toml')], log('sim'));
    this.platform = launched('platform', ['serve', '--config', this.platformConfig]);
    this.gateway = launched('gateway', ['run', '--config', this.gatewayConfig]);
  }

  get databaseUrl() { return this.options.databaseUrl ?? `sqlite:${join(this.folder, 'platform.db')}`; }

  get address() { return `http://127.0.0.1:${this.httpPort}`; }
  get platformConfig() { return join(this.folder, 'platform.toml'); }
  get gatewayConfig() { return join(this.folder, 'gateway.toml'); }
  get keyFile() { return join(this.folder, 'gateway.key'); }

  static async create(options: StackOptions): Promise<Stack> {
    for (const name of ['anju-platform', 'anju-gateway', 'anju-sim']) {
      if (!existsSync(binary(name))) throw new Error(`${binary(name)} is missing: build it first, or set ANJU_BIN`);
    }
    mkdirSync(options.folder, { recursive: true });
    const controlPort = await freePort();
    const { text, lines } = await place(options.scenario, options.folder, controlPort);
    writeFileSync(join(options.folder, 'site.toml'), text);
    const stack = new Stack(options.folder, options.httpPort ?? (await freePort()), options.mqttPort ?? (await freePort()), controlPort, lines, options);
    stack.writeConfigurations();
    return stack;
  }

  /** Other further tables for the platform, from its next start on. */
  configurePlatform(more: string) {
    this.options.platformMore = more;
    this.writeConfigurations();
  }

  private writeConfigurations() {
    const mqtt = (user: string, port?: number) => {
      const settings = { ...this.broker.settings(user), ...(port ? { url: `mqtt://127.0.0.1:${port}` } : {}) };
      return `[mqtt]\n${Object.entries(settings).map(([key, value]) => `${key} = ${toml(value)}\n`).join('')}`;
    };
    const { brokerSeenAt = {} } = this.options;
    const secret = (file: string, text: string) => { writeFileSync(file, text, { mode: 0o600 }); chmodSync(file, 0o600); };
    secret(this.platformConfig, [
      `database = ${toml(this.databaseUrl)}`,
      `listen = ${toml(`127.0.0.1:${this.httpPort}`)}`,
      `web = ${toml(webFolder)}`,
      `keys = ${toml(join(this.folder, 'keys'))}`,
      '', mqtt('platform', brokerSeenAt.platform), ...(this.options.dynamic ? ['dynamic_security = true', ''] : []), '[log]', 'level = "info"', '', this.options.platformMore ?? '',
    ].join('\n'));
    mkdirSync(join(this.folder, 'gateway'), { recursive: true });
    secret(this.gatewayConfig, [
      `site = ${toml(siteId)}`,
      `gateway = ${toml(gatewayId)}`,
      `key_file = ${toml(this.keyFile)}`,
      `data = ${toml(join(this.folder, 'gateway'))}`,
      '', mqtt(gatewayId, brokerSeenAt.gateway), '[spool]', 'max_mb = 64', '', '[local]', `listen = ""`, '', '[log]', 'level = "info"', '',
    ].join('\n'));
  }

  /** Broker, simulated site and platform; the gateway starts when it has a key. */
  async start() {
    await this.broker.start();
    this.sim.start();
    await until('the simulated site to answer', async () => { this.sim.mustRun(); return (await this.control.registers()).length > 0; });
    const init = run(binary('anju-platform'), [
      'init', '--config', this.platformConfig, '--organisation', 'Garden Property', '--site', siteId, '--site-name', '花园小区']);
    if (init.code !== 0) throw new Error(`anju-platform init failed (exit ${init.code}):\n${init.all}`);
    this.firstLogin = parseLogin(init.all);
    await this.startPlatform();
  }

  async startPlatform() {
    this.platform.start();
    await until('the platform to answer', async () => {
      this.platform.mustRun();
      return (await fetch(`${this.address}/api/v1/health`)).ok;
    }, { everyMs: 100, timeoutMs: 90_000 });
  }

  /** What every process wrote last, for the report of a failure. */
  tails() {
    return [this.broker.program, this.sim, this.platform, this.gateway]
      .map((program) => `--- ${program.name} (${program.logFile})\n${program.tail(15)}`).join('\n');
  }

  /** Gateway first, so that nothing new is on its way when the others end. Names what did not end in order. */
  async stop(): Promise<string[]> {
    const wrong: string[] = [];
    for (const program of [this.gateway, this.platform, this.sim, this.broker.program]) {
      if (!program.alive) continue;
      const ended = await program.stop();
      if (!ended.inTime) wrong.push(`${program.name} did not end within 20 s of SIGTERM`);
      else if (ended.code !== 0) wrong.push(`${program.name} ended with ${ended.signal ?? `exit ${ended.code}`}:\n${program.tail()}`);
    }
    return wrong;
  }

  verify() { return run(binary('anju-platform'), ['verify', '--config', this.platformConfig], { timeoutMs: 120_000 }); }
}

/** The first login as `anju-platform init` prints it, once. */
function parseLogin(text: string) {
  const user = /user(?:name)?\s*[:=]?\s+(\S+)/i.exec(text)?.[1];
  const password = /password\s*[:=]?\s+(\S+)/i.exec(text)?.[1];
  if (!user || !password) throw new Error(`anju-platform init printed no login:\n${text}`);
  return { user, password };
}

/** Gives a scenario the ports of this run: the control port, and for each line a free TCP port or a pty link in `folder`. */
export async function place(scenario: string, folder: string, controlPort: number) {
  const lines: Line[] = [];
  const out: string[] = [];
  let table = '';
  let line: { id?: string; uri?: string; baud?: string } = {};
  const finish = () => {
    if (line.uri) lines.push({ id: line.id ?? `line-${lines.length + 1}`, uri: line.uri.replace('BAUD', line.baud ?? '2400') });
    line = {};
  };
  for (const row of scenario.split('\n')) {
    const header = /^\s*\[{1,2}([\w.]+)\]{1,2}/.exec(row)?.[1];
    if (header) { if (header === 'line' || table === 'line' && !header.startsWith('line.')) finish(); table = header; }
    const [, key, value] = /^\s*(\w+)\s*=\s*("?[^"#]*"?)/.exec(row) ?? [];
    if (table === 'control' && key === 'listen') { out.push(`listen = "127.0.0.1:${controlPort}"`); continue; }
    if (table === 'line' && key === 'baud') line.baud = value!.trim();
    if (table === 'line' && (key === 'id' || key === 'name')) line.id = value!.trim().replaceAll('"', '');
    if (table === 'line' && key === 'port') {
      if (value!.includes('pty:')) {
        const link = join(folder, `tty-${lines.length + 1}`);
        line.uri = `serial://${link}?baud=BAUD&format=8E1`;
        out.push(`port = ${toml(`pty:${link}`)}`);
      } else {
        const port = await freePort();
        line.uri = `tcp://127.0.0.1:${port}`;
        out.push(`port = "tcp:127.0.0.1:${port}"`);
      }
      continue;
    }
    out.push(row);
  }
  finish();
  return { text: out.join('\n'), lines };
}

export const scenarioFile = (name: string) => readFileSync(join(root, 'firmware-sim/scenarios', name), 'utf8');
