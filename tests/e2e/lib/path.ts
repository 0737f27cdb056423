// The path of a kilowatt-hour: reading, deduction, two warnings, cut-off, recharge, reconnection. Each step waits for what the
// platform says and asks the simulated meters themselves. It survives a killed program: requests are tried again with the same id.

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cost, format, money, price, quantity } from './decimal.ts';
import type { Api, Command, Meter } from './api.ts';
import type { SimMeter } from './control.ts';
import { gatewayId, siteId, type Stack } from './stack.ts';
import { Fatal, until } from './wait.ts';

export const draw = (prefix: string) => `${prefix}-${randomBytes(6).toString('hex')}`;

export interface Site {
  meters: Meter[];
  /** The one that runs into arrears. */
  chosen: Meter;
  login: { user: string; password: string };
  prices: Map<number, string>;
  /** By meter: every recharge that was accepted, in micro-yuan; kept here so that the books have something to be compared with. */
  paid: Map<number, bigint>;
}

export interface Step { at: number; text: string }
export type Report = (text: string) => void;

/** The first login, which has to change its password. */
export async function firstLogIn(stack: Stack): Promise<{ user: string; password: string }> {
  const { user, password: given } = stack.firstLogin!;
  const password = draw('Garden');
  await stack.api.logIn(user, given);
  await stack.api.changePassword(given, password);
  return { user, password };
}

/** One price a kWh, for households; its id. */
export async function addPlan(stack: Stack, total: string, name = '居民电价') {
  return (await stack.api.post<{ id: number }>('/price-plans', { name, kind: 'total', total })).id;
}

/** The gateway with its lines, and its key where it looks for it. */
export async function addGateway(stack: Stack) {
  const { key } = await stack.api.post<{ key: string }>('/gateways', { id: gatewayId, name: '配电房网关', site: siteId, reading_minutes: 1, lines: stack.lines });
  writeFileSync(stack.keyFile, `${key}\n`, { mode: 0o600 });
}

/** The gateway, until it says that it has the archive of its meters. */
export async function startGateway(stack: Stack, timeoutMs = 60_000) {
  stack.gateway.start();
  await until('the gateway to report the archive of its meters', async () => {
    stack.gateway.mustRun();
    const gateway = await stack.api.gateway(gatewayId);
    return gateway.online && gateway.archive_reported === gateway.archive_version && gateway.archive_version > 0;
  }, { timeoutMs, everyMs: 300 });
}

/** First login, price plans, the gateway with its lines, every meter of the simulated site; then the gateway starts. */
export async function prepare(stack: Stack, { password, chosenPrice = '1.5', recharge = '1000' }: {
  /** Given when a person (the browser) has changed the first password already. */
  password?: string; chosenPrice?: string; recharge?: string;
} = {}): Promise<Site> {
  const { api } = stack;
  const login = password ? { user: stack.firstLogin!.user, password } : await firstLogIn(stack);
  if (password) await api.logIn(login.user, password);
  const home = await addPlan(stack, '0.6153');
  const shop = await addPlan(stack, chosenPrice, '商铺电价');
  const prices = new Map([[home, '0.6153'], [shop, chosenPrice]]);
  await addGateway(stack);

  const site: Site = { meters: [], chosen: undefined as unknown as Meter, login, prices, paid: new Map() };
  const { meters } = site;
  const registers = await stack.control.registers();
  for (const [index, meter] of registers.entries()) {
    const chosen = index === 0;
    meters.push(await api.post<Meter>('/meters', {
      device: `m${String(index + 1).padStart(3, '0')}`,
      name: chosen ? '一号商铺' : `${meter.label || meter.address} 电表`, room: meter.label,
      address: meter.address, gateway: gatewayId, line: stack.lines.find((line) => line.id === meter.line)?.id ?? stack.lines[0]!.id,
      mode: 'prepaid', price_plan: chosen ? shop : home,
      start_reading: { total: meter.total, ...(meter.tariffs.length === 4 ? { tariffs: meter.tariffs } : {}) },
      alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true,
    }));
    await pay(api, site, meters[index]!.id, chosen ? '10' : recharge, draw('first'));
  }
  await startGateway(stack);
  site.chosen = meters[0]!;
  return site;
}

/** A recharge that is remembered. key: the sender's own id, so that trying again does not pay twice. */
export async function pay(api: Api, site: Site, meter: number, amount: string, key: string) {
  const result = await api.recharge(meter, amount, key, '柜台充值');
  site.paid.set(meter, (site.paid.get(meter) ?? 0n) + money(amount));
  return result;
}

