// What a form may ask, and what it may offer, depends on other fields of the same form. Pure; tested by table.
import type { Field, ReferenceField, Resource, Row } from "@/types/catalog";

/** The site of a row stands in every form and every list beside the fields, or the organisation where rows belong to one. */
export const SITE = "site";
export const ORGANISATION = "organisation";
export const placeOf = ({ place }: Resource): typeof SITE | typeof ORGANISATION => (place === "organisation" || place === "tree" ? ORGANISATION : SITE);

export const isReference = (field: Field): field is ReferenceField => field.type === "reference";

/** The reference that this one lies within, as a unit lies within a building. */
export const outerOf = (field: Field, fields: Field[]): ReferenceField | undefined =>
  isReference(field) && field.within ? fields.filter(isReference).find(({ name }) => name === field.within) : undefined;

/**
 * The references that mean nothing any more when the named field changes: those within it, those within them. All belong to
 * the site or the organisation.
 */
export function dependents(fields: Field[], changed: string): string[] {
  const references = fields.filter(isReference);
  if (changed === SITE || changed === ORGANISATION) return references.map(({ name }) => name);
  const found = new Set<string>();
  const follow = (name: string) => {
    for (const each of references) {
      if (each.within !== name || found.has(each.name) || each.name === changed) continue;
      found.add(each.name);
      follow(each.name);
    }
  };
  follow(changed);
  return [...found];
}

/**
 * Whether the field exists in this form. outer: the row that its `within` refers to; undefined while it is being loaded (or
 * cannot be read), null when none is chosen. The answer null: not known yet.
 */
export function isShown(field: Field, outer: Row | null | undefined): boolean | null {
  if (!isReference(field) || !field.within || !field.shown_if) return true;
  if (outer === null) return false;
  return outer === undefined ? null : outer[field.shown_if] === true;
}
