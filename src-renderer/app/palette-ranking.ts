/** Runs in the page, pure. Which commands a few typed letters mean, best first. */

export interface Candidate {
  title: string;
  /** Further words by which it is found, never shown. */
  words?: string | undefined;
}

export interface Ranked<T> {
  candidate: T;
  score: number;
  /** Parts of the title that matched, as [from, to), in order, apart from each other. */
  ranges: [number, number][];
}

interface Match {
  score: number;
  ranges: [number, number][];
}

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const isWordStart = (text: string, index: number) =>
  index === 0 || /[^\p{L}\p{N}]/u.test(text[index - 1] ?? '');

/** The letters of the token in order, with few gaps; null when they are not all there. */
function matchLoosely(token: string, text: string): Match | null {
  const ranges: [number, number][] = [];
  let from = 0;
  let starts = 0;
  for (const letter of token) {
    const found = text.indexOf(letter, from);
    if (found === -1) return null;
    const last = ranges.at(-1);
    if (last?.[1] === found) last[1] = found + 1;
    else ranges.push([found, found + 1]);
    if (isWordStart(text, found)) starts += 1;
    from = found + 1;
  }
  // Initials ("tl" for "Theme: light") are meant; letters scattered over a sentence are not.
  const scattered = ranges.length - starts;
  if (scattered > 1 || (token.length < 2 && starts === 0)) return null;
  return { score: 10 + starts * 4 - scattered * 6, ranges };
}

function matchToken(token: string, title: string, words: string): Match | null {
  let at = title.indexOf(token);
  if (at === 0) return { score: 100, ranges: [[0, token.length]] };
  for (let next = at; next !== -1; next = title.indexOf(token, next + 1)) {
    if (isWordStart(title, next))
      return { score: 80 - Math.min(20, next / 4), ranges: [[next, next + token.length]] };
  }
  const inWords = words.indexOf(token);
  if (inWords !== -1 && isWordStart(words, inWords)) return { score: 50, ranges: [] };
  at = title.indexOf(token);
  if (at !== -1 && token.length > 1) return { score: 40, ranges: [[at, at + token.length]] };
  return matchLoosely(token, title);
}

function joinRanges(ranges: [number, number][]): [number, number][] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Every token has to match. With nothing typed all come back in their order. */
export function rankCandidates<T extends Candidate>(
  query: string,
  candidates: readonly T[],
): Ranked<T>[] {
  const tokens = fold(query)
    .split(/\s+/)
    .filter((token) => token !== '');
  const ranked: Ranked<T>[] = [];
  for (const candidate of candidates) {
    const title = fold(candidate.title);
    // Folding may change the length of a title; marks would then be off, so there are none.
    const markable = title.length === candidate.title.length;
    let score = 0;
    const ranges: [number, number][] = [];
    let missed = false;
    for (const token of tokens) {
      const match = matchToken(token, title, fold(candidate.words ?? ''));
      if (match === null) {
        missed = true;
        break;
      }
      score += match.score;
      ranges.push(...match.ranges);
    }
    if (!missed) ranked.push({ candidate, score, ranges: markable ? joinRanges(ranges) : [] });
  }
  return tokens.length === 0 ? ranked : ranked.sort((a, b) => b.score - a.score);
}
