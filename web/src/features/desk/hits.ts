// What the desk found, and where each of it leads. Pure; tested by table.
import type { DeskGroup, DeskHit } from "@/types/api";

export type Hit = DeskHit & { kind: DeskGroup["kind"] };

export const hitsOf = (groups: DeskGroup[]): Hit[] => groups.flatMap(({ kind, rows }) => rows.map((row) => ({ ...row, kind })));

/** The house's page has everything; what belongs to no house has a page or a list of its own. */
export function targetOf({ kind, id, house, meter, title }: Hit): string {
  if (house !== null) return `/space/houses/${house}`;
  if (kind === "recharge") return `/meters/${meter}?tab=recharges`;
  if (kind === "meter") return `/meters/${id}`;
  if (kind === "room") return `/space/rooms/${id}`;
  return `/space/residents?search=${encodeURIComponent(title)}`;
}

/** The one that an arrow key leads to; behind the last comes the first. */
export const stepped = (at: number, by: 1 | -1, of: number): number => (of === 0 ? 0 : (at + by + of) % of);

/** The slash is a letter wherever somebody types. */
export function opensDesk(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }, typing: boolean): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return true;
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
}
