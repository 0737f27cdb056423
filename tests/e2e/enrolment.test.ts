// A box becomes a gateway by a code: over https to the platform and over TLS 1.3 to Mosquitto with its dynamic security, which knows nobody but the
// platform. And the edge holds: whoever comes with something that is not his is refused, and somebody says so.

import { connect, type Server, type Socket } from 'node:net';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createSecureServer, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Meter } from './lib/api.ts';
import { Authority } from './lib/certificates.ts';
import { MqttLink } from './lib/mqtt-link.ts';
import { draw } from './lib/path.ts';
import { freePort } from './lib/ports.ts';
import { Program, run, runAsync } from './lib/program.ts';
import { binary, root, siteId, Stack } from './lib/stack.ts';
import { until } from './lib/wait.ts';
import { deriveKeys, open, seal, topic } from './lib/wire.ts';

const folder = `${root}/build/e2e/enrolment`;
const scenario = `
[clock]
energy_factor = 60
[control]
listen = "127.0.0.1:0"
[[line]]
name = "a"
port = "tcp:127.0.0.1:0"
baud = 9600
[[line.meter]]
first_address = "000000000801"
count = 1
load_kw = 1
`;

interface Row { state: string; reused: number }

let stack: Stack, ours: Authority, other: Authority, meter: Meter, front: Server, address: string, pin: string;
const programs: Program[] = [];
const held = new Set<Socket>();
/** Answers of the platform that the front has to lose on their way back. */
let losses = 0;

/** What stands in front of the platform and ends TLS, as a reverse proxy would. */
function proxy(options: TlsOptions, port: number) {
  const server = createSecureServer(options, (outside) => {
    const inside = connect(stack.httpPort, '127.0.0.1');
    held.add(outside).add(inside);
    for (const one of [outside, inside]) one.on('error', () => { outside.destroy(); inside.destroy(); });
    outside.pipe(inside);
    inside.on('data', (bytes) => { if (losses > 0) { losses -= 1; outside.destroy(); inside.destroy(); } else outside.write(bytes); });
    inside.on('end', () => outside.end());
  });
  server.on('tlsClientError', () => undefined);
  return new Promise<Server>((done) => server.listen(port, '127.0.0.1', () => done(server)));
}

beforeAll(async () => {
  ours = new Authority(`${folder}/authority`, 'ours');
  other = new Authority(`${folder}/authority`, 'other');
  const { certificate, key } = ours.issue('front', 'front', 'IP:127.0.0.1');
  stack = await Stack.create({
    folder: `${folder}/site`, scenario, authority: ours, dynamic: true,
    platformMore: `[enrolment]\ncertificate_file = ${JSON.stringify(certificate)}\n[http]\nproxy = "127.0.0.1"\n`,
  });
  await stack.start();
  const port = await freePort();
  address = `https://127.0.0.1:${port}`;
  front = await proxy({ cert: readFileSync(certificate), key: readFileSync(key) }, port);
  const { api, firstLogin } = stack;
  await api.logIn(firstLogin!.user, firstLogin!.password);
  await api.changePassword(firstLogin!.password, draw('Garden'));
  for (const id of ['gw-1', 'gw-2']) await api.post('/gateways', { id, name: id, site: siteId, reading_minutes: 1, lines: id === 'gw-1' ? stack.lines : [{ id: 'l1', uri: 'tcp://127.0.0.1:1' }] });
  const plan = await api.post<{ id: number }>('/price-plans', { name: '居民电价', kind: 'total', total: '0.6' });
  const [first] = await stack.control.registers();
  meter = await api.post<Meter>('/meters', {
    device: 'm001', name: '一号表', room: '', address: first!.address, gateway: 'gw-1', line: stack.lines[0]!.id, mode: 'prepaid', price_plan: plan.id,
    start_reading: { total: first!.total, tariffs: first!.tariffs }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true });
  await api.recharge(meter.id, '1000', draw('first'));
});
afterAll(async () => {
  for (const program of programs) await program.stop();
  for (const socket of held) socket.destroy();
  front?.close();
  await stack?.stop();
});

