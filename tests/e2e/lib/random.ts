// Repeatable randomness: the seed is printed by the test that uses it and taken again from ANJU_SEED.

export const seedOfRun = () => Number(process.env['ANJU_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

/** mulberry32: numbers in [0, 1). */
export function generator(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
