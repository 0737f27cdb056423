import { describe, expect, it } from "vitest";

import { painted, scheduleOf, scheduleProblem, weekOf } from "@/lib/week";

const weekdays = [1, 2, 3, 4, 5];

describe("em-timed-switch: a schedule and its picture", () => {
  it.each([
    ["nothing", []],
    ["a night that ends the next morning", [{ days: weekdays, off: "22:00", on: "06:00" }]],
    ["over the end of the week", [{ days: [7], off: "23:30", on: "07:00" }]],
    ["two in a day", [{ days: [1], off: "00:00", on: "06:30" }, { days: [1], off: "12:00", on: "13:00" }]],
    ["a whole day", [{ days: [6], off: "00:00", on: "00:00" }]],
  ])("%s is the same after a look at the picture", (_, schedule) => expect(scheduleOf(weekOf(schedule))).toEqual(schedule));

  it("what is longer than a day is cut at midnight", () =>
    expect(scheduleOf(weekOf([{ days: [5], off: "20:00", on: "00:00" }, { days: [6, 7], off: "00:00", on: "00:00" }]))).toEqual([
      { days: [5], off: "20:00", on: "00:00" },
      { days: [6, 7], off: "00:00", on: "00:00" },
    ]));

  it("a minute counts as its half hour in the picture", () => {
    const week = weekOf([{ days: [1], off: "08:10", on: "08:40" }]);
    expect([week[15], week[16], week[17], week[18]]).toEqual([false, true, true, false]);
  });
  it("a rectangle is painted from any corner, and wiped again", () => {
    const week = painted(weekOf([]), { day: 4, half: 47 }, { day: 0, half: 44 }, true);
    expect(scheduleOf(week)).toEqual([{ days: weekdays, off: "22:00", on: "00:00" }]);
    expect(scheduleOf(painted(week, { day: 0, half: 0 }, { day: 6, half: 47 }, false))).toEqual([]);
  });
  it.each([
    ["days", [{ days: [], off: "22:00", on: "06:00" }]],
    ["clock", [{ days: [1], off: "24:00", on: "06:00" }]],
    ["many", Array.from({ length: 15 }, (_, n) => ({ days: [1], off: `0${Math.floor(n / 2) % 10}:00`, on: "08:30" }))],
    ["always", [{ days: [1, 2, 3, 4, 5, 6, 7], off: "10:00", on: "10:00" }]],
    [null, [{ days: [1], off: "22:00", on: "06:00" }]],
  ])("says %s", (problem, schedule) => expect(scheduleProblem(schedule)).toBe(problem));
});
