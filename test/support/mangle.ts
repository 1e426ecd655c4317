/** Runs in plain Node, for tests only. Damages JSON values at random, but the same way for the same seed. */

/** Numbers from 0 to 1 (mulberry32). */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const replacements: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  'x'.repeat(5000),
  '\ud800',
  '%',
  'https://[',
  'http://user:pw@images-assets.nasa.gov/%zz/?#',
  'javascript:alert(1)',
  [],
  [[]],
  {},
  { href: {} },
  { __proto__: null, toString: 1 },
  [null, 1, {}, 'x'],
];

/** A copy in which each value is replaced, dropped, doubled or renamed with the given probability. */
export function mangle(value: unknown, random: () => number, chance: number): unknown {
  if (random() < chance) return replacements[Math.floor(random() * replacements.length)];
  if (Array.isArray(value)) {
    return (value as unknown[]).flatMap((entry) => {
      if (random() < chance / 2) return [];
      const copy = mangle(entry, random, chance);
      return random() < chance / 2 ? [copy, copy] : [copy];
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => {
      if (random() < chance / 2) return [];
      const newName = random() < chance / 4 ? '__proto__' : name;
      return [[newName, mangle(entry, random, chance)]];
    }),
  );
}
