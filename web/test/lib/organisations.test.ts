import { describe, expect, it } from "vitest";

import { matching, mayHave, treeOf } from "@/lib/organisations";
import { KINDS, type OrganisationNode } from "@/types/organisation";

const node = (id: number, parent: number | null, name = String(id)): OrganisationNode => ({ id, parent, name, kind: "property", enabled: true, review: "approved", sites: 0 });
const shape = (branches: ReturnType<typeof treeOf>): object => Object.fromEntries(branches.map(({ node: { id }, children }) => [id, shape(children)]));

describe("organisations", () => {
  it("become a tree whatever their order; whose parent is out of reach stands at the top", () =>
    expect(shape(treeOf([node(3, 2), node(2, 1), node(4, 2), node(5, 99)]))).toEqual({ 2: { 3: {}, 4: {} }, 5: {} }));
  it("are found with the way to them", () => {
    const tree = treeOf([node(1, null, "系统"), node(2, 1, "粤西"), node(3, 2, "湛佳物业"), node(4, 1, "别的")]);
    expect(shape(matching(tree, "湛佳"))).toEqual({ 1: { 2: { 3: {} } } });
    expect(shape(matching(tree, " "))).toEqual(shape(tree));
    expect(matching(tree, "没有")).toEqual([]);
  });
  it("ten-operator-create, ten-provider-submerchant, ten-group-property-crud: who may have whom below", () =>
    expect(Object.fromEntries(KINDS.map((kind) => [kind, KINDS.filter((child) => mayHave(kind, child))]))).toEqual({
      system: ["operator", "provider", "property", "collective", "merchant"],
      operator: ["provider", "property", "merchant"],
      provider: ["property", "collective", "merchant"],
      property: ["collective"],
      collective: [],
      merchant: [],
    }));
});
