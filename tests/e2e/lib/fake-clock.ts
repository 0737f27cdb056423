// A clock of its own for one program, which a test can set: libfaketime, where it is installed.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from './program.ts';
import type { Launch } from './stack.ts';

const library = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'].map((folder) => `${folder}/faketime/libfaketimeMT.so.1`).find(existsSync);

/** Why no clock can be set here; undefined: it can. */
export const noFakeClock = library ? undefined : 'libfaketime is not installed (Debian: faketime)';

export class FakeClock {
  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.set(0);
  }

  /** How far the program's wall clock is from the true one, from its next look on. Its monotonic clock goes on undisturbed. */
  set(seconds: number) {
    writeFileSync(`${this.file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${this.file}.new`, this.file);
  }

  launch(program: string): Launch {
    // The sanitizer's library has to be the first one.
    const sanitizer = /(\/\S*libasan\S*)/.exec(run('ldd', [program]).stdout)?.[1];
    return { env: {
      LD_PRELOAD: [sanitizer, library].filter(Boolean).join(' '),
      FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_RESET: '1',
    } };
  }
}
