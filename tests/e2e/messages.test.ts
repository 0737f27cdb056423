// Messages to people, from a register that runs to a telephone that rings: real programs, a provider of SMS and a mail server played by the
// test. Each crossing is told once whatever is killed meanwhile; bought SMS are counted; mail goes over TLS to nobody but whom its authority vouches for.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Authority } from './lib/certificates.ts';
import { EventStream } from './lib/event-stream.ts';
import { smallSite } from './lib/fault-site.ts';
import { MailServer } from './lib/mail-server.ts';
import { draw, prepare, type Site } from './lib/path.ts';
import { SmsProvider } from './lib/sms-provider.ts';
import { root, Stack, toml } from './lib/stack.ts';
import { until } from './lib/wait.ts';

interface Page<Row> { total: number; rows: Row[] }
interface Inbox { kind: string; meter: number | null; count: number; words: { title: Record<string, string>; text: Record<string, string> } }
interface Delivery { id: number; kind: string; channel: string; address: string; state: string; error: string; attempts: number; meter: number | null }
interface Stock { remaining: number; bought: number; used: number; low: boolean }

const from = 'anju@garden.test', manager = { mobile: '13800138000', mail: 'manager@garden.test' };
const patience = { timeoutMs: 150_000, everyMs: 300 };
const made: (() => unknown)[] = [];
const later = <T>(thing: T, end: (thing: T) => unknown): T => { made.push(() => end(thing)); return thing; };
afterAll(async () => { for (const end of made.reverse()) await end(); });

const inbox = async (stack: Stack, kind: string) => (await stack.api.get<Page<Inbox>>('/inbox?page_size=100')).rows.filter((row) => row.kind === kind);
const deliveries = async (stack: Stack, query: string) => (await stack.api.get<Page<Delivery>>(`/messages?page_size=100&${query}`)).rows;
const stock = (stack: Stack) => stack.api.get<Stock>('/sms-packages');
const listen = async (stack: Stack) => later(await EventStream.open(stack.address, stack.api.sessionCookie), (stream) => stream.close());

