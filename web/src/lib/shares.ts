// Codes that were shared, as a meter's page lists them (em-share-qr, wm-share-qr). Pure; tested by table.
import type { MeterShare } from "@/types/bound";

/** Of the past; open ones are all there, because each can be revoked. */
const PAST = 10;

/** Open ones first, each part as it came: newest first. */
export function sharesShown(shares: readonly MeterShare[]): MeterShare[] {
  const open = shares.filter(({ state }) => state === "open");
  return [...open, ...shares.filter(({ state }) => state !== "open").slice(0, Math.max(0, PAST - open.length))];
}
