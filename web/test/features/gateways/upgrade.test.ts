// dv-upgrade: how far an order is, and what came of many.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { canWithdraw, groupOf, isForgotten, isOver, percentOf, summaryOf, TRIAL_FORGOTTEN_MS } from "@/features/gateways/firmware/upgrade";
import type { UpgradeStep } from "@/types/api";

describe("dv-upgrade: steps", () => {
  it.each<[UpgradeStep, boolean, boolean]>([
    ["waiting", false, true],
    ["downloading", false, true],
    ["offered", false, true],
    ["trial", false, false],
    ["installed", true, false],
    ["rolled_back", true, false],
    ["refused", true, false],
    ["failed", true, false],
    ["withdrawn", true, false],
  ])("%s: over %s, can be withdrawn %s", (step, over, withdrawn) => {
    expect([isOver(step), canWithdraw({ step, at: 1000 }, 2000)]).toEqual([over, withdrawn]);
  });
  it("a trial of which nothing was heard for as long as the platform waits can be withdrawn, and nothing else becomes so by waiting", () => {
    const header = readFileSync(join(import.meta.dirname, "../../../../platform/domain/upgrade.hpp"), "utf8");
    expect(TRIAL_FORGOTTEN_MS).toBe(Number(/kTrialForgotten = base::hours\((\d+)\)/.exec(header)![1]) * 3_600_000);
    const after = (step: UpgradeStep, ms: number) => [isForgotten({ step, at: 5000 }, 5000 + ms), canWithdraw({ step, at: 5000 }, 5000 + ms)];
    expect(after("trial", TRIAL_FORGOTTEN_MS - 1)).toEqual([false, false]);
    expect(after("trial", TRIAL_FORGOTTEN_MS)).toEqual([true, true]);
    expect(after("downloading", TRIAL_FORGOTTEN_MS)).toEqual([false, true]);
    expect(after("installed", TRIAL_FORGOTTEN_MS)).toEqual([false, false]);
  });
  it("a step of a newer platform is under way, so that nothing is ordered beside it", () => {
    expect(groupOf("unpacking" as UpgradeStep)).toBe("under_way");
    expect(isOver("unpacking" as UpgradeStep)).toBe(false);
  });
});

describe("dv-upgrade: the bar", () => {
  it.each([
    ["downloading", 0, 100, 0],
    ["downloading", 999, 1000, 99],
    ["downloading", 1000, 1000, 100],
    ["downloading", 1200, 1000, 100],
    ["downloading", -5, 1000, 0],
    ["downloading", 5, 0, null],
    ["waiting", 0, 100, null],
    ["waiting", 50, 100, 50],
    ["offered", 0, 100, 100],
    ["trial", 0, 100, 100],
    ["installed", 100, 100, null],
    ["failed", 40, 100, null],
    ["withdrawn", 40, 100, null],
  ] as const)("%s, %d of %d bytes: %s", (step, bytes, size, percent) => expect(percentOf({ step, bytes, size })).toBe(percent));
});

it("dv-upgrade: a batch is summed up, and nobody is counted twice", () => {
  const steps: UpgradeStep[] = ["waiting", "downloading", "offered", "trial", "installed", "installed", "rolled_back", "refused", "failed", "withdrawn"];
  const sums = summaryOf(steps.map((step) => ({ step })));
  expect(sums).toEqual({ waiting: 1, under_way: 3, installed: 2, rolled_back: 1, failed: 2, withdrawn: 1 });
  expect(Object.values(sums).reduce((all, n) => all + n, 0)).toBe(steps.length);
});
