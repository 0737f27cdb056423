// The usage of a period as a workbook; numbers are numbers. Fetched when somebody asks for it.
import writeWorkbook from "write-excel-file/browser";

import type { Slot } from "./usage";

export type Words = { at: string; used: string; before: string; money: string };

/** period: in front of what a row is called */
export function usageWorkbook(rows: readonly Slot[], period: string, words: Words): Promise<Blob> {
  const head = [words.at, words.used, words.before, words.money].map((value) => ({ value, type: String, fontWeight: "bold" }));
  // A spreadsheet computes in binary floating point whatever it is given: this is for looking at, the ledger is elsewhere.
  const number = (text: string | undefined) => (text === undefined ? null : { value: Number(text), type: Number, format: "#,##0.0000" });
  const body = rows.map(({ label, kwh, before, money }) => [{ value: `${period}${period.length === 10 ? " " : "-"}${label}`, type: String }, number(kwh), number(before), number(money)]);
  return writeWorkbook([head, ...body] as never, { columns: [{ width: 20 }, { width: 16 }, { width: 20 }, { width: 16 }], stickyRowsCount: 1 } as never).toBlob();
}
