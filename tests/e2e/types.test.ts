// The console is checked by tsc against the contract's types; here the types against the contract, the catalogue included.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { binaries, root } from './lib/stack.ts';

test('the types of the console are those of what the platform describes', () => {
  const made = spawnSync('node', [`${root}/web/scripts/types.mjs`, '--check', `${binaries}/anju-platform`], { encoding: 'utf8' });
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);
});
