import { describe, expect, it } from "vitest";

import { sharesShown } from "@/lib/shares";
import type { MeterShare } from "@/types/bound";

const share = (id: number, state: MeterShare["state"]): MeterShare => ({ id, by: "admin", created_at: id, expires_at: id, uses: 4, used: 0, state });
const ids = (shares: MeterShare[]) => sharesShown(shares).map(({ id }) => id);

describe("em-share-qr, wm-share-qr: codes that were shared", () => {
  it("open ones come first, however many others are newer, so that each can be revoked", () => {
    const ended = Array.from({ length: 12 }, (_, index) => share(20 - index, "revoked"));
    expect(ids([...ended, share(2, "open"), share(1, "open")])).toEqual([2, 1, 20, 19, 18, 17, 16, 15, 14, 13]);
  });
  it("all open ones are there, more than ten, too", () => {
    expect(ids([share(30, "expired"), ...Array.from({ length: 11 }, (_, index) => share(20 - index, "open"))])).toHaveLength(11);
  });
});
