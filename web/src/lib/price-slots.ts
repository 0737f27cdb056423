// Time slots of a price plan (时段) as a day of 48 half hours, each of one tariff, so that a day is whole whatever is done to it.
// Pure; tested by table. The rules of slots are those of platform/domain/tariff.hpp.

/** 尖 峰 平 谷 */
export const TARIFFS = ["sharp", "peak", "flat", "valley"] as const;
export type Tariff = (typeof TARIFFS)[number];
/** from: "HH:MM"; holds until the next one begins, the last one until 24:00 */
export type Slot = { from: string; tariff: Tariff };
/** One tariff for each half hour. */
export type Day = readonly Tariff[];

export const HALF_HOURS = 48;
/** As many as a meter of DL/T645 has. */
export const MOST_SLOTS = 14;

/** Half hour 15 begins at "07:30"; 48 is "24:00". */
export const clockOf = (half: number) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;

function halfOf(clock: string): number | null {
  const match = /^(\d\d):([03]0)$/.exec(clock);
  const half = match ? Number(match[1]) * 2 + (match[2] === "30" ? 1 : 0) : HALF_HOURS;
  return half < HALF_HOURS ? half : null;
}

/** What holds in each half hour; before the first slot that of the first. Slots at other times than half hours are left out. */
export function dayOf(slots: readonly Slot[]): Day {
  const day: Tariff[] = Array(HALF_HOURS).fill(slots[0]?.tariff ?? "flat");
  for (const { from, tariff } of slots) {
    const half = halfOf(from);
    if (half !== null) day.fill(tariff, half);
  }
  return day;
}

/** A stretch of half hours of one tariff: [from, to). */
export type Run = { from: number; to: number; tariff: Tariff };

export function runsOf(day: Day): Run[] {
  const runs: Run[] = [];
  day.forEach((tariff, half) => {
    const last = runs.at(-1);
    if (last?.tariff === tariff) last.to = half + 1;
    else runs.push({ from: half, to: half + 1, tariff });
  });
  return runs;
}

export const slotsOf = (day: Day): Slot[] => runsOf(day).map(({ from, tariff }) => ({ from: clockOf(from), tariff }));

/** From one half hour to another, both included, in whichever order. */
export function paint(day: Day, one: number, other: number, tariff: Tariff): Day {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return day.map((was, half) => (half >= first && half <= last ? tariff : was));
}

/** Where the slot may begin instead, so that it and the one before it stay; none for the first, which begins at 00:00. */
export function beginnings(day: Day, index: number): number[] {
  const runs = runsOf(day);
  const [before, run] = [runs[index - 1], runs[index]];
  if (!before || !run) return [];
  return Array.from({ length: run.to - before.from - 1 }, (_, i) => before.from + 1 + i);
}

export function moveBeginning(day: Day, index: number, half: number): Day {
  if (!beginnings(day, index).includes(half)) return day;
  const runs = runsOf(day);
  const [before, run] = [runs[index - 1]!, runs[index]!];
  return half < run.from ? paint(day, half, run.from - 1, run.tariff) : half > run.from ? paint(day, run.from, half - 1, before.tariff) : day;
}

/** Beside a slot of the same tariff it becomes one with it. */
export function recolour(day: Day, index: number, tariff: Tariff): Day {
  const run = runsOf(day)[index];
  return run ? paint(day, run.from, run.to - 1, tariff) : day;
}

/** Its time goes to the slot before it, of the first to the one after it. The last one that is left stays. */
export function dropSlot(day: Day, index: number): Day {
  const runs = runsOf(day);
  const heir = runs[index - 1] ?? runs[index + 1];
  return heir ? recolour(day, index, heir.tariff) : day;
}

/** The later half of the longest slot becomes one of its own, of a tariff that neither neighbour has. */
export function splitLongest(day: Day): Day {
  const runs = runsOf(day);
  const longest = runs.reduce((best, run) => (run.to - run.from > best.to - best.from ? run : best));
  if (longest.to - longest.from < 2) return day;
  const next = runs[runs.indexOf(longest) + 1]?.tariff;
  const tariff = (["flat", "peak", "valley", "sharp"] as const).find((each) => each !== longest.tariff && each !== next)!;
  return paint(day, (longest.from + longest.to) >> 1, longest.to - 1, tariff);
}

/** To begin with; the hours that count are those of the supplier's notice. */
export const PRESETS = {
  dayNight: [["00:00", "valley"], ["08:00", "peak"], ["22:00", "valley"]],
  three: [["00:00", "valley"], ["08:00", "peak"], ["12:00", "flat"], ["17:00", "peak"], ["21:00", "flat"]],
  four: [["00:00", "valley"], ["07:00", "flat"], ["10:00", "peak"], ["12:00", "flat"], ["15:00", "peak"], ["18:00", "sharp"], ["21:00", "flat"], ["23:00", "valley"]],
} as const satisfies Record<string, readonly (readonly [string, Tariff])[]>;
export type Preset = keyof typeof PRESETS;

export const presetDay = (preset: Preset): Day => dayOf(PRESETS[preset].map(([from, tariff]) => ({ from, tariff })));
