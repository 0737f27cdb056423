// Two companies on one platform, and many of their people at once: nobody ever sees a row of the other, in no list, search or detail.

import { afterAll, expect, test } from 'vitest';
import { Api, ApiError } from './lib/api.ts';
import { draw } from './lib/path.ts';
import { smallSite } from './lib/fault-site.ts';
import { run } from './lib/program.ts';
import { binary, root, Stack } from './lib/stack.ts';

let stack: Stack | undefined;
afterAll(async () => { await stack?.stop(); });

interface Company { word: string; api: Api; login: { user: string; password: string }; meters: number[] }
const people = 32;    // of each company, all at once
const sessions = 4;   // of each company: eight people ask at once in each of them

test('64 people of two companies ask at once: no foreign row, ever', async () => {
  stack = await Stack.create({ folder: `${root}/build/e2e/scope`, scenario: smallSite() });
  await stack.start();
  await stack.platform.stop();  // a company that is added beside a running platform is seen after its restart
  const second = run(binary('anju-platform'), ['init', '--config', stack.platformConfig, '--organisation', 'Second', '--site', 'second', '--site-name', 'Second', '--user', 'second']);
  expect(second.code, second.all).toBe(0);
  await stack.startPlatform();
  const companies = [
    await company('first', stack.firstLogin!, 'garden'),
    await company('other', { user: 'second', password: /password\s+(\S+)/.exec(second.all)![1]! }, 'second')];

  // One login after the other: three of one address at once are taken for somebody who guesses.
  const opened: { api: Api; own: Company; foreign: Company }[] = [];
  for (let i = 0; i < sessions; i++) {
    for (const [which, own] of companies.entries()) {
      const api = new Api(stack.address);
      await api.logIn(own.login.user, own.login.password);
      opened.push({ api, own, foreign: companies[1 - which]! });
    }
  }
  let answers = 0;
  const asksAll = async (api: Api, { word }: Company, foreign: Company, first: number) => {
    const theirs = foreign.meters[first % foreign.meters.length]!;
    const paths = ['/meters?page=1&page_size=50', `/meters?search=${foreign.word}`, '/gateways', '/alarms?page=1', '/home', `/desk?search=${foreign.word}`, '/price-plans', '/audit?limit=50', '/communities',
      `/meters/${theirs}`, `/meters/${theirs}/ledger?limit=10`, `/meters/${theirs}/readings?limit=10`, `/gateways/gw-${foreign.word}`];
    for (let i = 0; i < paths.length; i++) {
      const path = paths[(first + i) % paths.length]!;
      const text = await api.get<unknown>(path).then((body) => JSON.stringify(body), (error: unknown) => {
        if (error instanceof ApiError && [404, 403].includes(error.status)) return error.code;
        throw error;
      });
      if (text.includes(`${foreign.word}-`)) throw new Error(`${word} sees ${foreign.word} in ${path}: ${text.slice(0, 400)}`);
      if (path.startsWith('/meters?page') && !text.includes(`${word}-`)) throw new Error(`${word} does not see his own in ${path}: ${text.slice(0, 400)}`);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: 2 * people }, (_, i) => {
    const { api, own, foreign } = opened[i % opened.length]!;
    return asksAll(api, own, foreign, i);
  }));
  console.log(`${2 * people} people had ${answers} answers`);
  // Nor can one order anything for the other, however he names it.
  for (const [which, own] of companies.entries()) {
    const theirs = companies[1 - which]!.meters[0]!;
    await expect(own.api.recharge(theirs, '5', draw('foreign'))).rejects.toMatchObject({ status: 404 });
    await expect(own.api.order(theirs, 'trip', draw('foreign'))).rejects.toMatchObject({ status: 404 });
  }
  expect(await stack.stop()).toEqual([]);
  const verified = stack.verify();
  expect(verified.code, verified.all).toBe(0);
});

/** A company with a gateway, a price plan and eight meters whose names all begin with its word. */
async function company(word: string, first: { user: string; password: string }, site: string): Promise<Company> {
  const api = new Api(stack!.address);
  await api.logIn(first.user, first.password);
  const login = { user: first.user, password: draw('Garden') };
  await api.changePassword(first.password, login.password);
  const plan = await api.post<{ id: number }>('/price-plans', { name: `${word}-plan`, kind: 'total', total: '0.5' });
  await api.post('/gateways', { id: `gw-${word}`, name: `${word}-gateway`, site, reading_minutes: 15, lines: [{ id: 'l1', uri: 'tcp://127.0.0.1:1' }] });
  const meters: number[] = [];
  for (let i = 0; i < 8; i++) {
    const { id } = await api.post<{ id: number }>('/meters', { device: `${word}-${i}`, name: `${word}-meter ${i}`, room: `${word}-1-${i}`, address: `80000000000${i}`, gateway: `gw-${word}`, line: 'l1',
      mode: 'prepaid', price_plan: plan.id, start_reading: { total: '0' }, alarm_1: '5', alarm_2: '2', overdraft: '0', auto_trip: true });
    await api.recharge(id, '20', draw(word), `${word}-note`);
    meters.push(id);
  }
  return { word, api, login, meters };
}
