// Releases of the gateway as a maker makes them (scripts/release), and a box whose launcher runs them.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Program, run, runAsync } from './program.ts';
import { binary, root, type Stack } from './stack.ts';

/** The version that is built. */
export const packagedVersion = run(binary('anju-gateway'), ['--version']).stdout.trim();

export class Maker {
  readonly keyFile: string;
  readonly publicLine: string;

  constructor(readonly folder: string, readonly name: string) {
    mkdirSync(folder, { recursive: true });
    this.keyFile = `${folder}/${name}.pem`;
    this.publicLine = existsSync(this.keyFile) ? '' : this.tool(['keys', '--key', this.keyFile]).trim();
  }

  private tool(args: string[]) {
    const done = run(process.execPath, [`${root}/scripts/release`, ...args]);
    if (done.code !== 0) throw new Error(`scripts/release ${args.join(' ')}: ${done.all}`);
    return done.stdout;
  }

  /** A release whose program is this text of a script. padding: bytes behind it that nobody runs. */
  script(version: string, text: string, { minimum = packagedVersion, spool = 1, padding = 0, architecture = machine() } = {}) {
    const program = `${this.folder}/${version}.sh`, file = `${this.folder}/${this.name}-${version}.anju`;
    writeFileSync(program, Buffer.concat([Buffer.from(`#!/bin/sh\n${text}\nexit 1\n`), Buffer.alloc(padding, '#')]));
    this.tool(['make', '--key', this.keyFile, '--out', file, '--program', program, '--no-strip',
      '--version', version, '--architecture', architecture, '--minimum', minimum, '--spool', String(spool)]);
    return file;
  }

  /** A release that works: a copy of the built program that says another version of itself. A sanitized one is larger than a release
   *  may be, so what is signed is the script that becomes it. */
  working(version: string, options: { padding?: number } = {}) {
    return this.script(version, `exec ${nextProgram(this.folder, version)} "$@"`, options);
  }
}

const machine = () => ({ x64: 'amd64', arm64: 'arm64', arm: 'armhf' } as Record<string, string>)[process.arch] ?? 'unknown';

/** A copy of the built gateway in which its version is another one of the same length. */
export function nextProgram(folder: string, version: string) {
  const file = `${folder}/anju-gateway-${version}`;
  if (existsSync(file)) return file;
  const program = readFileSync(binary('anju-gateway'));
  const text = Buffer.from(`anju-gateway ${packagedVersion}\0`);
  const at = program.indexOf(text);
  if (at < 0 || program.indexOf(text, at + 1) >= 0 || version.length !== packagedVersion.length) throw new Error('the version is not one text of the program');
  program.write(`anju-gateway ${version}`, at);
  writeFileSync(file, program);
  chmodSync(file, 0o755);
  return file;
}

export interface LastOrder { version: string; order: string; result: string; reason: string }

/** The gateway of a stack as the package starts it. */
export class Box {
  readonly releases: string;
  readonly keys: string;
  readonly launcher: Program;

  constructor(readonly stack: Stack, trialSeconds = 20) {
    this.releases = `${stack.folder}/releases`;
    this.keys = `${stack.folder}/release-keys`;
    this.launcher = new Program('anju-gateway-start', binary('anju-gateway-start'), [
      '--releases', this.releases, '--keys', this.keys, '--trial-seconds', String(trialSeconds), '--', 'run', '--config', stack.gatewayConfig,
    ], `${stack.folder}/gateway.log`);
  }

  trust(...makers: Maker[]) { writeFileSync(this.keys, makers.map((maker) => `${maker.publicLine}\n`).join('')); }

  upgrade(file: string, ...more: string[]) {
    const args = ['upgrade', file, '--releases', this.releases, '--wait', '120', '--json', ...more];
    return runAsync(binary('anju-gateway'), args, { timeoutMs: 150_000 });
  }

  state() { return existsSync(`${this.releases}/state`) ? readFileSync(`${this.releases}/state`, 'utf8') : ''; }
  last(): LastOrder | undefined {
    const [, version, order, result, reason] = /^last (\S+) (\S+) (\S+) (\S+)$/m.exec(this.state()) ?? [];
    return version ? { version, order: order!, result: result!, reason: reason! } : undefined;
  }
}
