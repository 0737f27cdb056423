import { expect, it } from "vitest";

import { momentProblem, momentText, nextMidnight, nextMonth, parseMoment, shortMoment } from "@/lib/moment";

const now = Date.UTC(2026, 10, 21, 4, 5, 6);
const EAST = 480;

it.each([
  ["2026-12-01T00:00", Date.UTC(2026, 10, 30, 16)],
  ["2026-12-01T08:30:00", Date.UTC(2026, 11, 1, 0, 30)],
  ["2026-02-31T00:00", null],
  ["2026-12-01", null],
  ["tomorrow", null],
  ["", null],
])("em-price-plan: %s is a moment of the site's time", (text, ms) => expect(parseMoment(text, EAST)).toBe(ms));

it("what is parsed is what was shown", () => expect(momentText(parseMoment("2027-03-05T17:45", EAST)!, EAST)).toBe("2027-03-05T17:45"));

it.each([
  ["2026-11-21T12:05", "past"],
  ["2026-11-21T12:06", null],
  ["2020-01-01T00:00", "past"],
  ["2028-11-22T12:05", null],
  ["2028-11-23T12:06", "far"],
  ["", "missing"],
])("em-price-plan: a change at %s: %s", (text, problem) => expect(momentProblem(text, now, EAST)).toBe(problem));

it("the next midnight and the next month are the site's", () => {
  expect(momentText(nextMidnight(now, EAST), EAST)).toBe("2026-11-22T00:00");
  expect(momentText(nextMonth(now, EAST), EAST)).toBe("2026-12-01T00:00");
  // Already December there.
  expect(momentText(nextMonth(Date.UTC(2026, 10, 30, 16), EAST), EAST)).toBe("2027-01-01T00:00");
});

it("the year is said where it is another one", () => {
  expect(shortMoment(Date.UTC(2026, 10, 30, 16), now, EAST)).toBe("12-01 00:00");
  expect(shortMoment(Date.UTC(2026, 11, 31, 16), now, EAST)).toBe("2027-01-01 00:00");
});
