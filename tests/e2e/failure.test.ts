// What goes wrong on a real machine: each gives one clear line that says what to do.

import { createServer } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freePort } from './lib/ports.ts';
import { runAsync } from './lib/program.ts';
import { binary, root, toml } from './lib/stack.ts';

const folder = `${root}/build/e2e/failure`;
mkdirSync(folder, { recursive: true });

const file = (name: string, text: string) => { writeFileSync(`${folder}/${name}`, text, { mode: 0o600 }); return `${folder}/${name}`; };
const key = file('gateway.key', `${'ab'.repeat(32)}\n`);
const gatewayToml = `site = "garden"\ngateway = "gw-1"\nkey_file = ${toml(key)}\ndata = ${toml(`${folder}/data`)}\n[mqtt]\nurl = "mqtt://127.0.0.1:1"\n`;
const platformToml = (listen: string) =>
  `database = ${toml(`sqlite:${folder}/platform.db`)}\nlisten = "${listen}"\nweb = ${toml(`${root}/web/dist`)}\nkeys = ${toml(`${folder}/keys`)}\n[mqtt]\nurl = "mqtt://127.0.0.1:1"\n`;
const scenario = `[[line]]\nport = "tcp:127.0.0.1:@PORT@"\n[[line.meter]]\naddress = "000000000001"\n`;

interface Case { name: string; program: string; args: string[]; says: RegExp[] }

const wrongConfigurations: Case[] = [
  { name: 'gateway: the file is missing', program: 'anju-gateway', args: ['run', '--config', `${folder}/none.toml`], says: [/none\.toml/] },
  { name: 'gateway: not TOML', program: 'anju-gateway', args: ['run', '--config', file('not.toml', 'site = \n')], says: [/not\.toml/, /line 1/] },
  { name: 'gateway: a key is missing', program: 'anju-gateway', args: ['run', '--config', file('short.toml', gatewayToml.replace('site = "garden"\n', ''))], says: [/'site'/] },
  { name: 'gateway: the key file is missing', program: 'anju-gateway', args: ['run', '--config', file('nokey.toml', gatewayToml.replace('gateway.key', 'none.key'))], says: [/none\.key/] },
  { name: 'platform: the file is missing', program: 'anju-platform', args: ['serve', '--config', `${folder}/none.toml`], says: [/none\.toml/] },
  { name: 'platform: not TOML', program: 'anju-platform', args: ['serve', '--config', file('pnot.toml', 'database = \n')], says: [/pnot\.toml/, /line 1|:1/] },
  { name: 'platform: a key is missing', program: 'anju-platform', args: ['serve', '--config', file('pshort.toml', platformToml('127.0.0.1:0').replace(/^database.*\n/, ''))], says: [/database/] },
  { name: 'platform: the address to listen on is wrong', program: 'anju-platform', args: ['serve', '--config', file('plisten.toml', platformToml('somewhere'))], says: [/listen/] },
  { name: 'simulator: a misspelt key', program: 'anju-sim', args: ['run', file('sim.toml', scenario.replace('port', 'prot'))], says: [/sim\.toml/, /prot|port/] },
];

test.each(wrongConfigurations)('one line, and it helps: $name', async ({ program, args, says }) => {
  const done = await runAsync(binary(program), args, { timeoutMs: 20_000 });
  expect(done.code, 'it ends by itself, and not with success').not.toBe(0);
  expect(done.code, done.all).not.toBeNull();
  expect(done.stderr.trim().split('\n').length + done.stdout.trim().split('\n').filter(Boolean).length, done.all).toBe(1);
  for (const word of says) expect(done.all).toMatch(word);
});

test('a port in use is named, by the platform and by the simulator', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  try {
    const config = file('taken.toml', platformToml(`127.0.0.1:${port}`));
    const init = await runAsync(binary('anju-platform'), ['init', '--config', config, '--organisation', 'O', '--site', 's', '--site-name', 'S']);
    expect(init.code, init.all).toBe(0);
    for (const done of [
      await runAsync(binary('anju-platform'), ['serve', '--config', config], { timeoutMs: 20_000 }),
      await runAsync(binary('anju-sim'), ['run', file('taken-sim.toml', scenario.replace('@PORT@', String(port)))], { timeoutMs: 20_000 }),
    ]) {
      expect(done.code, done.all).not.toBe(0);
      expect(done.code, done.all).not.toBeNull();
      const lines = done.all.trim().split('\n').filter((line) => line.includes(String(port)));
      expect(lines.length, done.all).toBe(1);
    }
  } finally {
    taken.close();
  }
});
