// What follows from the tree of organisations: which may stand below which, and how the flat answer becomes a tree. Pure.
import type { OrganisationKind, OrganisationNode } from "@/types/organisation";

/** Kinds that each kind may have below it, as the platform has it (platform/domain/organisation.cpp). */
const below: Record<OrganisationKind, readonly OrganisationKind[]> = {
  system: ["operator", "provider", "property", "collective", "merchant"],
  operator: ["provider", "property", "merchant"],
  provider: ["property", "collective", "merchant"],
  property: ["collective"],
  collective: [],
  merchant: [],
};

export const mayHave = (parent: OrganisationKind, child: OrganisationKind): boolean => below[parent].includes(child);

/** Branches with the words in a name, and the way to them; no words: all. */
export function matching(branches: Branch[], words: string): Branch[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return branches;
  return branches.flatMap((branch) => {
    if (branch.node.name.toLowerCase().includes(wanted)) return [branch];
    const children = matching(branch.children, wanted);
    return children.length > 0 ? [{ ...branch, children }] : [];
  });
}

export type Branch = { node: OrganisationNode; children: Branch[] };

/** In the order of the answer; whose parent is out of reach stands at the top. */
export function treeOf(nodes: OrganisationNode[]): Branch[] {
  const branches = new Map(nodes.map((node): [number, Branch] => [node.id, { node, children: [] }]));
  const tops: Branch[] = [];
  for (const branch of branches.values()) {
    const above = branch.node.parent === null ? undefined : branches.get(branch.node.parent);
    (above ? above.children : tops).push(branch);
  }
  return tops;
}
