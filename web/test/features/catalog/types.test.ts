// The types written by hand say more than the generated ones (which fields a type of field has), and nothing else. Checked
// by tsc: a property that the description gains or loses makes this file an error.
import { expect, it } from "vitest";

import type { components } from "@/types/api.gen";
import type { Catalog, Field, Resource } from "@/types/catalog";

type Described = components["schemas"];
type KeysOf<T> = T extends unknown ? keyof T : never;
type Same<A, B> = [Exclude<A, B> | Exclude<B, A>] extends [never] ? true : false;

it("fields and resources are described as the contract has them", () => {
  const fields: Same<KeysOf<Field>, keyof Described["CatalogField"]> = true;
  const types: Same<Exclude<Field["type"], "permissions">, Described["CatalogField"]["type"]> = true;
  const resources: Same<keyof Resource, keyof Described["CatalogResource"]> = true;
  const sent = {} as Omit<Catalog["resources"][number], "fields"> satisfies Omit<Described["CatalogResource"], "fields">;
  expect([fields, types, resources, typeof sent]).toEqual([true, true, true, "object"]);
});
