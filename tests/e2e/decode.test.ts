// `anju-gateway decode` over every published frame, the wrong ones too.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from './lib/program.ts';
import { binary, root } from './lib/stack.ts';

interface Vector { protocol: string; name: string; hex: string; valid: boolean; expect?: Record<string, unknown>; error?: string }
const vectors = ['dlt645', 'cjt188'].flatMap((protocol) =>
  (JSON.parse(readFileSync(`${root}/tests/data/${protocol}.json`, 'utf8')) as Vector[]).map((vector) => ({ ...vector, protocol })));

test.each(vectors.filter((vector) => vector.valid))('decode explains: $protocol $name', (vector) => {
  const done = run(binary('anju-gateway'), ['decode', '--protocol', vector.protocol, vector.hex]);
  expect(done.code, done.all).toBe(0);
  const said = JSON.parse(done.stdout) as Record<string, unknown>;
  for (const key of ['address', 'control', 'direction', 'function', 'di', 'value', 'total', 'unit']) {
    if (vector.expect?.[key] !== undefined) expect(said[key], key).toEqual(vector.expect[key]);
  }
});

test.each(vectors.filter((vector) => !vector.valid))('decode refuses: $protocol $name', (vector) => {
  const done = run(binary('anju-gateway'), ['decode', '--protocol', vector.protocol, vector.hex]);
  expect(done.code, done.all).toBe(1);
  expect(done.all.trim(), 'the reason is said').not.toBe('');
});
