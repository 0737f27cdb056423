// Builds the console once for all files; they find it by the environment.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "vite";

export const root = join(import.meta.dirname, "../../..");

export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), "anju-console-"));
  const before = process.env.NODE_ENV;
  // Libraries have more to say where they believe that they are tested.
  process.env.NODE_ENV = "production";
  await build({ root, configFile: join(root, "vite.config.ts"), mode: "production", logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  process.env.NODE_ENV = before;
  process.env.ANJU_CONSOLE_BUILT = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
