// The audited actions on rows of the catalogue: a verb and the right of the resource ("change_house_type"). Pure.
import type { Resource } from "@/types/catalog";

export const VERBS = ["create", "change", "enable", "disable", "remove", "export", "upload", "reveal"] as const;
export type Verb = (typeof VERBS)[number];

/** undefined: no action of a resource that is described. */
export function catalogAction(resources: Resource[], code: string): { verb: Verb; resource: Resource } | undefined {
  const verb = VERBS.find((each) => code.startsWith(`${each}_`));
  const resource = verb && resources.find(({ right }) => code === `${verb}_${right}`);
  return resource && { verb, resource };
}

/** All that can stand in the audit log about these resources. */
export const catalogActions = (resources: Resource[]): string[] =>
  resources.flatMap(({ right }) => VERBS.map((verb) => `${verb}_${right}`));
