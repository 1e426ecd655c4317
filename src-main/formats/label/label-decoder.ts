/**
 * Runs in plain Node, in the labels' worker. Bytes of an XML file become text, by the mark at their beginning or the
 * XML declaration (XML 1.0, appendix F), strictly: a byte that does not fit ends the text there, with words.
 */
import { TextDecoder } from 'node:util';
import { LabelFault } from './label-limits.ts';

/** The XML declaration must be within so many bytes. */
const headBytes = 1024;
const declaredEncoding =
  /^<\?xml[ \t\r\n][^>]{0,400}?encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']{0,60})["']/;

const hint = 'Ask the archive for the file again, or open it in a text editor to see what it is.';

interface Encoding {
  /** WHATWG name, but `iso-8859-1` means just that and not windows-1252. */
  name: string;
  /** Bytes of a mark that are not text. */
  skip: number;
  note: string | null;
}

export class LabelDecoder {
  #encoding: Encoding | null = null;
  #decoder: TextDecoder | null = null;
  /** Bytes that wait: for the declaration, or for the rest of a character. */
  #held: Uint8Array = new Uint8Array(0);
  #bytesDone = 0;

  /** Name of the encoding once it is known. */
  get encoding(): string {
    return this.#encoding?.name ?? 'utf-8';
  }

  /** Something odd about the encoding, in words. */
  get note(): string | null {
    return this.#encoding?.note ?? null;
  }

  /**
   * Text of the next bytes, as far as it can be told. Where a byte does not fit, `text` ends before it and `fault`
   * says so; nothing may be pushed after that.
   */
  push(bytes: Uint8Array): { text: string; fault: LabelFault | null } {
    const all = join(this.#held, bytes);
    if (this.#encoding === null) {
      if (all.byteLength < headBytes) {
        // A copy: the block of bytes is filled anew.
        this.#held = all.slice();
        return { text: '', fault: null };
      }
      return this.#begin(all, false);
    }
    return this.#decode(all, false);
  }

  /** The text that was still waiting. */
  end(): { text: string; fault: LabelFault | null } {
    return this.#encoding === null ? this.#begin(this.#held, true) : this.#decode(this.#held, true);
  }

  #begin(bytes: Uint8Array, isLast: boolean): { text: string; fault: LabelFault | null } {
    const encoding = detectEncoding(bytes);
    if (encoding instanceof LabelFault) return { text: '', fault: encoding };
    this.#encoding = encoding;
    this.#bytesDone = encoding.skip;
    if (encoding.name !== 'utf-8' && encoding.name !== 'iso-8859-1') {
      this.#decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true });
    }
    return this.#decode(bytes.subarray(encoding.skip), isLast);
  }

  #decode(bytes: Uint8Array, isLast: boolean): { text: string; fault: LabelFault | null } {
    const encoding = this.encoding;
    this.#held = new Uint8Array(0);
    if (encoding === 'iso-8859-1') {
      this.#bytesDone += bytes.byteLength;
      const { buffer, byteOffset, byteLength } = bytes;
      return { text: Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), fault: null };
    }
    if (encoding === 'utf-8') return this.#decodeUtf8(bytes, isLast);
    try {
      const text = this.#decoder?.decode(bytes, { stream: !isLast }) ?? '';
      this.#bytesDone += bytes.byteLength;
      return { text, fault: null };
    } catch {
      const loose = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
      const text = loose.slice(0, Math.max(0, loose.indexOf('\ufffd')));
      return { text, fault: notThisEncoding(encoding, this.#bytesDone) };
    }
  }

  #decodeUtf8(bytes: Uint8Array, isLast: boolean): { text: string; fault: LabelFault | null } {
    const whole = isLast ? bytes.byteLength : wholeCharacters(bytes);
    const part = bytes.subarray(0, whole);
    this.#held = bytes.slice(whole);
    try {
      const text = strictUtf8.decode(part);
      this.#bytesDone += whole;
      return { text, fault: null };
    } catch {
      const { text, bytes: good } = validStart(part);
      return { text, fault: notThisEncoding('utf-8', this.#bytesDone + good) };
    }
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function notThisEncoding(encoding: string, offset: number): LabelFault {
  return new LabelFault(
    'encoding',
    `The label should be in ${encoding.toUpperCase()}, but byte ${String(offset)} of it does not fit. ${hint}`,
  );
}

/** Text before the first byte that is not UTF-8, and its length in bytes. */
function validStart(bytes: Uint8Array): { text: string; bytes: number } {
  const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let from = 0;
  for (;;) {
    const at = loose.indexOf('\ufffd', from);
    if (at < 0) return { text: loose, bytes: bytes.byteLength };
    const text = loose.slice(0, at);
    const offset = Buffer.byteLength(text);
    // The replacement character itself may stand in a label.
    const isReal =
      bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!isReal) return { text, bytes: offset };
    from = at + 1;
  }
}

/** Bytes up to the last character that is whole, by the lead bytes of UTF-8. */
function wholeCharacters(bytes: Uint8Array): number {
  const length = bytes.byteLength;
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? length - back : length;
  }
  return length;
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.byteLength === 0) return other;
  const all = new Uint8Array(one.byteLength + other.byteLength);
  all.set(one);
  all.set(other, one.byteLength);
  return all;
}

