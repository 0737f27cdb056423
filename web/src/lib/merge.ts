// Saving what somebody else may be changing as well. Pure; tested by table.

/**
 * What to send: what this person changed since the form was opened, on top of what holds now. clashes: both changed the
 * same thing differently, so the person has to look first. same: whether two values of that name mean the same.
 */
export function merge<Values extends object>(
  opened: Values,
  now: Values,
  wanted: Values,
  same: (name: keyof Values & string, a: unknown, b: unknown) => boolean,
): { values: Values; clashes: (keyof Values & string)[] } {
  const names = Object.keys(now) as (keyof Values & string)[];
  const mine = names.filter((name) => !same(name, opened[name], wanted[name]));
  const clashes = mine.filter((name) => !same(name, opened[name], now[name]) && !same(name, now[name], wanted[name]));
  return { values: { ...now, ...Object.fromEntries(mine.map((name) => [name, wanted[name]])) }, clashes };
}
