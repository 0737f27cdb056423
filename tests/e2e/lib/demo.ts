// What scripts/demo runs once everything is built: see there.

import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isFree, portOrFree } from './ports.ts';
import { arrearsAndBack, prepare, settle } from './path.ts';
import { fillCommunities, fillSpace, secondSite } from './space.ts';
import { fillStaff, type Person } from './staff.ts';
import { root, scenarioFile, siteId, Stack } from './stack.ts';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, port: { type: 'string' } } });
const timeoutMs = 300_000;
const began = Date.now();
const folder = `${root}/build/demo`;

const say = (text: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

async function ports() {
  const wanted = Number(values.port ?? 8080);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535) throw new Error(`--port ${values.port} is no TCP port (1..65535)`);
  if (values.port && !(await isFree(wanted))) throw new Error(`port ${wanted} is in use; choose another with --port, or leave it out`);
  return { httpPort: await portOrFree(wanted), mqttPort: await portOrFree(1883) };
}

async function main(): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stack = await Stack.create({ folder, scenario: scenarioFile('garden.toml'), ...(await ports()) });

  let ending: Promise<number> | undefined;
  const end = (code: number) => (ending ??= (async () => {
    const wrong = await stack.stop();
    for (const line of wrong) console.error(line);
    return wrong.length > 0 ? 1 : code;
  })());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => { console.log('\nstopping ...'); process.exit(await end(values.once ? 130 : 0)); });
  }

  try {
    await stack.start();
    say(`broker on 127.0.0.1:${stack.broker.port}, simulated site with ${stack.lines.length} lines, platform on ${stack.address}`);
    const site = await prepare(stack);
    say(`${site.meters.length} meters on ${stack.lines.length} lines registered, gateway online`);
    const { houses } = await fillSpace(stack.api, siteId, (await stack.control.registers()).map((meter) => meter.label));
    say(`${houses.size} houses with rooms and residents entered`);
    say(`a second community with ${await fillCommunities(stack.api, siteId)} shops, both with their place on the map`);
    const staff = await fillStaff(stack.api, { first: siteId, second: secondSite });
    say(`${staff.length} people of ${new Set(staff.map(({ role }) => role)).size} roles in their departments`);
    if (!values.once) return await live(stack, site.login, staff, () => ending);

    const late = setTimeout(async () => {
      console.error(`not finished after ${timeoutMs / 1000} s\n${stack.tails()}\nlogs: ${folder}`);
      await stack.stop();
      process.exit(1);
    }, timeoutMs);
    await arrearsAndBack(stack, site, say);
    const settled = await settle(stack, site);
    say(`${settled.readings} readings of ${settled.meters} meters deducted: ${settled.kwh} kWh, ${settled.yuan} yuan; every meter's bill equals its own registers`);
    const code = await end(0);
    say('everything stopped in order');
    const verified = stack.verify();
    console.log(verified.all.trimEnd().replace(/^/gm, '          '));
    if (verified.code !== 0) throw new Error(`anju-platform verify found something wrong (exit ${verified.code})`);
    say('anju-platform verify found nothing wrong');
    clearTimeout(late);
    return code;
  } catch (error) {
    if (ending) return await ending;
    console.error(`\nfailed after ${((Date.now() - began) / 1000).toFixed(0)} s: ${(error as Error).message}\n\n${stack.tails()}\n\nlogs and databases: ${folder}`);
    await end(1);
    return 1;
  }
}

async function live(stack: Stack, login: { user: string; password: string }, staff: Person[], ending: () => Promise<number> | undefined): Promise<number> {
  console.log(`
  Console     ${stack.address}
  Login       ${login.user}
  Password    ${login.password}

  Or as one of the staff (the password is to be changed at the first login)
${staff.map(({ login: user, password, role, name }) => `    ${user.padEnd(10)}  ${password}  ${role} ${name}`).join('\n')}

  What to look at
    - the meter 一号商铺 has 10 yuan: within a few minutes it is warned below 5 and below 2, and cut off at 0
    - recharge it (充值): the balance rises at once and the meter is reconnected; its page shows the command until it is verified
    - 强制拉闸 and 解除拉闸 of any meter, 抄表, and the gateway's page with its two lines
  Logs and databases are in build/demo. Ctrl-C ends everything.
`);
  for (;;) {
    await new Promise((done) => setTimeout(done, 1000));
    const stopping = ending();
    if (stopping) return stopping;
    for (const program of [stack.broker.program, stack.sim, stack.platform, stack.gateway]) program.mustRun();
  }
}

process.exit(await main().catch((error: Error) => { console.error(error.message); return 1; }));
