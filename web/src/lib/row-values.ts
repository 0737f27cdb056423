// Values of a row of the catalogue where a page shows some of them by name.
import type { Reference, Value } from "@/types/catalog";

export const referenceOf = (value: Value | undefined): Reference | null =>
  typeof value === "object" && value !== null && "title" in value ? value : null;

/** What stands there; of a reference its title. Empty: nothing. */
export const wordsOf = (value: Value | undefined): string => referenceOf(value)?.title ?? (value === null || value === undefined ? "" : String(value));
