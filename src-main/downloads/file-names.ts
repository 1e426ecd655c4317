/**
 * Runs in plain Node. Names for files that are safe on Windows, macOS and Linux alike, wherever this runs:
 * folders are carried from one to another.
 */
import { createHash } from 'node:crypto';
import { typeOfEnding } from './file-types.ts';

/** Most bytes of UTF-8 in a name on every file system that matters; Windows counts UTF-16, which is never more. */
export const maxNameBytes = 255;
/** Kept free for ` (99999)`, `.json` and `.xxxxxxxx.part` behind a name. */
const reservedBytes = 30;

/** What no name may hold: separators, wildcards, quotes, controls, and marks that hide or turn text round. */
const forbiddenPattern =
  // eslint-disable-next-line no-control-regex -- control characters are what must go
  /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * Device names of Windows, with any ending and blanks before it, the superscript digits included: `COM¹`
 * opens a serial port.
 */
const devicePattern = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])[ ]*(\.|$)/iu;

function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let cut = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    used += Buffer.byteLength(segment);
    if (used > bytes) break;
    cut += segment;
  }
  return cut;
}

const trimEnd = (text: string) => text.replace(/[.\s]+$/u, '');

function clean(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(forbiddenPattern, '_')
    .replace(/\s/gu, ' ')
    .trim();
}

/** Eight hex digits that tell apart two long texts with one beginning. */
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/**
 * A safe name `<stem><tail>.<ending>`. The stem may be anything; when the whole is too long, the stem is cut
 * and marked with a digest of it, and tail and ending stay.
 */
export function makeFileName(stem: string, tail: string, ending: string): string {
  const end = `${cutToBytes(clean(tail), 64)}.${ending}`;
  const room = maxNameBytes - reservedBytes - Buffer.byteLength(end);
  let head = clean(stem);
  if (Buffer.byteLength(head) > room)
    head = `${trimEnd(cutToBytes(head, room - 9))}-${digest(stem)}`;
  head = head.replace(/^[.\s]+/u, (dots) => '_'.repeat(dots.length));
  if (tail === '') head = trimEnd(head);
  const name = `${head}${end}`;
  if (head === '' && tail === '') return `_${name}`;
  return devicePattern.test(name) || name.startsWith('.') ? `_${name}` : name;
}

/** The names to try when one is taken: `a.jpg`, `a (2).jpg`, `a (3).jpg`, … */
export function* numberedNames(name: string): Generator<string, never> {
  yield name;
  const dot = name.lastIndexOf('.');
  const [head, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 2; ; number += 1) yield `${head} (${number})${end}`;
}

/** The ending of an address's last segment, in lower case without its dot; '' when there is none. */
export function endingOfUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return (/\.([A-Za-z0-9]{1,8})$/.exec(last)?.[1] ?? '').toLowerCase();
}

/** The name under which a rendition is to be saved, as far as its address tells. */
export function nameForRendition(recordId: string, rendition: string, url: string): string {
  const ending = endingOfUrl(url);
  return makeFileName(recordId, `~${rendition}`, typeOfEnding(ending) === null ? 'bin' : ending);
}

/**
 * A file of the PDS keeps the name that it was archived under, by which its label refers to it; it is only made
 * safe. Null for what is no file's name.
 */
export function archivedName(name: string): string | null {
  const [, stem, ending] = /^(.+)\.([A-Za-z0-9]{1,16})$/.exec(name) ?? [];
  return stem === undefined || ending === undefined ? null : makeFileName(stem, '', ending);
}

/** The same name with another ending. */
export function withEnding(name: string, ending: string): string {
  const dot = name.lastIndexOf('.');
  return `${dot > 0 ? name.slice(0, dot) : name}.${ending}`;
}
