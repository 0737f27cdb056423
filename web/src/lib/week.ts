// 定时断电: the periods of a switching schedule, and the same week as half hours that are painted. Pure; tested by table.
import { MOST_PERIODS, type SwitchPeriod } from "@/types/supply";

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** of a day */
export const HALF_HOURS = 48;
const WEEK = 7 * HALF_HOURS;

/** True: off. Half hour 0 begins on Monday at 00:00. */
export type Week = boolean[];

export const clockOf = (half: number) => `${String(Math.floor((half % HALF_HOURS) / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The half hours that a schedule touches; a period may begin and end at any minute. */
export function weekOf(schedule: readonly SwitchPeriod[]): Week {
  const week: Week = Array.from({ length: WEEK }, () => false);
  for (const { days, off, on } of schedule) {
    const from = minutesOf(off);
    const to = minutesOf(on) <= from ? minutesOf(on) + 1440 : minutesOf(on);
    for (const day of days) {
      for (let half = Math.floor(from / 30); half < Math.ceil(to / 30); half++) week[((day - 1) * HALF_HOURS + half) % WEEK] = true;
    }
  }
  return week;
}

/** As few periods as say the same: what is equal on several days is one. None is longer than a day. */
export function scheduleOf(week: Week): SwitchPeriod[] {
  const found = new Map<string, Set<number>>();
  const put = (start: number, length: number) => {
    const name = `${clockOf(start)} ${clockOf(start + length)}`;
    found.set(name, (found.get(name) ?? new Set()).add(Math.floor((start % WEEK) / HALF_HOURS) + 1));
  };
  const first = week.findIndex((off, half) => off && !week[(half + WEEK - 1) % WEEK]);
  if (first < 0) {
    if (week[0]) for (const day of DAYS) put((day - 1) * HALF_HOURS, HALF_HOURS);
  } else {
    for (let index = 0; index < WEEK; ) {
      const start = first + index;
      if (!week[start % WEEK]) {
        index++;
        continue;
      }
      let length = 1;
      while (week[(start + length) % WEEK]) length++;
      index += length;
      // Longer than a day: to midnight, then day by day.
      for (let at = start, left = length; left > 0; ) {
        const part = left <= HALF_HOURS ? left : HALF_HOURS - (at % HALF_HOURS);
        put(at, part);
        at += part;
        left -= part;
      }
    }
  }
  return [...found]
    .map(([name, days]) => ({ days: [...days].sort((a, b) => a - b), off: name.slice(0, 5), on: name.slice(6) }))
    .sort((a, b) => a.days[0]! - b.days[0]! || a.off.localeCompare(b.off));
}

/** A rectangle of days and half hours, corners in any order. */
export function painted(week: Week, from: { day: number; half: number }, to: { day: number; half: number }, off: boolean): Week {
  const [firstDay, lastDay] = from.day <= to.day ? [from.day, to.day] : [to.day, from.day];
  const [first, last] = from.half <= to.half ? [from.half, to.half] : [to.half, from.half];
  return week.map((was, index) => {
    const [day, half] = [Math.floor(index / HALF_HOURS), index % HALF_HOURS];
    return day >= firstDay && day <= lastDay && half >= first && half <= last ? off : was;
  });
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
export type ScheduleProblem = "days" | "clock" | "many" | "always";

/** What the platform would refuse, and what nobody means: a week that is off from end to end. */
export function scheduleProblem(schedule: readonly SwitchPeriod[]): ScheduleProblem | null {
  if (schedule.some(({ days }) => days.length === 0)) return "days";
  if (schedule.some(({ off, on }) => !CLOCK.test(off) || !CLOCK.test(on))) return "clock";
  if (schedule.length > MOST_PERIODS) return "many";
  return schedule.length > 0 && weekOf(schedule).every(Boolean) ? "always" : null;
}