/** The way down and up again of the chosen meter. */
export async function arrearsAndBack(stack: Stack, site: Site, report: Report, options: { kw?: string; stepMs?: number } = {}) {
  await downToArrears(stack, site, report, options);
  await rechargeAndBack(stack, site, report, options);
}

/** Until the chosen meter is cut off and the cut-off verified. kw: the load that uses its money up. */
export async function downToArrears(stack: Stack, site: Site, report: Report, { kw = '6', stepMs = 120_000 } = {}) {
  const { api, control } = stack;
  const id = site.chosen.id;
  const waiting = { timeoutMs: stepMs, everyMs: 400 };
  await control.load(site.chosen.address, kw);

  // Somebody presses 抄表 every few seconds: readings on demand are deducted like those of the plan.
  let ordered = 0;
  const look = async () => {
    if (Date.now() - ordered > 4000) {
      ordered = Date.now();
      await api.order(id, 'read', draw('look'));
    }
    return api.meter(id);
  };
  const deduction = await until('a reading of the chosen meter to be deducted', async () => {
    await look();
    return (await api.ledger(id)).find((row) => row.kind === 'deduction');
  }, waiting);
  report(`reading deducted: ${deduction.quantity ?? '?'} kWh, ${deduction.amount} yuan, balance ${deduction.balance} yuan`);

  for (const [level, states] of [['first', ['low_1', 'low_2', 'arrears']], ['second', ['low_2', 'arrears']]] as const) {
    const meter = await until(`the ${level} low-balance state`, async () => {
      const now = await look();
      return (states as readonly string[]).includes(now.account_state) ? now : undefined;
    }, waiting);
    report(`${level} threshold crossed: balance ${meter.balance} yuan (${meter.account_state})`);
  }
  const trip = await command(api, id, 'trip', 'arrears', waiting, look);
  const off = await until('the meter to be reported open', async () => {
    const now = await api.meter(id);
    return now.reported === 'open' ? now : undefined;
  }, waiting);
  if (off.wanted !== 'open' || off.wanted_reason !== 'arrears') throw new Fatal(`tripped, but wanted is ${off.wanted} (${off.wanted_reason})`);
  await relayIs(stack, site, 'open');
  report(`tripped for arrears at ${off.balance} yuan, verified ${(trip.ended_at! - trip.created_at) / 1000} s after the order`);
  const notices = (await api.notices(id)).reverse();
  const warned = notices.map((row) => `${row.kind} at ${row.balance} yuan`).join(', ');
  if (notices.map((row) => row.kind).join() !== 'alarm_1,alarm_2') {
    throw new Fatal(`warned ${notices.length} times, not once per threshold: ${warned}`);
  }
  report(`warned twice: ${warned}`);
}

/** Recharges the chosen meter, the same order twice, and waits until it supplies again. */
export async function rechargeAndBack(stack: Stack, site: Site, report: Report, { stepMs = 120_000, recharge = '20' } = {}) {
  const { api } = stack;
  const id = site.chosen.id;
  const waiting = { timeoutMs: stepMs, everyMs: 400 };
  const key = draw('recharge');
  const paid = await pay(api, site, id, recharge, key);
  const again = await api.recharge(id, recharge, key, '柜台充值');
  if (again.result !== 'exists') throw new Fatal(`the same recharge again was answered '${again.result}', not 'exists'`);
  report(`recharged ${recharge} yuan: balance ${paid.balance} yuan; the same order again answers '${again.result}'`);
  const close = await command(api, id, 'close', 'recharged', waiting);
  await until('the meter to be reported closed', async () => (await api.meter(id)).reported === 'closed', waiting);
  await relayIs(stack, site, 'closed');
  report(`reconnected, verified ${(close.ended_at! - close.created_at) / 1000} s after the order`);
  await stack.control.load(site.chosen.address, '0.5');
}

/** Waits for a verified command of this kind and cause. */
async function command(api: Api, meter: number, kind: string, cause: string, waiting: object, meanwhile?: () => Promise<unknown>): Promise<Command> {
  return until(`the ${kind} command (${cause}) to be verified`, async () => {
    await meanwhile?.();
    const rows = (await api.commands(meter)).filter((row) => row.kind === kind && (row.cause === cause || row.cause === 'reconcile'));
    const verified = rows.find((row) => row.state === 'verified');
    if (!verified && rows.length > 0) throw new Error(`it is ${rows[0]!.state} ${rows[0]!.reason ?? ''} after ${rows[0]!.attempts} attempts`);
    return verified;
  }, waiting);
}

