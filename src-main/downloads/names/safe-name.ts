/**
 * Runs anywhere; pure. The one place that makes names of files and folders safe: by the rules of Windows, macOS and
 * Linux at once, wherever this runs, because folders are carried from one to another.
 *
 * Sources: Microsoft, "Naming Files, Paths, and Namespaces" (forbidden characters, device names, final dots and
 * blanks, 255 UTF-16 units); POSIX.1-2024 3.265 and Linux NAME_MAX (255 bytes); Apple TN1150 (HFS+ counts 255 UTF-16
 * units of the decomposed form); Unicode TR36 (marks that turn text round or cannot be seen).
 */
import { createHash } from 'node:crypto';

/** Most that a name may measure, see `measure`. */
const maxNameBytes = 255;
/** Kept free for ` (99999)`, `.json`, `.xxxxxxxx.part` and `.xxxxxxxx.quarantine` behind a name. */
const reservedBytes = 30;
/** What a name made here measures at most. */
export const nameRoom = maxNameBytes - reservedBytes;

/** Cannot be seen: joiners, marks of direction, soft hyphens, variation selectors, tags. */
const invisiblePattern = /\p{Default_Ignorable_Code_Point}/gu;
/** What no name may hold: separators, wildcards, quotes, controls, what only one system gives a meaning to. */
const forbiddenPattern = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}]/gu;

/**
 * Device names of Windows, with any ending and blanks before it, the superscript digits included: `COM¹`
 * opens a serial port.
 */
const devicePattern = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])[ ]*(\.|$)/iu;

/** Endings by which macOS or Windows take a folder for something else: bundles, links, shell objects. */
const bundlePattern =
  /\.(?=(?:\{[^.]*|app|appex|action|bundle|component|framework|kext|lnk|mpkg|pkg|plugin|prefpane|qlgenerator|saver|service|url|workflow|xpc)$)/iu;

/** Most names are this and nothing else, and then much can be left undone. */
const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** Bytes of UTF-8, or UTF-16 units of the decomposed form where those are more: what every system lets through. */
export function measure(text: string): number {
  if (isPlain(text)) return text.length;
  return Math.max(Buffer.byteLength(text), text.normalize('NFD').length);
}

/** Eight hex digits that tell apart two long texts with one beginning. */
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
const digestRoom = 9;

const trimEnd = (text: string) => text.replace(/[.\s]+$/u, '');

/** The longest beginning that measures no more, cut between characters that a reader sees. */
function cutTo(text: string, room: number): string {
  if (measure(text) <= room) return text;
  if (isPlain(text)) return text.slice(0, room);
  const take = (pieces: Iterable<string>): string => {
    let cut = '';
    let used = 0;
    for (const piece of pieces) {
      used += measure(piece);
      if (used > room) break;
      cut += piece;
    }
    return cut;
  };
  const seen = take(segmentsOf(text));
  // One letter may carry a thousand accents.
  return seen === '' ? take(text) : seen;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

function* segmentsOf(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** At most so many characters as a reader sees them. */
export function cutToCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  let cut = '';
  let left = count;
  for (const segment of segmentsOf(text)) {
    if (left === 0) return cut;
    left -= 1;
    cut += segment;
  }
  return cut;
}

function clean(text: string): string {
  if (isPlain(text)) return text.replace(forbiddenPattern, '_').trim();
  return text
    .toWellFormed()
    .replace(invisiblePattern, '')
    .normalize('NFC')
    .replace(forbiddenPattern, '_')
    .replace(/\s/gu, ' ')
    .trim();
}

/** What a text measures once it is safe; cuts it and marks it with a digest of the whole where that is too much. */
function fit(text: string, room: number): string {
  const whole = clean(text);
  if (measure(whole) <= room) return whole;
  return `${trimEnd(cutTo(whole, room - digestRoom))}-${digest(text)}`;
}

/** Dots hide a file, dashes make it an option of a command. */
const maskStart = (text: string) => text.replace(/^[.\s-]+/u, (start) => '_'.repeat(start.length));

/** For the `_` before a name that is a device's. */
const prefixRoom = 1;

const isDevice = (name: string) => devicePattern.test(name);

export interface FileNameParts {
  /** May be anything. When the whole is too long, it is cut and marked with a digest of it. */
  stem: string;
  /** Stays whole, up to 64 bytes. */
  tail?: string;
  /** Without its dot; from the list of checked types, or one that `archivedName` let through. */
  ending: string;
  /** What the name may measure; never more than `nameRoom`. */
  room?: number;
}

/** A safe name `<stem><tail>.<ending>`. */
export function safeFileName({ stem, tail = '', ending, room = nameRoom }: FileNameParts): string {
  const end = `${cutTo(clean(tail), 64)}.${ending}`;
  let head = maskStart(fit(stem, Math.min(room, nameRoom) - prefixRoom - measure(end)));
  if (tail === '') head = trimEnd(head);
  const name = `${head}${end}`.normalize('NFC');
  if (head === '' && tail === '') return `_${name}`;
  return isDevice(name) || /^[.-]/.test(name) ? `_${name}` : name;
}

/** A safe name of a folder, never empty. */
export function safeFolderName(text: string, room = nameRoom): string {
  const name = trimEnd(maskStart(fit(text, Math.min(room, nameRoom) - prefixRoom))).replace(
    bundlePattern,
    '_',
  );
  if (name === '') return '_';
  return isDevice(name) ? `_${name}` : name;
}

/**
 * What two names have in common where a system takes them for one: letters of any case (Windows, macOS), composed
 * and decomposed (macOS), ß and SS. It unites a little more than any system does, never less.
 */
export function foldName(path: string): string {
  if (isPlain(path)) return path.toLowerCase();
  return path.toLowerCase().toUpperCase().toLowerCase().normalize('NFD');
}
