/**
 * Runs in the page, pure. Searching the words of a transcript: case, accents and the shape of quotes are
 * ignored, and a place in the folded text is the same place in the text.
 */
import type { TextPart } from '../../lib/text-parts.ts';

const alike: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '\u00a0': ' ',
  '\n': ' ',
  '\t': ' ',
};

/** Folds sign by sign; what would change its length stays as it is. */
function foldSign(sign: string): string {
  const same = alike[sign];
  if (same !== undefined) return same;
  const base = sign.normalize('NFD').replace(/\p{M}+/gu, '');
  const lower = (base.length === sign.length ? base : sign).toLowerCase();
  return lower.length === sign.length ? lower : sign;
}

/** The text as it is compared: always as long as the text itself. */
export function foldText(text: string): string {
  // Most transcripts are plain English: nothing to fold but case and line ends.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase().replace(/[\n\t]/g, ' ');
  return [...text].map(foldSign).join('');
}

/** What is sought, folded; blanks at its ends and doubled ones do not count. */
export function foldWanted(wanted: string): string {
  return foldText(wanted).replace(/ +/g, ' ').trim();
}

/** Indexes of the folded texts that hold what is sought. Nothing sought is nowhere. */
export function findIn(folded: readonly string[], sought: string): number[] {
  const found: number[] = [];
  if (sought === '') return found;
  for (const [index, text] of folded.entries()) if (text.includes(sought)) found.push(index);
  return found;
}

/** Marks these places, `[from, to)` in order and apart from each other. */
function partsOf(text: string, places: readonly (readonly [number, number])[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const [start, end] of places) {
    if (start > from) parts.push({ text: text.slice(from, start), isMatch: false });
    parts.push({ text: text.slice(start, end), isMatch: true });
    from = end;
  }
  if (from < text.length || parts.length === 0) {
    parts.push({ text: text.slice(from), isMatch: false });
  }
  return parts;
}

/** Parts of a text with every place marked that holds what is sought. */
export function markSought(text: string, sought: string): TextPart[] {
  const places: [number, number][] = [];
  if (sought !== '') {
    const folded = foldText(text);
    for (
      let at = folded.indexOf(sought);
      at !== -1;
      at = folded.indexOf(sought, at + sought.length)
    )
      places.push([at, at + sought.length]);
  }
  return partsOf(text, places);
}

/**
 * Parts of a text with the words of a search over all captions marked: beginnings of words, and phrases in
 * quotes as a whole.
 */
export function markWords(text: string, wanted: string): TextPart[] {
  const phrases = foldText(wanted.replace(/[“”„«»]/g, '"'))
    .split('"')
    .flatMap((part, index) => (index % 2 === 1 ? [part] : part.split(' ')))
    .map((part) => part.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((words) => words.length > 0)
    .map((words) => words.join('[^\\p{L}\\p{N}]+'));
  if (phrases.length === 0) return partsOf(text, []);
  const sought = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})`, 'gu');
  const places = [...foldText(text).matchAll(sought)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return partsOf(text, places);
}
