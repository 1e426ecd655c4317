/**
 * Runs in plain Node. Bytes of a caption file as text, in whatever encoding it was written. Servers do not
 * say the encoding of these files, or say it wrongly, so the bytes decide.
 */
import { analyse } from 'chardet';

export interface DecodedText {
  text: string;
  /** Name by the WHATWG Encoding Standard. */
  encoding: string;
  notes: string[];
}

/** Bytes of lines beyond ASCII that are enough to tell an encoding. */
const sampleBytes = 16 * 1024;
const damageSampleBytes = 256 * 1024;
/** Decoded in one go: a millisecond for UTF-8, a few for the large code pages. */
const chunkBytes = 64 * 1024;
/** Below this (of 100) the detector guesses; Windows' western code page is then by far the likeliest. */
const leastConfidence = 25;
/**
 * Where less than a share of 0.12 of the bytes is beyond ASCII, as in English with some accents or curly
 * quotes, but also in Polish, it takes more to believe in another language.
 */
const sparse = { share: 0.12, leastBytes: 6, leastConfidence: 40 };

/**
 * Reads bytes as text. Never throws; what cannot be read becomes U+FFFD and is noted.
 * A generator: between two steps lie at most some milliseconds, so that the caller can let others work.
 */
export function* decodeCaptions(bytes: Uint8Array): Generator<void, DecodedText> {
  const marked = encodingOfMark(bytes) ?? encodingOfArrow(bytes);
  if (marked !== null) return yield* decodeAs(marked, bytes, []);
  const utf8 = yield* tryDecode('utf-8', bytes);
  if (utf8 !== null) {
    const isSevenBit = utf8.includes('\u001b$') || utf8.includes('\u001b(');
    const japanese = isSevenBit ? yield* tryDecode('iso-2022-jp', bytes) : null;
    if (japanese !== null) return { text: japanese, encoding: 'iso-2022-jp', notes: [] };
    return { text: utf8, encoding: 'utf-8', notes: [] };
  }
  if (isDamagedUtf8(bytes)) return yield* decodeAs('utf-8', bytes, []);
  const { encoding, text } = yield* decodeLegacy(bytes);
  const note = `The file does not say how its letters are coded; it was read as ${encoding}.`;
  return text === null
    ? yield* decodeAs(encoding, bytes, [note])
    : { encoding, text, notes: [note] };
}

/** Decodes with replacements. */
function* decodeAs(
  encoding: string,
  bytes: Uint8Array,
  notes: string[],
): Generator<void, DecodedText> {
  const whole = yield* tryDecode(encoding, bytes);
  if (whole !== null) return { text: whole, encoding, notes };
  const text = yield* decodeInChunks(new TextDecoder(encoding), bytes);
  const note = 'Some letters of the file are damaged; they show as \uFFFD.';
  return { text, encoding, notes: [...notes, note] };
}

/** Decodes, or null when the bytes are not right in this encoding. */
function* tryDecode(encoding: string, bytes: Uint8Array): Generator<void, string | null> {
  try {
    return yield* decodeInChunks(new TextDecoder(encoding, { fatal: true }), bytes);
  } catch {
    return null;
  }
}

function* decodeInChunks(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
): Generator<void, string> {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    parts.push(decoder.decode(bytes.subarray(at, at + chunkBytes), { stream: true }));
    yield;
  }
  parts.push(decoder.decode());
  return parts.join('');
}

function encodingOfMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark: every caption file holds an arrow, whatever its language, or its name. */
function encodingOfArrow(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, sampleBytes));
  if (!buffer.includes(0)) return null;
  for (const word of ['-->', 'WEBVTT']) {
    const little = Buffer.from(word, 'utf16le');
    const big = Buffer.from(little).swap16();
    // Both forms are found in either order, one byte off; only the even place is right.
    if (findEven(buffer, little)) return 'utf-16le';
    if (findEven(buffer, big)) return 'utf-16be';
  }
  return null;
}

function findEven(buffer: Buffer, wanted: Buffer): boolean {
  for (let at = buffer.indexOf(wanted); at >= 0; at = buffer.indexOf(wanted, at + 1)) {
    if (at % 2 === 0) return true;
  }
  return false;
}

/** True when nearly all that is beyond ASCII is right UTF-8: a file that was cut, or pasted together. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  const end = Math.min(bytes.length, damageSampleBytes);
  for (let at = 0; at < end; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    let found = 0;
    while (found < more && ((bytes[at + 1 + found] ?? 0) & 0xc0) === 0x80) found += 1;
    if (more > 0 && found === more) good += 1;
    else bad += 1;
    at += found;
  }
  return good > bad * 9;
}

/** The lines that say anything about an encoding: times and numbers would only dilute them. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleBytes);
  let used = 0;
  let start = 0;
  let isBeyond = false;
  for (let at = 0; at <= bytes.length && used < sampleBytes; at += 1) {
    const byte = bytes[at] ?? 0x0a;
    if (byte >= 0x80 || byte === 0x1b) isBeyond = true;
    if (byte !== 0x0a && byte !== 0x0d) continue;
    if (isBeyond) {
      const line = bytes.subarray(start, Math.min(at + 1, start + sampleBytes - used));
      sample.set(line, used);
      used += line.length;
    }
    start = at + 1;
    isBeyond = false;
  }
  return sample.subarray(0, used);
}

/** `text` is null where no guess fits the whole file. */
function* decodeLegacy(
  bytes: Uint8Array,
): Generator<void, { encoding: string; text: string | null }> {
  const fallback = { encoding: 'windows-1252', text: null };
  const sample = linesBeyondAscii(bytes);
  const beyond = sample.reduce((sum, byte) => sum + (byte >= 0x80 ? 1 : 0), 0);
  yield;
  const isSparse = beyond < sample.length * sparse.share;
  if (isSparse && beyond < sparse.leastBytes) return fallback;
  const least = isSparse ? sparse.leastConfidence : leastConfidence;
  const guesses = analyse(sample).filter(({ confidence }) => confidence >= least);
  yield;
  for (const { name } of guesses.slice(0, 4)) {
    const encoding = nameInStandard(name);
    // A guess under which the very file is wrong is none.
    const text = encoding === null ? null : yield* tryDecode(encoding, bytes);
    if (encoding !== null && text !== null) return { encoding, text };
  }
  const chinese = beyond > sample.length / 2 ? yield* tryDecode('gb18030', bytes) : null;
  return chinese === null ? fallback : { encoding: 'gb18030', text: chinese };
}

/** The detector's name as the Encoding Standard has it (ISO-8859-1 is windows-1252 there), or null. */
function nameInStandard(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}
