// What a browser loads before it can show anything: the entry and all that it imports, as it is sent (gzip).
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { build, type Rollup } from "vite";
import { expect, it, vi } from "vitest";

const MOST_KB = 400;

it("the first scripts are at most 400 KB", { timeout: 180_000 }, async () => {
  // Libraries have more to say where they believe that they are tested.
  vi.stubEnv("NODE_ENV", "production");
  const root = join(import.meta.dirname, "../..");
  const output = (await build({ root, configFile: join(root, "vite.config.ts"), mode: "production", logLevel: "error", build: { write: false } })) as Rollup.RollupOutput;
  const chunks = new Map(output.output.filter((each) => each.type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const first = new Set<string>();
  const follow = (name: string) => {
    const chunk = chunks.get(name);
    if (!chunk || first.has(name)) return;
    first.add(name);
    chunk.imports.forEach(follow);
  };
  for (const { isEntry, fileName } of chunks.values()) if (isEntry) follow(fileName);
  expect(first.size).toBeGreaterThan(1);
  const kb = [...first].reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0) / 1000;
  console.log(`first scripts: ${kb.toFixed(0)} KB gzip`);
  expect(kb).toBeLessThanOrEqual(MOST_KB);
});
