// Times as the site's people read them. The offset is the site's (minutes east of UTC), never the browser's.

const pad = (n: number, width = 2) => String(n).padStart(width, "0");

function shifted(ms: number, offsetMinutes: number): Date {
  return new Date(ms + offsetMinutes * 60_000);
}

/** YYYY-MM-DD HH:mm:ss */
export function formatTime(ms: number, offsetMinutes: number): string {
  return `${formatDay(ms, offsetMinutes)} ${formatClock(ms, offsetMinutes)}`;
}

/** YYYY-MM-DD */
export function formatDay(ms: number, offsetMinutes: number): string {
  const d = shifted(ms, offsetMinutes);
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
}

/** HH:mm:ss */
export function formatClock(ms: number, offsetMinutes: number): string {
  const d = shifted(ms, offsetMinutes);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`;
}

/** UTC milliseconds of the midnight that began the site's day. */
export function startOfDay(ms: number, offsetMinutes: number): number {
  const day = 86_400_000;
  const offset = offsetMinutes * 60_000;
  return Math.floor((ms + offset) / day) * day - offset;
}

export type Age = { unit: "now" | "seconds" | "minutes" | "hours" | "days"; n: number };

/** How long ago, in the largest unit that fits; a moment in the future counts as now. */
export function ageOf(ms: number, now: number): Age {
  const seconds = Math.floor((now - ms) / 1000);
  if (seconds < 5) return { unit: "now", n: 0 };
  if (seconds < 60) return { unit: "seconds", n: seconds };
  if (seconds < 3600) return { unit: "minutes", n: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: "hours", n: Math.floor(seconds / 3600) };
  return { unit: "days", n: Math.floor(seconds / 86_400) };
}