const newCode = async (gateway = 'gw-1') => {
  const made = await stack.api.post<{ code: string; pin: string }>(`/gateways/${gateway}/enrolment`, undefined);
  pin = made.pin;
  return made.code;
};
const codeNow = async (gateway = 'gw-1') => (await stack.api.get<{ enrolment: Row }>(`/gateways/${gateway}/enrolment`)).enrolment;

/** A box of its own folder. */
function box(name: string) {
  const place = `${folder}/${name}`;
  mkdirSync(place, { recursive: true });
  const config = `${place}/gateway.toml`;
  const program = new Program(`anju-gateway ${name}`, binary('anju-gateway'), ['run', '--config', config], `${place}/gateway.log`);
  programs.push(program);
  return {
    place, config, program,
    enroll: (code: string, ...more: string[]) =>
      runAsync(binary('anju-gateway'), ['enroll', '--platform', address, '--code', code, '--config', config, '--data', `${place}/data`, ...more], { timeoutMs: 120_000 }),
    /** By hand, what a thief reads on the box. */
    secrets: () => {
      const text = readFileSync(config, 'utf8');
      const value = (key: string) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(text)![1]!;
      return { key: readFileSync(value('key_file'), 'utf8').trim(), user: value('user'), password: value('password'), keyFile: value('key_file'), caFile: value('ca_file') };
    },
  };
}
const first = box('first'), second = box('second'), replacement = box('replacement'), neighbour = box('neighbour');

const link = (user: string, password: string) => MqttLink.connect(stack.broker.port, { clientId: user, user, password, ca: readFileSync(ours.file) });
/** Who runs the broker: hears all, says what he likes. */
const asBroker = () => link('witness', stack.broker.password('platform'));
const refusals = () => stack.platform.log().split('\n').filter((line) => line.includes('bad_mac')).length;
const online = async () => {
  const gateway = await stack.api.gateway('gw-1');
  return gateway.online && gateway.archive_reported === gateway.archive_version;
};

