// Which fields name a row, as the description says it: "unit|building number". Pure; tested by table.
import type { Resource } from "@/types/catalog";

/** The words of a title; of each the fields of which the first that is given counts. */
export const titleWords = ({ title }: Resource): string[][] => title.split(" ").map((word) => word.split("|"));

/** The field of the row itself that names it, beside what it lies in. */
export const nameField = (resource: Resource): string => titleWords(resource).at(-1)!.at(-1)!;

export const inTitle = (resource: Resource, field: string): boolean => titleWords(resource).flat().includes(field);
