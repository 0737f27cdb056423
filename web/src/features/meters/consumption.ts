// Consumption points laid on an even time line, and their exact sums.
import { MONEY, parse, QUANTITY, toText } from "@/lib/decimal";
import type { Consumption } from "@/types/api";

type Point = Consumption["points"][number];

/** More slots than the platform ever sends points. */
const MOST = 400;

/** Every slot of [from, to); one without a point has no amount. Points off the grid are shown as they came. */
export function buckets(points: Point[], from: number, to: number, size: number): (Partial<Point> & { at: number; kwh: string })[] {
  const aligned = points.every((point) => (point.at - from) % size === 0);
  if (!aligned || (to - from) / size > MOST) return points;
  const at = new Map(points.map((point) => [point.at, point]));
  const slots = [];
  for (let time = from; time < to; time += size) slots.push(at.get(time) ?? { at: time, kwh: "" });
  return slots;
}

export function sums(points: Point[]): { kwh: string; money: string } {
  const sum = (scale: number, texts: (string | undefined)[]) =>
    toText(texts.reduce((total, text) => total + (parse(text, scale) ?? 0n), 0n), scale);
  return { kwh: sum(QUANTITY, points.map((point) => point.kwh)), money: sum(MONEY, points.map((point) => point.money)) };
}