test('code, enroll, run: a reading arrives, although the first answer was lost', async () => {
  const code = await newCode();
  losses = 1;
  const done = await first.enroll(code, '--pin', pin);
  expect(done.code, done.all).toBe(0);
  expect(done.stderr).toMatch(/no answer from the platform/);
  expect(done.stdout).toContain('gateway gw-1 of site garden');
  const { key, keyFile } = first.secrets();
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  for (const file of [first.config, keyFile]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${first.config}.enrolling`)).toBe(false);
  first.program.start();
  await until('the gateway to be there with its archive', async () => { first.program.mustRun(); return online(); }, { timeoutMs: 60_000 });
  await until('a reading to be deducted', async () => (await stack.api.ledger(meter.id)).some((row) => row.kind === 'deduction'), { timeoutMs: 120_000 });
  expect((await codeNow()).state).toBe('used');
});

test('the second use is refused, counted and in the audit log; a box that is one already is left alone', async () => {
  const code = await newCode('gw-2');
  expect((await neighbour.enroll(code, '--ca', ours.file)).code).toBe(0);
  const again = await second.enroll(code, '--ca', ours.file);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/used already/);
  expect(existsSync(second.config)).toBe(false);
  expect((await codeNow('gw-2')).reused).toBe(1);
  const audit = await stack.api.get<{ rows: { action: string; who: string; result: string }[] }>('/audit?page_size=50');
  expect(audit.rows.filter((row) => row.action === 'redeem_enrolment' && row.who === 'gateway gw-2').map((row) => row.result).sort()).toEqual(['conflict', 'ok']);
  const before = readFileSync(neighbour.config, 'utf8');
  const unforced = await neighbour.enroll(await newCode('gw-2'), '--ca', ours.file);
  expect(unforced.code).toBe(2);
  expect(unforced.stderr).toMatch(/--force/);
  expect(readFileSync(neighbour.config, 'utf8')).toBe(before);
});

test('a platform of another authority, with another key or without TLS is not told the code', async () => {
  const code = await newCode('gw-2');
  const wrong = await second.enroll(code, '--ca', other.file);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/certificate is not accepted/);
  expect((await second.enroll(code)).stderr).toMatch(/certificate is not accepted/);
  const pinned = await second.enroll(code, '--pin', `sha256//${'A'.repeat(43)}=`);
  expect(pinned.code).toBe(1);
  expect(pinned.stderr).toMatch(/another key than the pin/);
  const plain = run(binary('anju-gateway'), ['enroll', '--platform', 'http://192.0.2.1:8080', '--code', code, '--config', second.config]);
  expect(plain.code).toBe(2);
  expect(plain.stderr).toMatch(/--insecure/);
  expect((await codeNow('gw-2')).state).toBe('open');
  expect(existsSync(second.config)).toBe(false);
});

test('a gateway with another one\'s credential neither speaks for it nor hears its orders, and the broker says so', async () => {
  const { key, password } = neighbour.secrets();
  await expect(link('gw-1', password)).rejects.toThrow(/refused/);
  const thief = await link('gw-2', password);
  const heard: string[] = [];
  const listener = await asBroker();
  listener.onMessage = (on, payload) => { if (payload.includes('stolen')) heard.push(on); };
  await listener.subscribe('anju/v1/#');
  const up = topic(siteId, 'gw-1', 'up');
  thief.publish(up, seal(deriveKeys(key).up, up, { stolen: true }));
  thief.publish(topic(siteId, 'gw-2', 'down/command'), 'stolen');
  for (const filter of [topic(siteId, 'gw-1', 'down/command'), 'anju/v1/#', '#', '$CONTROL/#']) await expect(thief.subscribe(filter)).rejects.toThrow(/refused/);
  const own = topic(siteId, 'gw-2', 'up');
  thief.publish(own, seal(deriveKeys(key).up, own, { stolen: true }));
  await until('what he may say to arrive', () => heard.length > 0);
  expect(heard).toEqual([own]);
  expect(stack.broker.program.log()).toMatch(/Denied PUBLISH from gw-2 .*'anju\/v1\/garden\/gw-1\/up'/);
  thief.close(); listener.close();
});

test('what a hostile broker lets through with another one\'s key is refused by the platform, with one line', async () => {
  const before = refusals();
  const hostile = await asBroker();
  const up = topic(siteId, 'gw-1', 'up');
  hostile.publish(up, seal(deriveKeys(neighbour.secrets().key).up, up, { epoch: 'x', seq: 1, events: [] }));
  await until('the refusal', () => refusals() > before);
  expect(stack.platform.log()).toMatch(/refused a message on anju\/v1\/garden\/gw-1\/up: bad_mac/);
  hostile.close();
});

test('a replayed command switches nothing, a forged one neither, and the forgery is an alarm', async () => {
  const hostile = await asBroker();
  const on = topic(siteId, 'gw-1', 'down/command');
  const captured: Buffer[] = [];
  hostile.onMessage = (where, payload) => { if (where === on) captured.push(Buffer.from(payload)); };
  await hostile.subscribe(on);
  const ordered = async (kind: string, reported: string) => {
    await stack.api.order(meter.id, kind, draw(kind));
    await until(`the meter to be ${reported}`, async () => (await stack.api.meter(meter.id)).reported === reported, { timeoutMs: 60_000 });
  };
  await ordered('trip', 'open');
  const trip = captured.find((payload) => payload.includes('"trip"'))!;
  await ordered('release', 'closed');
  const asked = (await stack.control.meter(meter.address)).requests;
  const keys = deriveKeys(first.secrets().key);
  const order = open<{ id: string; counter: number }>(keys.down, on, trip);
  hostile.publish(on, trip);
  hostile.publish(on, seal(deriveKeys(neighbour.secrets().key).down, on, { ...order, id: 'forged', counter: order.counter + 1000 }));
  hostile.publish(on, trip);
  await until('the alarm', async () => (await stack.api.get<{ rows: { code: string; gateway?: string }[] }>('/alarms?page_size=100')).rows.some((row) => row.code === 'bad_mac'), { timeoutMs: 30_000 });
  await until('the meter to be read again', async () => (await stack.control.meter(meter.address)).requests > asked + 2, { timeoutMs: 150_000 });
  expect((await stack.control.meter(meter.address)).relay).toBe('closed');
  expect((await stack.api.commands(meter.id)).filter((row) => row.kind === 'trip').length).toBe(1);
  // Once, however often it is replayed.
  expect(first.program.log().match(new RegExp(`command ${order.id} for m001 came again after its end`, 'g'))).toHaveLength(1);
  expect(first.program.log()).toMatch(/alarm bad_mac/);
  hostile.close();
});

test('a broker that lost its file is told everything again', async () => {
  await stack.broker.program.stop();
  rmSync(stack.broker.dynamicFile);
  await stack.broker.start([]);
  await until('gw-1 to be back', async () => { first.program.mustRun(); return readFileSync(stack.broker.dynamicFile, 'utf8').includes('"gw-1"') && (await online()); }, { timeoutMs: 90_000 });
  const { password } = neighbour.secrets();
  (await link('gw-2', password)).close();
});

test('a right that a version before gave to a role is taken from it, and one that it lacks is given', async () => {
  type Roles = { roles: { rolename: string; acls: { acltype: string; topic: string; allow: boolean; priority?: number }[] }[] };
  const read = () => JSON.parse(readFileSync(stack.broker.dynamicFile, 'utf8')) as Roles;
  const rights = (file: Roles) => file.roles.find((role) => role.rolename === `anju:${siteId}/gw-2`)!.acls;
  const meant = rights(read()).map((one) => `${one.acltype} ${one.topic}`).sort();
  await stack.broker.program.stop();
  const file = read();
  rights(file).push({ acltype: 'publishClientSend', topic: 'anju/v1/#', priority: 0, allow: true });
  rights(file).splice(rights(file).findIndex((one) => one.topic.endsWith('/live/#')), 1);
  writeFileSync(stack.broker.dynamicFile, JSON.stringify(file), { mode: 0o600 });
  await stack.broker.start([]);
  await until('the rights of this version', () => JSON.stringify(rights(read()).map((one) => `${one.acltype} ${one.topic}`).sort()) === JSON.stringify(meant), { timeoutMs: 90_000 });
  await until('gw-1 to be back', async () => { first.program.mustRun(); return online(); }, { timeoutMs: 90_000 });
});

test('a box that is replaced is out at once, at the broker and at the platform', async () => {
  const old = first.secrets();
  const code = await newCode();
  const done = await replacement.enroll(code, '--pin', pin);
  expect(done.code, done.all).toBe(0);
  await until('the old login to be refused', async () => link('gw-1', old.password).then((still) => { still.close(); return false; }, () => true), { timeoutMs: 10_000 });
  const before = refusals();
  const hostile = await asBroker();
  const up = topic(siteId, 'gw-1', 'up');
  await new Promise((wait) => setTimeout(wait, 10_500));  // one such line in ten seconds
  hostile.publish(up, seal(deriveKeys(old.key).up, up, { epoch: 'x', seq: 1, events: [] }));
  await until('the refusal', () => refusals() > before);
  hostile.close();
  await until('the old box to say that it is refused', () => /error \[135\]: CONNACK/.test(first.program.log()), { timeoutMs: 60_000 });
  await first.program.stop();
  replacement.program.start();
  await until('the new box to be there', async () => { replacement.program.mustRun(); return online(); }, { timeoutMs: 60_000 });
});

test('a revoked gateway is out at once, at the broker and at the platform, and a new code makes it whole again', async () => {
  const old = replacement.secrets();
  expect(await online()).toBe(true);
  const ends = () => replacement.program.log().split('\n').filter((line) => line.includes('broker is down')).length;
  const before = ends(), since = Date.now();
  await stack.api.post('/gateways/gw-1/revocation', { note: '主机被盗' });
  await until('the open connection to be ended', () => ends() > before, { timeoutMs: 10_000 });
  await until('the login to be refused', async () => link('gw-1', old.password).then((again) => { again.close(); return false; }, () => true), { timeoutMs: 10_000 });
  expect(Date.now() - since).toBeLessThan(15_000);
  await until('the console to say that it is off', async () => !(await stack.api.gateway('gw-1')).online, { timeoutMs: 5_000 });
  const shown = await stack.api.get<{ revocation: { by: string; note: string } | null }>('/gateways/gw-1/enrolment');
  expect(shown.revocation).toMatchObject({ by: stack.firstLogin!.user, note: '主机被盗' });
  const audit = await stack.api.get<{ rows: { action: string; result: string; detail: string }[] }>('/audit?page_size=50');
  expect(audit.rows.filter((row) => row.action === 'revoke_gateway').map((row) => row.result)).toEqual(['ok']);
  const alarms = await stack.api.get<{ rows: { code: string; gateway?: string; active?: boolean }[] }>('/alarms?page_size=100');
  expect(alarms.rows.some((row) => row.code === 'gateway_offline' && row.gateway === 'gw-1')).toBe(true);

  // Whoever owns the broker can let it in, and it is not believed: neither what it says nor that it is there.
  const hostile = await asBroker();
  const up = topic(siteId, 'gw-1', 'up');
  await new Promise((wait) => setTimeout(wait, 10_500));  // one such line in ten seconds
  hostile.publish(up, seal(deriveKeys(old.key).up, up, { epoch: 'x', seq: 1, events: [] }));
  await until('the platform to refuse it', () => /gw-1\/up: no key of this gateway/.test(stack.platform.log()), { timeoutMs: 10_000 });
  hostile.close();
  await until('the box to say that it is refused', () => /error \[135\]: CONNACK/.test(replacement.program.log()), { timeoutMs: 60_000 });
  expect(existsSync(`${stack.folder}/keys/gw-1.key`)).toBe(false);

  const done = await replacement.enroll(await newCode(), '--pin', pin, '--force');
  expect(done.code, done.all).toBe(0);
  expect(replacement.secrets().key).not.toBe(old.key);
  await replacement.program.stop();
  replacement.program.start();
  await until('the gateway to be there again', async () => { replacement.program.mustRun(); return online(); }, { timeoutMs: 60_000 });
  expect((await stack.api.get<{ revocation: unknown }>('/gateways/gw-1/enrolment')).revocation).toBeNull();
  await expect(link('gw-1', old.password)).rejects.toThrow(/refused/);
});

test('a gateway whose key was taken away is off within a minute, at the broker, too', async () => {
  const { password, key } = neighbour.secrets();
  rmSync(`${stack.folder}/keys/gw-2.key`);
  await until('gw-2 to be refused by the broker', async () => link('gw-2', password).then((still) => { still.close(); return false; }, () => true), { timeoutMs: 70_000, everyMs: 2000 });
  const hostile = await asBroker();
  const up = topic(siteId, 'gw-2', 'up');
  hostile.publish(up, seal(deriveKeys(key).up, up, { epoch: 'x', seq: 1, events: [] }));
  await until('the platform to refuse it', () => stack.platform.log().includes('gw-2/up: no key of this gateway'), { timeoutMs: 30_000 });
  hostile.close();
});

test('no log and no file of the broker holds a secret', () => {
  const logs = [stack.platform, stack.broker.program, first.program, replacement.program].map((program) => program.log()).join('\n');
  const file = readFileSync(stack.broker.dynamicFile, 'utf8');
  for (const { key, password } of [first, neighbour, replacement].map((one) => one.secrets())) {
    for (const secret of [key, password]) expect((logs + file).includes(secret)).toBe(false);
  }
  expect(stack.broker.program.log()).toMatch(/TLS|tls|mosquitto version/);
});
