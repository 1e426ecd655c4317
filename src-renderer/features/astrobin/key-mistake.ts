/** Runs in the page, pure. What is wrong with a key or secret as it was typed: what main would refuse, and more. */
import { astrobinKeyText as words } from '../../i18n/astrobin.ts';

const shortest = 4;
const longest = 200;

/** One line for its field; null where AstroBin may be asked. */
export function mistakeOf(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return words.missing;
  if (/\s/.test(text)) return words.noBlanks;
  // How AstroBin makes its keys is its own affair: only what no key can hold is refused here.
  if (!/^[\x21-\x7e]+$/.test(text)) return words.plainOnly;
  return text.length < shortest || text.length > longest ? words.length(shortest, longest) : null;
}
