// Anju beside a Node-RED flow with SQLite that does the part of its work which such a flow does (flow.ts): the same broker, the same
// publisher, the same messages, one after the other in each round. Counted is what the acknowledgement, sent after it was stored, brought back.
//
//   tsx bench.ts [--json FILE] [--quick]      programs from ANJU_BIN (scripts/bench: the release build)

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, type Meter } from '../../e2e/lib/api.ts';
import { MqttLink } from '../../e2e/lib/mqtt-link.ts';
import { accepts, freePort } from '../../e2e/lib/ports.ts';
import { Program, run } from '../../e2e/lib/program.ts';
import { binary, toml } from '../../e2e/lib/stack.ts';
import { until } from '../../e2e/lib/wait.ts';
import { deriveKeys, seal, topic, type GatewayKeys } from '../../e2e/lib/wire.ts';
import { flow, type Way } from './flow.ts';

const gateways = 10, meters = 200;  // per gateway
const stepMs = 100;                 // between two readings of a meter; all stay within the five minutes that the platform believes

/** messages: per gateway. window: how many of them are not acknowledged, as the gateway's uplink keeps them. */
interface Case { name: string; batch: number; window: number; messages: number; peers: { name: string; way: Way; messages: number }[] }
const quick = process.argv.includes('--quick');
const cases: Case[] = [
  { name: '200 readings per message', batch: 200, window: 4, messages: 300, peers: [
    { name: 'peer', way: 'group', messages: 100 },
    { name: 'peer, a transaction per message', way: 'message', messages: 50 },
    { name: 'peer, two statements per reading', way: 'reading', messages: 1 }] },
  { name: 'one reading per message', batch: 1, window: 200, messages: 12_000, peers: [
    { name: 'peer, one reading per message', way: 'group', messages: 3000 }] },
];
const rounds = quick ? 1 : 3;

const folder = mkdtempSync(join(tmpdir(), 'anju-bench-peer-'));
const programs: Program[] = [];
const here = import.meta.dirname;

/** A gateway as the publisher plays it: where its stream and its meters stand. */
class Gateway {
  seq = 0; through = 0; readings = 0;
  constructor(readonly id: string, readonly keys: GatewayKeys, readonly began: number) {}

  message(batch: number): Buffer {
    const rows: unknown[] = [];
    for (let i = 0; i < batch; i++, this.readings++) {
      const round = Math.floor(this.readings / meters) + 1;
      const kwh = (e4: number) => `${Math.floor(e4 / 10_000)}.${String(e4 % 10_000).padStart(4, '0')}`;
      rows.push({ device: `${this.id}-${this.readings % meters}`, at: this.began + round * stepMs, total: kwh(round * 700),
        tariffs: ['0', kwh(round * 300), kwh(round * 200), kwh(round * 200)] });
    }
    this.seq += 1;
    return seal(this.keys.up, topic('bench', this.id, 'up'), { epoch: 'bench', seq: this.seq, events: [{ type: 'readings', readings: rows }] });
  }
}

