// One child process with its log file. Everything is ended by its own pid, also when this process ends early.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

const running = new Set<Program>();
process.on('exit', () => {
  for (const program of running) program.signal('SIGKILL');
});

export interface Ended { code: number | null; signal: NodeJS.Signals | null }

export class Program {
  private child: ChildProcess | undefined;
  private ended: Promise<Ended> = Promise.resolve({ code: null, signal: null });
  /** How the last run ended, undefined while it runs. */
  last: Ended | undefined;

  constructor(
    readonly name: string,
    readonly command: string,
    readonly args: string[],
    readonly logFile: string,
    private readonly options: { cwd?: string; env?: Record<string, string> } = {},
  ) {}

  get pid() { return this.child?.pid; }
  get alive() { return this.child !== undefined && this.last === undefined; }

  start() {
    if (this.alive) throw new Error(`${this.name} runs already`);
    const log = openSync(this.logFile, 'a');
    this.last = undefined;
    const child = spawn(this.command, this.args, {
      // A process group of its own: Ctrl-C reaches the driver only, which then ends them in order.
      detached: true, stdio: ['ignore', log, log], cwd: this.options.cwd, env: { ...process.env, ...this.options.env },
    });
    closeSync(log);
    this.child = child;
    running.add(this);
    this.ended = new Promise((done) => {
      const end = (ended: Ended) => { this.last = ended; running.delete(this); done(ended); };
      child.once('exit', (code, signal) => end({ code, signal }));
      child.once('error', () => end({ code: 127, signal: null }));
    });
    return this;
  }

  signal(signal: NodeJS.Signals) {
    if (this.alive && this.child?.pid) this.child.kill(signal);
  }

  wait() { return this.ended; }

  /** SIGTERM, then SIGKILL when it does not end in time; says which it was. */
  async stop(graceMs = 20_000): Promise<Ended & { inTime: boolean }> {
    if (!this.alive) return { ...(this.last ?? { code: null, signal: null }), inTime: true };
    this.signal('SIGTERM');
    let late = false;
    const timer = setTimeout(() => { late = true; this.signal('SIGKILL'); }, graceMs);
    const ended = await this.ended;
    clearTimeout(timer);
    return { ...ended, inTime: !late };
  }

  async kill9() {
    this.signal('SIGKILL');
    await this.ended;
  }

  log() { return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : ''; }
  /** The last lines of the log, for an error message. */
  tail(lines = 12) { return this.log().trimEnd().split('\n').slice(-lines).join('\n'); }

  /** For a wait: throws when the process has ended although it should run. */
  mustRun() {
    if (!this.alive) throw new Error(`${this.name} ended (${this.last?.signal ?? `exit ${this.last?.code}`}):\n${this.tail()}`);
  }
}

export interface Output { code: number | null; stdout: string; stderr: string; all: string }

/** Runs a command to its end. */
export function run(command: string, args: string[], options: { timeoutMs?: number; cwd?: string; input?: string } = {}): Output {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: options.timeoutMs ?? 60_000, cwd: options.cwd, input: options.input, maxBuffer: 64 << 20 });
  if (done.error) throw done.error;
  return { code: done.status, stdout: done.stdout, stderr: done.stderr, all: done.stdout + done.stderr };
}

/** Like run, without blocking this process (which may have to answer the command meanwhile). */
export function runAsync(command: string, args: string[], options: { timeoutMs?: number; cwd?: string } = {}): Promise<Output> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: options.cwd });
    let stdout = '', stderr = '';
    child.stdout.on('data', (text) => { stdout += text; });
    child.stderr.on('data', (text) => { stderr += text; });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
    child.once('error', fail);
    child.once('close', (code) => { clearTimeout(timer); done({ code, stdout, stderr, all: stdout + stderr }); });
  });
}
