import { expect, it } from "vitest";

import { branchesOf } from "@/features/prepaid/tree";
import type { MeterRow } from "@/types/api";

const meter = (id: number, gateway: string, room: string) => ({ id, gateway, linked_room: { id, name: room, house: null } }) as MeterRow;

it("spc-hierarchy: meters hang on their gateway, in the order of their rooms", () => {
  const branches = branchesOf([meter(1, "gw-b", "A10"), meter(2, "gw-a", "A2"), meter(3, "gw-b", "A9")]);
  expect(branches.map(({ gateway, meters }) => [gateway, meters.map(({ id }) => id)])).toEqual([["gw-a", [2]], ["gw-b", [3, 1]]]);
  expect(branchesOf([])).toEqual([]);
});
