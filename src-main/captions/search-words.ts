/**
 * Runs in plain Node. Words of captions as the index holds them, and what a user types as a query of FTS5
 * that cannot be wrong: only letters and digits reach it, in quotes.
 */
import { foldText } from '../library/fold-text.ts';

/** Most words of a query that are looked at. */
const maxWords = 24;

/** Scripts that are written without blanks between words: there each character is a word of the index. */
const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
const word = /[\p{L}\p{N}]+/gu;

/** Words of a text, folded: lower case, no accents. */
function wordsOf(text: string): string[] {
  return foldText(text).replace(unspaced, ' $& ').match(word) ?? [];
}

/** What the index holds of a text. */
export function toIndexText(text: string): string {
  return wordsOf(text).join(' ');
}

/**
 * A query for `MATCH`: all words must be there, as beginnings of words; what stands in quotes must be there
 * in that order. A quote that is still open is a phrase whose last word is still being typed.
 * Null where the text holds no word.
 */
export function toMatch(text: string): string | null {
  const terms: string[] = [];
  let room = maxWords;
  const add = (words: readonly string[], isOpen: boolean): void => {
    const taken = words.slice(0, room);
    room -= taken.length;
    if (taken.length > 0) terms.push(`"${taken.join(' ')}"${isOpen ? '*' : ''}`);
  };
  const parts = text.replace(/[“”„«»]/g, '"').split('"');
  parts.forEach((part, at) => {
    const isPhrase = at % 2 === 1;
    if (isPhrase) add(wordsOf(part), at === parts.length - 1 && mayGoOn(wordsOf(part).at(-1)));
    // One typed word may be several of the index (CJK, a hyphen): they stand behind each other.
    else for (const typed of part.split(/\s+/)) add(wordsOf(typed), mayGoOn(wordsOf(typed).at(-1)));
  });
  return terms.length === 0 ? null : terms.join(' ');
}

/** The beginning of a word. A single letter would match nearly all there is. */
function mayGoOn(last: string | undefined): boolean {
  return last !== undefined && last.length > 1;
}
