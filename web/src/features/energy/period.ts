// The period of the analysis: YYYYMM for days, YYYY otherwise. Pure.

export const STEPS = ["day", "month", "year"] as const;
export type Step = (typeof STEPS)[number];

/** today: YYYY-MM-DD. What the address says if it is a period up to the running one, otherwise the running one. */
export function periodOf(step: Step, text: string | null, today: string): number {
  const running = Number(step === "day" ? today.slice(0, 7).replace("-", "") : today.slice(0, 4));
  const asked = Number(text);
  const month = asked % 100;
  const fits = Number.isInteger(asked) && (step === "day" ? asked >= 200_001 && month >= 1 && month <= 12 : asked >= 2000 && asked <= 2100);
  return fits && asked <= running ? asked : running;
}

export function shiftPeriod(step: Step, period: number, by: number): number {
  if (step !== "day") return period + by;
  const months = Math.floor(period / 100) * 12 + (period % 100) - 1 + by;
  return Math.floor(months / 12) * 100 + (months % 12) + 1;
}
