/** Runs anywhere; pure. Splits a text into words as a POSIX shell does, without expanding anything. */
import { UsageError } from './arguments.ts';

/**
 * `nasa-images "apollo 11" --title it\'s` -> three words. Inside single quotes everything stands for itself, inside
 * double quotes all but `\"` and `\\`.
 * @throws UsageError for a quote that is never closed.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    const isEscape =
      sign === '\\' && (quote === null ? next !== '' : quote === '"' && /["\\]/.test(next));
    if (isEscape) {
      word = (word ?? '') + next;
      at += 1;
    } else if (sign === quote) quote = null;
    else if (quote === null && (sign === '"' || sign === "'")) {
      quote = sign;
      word ??= '';
    } else if (quote === null && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  if (quote !== null) throw new UsageError(`${quote} is never closed in: ${text}`);
  return word === null ? words : [...words, word];
}
