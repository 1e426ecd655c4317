/** Runs in plain Node. Which of the right names a wrong one was probably meant to be. */

const mostNames = 3;

/** Names at few edits, nearest first. */
export function nearNames(wrong: string, names: readonly string[]): string[] {
  const plain = simplified(wrong);
  const reach = Math.min(4, Math.max(2, Math.floor(plain.length / 3)));
  return names
    .map((name) => ({ name, edits: editsBetween(plain, simplified(name), reach) }))
    .filter(({ edits }) => edits <= reach)
    .sort((first, second) => first.edits - second.edits || (first.name < second.name ? -1 : 1))
    .slice(0, mostNames)
    .map(({ name }) => name);
}

/** One underscore for two, and dots and hyphens for underscores, are the usual slips. */
function simplified(name: string): string {
  return name
    .slice(0, 80)
    .toLowerCase()
    .replace(/[_.\s-]+/g, '_');
}

/** Letters to put in, take out, change or swap; anything above `limit` is all the same. */
function editsBetween(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: second.length + 1 }, (_, at) => at);
  for (let row = 1; row <= first.length; row++) {
    const line = [row];
    for (let column = 1; column <= second.length; column++) {
      const isSame = first[row - 1] === second[column - 1];
      const isSwap =
        row > 1 &&
        column > 1 &&
        first[row - 1] === second[column - 2] &&
        first[row - 2] === second[column - 1];
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = above;
    above = line;
  }
  return above[second.length] ?? limit + 1;
}
