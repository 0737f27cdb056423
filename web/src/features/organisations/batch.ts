// Rows of 批量添加: what is pasted from a sheet, and what is wrong in which cell before anything is sent. Pure; tested by table.
import type { Field, TextField } from "@/types/catalog";

export type Cells = Record<string, string>;
/** The platform takes so many at once (domain/organisation.hpp, kMostBatch). */
export const MOST_ROWS = 200;

/** The fields that can be typed in a line. */
export const columnsOf = (fields: Field[]): TextField[] => fields.filter((field): field is TextField => field.type === "text" && !field.derived);

export const isEmpty = (row: Cells) => Object.values(row).every((text) => text.trim() === "");

/** Lines and cells of copied text; a sheet separates by tabs, a file by commas. A last line without anything is none. */
export function linesOf(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const separator = text.includes("\t") ? "\t" : /[,\uff0c]/;
  return lines.map((line) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
}

/** Puts pasted lines into the rows, from the given row and column on. heads: labels that may stand as first line. */
export function paste(rows: Cells[], columns: string[], at: { row: number; column: number }, text: string, heads: string[]): Cells[] {
  const lines = linesOf(text);
  const known = new Set(heads);
  const body = lines[0]!.length > 1 && lines[0]!.every((cell) => known.has(cell)) ? lines.slice(1) : lines;
  const filled = rows.map((row) => ({ ...row }));
  body.forEach((cells, line) => {
    if (at.row + line >= MOST_ROWS) return;
    const row = (filled[at.row + line] ??= {});
    cells.forEach((cell, index) => {
      const name = columns[at.column + index];
      if (name) row[name] = cell;
    });
  });
  return filled;
}

export type CellProblem = "required" | "mobile" | "email" | "refused" | "long" | "twice";

/** By row, then by field; rows without anything are left out of what is sent and have no problem. */
export function problemsOf(rows: Cells[], columns: TextField[]): Record<string, CellProblem>[] {
  const once = new Map<string, number>();
  for (const row of rows) if (row.phone?.trim()) once.set(row.phone.trim(), (once.get(row.phone.trim()) ?? 0) + 1);
  return rows.map((row) => {
    if (isEmpty(row)) return {};
    const found: Record<string, CellProblem> = {};
    for (const { name, required, most, pattern } of columns) {
      const text = (row[name] ?? "").trim();
      if (text === "") {
        if (required) found[name] = "required";
      } else if (pattern && !new RegExp(pattern).test(text)) found[name] = pattern.includes("@") ? "email" : pattern.startsWith("^1") ? "mobile" : "refused";
      else if (most !== undefined && [...text].length > most) found[name] = "long";
      else if (name === "phone" && once.get(text)! > 1) found[name] = "twice";
    }
    return found;
  });
}

/** "rows[3].phone" of an error: row 3 of what was sent. */
export function cellOf(field: string | undefined): { row: number; name: string } | null {
  const match = /^rows\[(\d+)\](?:\.(\w+))?$/.exec(field ?? "");
  return match && { row: Number(match[1]), name: match[2] ?? "" };
}
