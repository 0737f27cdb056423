// QR codes of meters, rooms and houses: where a scan leads, and the three forms they are printed in (ev-pile-view-qr 4:118 and
// ev-pile-qr-export 4:112, here for what a property has without chargers). Pure; tested by table.

/** What has a code. The value stands in the code itself and in this page's address: never renamed, labels hang on doors for years. */
export const KINDS = ["meter", "room", "house"] as const;
export type Kind = (typeof KINDS)[number];
export const isKind = (text: string | undefined): text is Kind => KINDS.includes(text as Kind);

/** One label. */
export type Code = {
  id: number;
  /** name of the community */
  site: string;
  title: string;
  /** of the maker or the house: what a person compares with what is written on the thing */
  number: string;
};

/** Millimetres of one label on A4 with a margin of 8 mm, and how many stand side by side and below each other. */
export type Template = { name: "label" | "card" | "sign"; across: number; down: number; code_mm: number; withHint: boolean };
export const TEMPLATES: readonly Template[] = [
  { name: "label", across: 3, down: 8, code_mm: 24, withHint: false },
  { name: "card", across: 2, down: 4, code_mm: 44, withHint: true },
  { name: "sign", across: 1, down: 2, code_mm: 90, withHint: true },
];
export const perPage = ({ across, down }: Template) => across * down;

/** More than this are not put on one sheet: the search has to be narrowed. */
export const MOST_CODES = 1000;

export function pagesOf(codes: readonly Code[], template: Template): Code[][] {
  const size = perPage(template);
  return Array.from({ length: Math.ceil(codes.length / size) }, (_, page) => codes.slice(page * size, (page + 1) * size));
}

/** What a code says. */
export const codeUrl = (address: string, kind: Kind, id: number) => `${address}/q/${kind}/${id}`;

/** Where a scanned code leads within the console; null: no such thing can be. */
export function targetOf(kind: string | undefined, id: string | undefined): string | null {
  if (!isKind(kind) || !id || !/^[1-9]\d{0,14}$/.test(id)) return null;
  return kind === "meter" ? `/meters/${id}` : `/space/${kind}s/${id}`;
}
