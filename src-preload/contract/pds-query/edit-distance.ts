/** Runs anywhere; pure. How many letters two short words are apart. */

/** Rows that are used again and again: a suggestion looks at thousands of words. */
let previous = new Uint16Array(64);
let current = new Uint16Array(64);

/** Letters to insert, take out or change from one word to the other; `most` + 1 where there are more than `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  if (a === b) return 0;
  if (previous.length <= b.length) {
    previous = new Uint16Array(b.length + 1);
    current = new Uint16Array(b.length + 1);
  }
  for (let j = 0; j <= b.length; j += 1) previous[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    if (fillRow(a, b, i, most) > most) return most + 1;
    [previous, current] = [current, previous];
  }
  return Math.min(previous[b.length] ?? 0, most + 1);
}

/** Fills the row as far as it can matter: beyond `most` columns from the diagonal all is more. Answers its least. */
function fillRow(a: string, b: string, i: number, most: number): number {
  const first = Math.max(1, i - most);
  const last = Math.min(b.length, i + most);
  current[first - 1] = first === 1 ? i : most + 1;
  let least = current[first - 1] ?? 0;
  for (let j = first; j <= last; j += 1) {
    const change = (previous[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
    const cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, change);
    current[j] = cost;
    if (cost < least) least = cost;
  }
  if (last < b.length) current[last + 1] = most + 1;
  return least;
}

/** Which letters a word holds, one bit each: two words that differ in more bits than twice `most` are further apart. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 31);
  return bits;
}

/** Whether two words with these letters may be within `most` changes of each other. */
export function mayBeNear(lettersA: number, lettersB: number, most: number): boolean {
  let differing = lettersA ^ lettersB;
  for (let left = 2 * most; differing !== 0; left -= 1) {
    if (left === 0) return false;
    differing &= differing - 1;
  }
  return true;
}
