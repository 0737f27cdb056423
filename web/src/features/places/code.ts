// Codes of communities: part of the devices' addresses, so letters and digits only. Pure; tested by table.

/** Without those that are taken for each other when read aloud or typed from paper. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

export const drawCode = (draw: () => number = Math.random): string =>
  `c-${Array.from({ length: 6 }, () => LETTERS[Math.floor(draw() * LETTERS.length)]).join("")}`;

/** What of the name letters and digits are; undefined when that is too little to know it again. */
export function codeOf(name: string): string | undefined {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return plain.length >= 3 ? plain : undefined;
}
