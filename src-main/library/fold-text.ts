/** Runs in plain Node. Text as the library's filter compares it. */

/** Lower case without accents, one blank between words, so that "Crater Cópernico" is found by "copernico". */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\0\s]+/gu, ' ')
    .trim();
}

/** Most words of a filter that are looked at. */
const maxWords = 16;

/** Patterns for LIKE … ESCAPE '\', one a word; every one must match. */
export function likePatterns(text: string): string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, maxWords)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}