describe('a balance that falls', () => {
  let stack: Stack, site: Site, provider: SmsProvider, mails: MailServer;

  /** Reads the chosen meter every few seconds, until something is so. */
  async function reading<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
    let ordered = 0;
    return until(what, async () => {
      if (Date.now() - ordered > 3000) {
        ordered = Date.now();
        await stack.api.order(site.chosen.id, 'read', draw('look'));
      }
      return ask();
    }, patience);
  }

  test('em-alarm-sms-1, em-notify: below preset 1 one message reaches inbox, event stream, webhook and mail, though the platform is killed in the middle', async () => {
    provider = later(await SmsProvider.start(draw('secret')), (one) => one.stop());
    mails = later(await MailServer.start('clear'), (one) => one.stop());
    const folder = `${root}/build/e2e/messages`;
    const secretFile = join(folder, 'webhook.secret');
    stack = later(await Stack.create({
      folder, scenario: smallSite(),
      platformMore: `[messages.webhook]\nurl = ${toml(provider.url)}\nsecret_file = ${toml(secretFile)}\n\n[messages.smtp]\nurl = ${toml(mails.url)}\nfrom = ${toml(from)}\ntls = false\n` }),
    (one) => one.stop());
    writeFileSync(secretFile, `${provider.secret}\n`, { mode: 0o600 });
    await stack.start();
    site = await prepare(stack);
    const { api } = stack, meter = site.chosen.id;
    api.patienceMs = 60_000;
    await api.post('/sms-packages', { id: draw('package'), count: 2, price: '0.1', note: '试用' });
    const { version } = await api.get<{ version: number }>(`/meters/${meter}/subscribers`);
    await api.put(`/meters/${meter}/subscribers`, {
      version, rows: [{ name: '李经理', ...manager, language: 'zh-CN', kinds: ['low_balance_1', 'low_balance_2', 'cut_off'] }] });

    const stream = await listen(stack);
    expect(stream.count('inbox')).toBe(0);
    provider.silent = true;
    await stack.control.load(site.chosen.address, '6');
    await reading('the SMS to be posted', async () => provider.of('low_balance_1').length > 0);
    await stack.control.load(site.chosen.address, '0');
    await until('the event stream to say that the inbox has changed', () => stream.count('inbox') > 0, patience);
    // The provider has the message and has not answered: nobody but it knows.
    await stack.platform.kill9();
    provider.silent = false;
    await stack.startPlatform();

    await until('the SMS to be posted again and taken', async () => (await deliveries(stack, 'kind=low_balance_1&channel=sms')).some((row) => row.state === 'sent'), patience);
    await until('the mail to have left', async () => (await deliveries(stack, 'kind=low_balance_1&channel=mail')).some((row) => row.state === 'sent'), patience);
    expect((await api.notices(meter)).map((row) => row.kind)).toEqual(['alarm_1']);
    const told = await inbox(stack, 'low_balance_1');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ meter, count: 1 });
    expect(await deliveries(stack, 'kind=low_balance_1')).toHaveLength(2);

    const posted = provider.of('low_balance_1');
    expect(posted.length, 'once before the end and once after it').toBe(2);
    expect(new Set(posted.map((sms) => sms.id)).size, 'by its id the provider knows the repeat').toBe(1);
    expect(posted[0]).toMatchObject({ to: manager.mobile, language: 'zh-CN', count: 1 });
    expect(Number(posted[0]!.values['threshold'])).toBe(5);
    expect(Number(posted[0]!.values['balance'])).toBeLessThan(5);
    expect(posted[0]!.text).toContain('余额');
    const sent = mails.mails.filter((mail) => mail.to.includes(manager.mail));
    expect(new Set(sent.map((mail) => mail.headers['message-id'])).size, 'one mail, however often it was handed over').toBe(1);
    expect(sent[0]).toMatchObject({ from, to: [manager.mail], encrypted: false });
    expect(sent[0]!.text).toContain('余额');
    expect(provider.forged).toEqual([]);
    expect(await stock(stack)).toMatchObject({ bought: 2, used: 1, remaining: 1 });
  }, 400_000);

  test('em-alarm-sms-2, sm-packages: the second threshold takes the last SMS; then none is sent, and the desk is told', async () => {
    const { api } = stack, meter = site.chosen.id;
    const stream = await listen(stack);
    await stack.control.load(site.chosen.address, '6');
    await reading('the second SMS to be taken', async () => (await deliveries(stack, 'kind=low_balance_2&channel=sms')).some((row) => row.state === 'sent'));
    expect(await stock(stack)).toMatchObject({ used: 2, remaining: 0, low: true });
    const before = provider.posted.length;
    await reading('the SMS of the cut-off to be given up for want of a package', async () => (await deliveries(stack, 'kind=cut_off&channel=sms')).some((row) => row.state === 'no_package'));
    await stack.control.load(site.chosen.address, '0');
    await until('the mail of the cut-off, which needs no package', async () => mails.mails.some((mail) => mail.to.includes(manager.mail) && /停/.test(mail.text)), patience);
    expect(provider.posted.length, 'nothing is sent without a package').toBe(before);
    expect(await stock(stack)).toMatchObject({ used: 2, remaining: 0 });
    await until('the desk to be told', async () => (await inbox(stack, 'sms_empty')).length === 1, patience);
    for (const kind of ['low_balance_1', 'low_balance_2', 'cut_off']) expect(await inbox(stack, kind), kind).toHaveLength(1);
    expect(stream.count('inbox')).toBeGreaterThan(0);
    expect((await api.notices(meter)).map((row) => row.kind).sort()).toEqual(['alarm_1', 'alarm_2']);
    expect(new Set(provider.posted.map((sms) => sms.id)).size).toBe(2);

    await api.post('/sms-packages', { id: draw('package'), count: 10, price: '0.5', note: '' });
    const missed = (await deliveries(stack, 'kind=cut_off&channel=sms'))[0]!;
    await api.post(`/messages/${missed.id}/resend`, {});
    await until('what was missed to be sent once there are SMS again', async () => provider.of('cut_off').length === 1, patience);
    await until('it to be counted', async () => (await stock(stack)).remaining === 9, patience);
    expect(await stack.stop()).toEqual([]);
    const verified = stack.verify();
    expect(verified.code, verified.all).toBe(0);
    const log = readFileSync(stack.platform.logFile, 'utf8');
    for (const word of [manager.mobile, manager.mail, provider.secret]) expect(log, 'logs hold no address and no secret').not.toContain(word);
  }, 400_000);
});

