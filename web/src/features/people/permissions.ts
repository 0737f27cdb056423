// The tree of permissions as a role's form shows it: group, thing, verb. Pure; tested by table.
import type { PermissionGroup } from "@/lib/api/people";

export type Switches = {
  /** ticking a branch ticks what is below it, and a verb the branches above it once all are */
  linked: boolean;
};

export const groupKey = (group: string) => `group/${group}`;
export const thingKey = (thing: string) => `thing/${thing}`;
export const isCode = (key: string) => !key.includes("/");

export const allCodes = (groups: PermissionGroup[]): string[] => groups.flatMap(({ things }) => things.flatMap(({ verbs }) => verbs.map(({ code }) => code)));
export const allKeys = (groups: PermissionGroup[]): string[] =>
  groups.flatMap(({ group, things }) => [groupKey(group), ...things.map(({ thing }) => thingKey(thing))]);

/** Codes that the tree does not show (the editor does not hold them) stay as they are. */
export function mergeCodes(before: string[], shown: string[], ticked: string[]): string[] {
  const visible = new Set(shown);
  return [...new Set([...before.filter((code) => !visible.has(code)), ...ticked.filter(isCode)])].sort();
}

/** Whoever may change something has to see it: the `read` of every thing of which anything is ticked. */
export function withReading(codes: string[], shown: string[]): string[] {
  const known = new Set(shown);
  const reads = codes.map((code) => `${code.split(":")[0]}:read`).filter((code) => known.has(code));
  return [...new Set([...codes, ...reads])].sort();
}
