// Exact decimal text <-> BigInt. Money, energy and prices travel as text and are never binary floating point:
// everything that parses, adds, compares or shows them goes through this file. It knows no language and no unit word.

/** Digits behind the point that the wire carries: yuan 6, kWh 4, yuan per kWh 5. */
export const MONEY = 6;
export const QUANTITY = 4;
export const PRICE = 5;

const FORM = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/** Value in units of 10^-scale; null when it is no number or has more digits behind the point than `scale`. */
export function parse(text: string | null | undefined, scale: number): bigint | null {
  const match = FORM.exec((text ?? "").trim());
  if (!match) return null;
  const fraction = match[3] ?? "";
  if (fraction.length > scale) return null;
  const value = BigInt(match[2] + fraction.padEnd(scale, "0"));
  return match[1] ? -value : value;
}

const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * What a person typed or pasted, as the text `parse` takes: full-width figures, the Chinese full stop for the point, a
 * currency sign before or \u5143 behind, well-placed thousands separators, a missing figure before or behind the point.
 * Whatever can be read in two ways (inner blanks, odd commas, 1e3) stays as it is, and `parse` refuses it.
 */
export function typed(text: string | null | undefined): string {
  const plain = (text ?? "")
    .normalize("NFKC")
    .replace(/\u3002/g, ".")
    .replace(/\u2212/g, "-")
    .replace(/^[\s\u00a5]+|[\s\u5143]+$/g, "");
  const figures = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain;
  return figures.replace(/^(-?)\.(?=\d)/, "$10.").replace(/(\d)\.$/, "$1");
}

/** Shortest exact text, as the wire wants it. */
export function toText(value: bigint, scale: number): string {
  const text = toFixed(value, scale);
  return scale > 0 ? text.replace(/\.?0+$/, "") : text;
}

/** Exact text with all `scale` digits behind the point: 2350 of scale 2 is "23.50". */
export function toFixed(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return (value < 0n ? "-" : "") + whole + (scale > 0 ? "." + digits.slice(digits.length - scale) : "");
}

/** Text with thousands separators and exactly `shown` digits, halves away from zero; the minus is U+2212. */
export function format(value: bigint, scale: number, shown = 2): string {
  let absolute = value < 0n ? -value : value;
  if (shown < scale) {
    const step = 10n ** BigInt(scale - shown);
    absolute = (absolute + step / 2n) / step;
  } else {
    absolute *= 10n ** BigInt(shown - scale);
  }
  const digits = absolute.toString().padStart(shown + 1, "0");
  const whole = digits.slice(0, digits.length - shown).replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0n && absolute > 0n ? "\u2212" : "";
  return sign + whole + (shown > 0 ? "." + digits.slice(digits.length - shown) : "");
}

/** As short as it is exact: "2,760", "0.05"; empty for what is no number. */
export function formatShort(text: string | null | undefined, scale: number): string {
  const value = parse(text, scale);
  if (value === null) return "";
  const shown = format(value, scale, scale);
  return scale > 0 ? shown.replace(/\.?0+$/, "") : shown;
}

export function add(left: string, right: string, scale: number): string | null {
  const a = parse(left, scale);
  const b = parse(right, scale);
  return a === null || b === null ? null : toText(a + b, scale);
}

/** -1, 0 or 1; null when one of them is no number. */
export function compare(left: string, right: string, scale: number): -1 | 0 | 1 | null {
  const a = parse(left, scale);
  const b = parse(right, scale);
  if (a === null || b === null) return null;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** kWh (text, rounded down) that `money` yuan buy at `price` yuan per kWh; null when the price is 0 or no number. */
export function energyFor(money: string, price: string): string | null {
  const yuan = parse(money, MONEY);
  const each = parse(price, PRICE);
  if (yuan === null || each === null || each <= 0n) return null;
  // 10^-6 yuan / (10^-5 yuan per kWh) = 10^-1 kWh; the quantity counts 10^-4 kWh.
  const scaled = yuan * 1000n;
  const down = scaled / each - (scaled < 0n && scaled % each !== 0n ? 1n : 0n);
  return toText(down, QUANTITY);
}

/** Yuan (text, rounded down to micro-yuan) that a quantity comes to at `price` yuan each; null when one of them is no number. */
export function moneyFor(quantity: string, price: string): string | null {
  const amount = parse(quantity, QUANTITY);
  const each = parse(price, PRICE);
  if (amount === null || each === null || each < 0n) return null;
  // 10^-4 units of 10^-5 yuan are 10^-9 yuan.
  const scaled = amount * each;
  return toText(scaled / 1000n - (scaled < 0n && scaled % 1000n !== 0n ? 1n : 0n), MONEY);
}

/** How much more than before, in percent to one digit; null where there was nothing before. Both texts have the same unit. */
export function changeOf(now: string, before: string): number | null {
  const [a, b] = [parse(now, MONEY), parse(before, MONEY)];
  if (a === null || b === null || b <= 0n) return null;
  return Number(((a - b) * 1000n) / b) / 10;
}

/** For pixels only (charts, gauges): a JavaScript number that may be off in the last digits. */
export function toPixels(text: string | null | undefined, scale: number): number {
  const value = parse(text, scale);
  return value === null ? 0 : Number(value) / 10 ** scale;
}

/** A point of a line or a bar; null where there is nothing, such as in days to come, or a line would fall to zero there. */
export const pointOf = (text: string | null | undefined, scale: number): number | null => (parse(text, scale) === null ? null : toPixels(text, scale));
