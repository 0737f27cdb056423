// Where a hit of the desk leads, and the keys that open and walk it.
import { expect, it } from "vitest";

import { hitsOf, opensDesk, stepped, targetOf, type Hit } from "@/features/desk/hits";

const hit = (more: Partial<Hit>): Hit => ({ kind: "house", id: 7, title: "3号楼 0901", detail: "", phone: "", community: "", house: null, meter: null, amount: null, at: null, ...more });

it.each([
  ["a house", hit({ house: 7 }), "/space/houses/7"],
  ["a resident's house", hit({ kind: "resident", house: 9 }), "/space/houses/9"],
  ["a resident without a house", hit({ kind: "resident", title: "王 & 李" }), "/space/residents?search=%E7%8E%8B%20%26%20%E6%9D%8E"],
  ["a room without a house", hit({ kind: "room" }), "/space/rooms/7"],
  ["a meter's house", hit({ kind: "meter", meter: 7, house: 3 }), "/space/houses/3"],
  ["a meter in no room", hit({ kind: "meter", meter: 7 }), "/meters/7"],
  ["a recharge of a meter in no room", hit({ kind: "recharge", meter: 4 }), "/meters/4?tab=recharges"],
])("%s is opened", (_, given, path) => expect(targetOf(given)).toBe(path));

it("hits are one list over all kinds, and the arrows go round it", () => {
  const row = { id: 7, title: "", detail: "", phone: "", community: "", house: null, meter: null, amount: null, at: null };
  const hits = hitsOf([{ kind: "house", more: false, rows: [row] }, { kind: "meter", more: false, rows: [{ ...row, id: 8 }] }]);
  expect(hits.map(({ kind, id }) => [kind, id])).toEqual([["house", 7], ["meter", 8]]);
  expect([stepped(0, 1, 2), stepped(1, 1, 2), stepped(0, -1, 2), stepped(0, 1, 0)]).toEqual([1, 0, 1, 0]);
});

it.each([
  ["/", {}, false, true],
  ["/", {}, true, false],
  ["/", { ctrlKey: true }, false, false],
  ["k", { ctrlKey: true }, true, true],
  ["K", { metaKey: true }, false, true],
  ["k", {}, false, false],
  ["k", { ctrlKey: true, altKey: true }, false, false],
])("the key %s with %o, while typing: %s, opens the desk: %s", (key, held, typing, opens) =>
  expect(opensDesk({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, typing)).toBe(opens),
);