/** Sends everything within the window and waits for the last acknowledgement. Readings per second. */
async function publish(port: number, fleet: Gateway[], { batch, window }: { batch: number; window: number }, messages: number): Promise<number> {
  const sealed = fleet.map((gateway) => Array.from({ length: messages }, () => gateway.message(batch)));
  const link = await MqttLink.connect(port, { clientId: 'publisher' });
  const byId = new Map(fleet.map((gateway) => [gateway.id, gateway]));
  link.onMessage = (to, payload) => {
    const gateway = byId.get(to.split('/')[3]!)!;
    gateway.through = Math.max(gateway.through, (JSON.parse(payload.toString('utf8', 65)) as { through: number }).through);
    pump();
  };
  await link.subscribe('anju/v1/bench/+/down/ack');
  const sent = fleet.map(() => 0), first = fleet.map((gateway) => gateway.seq - messages);
  const topics = fleet.map((gateway) => topic('bench', gateway.id, 'up'));
  let finish = () => undefined as void, done = false;
  const finished = new Promise<void>((end) => { finish = end; });
  function pump() {
    let more = true;
    while (more) {
      more = false;
      for (const [g, gateway] of fleet.entries()) {
        for (let burst = 0; burst < 16 && sent[g]! < messages; burst++) {
          if (first[g]! + sent[g]! - gateway.through >= window || !link.publish(topics[g]!, sealed[g]![sent[g]!]!)) break;
          sent[g]! += 1;
          more = true;
        }
      }
    }
    if (!done && fleet.every((gateway) => gateway.through >= gateway.seq)) { done = true; finish(); }
  }
  const started = performance.now();
  const again = setInterval(pump, 1);  // what the broker's own limit held back
  const limit = setTimeout(() => finish(), 60_000);
  pump();
  await finished;
  const seconds = (performance.now() - started) / 1000;
  clearInterval(again);
  clearTimeout(limit);
  const why = link.ended;
  link.close();
  if (!done) throw new Error(`not everything was acknowledged${why ? `: ${why}` : ''}`);
  return (fleet.length * messages * batch) / seconds;
}

function start(name: string, command: string, args: string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  const program = new Program(name, command, args, join(folder, `${name}.log`), options).start();
  programs.push(program);
  return program;
}

async function startBroker(): Promise<number> {
  const port = await freePort();
  // As bench_settle has it; anonymous, because what is measured is one machine on loopback.
  writeFileSync(join(folder, 'mosquitto.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 1000\nmax_queued_messages 100000\n`
    + 'max_packet_size 262144\nset_tcp_nodelay true\npersistence false\nlog_type error\n');
  const broker = start('mosquitto', ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync) ?? 'mosquitto', ['-c', join(folder, 'mosquitto.conf')]);
  await until('the broker', () => { broker.mustRun(); return accepts(port); }, { everyMs: 50 });
  return port;
}

interface Prepared { config: string; api: Api; keys: GatewayKeys[]; began: number }

/** A database with 2000 prepaid meters, all made through the REST interface, in fresh.db; each round begins with a copy of it. */
async function prepareAnju(mqtt: number): Promise<Prepared> {
  const port = await freePort();
  const config = join(folder, 'platform.toml');
  writeFileSync(config, `database = ${toml(`sqlite:${folder}/anju.db`)}\nlisten = "127.0.0.1:${port}"\nweb = ${toml(folder)}\nkeys = ${toml(`${folder}/keys`)}\n`
    + `[mqtt]\nurl = "mqtt://127.0.0.1:${mqtt}"\n[log]\nlevel = "info"\n`, { mode: 0o600 });
  const init = run(binary('anju-platform'), ['init', '--config', config, '--organisation', 'Bench', '--site', 'bench', '--site-name', 'Bench', '--greatest-power-w', '1000000000']);
  if (init.code !== 0) throw new Error(init.all);
  const api = new Api(`http://127.0.0.1:${port}`);
  await serve({ config, api });
  const drawn = (word: string) => new RegExp(`${word}\\s+(\\S+)`).exec(init.all)![1]!;
  await api.logIn(drawn('user'), drawn('password'));
  await api.changePassword(drawn('password'), `Bench-${drawn('password')}`);
  const plan = await api.post<{ id: number }>('/price-plans', { name: 'plan', kind: 'total', total: '0.6' });
  const keys: GatewayKeys[] = [];
  for (let g = 0; g < gateways; g++) {
    const id = `gw${g}`;
    const { key } = await api.post<{ key: string }>('/gateways', { id, name: id, site: 'bench', reading_minutes: 1, lines: [{ id: 'l1', uri: 'tcp://127.0.0.1:1' }] });
    for (let from = 0; from < meters; from += 20) {
      await Promise.all(Array.from({ length: 20 }, async (_, i) => {
        const device = `${id}-${from + i}`;
        const meter = await api.post<{ id: number }>('/meters', { device, name: device, room: '', address: String(100_000_000_000 + from + i), gateway: id, line: 'l1',
          mode: 'prepaid', price_plan: plan.id, start_reading: { total: '0', tariffs: ['0', '0', '0', '0'] }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true });
        await api.recharge(meter.id, '1000', `first-${device}`);
      }));
    }
    keys.push(deriveKeys(key));
  }
  const began = Date.now();
  const ended = await programs.pop()!.stop();
  if (ended.code !== 0) throw new Error('the platform did not end in order');
  for (const ending of ['', '-wal']) if (existsSync(join(folder, `anju.db${ending}`))) copyFileSync(join(folder, `anju.db${ending}`), join(folder, `fresh.db${ending}`));
  return { config, api, keys, began };
}

