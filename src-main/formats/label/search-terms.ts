/** Runs in plain Node, in the labels' worker. What a person looks for, as pieces of text that must all be in a row. */

/** Words of a search that are looked at: one bit each. */
const mostTerms = 16;
const mostUnits = 500;

/** Small letters, the text keeping its length so that places in it stay right. */
export function foldCase(text: string): string {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return folded;
  let result = '';
  for (const character of text) {
    const small = character.toLowerCase();
    result += small.length === character.length ? small : character;
  }
  return result;
}

/** Words, parted by blanks; what stands in quotes is one. Empty where nothing is looked for. */
export function toTerms(text: string): string[] {
  const terms: string[] = [];
  foldCase(text.slice(0, mostUnits))
    .replace(/[“”„«»]/g, '"')
    .split('"')
    .forEach((part, at) => {
      if (at % 2 === 1) terms.push(part.trim());
      else terms.push(...part.split(/\s+/));
    });
  return [...new Set(terms)].filter((term) => term !== '').slice(0, mostTerms);
}

/** Where a term begins in a folded text, without overlaps. */
export function* placesOf(term: string, folded: string): Generator<number> {
  for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
    yield at;
  }
}
