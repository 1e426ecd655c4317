/** Numbers of several runs, as they are quoted: the middle one, with the ends beside it. */
export interface Spread {
  least: number;
  median: number;
  most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { least: at(0), median, most: at(sorted.length - 1) };
}

export function describeSpread(spread: Spread, unit: string, scale = 1): string {
  const text = (value: number): string => (value / scale).toFixed(1);
  return `${text(spread.median)} ${unit} (${text(spread.least)} to ${text(spread.most)})`;
}