async function serve({ config, api }: { config: string; api: Api }) {
  const platform = start('anju-platform', binary('anju-platform'), ['serve', '--config', config]);
  const health = async () => { platform.mustRun(); return (await (await fetch(`${api.base}/api/v1/health`)).json()) as { broker: boolean }; };
  await until('the platform at the broker', async () => (await health()).broker, { everyMs: 50 });
  return platform;
}

async function startAnju(prepared: Prepared): Promise<Gateway[]> {
  for (const ending of ['', '-wal']) if (existsSync(join(folder, `fresh.db${ending}`))) copyFileSync(join(folder, `fresh.db${ending}`), join(folder, `anju.db${ending}`));
  await serve(prepared);
  return prepared.keys.map((keys, g) => new Gateway(`gw${g}`, keys, prepared.began));
}

async function startPeer(mqtt: number, way: Way): Promise<Gateway[]> {
  const user = join(folder, 'node-red');
  mkdirSync(user);
  writeFileSync(join(user, 'flows.json'), JSON.stringify(flow(mqtt, join(folder, 'peer.db'), way)));
  copyFileSync(join(here, 'settings.cjs'), join(user, 'settings.js'));
  const port = await freePort();
  const peer = start('node-red', process.execPath, [join(here, 'node_modules/node-red/red.js'), '--userDir', user, '--port', String(port)], { cwd: here, env: { NODE_PATH: join(here, 'node_modules') } });
  const fleet = Array.from({ length: gateways }, (_, g) => new Gateway(`gw${g}`, deriveKeys('ab'.repeat(32)), Date.now()));
  // The flow is there when it has acknowledged something of a gateway that is not counted.
  const probe = new Gateway('probe', deriveKeys('ab'.repeat(32)), Date.now());
  await until('Node-RED', async () => {
    peer.mustRun();
    const link = await MqttLink.connect(mqtt, { clientId: 'probe' });
    try {
      let heard = false;
      link.onMessage = () => { heard = true; };
      await link.subscribe('anju/v1/bench/probe/down/ack');
      link.publish(topic('bench', 'probe', 'up'), probe.message(1));
      await until('its answer', () => heard, { timeoutMs: 2000, everyMs: 20 });
      return true;
    } finally { link.close(); }
  }, { timeoutMs: 60_000 });
  return fleet;
}

