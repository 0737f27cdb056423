// Tests of the console in Chromium, against the made-up data of dev/: `npm run test:browser`. Each file has a console of its own.
import { defineConfig } from "vitest/config";

import base from "./vite.config";

/** How many times longer than usual everything may take: on a machine that compiles as well. */
const patience = Number(process.env.ANJU_PATIENCE ?? "1");

export default defineConfig({
  ...base({ mode: "test", command: "serve" }),
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/browser/lib/build.ts"],
    maxWorkers: 2,
    testTimeout: 120_000 * patience,
    hookTimeout: 120_000 * patience,
    // Longer than the library waits: the machine may have other things to do.
    expect: { poll: { timeout: 30_000 * patience } },
  },
});
