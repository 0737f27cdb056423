import { defineConfig } from 'vitest/config';

// The tests wait for paced serial lines far more than they compute, so all files run side by side, each with processes,
// ports and a folder of its own.
const alone = ['mixed-line.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 8,
    fileParallelism: true,
    // Of one file: what is broken on purpose is mostly waited for.
    maxConcurrency: 4,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A second is little where eight sites and a browser share two cores.
    expect: { poll: { timeout: 30_000 } },
    globalSetup: ['lib/setup.ts'],
    // The scan judges by answers that come within 100 ms, which a starved simulator does not keep: its line has the machine for itself, when all else is done.
    projects: [
      { extends: true, test: { name: 'sites', include: ['*.test.ts'], exclude: [...alone, 'node_modules/**'], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'alone', include: alone, sequence: { groupOrder: 1 } } },
    ],
  },
});
