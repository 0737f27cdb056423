import { describe, expect, it } from "vitest";

import { beginnings, clockOf, dayOf, dropSlot, HALF_HOURS, MOST_SLOTS, moveBeginning, paint, presetDay, PRESETS, recolour, runsOf, slotsOf, splitLongest, type Day, type Preset, type Tariff } from "@/lib/price-slots";

const words = (day: Day) => slotsOf(day).map(({ from, tariff }) => `${from} ${tariff}`).join(", ");
const flat: Day = Array<Tariff>(HALF_HOURS).fill("flat");
const nightly = presetDay("dayNight");

/** What the platform asks of slots. */
function expectWhole(day: Day) {
  const slots = slotsOf(day);
  expect(slots[0]!.from).toBe("00:00");
  slots.slice(1).forEach(({ from, tariff }, i) => {
    expect(from > slots[i]!.from, from).toBe(true);
    expect(from).toMatch(/^([01]\d|2[0-3]):[03]0$/);
    expect(tariff).not.toBe(slots[i]!.tariff);
  });
  expect(runsOf(day).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(HALF_HOURS);
}

describe("em-price-plan: time slots", () => {
  it("half hours are named as clocks", () => expect([0, 1, 15, 47, 48].map(clockOf)).toEqual(["00:00", "00:30", "07:30", "23:30", "24:00"]));

  it("slots become a day and the same slots again", () => {
    const slots = [{ from: "00:00", tariff: "valley" as const }, { from: "06:30", tariff: "peak" as const }, { from: "23:30", tariff: "valley" as const }];
    expect(slotsOf(dayOf(slots))).toEqual(slots);
    expect(words(dayOf([]))).toBe("00:00 flat");
    expect(words(dayOf([{ from: "08:00", tariff: "peak" }]))).toBe("00:00 peak");
    expect(words(dayOf([{ from: "00:00", tariff: "peak" }, { from: "08:15", tariff: "flat" }]))).toBe("00:00 peak");
  });

  it.each(Object.keys(PRESETS) as Preset[])("the preset %s is a whole day", (preset) => {
    expectWhole(presetDay(preset));
    expect(slotsOf(presetDay(preset))).toHaveLength(PRESETS[preset].length);
  });

  it.each([
    ["a stretch is painted", 16, 19, "peak", "00:00 flat, 08:00 peak, 10:00 flat"],
    ["also backwards", 19, 16, "peak", "00:00 flat, 08:00 peak, 10:00 flat"],
    ["to both ends", 0, 47, "sharp", "00:00 sharp"],
    ["over the last half hour", 47, 47, "valley", "00:00 flat, 23:30 valley"],
  ] as const)("%s", (_, one, other, tariff, expected) => expect(words(paint(flat, one, other, tariff))).toBe(expected));

  it.each([
    ["later", 1, 20, "00:00 valley, 10:00 peak, 22:00 valley"],
    ["earlier", 1, 1, "00:00 valley, 00:30 peak, 22:00 valley"],
    ["not over the next one", 1, 44, "00:00 valley, 08:00 peak, 22:00 valley"],
    ["not to where the one before begins", 2, 16, "00:00 valley, 08:00 peak, 22:00 valley"],
    ["the first one stays at 00:00", 0, 4, "00:00 valley, 08:00 peak, 22:00 valley"],
  ] as const)("a slot begins at another time: %s", (_, index, half, expected) => expect(words(moveBeginning(nightly, index, half))).toBe(expected));

  it("a slot may begin wherever it and the one before it stay", () => {
    expect(beginnings(nightly, 0)).toEqual([]);
    expect(beginnings(nightly, 1)).toEqual(Array.from({ length: 43 }, (_, i) => i + 1));
    expect(beginnings(nightly, 2).at(-1)).toBe(47);
  });

  it("of the same tariff as its neighbour it is one with it", () => {
    expect(words(recolour(nightly, 1, "valley"))).toBe("00:00 valley");
    expect(words(recolour(nightly, 2, "sharp"))).toBe("00:00 valley, 08:00 peak, 22:00 sharp");
  });

  it("the time of a dropped slot goes to the one before, of the first to the one after, and the last one stays", () => {
    expect(words(dropSlot(nightly, 2))).toBe("00:00 valley, 08:00 peak");
    expect(words(dropSlot(nightly, 0))).toBe("00:00 peak, 22:00 valley");
    expect(words(dropSlot(flat, 0))).toBe("00:00 flat");
  });

  it("more rows split the longest, and the day stays whole at any number of them", () => {
    let day: Day = flat;
    for (let i = 1; i < MOST_SLOTS; i++) {
      const more = splitLongest(day);
      expect(slotsOf(more)).toHaveLength(i + 1);
      expectWhole(more);
      day = more;
    }
    const shortest = Array.from({ length: HALF_HOURS }, (_, i): Tariff => (i % 2 ? "peak" : "flat"));
    expect(splitLongest(shortest)).toEqual(shortest);
  });

  it("whatever is done to a day, it stays whole (500 steps, seed 7)", () => {
    let seed = 7;
    const upTo = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n;
    const tariff = () => (["sharp", "peak", "flat", "valley"] as const)[upTo(4)]!;
    let day: Day = nightly;
    for (let i = 0; i < 500; i++) {
      const runs = runsOf(day).length;
      day = [() => paint(day, upTo(48), upTo(48), tariff()), () => moveBeginning(day, upTo(runs), upTo(48)), () => recolour(day, upTo(runs), tariff()), () => dropSlot(day, upTo(runs)), () => splitLongest(day)][upTo(5)]!();
      expectWhole(day);
      expect(dayOf(slotsOf(day))).toEqual(day);
    }
  });
});
