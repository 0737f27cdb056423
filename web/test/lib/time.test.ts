import { expect, it } from "vitest";

import { ageOf, formatDay, formatTime, startOfDay } from "@/lib/time";

const noon = Date.UTC(2026, 10, 21, 4, 5, 6);

it("times are the site's, whatever the browser's zone", () => {
  expect(formatTime(noon, 480)).toBe("2026-11-21 12:05:06");
  expect(formatTime(noon, -300)).toBe("2026-11-20 23:05:06");
});

it("the site's day begins at its midnight", () => {
  expect(formatTime(startOfDay(noon, 480), 480)).toBe("2026-11-21 00:00:00");
  expect(startOfDay(Date.UTC(2026, 10, 20, 16), 480)).toBe(Date.UTC(2026, 10, 20, 16));
  expect(formatDay(Date.UTC(2026, 10, 20, 15, 59, 59), 480)).toBe("2026-11-20");
  expect(formatDay(Date.UTC(2026, 10, 20, 16), 480)).toBe("2026-11-21");
});

it.each([
  [-9_000, { unit: "now", n: 0 }],
  [4_999, { unit: "now", n: 0 }],
  [59_999, { unit: "seconds", n: 59 }],
  [180_000, { unit: "minutes", n: 3 }],
  [7_199_000, { unit: "hours", n: 1 }],
  [172_800_000, { unit: "days", n: 2 }],
])("an age of %i ms is told in the largest unit that fits", (age, told) => expect(ageOf(noon, noon + age)).toEqual(told));
