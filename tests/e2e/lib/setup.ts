// Before all test files: a fresh folder, and a clear word when the programs are not built.

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { binary, binaries, root } from './stack.ts';

export function setup() {
  for (const name of ['anju-platform', 'anju-gateway', 'anju-sim']) {
    if (!existsSync(binary(name))) throw new Error(`${name} is not in ${binaries}: run scripts/test, or set ANJU_BIN`);
  }
  // Kept by the second half of a run: what the first left belongs to its failures.
  if (!process.env['ANJU_E2E_KEEP']) rmSync(`${root}/build/e2e`, { recursive: true, force: true });
  mkdirSync(`${root}/build/e2e`, { recursive: true });
}
