import { describe, expect, it } from "vitest";

import { houses } from "../features/catalog/samples";
import { catalogAction, catalogActions } from "@/lib/catalog-actions";

const resources = [houses, { ...houses, name: "house-types", right: "house_type" }];

describe("audited actions of the catalogue", () => {
  it.each([
    ["create_house", "create", "houses"],
    ["change_house_type", "change", "house-types"],
    ["disable_house", "disable", "houses"],
  ])("%s is %s of %s", (code, verb, name) => expect(catalogAction(resources, code)).toMatchObject({ verb, resource: { name } }));

  it.each(["create_gateway", "remove_meter", "recharge", "create_", "house"])("%s is none of them", (code) =>
    expect(catalogAction(resources, code)).toBeUndefined(),
  );

  it("each that can be listed is one", () =>
    expect(catalogActions(resources).filter((code) => !catalogAction(resources, code))).toEqual([]));
});
