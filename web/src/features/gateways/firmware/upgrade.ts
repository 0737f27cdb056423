// How far an ordered upgrade is, and what came of many. Pure; tested by table.
import type { Upgrade, UpgradeStep } from "@/types/api";

/** As a batch is summed up: what waits, what moves, and the ways it ends. */
export const GROUPS = ["waiting", "under_way", "installed", "rolled_back", "failed", "withdrawn"] as const;
export type Group = (typeof GROUPS)[number];

const groups: Record<UpgradeStep, Group> = {
  waiting: "waiting",
  downloading: "under_way",
  offered: "under_way",
  trial: "under_way",
  installed: "installed",
  rolled_back: "rolled_back",
  refused: "failed",
  failed: "failed",
  withdrawn: "withdrawn",
};
const moving: Group[] = ["waiting", "under_way"];

/** A step that a newer platform knows is under way until it says otherwise. */
export const groupOf = (step: UpgradeStep): Group => groups[step] ?? "under_way";
export const isOver = (step: UpgradeStep): boolean => !moving.includes(groupOf(step));
/** kTrialForgotten of platform/domain/upgrade.hpp: a trial of which nothing was heard for so long has ended, and nobody knows how. */
export const TRIAL_FORGOTTEN_MS = 3_600_000;
export const isForgotten = ({ step, at }: Pick<Upgrade, "step" | "at">, now: number): boolean => step === "trial" && now - at >= TRIAL_FORGOTTEN_MS;
/** A version on trial stays or goes by itself, unless it is forgotten. */
export const canWithdraw = (upgrade: Pick<Upgrade, "step" | "at">, now: number): boolean => !isOver(upgrade.step) && (upgrade.step !== "trial" || isForgotten(upgrade, now));

/** Whole percents that have arrived; null: nothing is being counted. */
export function percentOf({ step, bytes, size }: Pick<Upgrade, "step" | "bytes" | "size">): number | null {
  if (step === "offered" || step === "trial") return 100;
  if (size <= 0 || (step !== "downloading" && bytes <= 0)) return null;
  return isOver(step) ? null : Math.min(100, Math.floor((Math.max(0, bytes) * 100) / size));
}

/** How many of these stand where. */
export function summaryOf(upgrades: Pick<Upgrade, "step">[]): Record<Group, number> {
  const sums: Record<Group, number> = { waiting: 0, under_way: 0, installed: 0, rolled_back: 0, failed: 0, withdrawn: 0 };
  for (const { step } of upgrades) sums[groupOf(step)]++;
  return sums;
}