async function relayIs(stack: Stack, site: Site, wanted: SimMeter['relay']) {
  const meter = await stack.control.meter(site.chosen.address);
  if (meter.relay !== wanted) throw new Fatal(`the platform says verified, but the meter's relay is ${meter.relay}, not ${wanted}`);
}

export interface Settled { meters: number; readings: number; kwh: string; yuan: string; lines: string[] }

/**
 * Stops all consumption, has every meter read once more and compares the books with the meters' own registers: energy billed =
 * last - first register, and deductions = price x energy to the micro-yuan.
 */
export async function settle(stack: Stack, site: Site): Promise<Settled> {
  const { api, control } = stack;
  await control.load('*', '0');
  const registers = new Map((await control.registers()).map((meter) => [meter.address, meter]));
  const starts = new Map(site.meters.map((meter) => [meter.id, meter.start_reading]));
  const last = (meter: Meter) => (meter.last_reading ?? starts.get(meter.id)!).total;  // a dead meter has none
  // The minute's own reading brings most of them; a meter that is still behind is asked.
  const asked = new Map<number, number>();
  await until('the last reading of every meter', async () => {
    const behind = (await api.meters()).filter((meter) => !sameRegister(last(meter), registers.get(meter.address)!.total));
    for (const meter of behind) {
      if (Date.now() - (asked.get(meter.id) ?? 0) < 20_000) continue;
      asked.set(meter.id, Date.now());
      await api.order(meter.id, 'read', draw('last'));
    }
    if (behind.length > 0) {
      const first = behind[0]!;
      throw new Error(`${behind.length} meters are behind, e.g. ${first.name}: platform ${last(first)}, meter ${registers.get(first.address)!.total}`);
    }
    return true;
  }, { timeoutMs: 120_000, everyMs: 1000 });

  const wrong: string[] = [], lines: string[] = [];
  let energy = 0n, sum = 0n, readings = 0;
  for (const meter of await api.meters()) {
    const start = starts.get(meter.id)!.total;
    const used = quantity(registers.get(meter.address)!.total) - quantity(start);
    const rows = await api.ledger(meter.id);
    const deductions = rows.filter((row) => row.kind === 'deduction');
    const billed = deductions.reduce((total, row) => total + quantity(row.quantity ?? '0'), 0n);
    const deducted = deductions.reduce((total, row) => total + magnitude(money(row.amount)), 0n);
    const recharged = rows.filter((row) => row.kind === 'recharge').reduce((total, row) => total + magnitude(money(row.amount)), 0n);
    const expected = cost(used, price(site.prices.get(meter.price_plan.id)!));
    if (billed !== used) wrong.push(`${meter.name}: billed ${format(billed, 4)} kWh, its registers say ${format(used, 4)} kWh`);
    if (deducted !== expected) wrong.push(`${meter.name}: deducted ${format(deducted, 6)} yuan, price x energy is ${format(expected, 6)} yuan`);
    if (recharged !== (site.paid.get(meter.id) ?? 0n)) {
      wrong.push(`${meter.name}: the ledger has recharges of ${format(recharged, 6)} yuan, ${format(site.paid.get(meter.id) ?? 0n, 6)} were paid`);
    }
    if (money(meter.balance) !== recharged - deducted) {
      wrong.push(`${meter.name}: balance ${meter.balance}, recharges - deductions are ${format(recharged - deducted, 6)}`);
    }
    if (meter.quarantined > 0) wrong.push(`${meter.name}: ${meter.quarantined} readings in quarantine`);
    energy += billed; sum += deducted; readings += deductions.length;
    lines.push(`${meter.device} ${meter.address} ${format(billed, 4)} kWh ${format(deducted, 6)} yuan balance ${meter.balance}`);
  }
  if (wrong.length > 0) throw new Fatal(`the books differ from the meters:\n${wrong.join('\n')}`);
  return { meters: lines.length, readings, kwh: format(energy, 4), yuan: format(sum, 6), lines };
}

const magnitude = (value: bigint) => (value < 0n ? -value : value);
const sameRegister = (platform: string, meter: string) => quantity(platform) === quantity(meter);
