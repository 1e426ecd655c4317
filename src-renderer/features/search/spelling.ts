/**
 * Runs in the page. Pure: another spelling for words that found nothing, out of words that are known to find
 * something: those of results seen before, and some that the library is full of.
 */

/** Words of the field that people misspell. */
const usualWords =
  'aeronautics andromeda apollo armstrong artemis asteroid astronaut aurora balloon booster callisto cassini ' +
  'challenger chandra columbia comet constellation corona crater curiosity discovery eclipse endeavour enceladus ' +
  'engine enterprise europa exoplanet expedition explorer footprint galaxy ganymede gemini glacier goddard gravity ' +
  'hubble hurricane ingenuity international jupiter kennedy landing landsat launch lunar magellan mariner mars ' +
  'mercury meteorite milky moon nebula neptune observatory opportunity orbiter orion perseverance phoebe pioneer ' +
  'planet pluto propulsion pulsar rocket rover satellite saturn shuttle skylab solar spacecraft spacewalk spirit ' +
  'spitzer station stellar supernova surveyor telescope titan triton universe uranus venus viking volcano voyager ' +
  'webb wildfire';

/** Shorter words have too many neighbours. */
const shortestWord = 4;

const wordsOf = (text: string): string[] =>
  text.toLocaleLowerCase('en-GB').match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words to compare with; `texts` are titles and keywords seen before. */
export function vocabularyOf(texts: Iterable<string>): Set<string> {
  const words = new Set(usualWords.split(' '));
  for (const text of texts) {
    for (const word of wordsOf(text)) if (word.length >= shortestWord) words.add(word);
  }
  return words;
}

/** Letters to change, add, drop or swap with a neighbour, at most `most`; Infinity where it takes more. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return Infinity;
    before = row;
    row = next;
  }
  return row[b.length] ?? Infinity;
}

/** The same words with those respelt that are nearly a known one; null where there is nothing to better. */
export function respell(text: string, vocabulary: ReadonlySet<string>): string | null {
  let isOther = false;
  const words = wordsOf(text).map((word) => {
    const known = nearest(word, vocabulary);
    if (known === null || known === word) return word;
    isOther = true;
    return known;
  });
  return isOther ? words.join(' ') : null;
}

function nearest(word: string, vocabulary: ReadonlySet<string>): string | null {
  if (vocabulary.has(word) || word.length < shortestWord) return word;
  // A plural is no mistake.
  if (word.endsWith('s') && vocabulary.has(word.slice(0, -1))) return word;
  const most = word.length < 7 ? 1 : 2;
  let best: string | null = null;
  let bestDistance = most + 1;
  for (const known of vocabulary) {
    const found = distance(word, known, most);
    if (found < bestDistance || (found === bestDistance && best !== null && known < best)) {
      best = known;
      bestDistance = found;
    }
  }
  return bestDistance <= most ? best : null;
}
