// Exact decimals as BigInt, for the tests' own arithmetic beside the platform's.

/** "23.11" with 6 places -> 23110000n. Throws on text that is no decimal or has more places. */
export function parse(text: string, places: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match || (match[3] ?? '').length > places) throw new Error(`'${text}' is no decimal with at most ${places} places`);
  const value = BigInt(match[2] + (match[3] ?? '').padEnd(places, '0'));
  return match[1] ? -value : value;
}

export const money = (text: string) => parse(text, 6);
export const quantity = (text: string) => parse(text, 4);
export const price = (text: string) => parse(text, 5);

export function format(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${text}` : text;
}

/** What `used` costs in micro-yuan when the part below one micro-yuan is carried: the floor of the whole product. */
export function cost(used: bigint, unitPrice: bigint): bigint {
  const nano = used * unitPrice;
  const micro = nano / 1000n;
  return nano < 0n && nano % 1000n !== 0n ? micro - 1n : micro;
}