test('em-notify: mail goes over TLS to a server of the known authority only; another one is refused, said, and tried again', async () => {
  const folder = `${root}/build/e2e/messages-tls`;
  const stack = later(await Stack.create({ folder, scenario: smallSite() }), (one) => one.stop());
  const authority = new Authority(join(folder, 'pki'), 'mail-authority'), stranger = new Authority(join(folder, 'pki'), 'another-authority');
  const certificate = authority.issue('mail', 'mail.garden.test', 'IP:127.0.0.1');
  const elsewhere = authority.issue('elsewhere', 'mail.elsewhere.test', 'DNS:mail.elsewhere.test');
  const passwordFile = join(folder, 'smtp.password'), password = draw('smtp');
  const table = (server: MailServer, known: Authority) =>
    `[messages.smtp]\nurl = ${toml(server.url)}\nfrom = ${toml(from)}\nuser = ${toml(from)}\npassword_file = ${toml(passwordFile)}\nca_file = ${toml(known.file)}\n`;
  const [implicit, upgraded, other] = await Promise.all([MailServer.start('tls', certificate), MailServer.start('starttls', certificate), MailServer.start('tls', elsewhere)]);
  for (const server of [implicit!, upgraded!, other!]) later(server, (one) => one.stop());
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const restarted = async (more: string) => {
    await stack.platform.stop();
    stack.configurePlatform(more);
    await stack.startPlatform();
  };
  const test = () => stack.api.post<Delivery>('/messages/test', { channel: 'mail' });
  const now = async (id: number) => (await deliveries(stack, 'channel=mail')).find((row) => row.id === id)!;
  const refused = (id: number) => until('the delivery to say why it did not leave', async () => { const row = await now(id); return row.error ? row : undefined; }, patience);

  stack.configurePlatform(table(implicit!, stranger));
  await stack.start();
  const { api } = stack;
  await api.logIn(stack.firstLogin!.user, stack.firstLogin!.password);
  await api.changePassword(stack.firstLogin!.password, draw('Garden'));
  await api.put('/session/profile', { name: '管理员', phone: '', email: manager.mail });

  const first = await test();
  expect(await refused(first.id), 'an authority that nobody knows').toMatchObject({ state: 'pending', error: 'tls', attempts: 1 });
  await until('the log to say it', () => /message \S+ by mail was not accepted: tls/.test(readFileSync(stack.platform.logFile, 'utf8')), patience);
  expect(implicit!.connections).toBeGreaterThan(0);

  await restarted(table(other!, authority));
  const second = await test();
  expect(await refused(second.id), 'a certificate for another name').toMatchObject({ error: 'tls' });
  expect([...implicit!.mails, ...other!.mails], 'nothing was said to either').toEqual([]);

  await restarted(table(implicit!, authority));
  await until('both to leave by themselves', () => implicit!.mails.length === 2, patience);
  expect((await now(first.id)).state).toBe('sent');
  for (const mail of implicit!.mails) expect(mail).toMatchObject({ encrypted: true, user: `${from}:${password}`, to: [manager.mail] });

  await restarted(table(upgraded!, authority));
  await test();
  await until('a mail after STARTTLS', () => upgraded!.mails.length === 1, patience);
  expect(upgraded!.mails[0], 'the password is said after the upgrade only').toMatchObject({ encrypted: true, user: `${from}:${password}` });

  // STARTTLS is not to be talked away: a server in the clear hears neither password nor mail.
  const clear = later(await MailServer.start('clear'), (one) => one.stop());
  await restarted(table(clear, authority));
  const last = await test();
  expect(await refused(last.id)).toMatchObject({ error: 'tls' });
  expect(clear.mails).toEqual([]);
  expect(readFileSync(stack.platform.logFile, 'utf8')).not.toContain(password);
  expect(await stack.stop()).toEqual([]);
}, 400_000);
