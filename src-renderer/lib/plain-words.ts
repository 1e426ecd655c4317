/** Runs in the page, pure. */

/** What was typed or pasted, without the signs that nobody sees and no archive takes: each counts as a blank. */
export function plainWords(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