/** Seconds of processor time that a program has used, in all its threads: what other work on the machine changes little. */
function cpuSeconds(program: Program): number {
  const fields = readFileSync(`/proc/${program.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;  // utime, stime, in ticks
}

/** Readings per second, and microseconds of the subscriber's processor time per reading. */
async function measure(subscriber: Program, run: () => Promise<number>, readings: number): Promise<Figure> {
  const before = cpuSeconds(subscriber);
  const rate = await run();
  return { rate, cpu: ((cpuSeconds(subscriber) - before) * 1e6) / readings };
}

interface Figure { rate: number; cpu: number }

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What the flow says it stored is there. */
async function checkPeer(readings: number) {
  const sqlite3 = createRequire(import.meta.url)('sqlite3') as { Database: new (file: string) => { all(sql: string, done: (error: Error | null, rows: { n: number }[]) => void): void; close(): void } };
  const database = new sqlite3.Database(join(folder, 'peer.db'));
  const [row] = await new Promise<{ n: number }[]>((done, fail) => { database.all("SELECT count(*) n FROM reading WHERE device LIKE 'gw%'", (error, rows) => (error ? fail(error) : done(rows))); });
  database.close();
  if (row!.n !== readings) throw new Error(`the flow has stored ${row!.n} readings, not ${readings}`);
}

function checkAnju(meter: Meter, messages: number, batch: number) {
  const due = 1000 - (messages * batch / meters) * 0.07 * 0.6;
  if (Math.abs(Number(meter.balance) - due) > 1e-6) throw new Error(`${meter.device} has a balance of ${meter.balance}, not ${due}`);
}

/** Databases and folders of the round before. */
function clean() {
  for (const name of ['anju.db', 'peer.db']) for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, name + ending), { force: true });
  rmSync(join(folder, 'node-red'), { recursive: true, force: true });
}

async function main() {
  if (!existsSync(join(here, 'node_modules/node-red'))) throw new Error(`Node-RED is not installed: run scripts/bench peer, or npm ci in ${here}`);
  const { version } = JSON.parse(readFileSync(join(here, 'node_modules/node-red/package.json'), 'utf8')) as { version: string };
  console.log(`note: Node-RED ${version}; what the flows do and leave out: tests/bench/peer/flow.ts. SQLite in WAL mode with synchronous=FULL on both sides.`);
  const mqtt = await startBroker();
  const prepared = await prepareAnju(mqtt);
  const rows: unknown[] = [];
  for (const what of cases) {
    const rates = new Map(what.peers.map((peer) => [peer.name, [] as { anju: Figure; peer: Figure }[]]));
    for (let round = 0; round < rounds; round++) {
      // Each runs alone, on databases of its own, as the other's subscription would cost the broker.
      clean();
      const fleet = await startAnju(prepared);
      const anju = await measure(programs.at(-1)!, () => publish(mqtt, fleet, what, what.messages), gateways * what.messages * what.batch);
      checkAnju((await prepared.api.meters())[0]!, what.messages, what.batch);
      await programs.pop()!.stop();
      for (const peer of what.peers) {
        clean();
        const peerFleet = await startPeer(mqtt, peer.way);
        const readings = gateways * peer.messages * what.batch;
        const figure = await measure(programs.at(-1)!, () => publish(mqtt, peerFleet, what, peer.messages), readings);
        await programs.pop()!.stop();
        await checkPeer(readings);
        rates.get(peer.name)!.push({ anju, peer: figure });
        console.log(`${peer.name}: ${[anju, figure].map(({ rate, cpu }) => `${Math.round(rate)} readings/s (${cpu.toFixed(1)} us of CPU each)`).join(' and ')}`);
      }
    }
    for (const [name, figures] of rates) {
      const row = (metric: string, value: number, unit: string) => rows.push({ bench: 'peer', case: name, metric, value, unit });
      row('readings_per_s', median(figures.map(({ anju }) => anju.rate)), '1/s');
      row('peer_readings_per_s', median(figures.map(({ peer }) => peer.rate)), '1/s');
      row('ratio', median(figures.map(({ anju, peer }) => anju.rate / peer.rate)), '');
      row('cpu_per_reading', median(figures.map(({ anju }) => anju.cpu)), 'us');
      row('peer_cpu_per_reading', median(figures.map(({ peer }) => peer.cpu)), 'us');
    }
  }
  const json = process.argv[process.argv.indexOf('--json') + 1];
  if (process.argv.includes('--json') && json) writeFileSync(json, JSON.stringify(rows, undefined, 1));
}

main().catch((error: unknown) => {
  console.error((error as Error).stack ?? error);
  for (const program of programs) console.error(`--- ${program.name}\n${program.tail()}`);
  process.exitCode = 1;
}).finally(async () => {
  for (const program of programs.reverse()) await program.stop();
  rmSync(folder, { recursive: true, force: true });
});
