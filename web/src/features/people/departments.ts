// Departments as a tree: the order of 显示排序, then of the name. Pure; tested by table.
import type { Reference, Row } from "@/types/catalog";

const isReference = (value: unknown): value is Reference => typeof value === "object" && value !== null && "id" in value;

export type DepartmentBranch = Omit<Row, "children"> & Row & { children?: DepartmentBranch[] };

/** Whose parent is not among them (out of reach, or not found by a search) stands at the top. */
export function departmentTree(rows: Row[]): DepartmentBranch[] {
  const branches = new Map(rows.map((row): [number, DepartmentBranch] => [row.id, { ...row }]));
  const tops: DepartmentBranch[] = [];
  for (const branch of branches.values()) {
    const above = isReference(branch.parent) ? branches.get(branch.parent.id) : undefined;
    if (above) (above.children ??= []).push(branch);
    else tops.push(branch);
  }
  const place = (row: Row) => (typeof row.position === "number" ? row.position : Number.MAX_SAFE_INTEGER);
  const sort = (list: DepartmentBranch[]) => {
    list.sort((a, b) => (a.organisation?.id ?? 0) - (b.organisation?.id ?? 0) || place(a) - place(b) || String(a.name).localeCompare(String(b.name), "zh"));
    for (const { children } of list) if (children) sort(children);
  };
  sort(tops);
  return tops;
}

/** Branches that have any below them. */
export const openable = (branches: DepartmentBranch[]): number[] =>
  branches.flatMap(({ id, children }) => (children ? [id, ...openable(children)] : []));