function detectEncoding(bytes: Uint8Array): Encoding | LabelFault {
  const marked = byMark(bytes);
  const text = Buffer.from(bytes.subarray(0, headBytes)).toString('latin1');
  if (marked !== null) {
    if (marked.name === 'utf-32' || marked.name === 'ebcdic') return cannotRead(marked.name);
    const head =
      marked.name === 'utf-8'
        ? text.slice(marked.skip)
        : new TextDecoder(marked.name).decode(bytes.subarray(0, headBytes));
    return { ...marked, note: contradiction(declaredEncoding.exec(head)?.[1], marked.name) };
  }
  const declared = declaredEncoding.exec(text)?.[1]?.toLowerCase();
  if (declared === undefined || declared === 'utf-8' || declared === 'utf8') {
    return { name: 'utf-8', skip: 0, note: null };
  }
  if (['us-ascii', 'ascii'].includes(declared)) return { name: 'utf-8', skip: 0, note: null };
  if (['iso-8859-1', 'latin1', 'iso_8859-1', 'l1'].includes(declared)) {
    return { name: 'iso-8859-1', skip: 0, note: null };
  }
  // The declaration was readable byte by byte, so these cannot be true.
  if (/^(utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs)/.test(declared)) {
    return { name: 'utf-8', skip: 0, note: contradiction(declared, 'utf-8') };
  }
  try {
    return { name: new TextDecoder(declared, { fatal: true }).encoding, skip: 0, note: null };
  } catch {
    return cannotRead(declared);
  }
}

function cannotRead(encoding: string): LabelFault {
  return new LabelFault(
    'encoding',
    `The label is in the encoding "${encoding}", which Almagest does not read. ` +
      'PDS4 labels are in UTF-8; the file can still be downloaded as it is.',
  );
}

function contradiction(declared: string | undefined, real: string): string | null {
  const name = declared?.toLowerCase();
  if (name === undefined || name === real || (name === 'utf-16' && real.startsWith('utf-16'))) {
    return null;
  }
  return `The label says that it is in ${name.toUpperCase()}, but its bytes are ${real.toUpperCase()}; it was read as that.`;
}

/** By byte order mark, or by what "<?" looks like in encodings of more than one byte. */
function byMark(bytes: Uint8Array): Encoding | null {
  const [a, b, c, d] = [bytes[0], bytes[1], bytes[2], bytes[3]];
  const found = (name: string, skip: number): Encoding => ({ name, skip, note: null });
  if (a === 0xef && b === 0xbb && c === 0xbf) return found('utf-8', 3);
  if (a === 0xff && b === 0xfe) return found(c === 0 && d === 0 ? 'utf-32' : 'utf-16le', 2);
  if (a === 0xfe && b === 0xff) return found('utf-16be', 2);
  if (a === 0 && b === 0 && (c === 0xfe || c === 0) && (d === 0xff || d === 0x3c)) {
    return found('utf-32', 4);
  }
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return found('utf-32', 0);
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return found('utf-16le', 0);
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return found('utf-16be', 0);
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) return found('ebcdic', 0);
  return null;
}
