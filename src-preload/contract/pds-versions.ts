/** Pure. Versions of PDS4 products: two numbers, so that 1.9 < 1.10 < 13.0. */

const shape = /^(\d{1,9})\.(\d{1,9})$/;

function numbersOf(version: string | null): [major: number, minor: number] {
  const parts = shape.exec(version ?? '');
  return parts === null ? [-1, -1] : [Number(parts[1]), Number(parts[2])];
}

/** True for `M.m`. */
export function isVersion(text: string): boolean {
  return shape.test(text);
}

/** Orders versions by their two numbers; what is none comes before all others. */
export function compareVersions(first: string | null, second: string | null): number {
  const [a, b] = [numbersOf(first), numbersOf(second)];
  return a[0] - b[0] || a[1] - b[1];
}
