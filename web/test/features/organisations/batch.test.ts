import { describe, expect, it } from "vitest";

import { cellOf, columnsOf, linesOf, MOST_ROWS, paste, problemsOf } from "@/features/organisations/batch";
import type { TextField } from "@/types/catalog";

const field = (name: string, more: Partial<TextField> = {}): TextField => ({
  name, label: { zh: name, en: name }, type: "text", required: false, search: false, sort: false, listed: true, fixed: false, ...more,
});
const columns = [field("name", { required: true, most: 5 }), field("phone", { required: true, pattern: "^1\\d{10}$" }), field("email", { pattern: "^[^@\\s]+@[^@\\s]+$" })];
const names = columns.map(({ name }) => name);
const at = (row: number, column: number) => ({ row, column });

describe("ten-property-company-create: many at once", () => {
  it("takes what a sheet copies: tabs, line ends of all systems, a last empty line", () =>
    expect(linesOf("a\tb\r\nc\td\n")).toEqual([["a", "b"], ["c", "d"]]));
  it("takes lines with commas, also Chinese ones and quoted cells", () => expect(linesOf('a, "b"\nc\uff0cd')).toEqual([["a", "b"], ["c", "d"]]));

  it("puts a block where the cursor is and keeps the rest", () =>
    expect(paste([{ name: "x", email: "e" }], names, at(0, 1), "1\n2", [])).toEqual([{ name: "x", email: "e", phone: "1" }, { phone: "2" }]));
  it("leaves out the line of heads", () => expect(paste([], names, at(0, 0), "name\tphone\nA\t1", names)).toEqual([{ name: "A", phone: "1" }]));
  it("drops cells right of the last column and rows beyond the most", () => {
    expect(paste([], names, at(0, 2), "a\tb", [])).toEqual([{ email: "a" }]);
    expect(paste([], names, at(0, 0), Array(MOST_ROWS + 9).fill("a").join("\n"), [])).toHaveLength(MOST_ROWS);
  });

  const good = { name: "A", phone: "13812345678", email: "" };
  it.each([
    [{ ...good, name: " " }, { name: "required" }],
    [{ ...good, phone: "" }, { phone: "required" }],
    [{ ...good, phone: "23812345678" }, { phone: "mobile" }],
    [{ ...good, phone: "1381234567" }, { phone: "mobile" }],
    [{ ...good, email: "a@" }, { email: "email" }],
    [{ ...good, name: "abcdef" }, { name: "long" }],
    [good, {}],
    [{ name: " ", phone: "" }, {}],
  ])("row %j has the problems %j", (row, problems) => expect(problemsOf([row], columns)).toEqual([problems]));
  it("says at both rows that a mobile stands twice", () => expect(problemsOf([good, good], columns)).toEqual([{ phone: "twice" }, { phone: "twice" }]));

  it.each([
    ["rows[3].phone", { row: 3, name: "phone" }],
    ["rows[0]", { row: 0, name: "" }],
    ["phone", null],
    [undefined, null],
  ])("reads the refused cell from %s", (text, cell) => expect(cellOf(text)).toEqual(cell));
  it("asks for no field of the platform's own", () => expect(columnsOf([field("number", { derived: true }), ...columns])).toEqual(columns));
});
