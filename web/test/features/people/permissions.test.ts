import { describe, expect, it } from "vitest";

import { departmentTree, openable } from "@/features/people/departments";
import { allCodes, allKeys, mergeCodes, withReading } from "@/features/people/permissions";
import type { PermissionGroup } from "@/lib/api/people";
import type { Row } from "@/types/catalog";

const label = { zh: "", en: "" };
const thing = (name: string, ...verbs: string[]) => ({ thing: name, label, verbs: verbs.map((verb) => ({ code: `${name}:${verb}`, label })) });
const groups: PermissionGroup[] = [
  { group: "device", label, things: [thing("meter", "read", "edit"), thing("alarm", "clear")] },
  { group: "home", label, things: [thing("home", "read")] },
];
const shown = allCodes(groups);

describe("ten-role-crud: the tree of permissions", () => {
  it("has codes and branches in the order of the menu", () => {
    expect(shown).toEqual(["meter:read", "meter:edit", "alarm:clear", "home:read"]);
    expect(allKeys(groups)).toEqual(["group/device", "thing/meter", "thing/alarm", "group/home", "thing/home"]);
  });
  it("sends codes only, and keeps those that the editor does not hold", () =>
    expect(mergeCodes(["audit:read", "home:read"], shown, ["group/device", "thing/meter", "meter:read"])).toEqual(["audit:read", "meter:read"]));
  it("ticks reading with whatever is ticked of a thing, where there is reading", () =>
    expect(withReading(["meter:edit", "alarm:clear"], shown)).toEqual(["alarm:clear", "meter:edit", "meter:read"]));
});

const row = (id: number, parent: number | null, position: number | null, name = String(id)): Row => ({
  id, enabled: true, version: 1, created_at: 1, updated_at: 1, organisation: { id: 1, title: "" }, name, position, parent: parent === null ? null : { id: parent, title: "" },
});
const shape = (branches: ReturnType<typeof departmentTree>): object[] => branches.map(({ id, children }) => (children ? [id, shape(children)] : [id]));

describe("ten-dept-tree", () => {
  it("stands in its order: 显示排序 first, those without one last", () =>
    expect(shape(departmentTree([row(4, 1, null), row(3, 1, 2), row(2, 1, 1), row(1, null, 5), row(5, 3, 1)]))).toEqual([[1, [[2], [3, [[5]]], [4]]]]));
  it("shows at the top what lies below something that was not found", () => expect(shape(departmentTree([row(7, 99, 1)]))).toEqual([[7]]));
  it("opens and closes the branches that have any below them", () => expect(openable(departmentTree([row(1, null, 1), row(2, 1, 1), row(3, 2, 1)]))).toEqual([1, 2]));
});
