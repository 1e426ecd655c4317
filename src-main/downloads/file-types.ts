/**
 * Runs anywhere. What a file really is, by its first bytes; and which endings it may then carry. Endings come
 * from this list only, so that nothing that a system would run ever gets a name that runs.
 */

export type FileKind =
  'image' | 'video' | 'audio' | 'document' | 'data' | 'text' | 'markup' | 'program';

export interface FileType {
  /** In words, with its article. */
  words: string;
  kinds: readonly FileKind[];
  /** Endings without the dot, the usual one first; none for what must not be saved under its own name. */
  endings: readonly string[];
}

const type = (
  words: string,
  kinds: FileKind | readonly FileKind[],
  ...endings: string[]
): FileType => ({
  words,
  kinds: typeof kinds === 'string' ? [kinds] : kinds,
  endings,
});

const jpeg = type('a JPEG picture', 'image', 'jpg', 'jpeg', 'jpe');
const png = type('a PNG picture', 'image', 'png');
const gif = type('a GIF picture', 'image', 'gif');
const tiff = type('a TIFF picture', 'image', 'tif', 'tiff');
const webp = type('a WebP picture', 'image', 'webp');
const bmp = type('a BMP picture', 'image', 'bmp');
const jpeg2000 = type('a JPEG 2000 picture', 'image', 'jp2', 'j2k', 'jpx');
const avif = type('an AVIF picture', 'image', 'avif', 'heic');
const mp4 = type('an MP4 recording', ['video', 'audio'], 'mp4', 'm4v', 'mov', 'm4a', '3gp');
const matroska = type('a WebM recording', ['video', 'audio'], 'webm', 'mkv');
const mpeg = type('an MPEG recording', 'video', 'mpg', 'mpeg');
const avi = type('an AVI recording', 'video', 'avi');
const wmv = type('a Windows Media recording', ['video', 'audio'], 'wmv', 'wma', 'asf');
const flv = type('a Flash video', 'video', 'flv');
const mp3 = type('an MP3 recording', 'audio', 'mp3');
const wav = type('a WAV recording', 'audio', 'wav');
const aiff = type('an AIFF recording', 'audio', 'aiff', 'aif');
const flac = type('a FLAC recording', 'audio', 'flac');
const ogg = type('an Ogg recording', ['audio', 'video'], 'ogg', 'oga', 'ogv');
const aac = type('an AAC recording', 'audio', 'aac');
const pdf = type('a PDF document', 'document', 'pdf');
const zip = type('a ZIP archive', 'data', 'zip');
const gzip = type('a gzip archive', 'data', 'gz', 'tgz');
const fits = type('a FITS file', 'data', 'fits', 'fit', 'fts');
const webPage = type('a web page', 'markup');
const xml = type('an XML document', 'text', 'xml', 'lblx');
const program = type('a program', 'program');

/** Kinds of file that have no mark of their own; their endings are trusted, unless the bytes say otherwise. */
const unmarked = type(
  'a data file',
  ['data', 'text'],
  ...[
    'txt',
    'text',
    'asc',
    'csv',
    'tsv',
    'tab',
    'json',
    'geojson',
    'srt',
    'vtt',
    'md',
    'lbl',
    'fmt',
    'cat',
    'dat',
    'img',
    'imq',
    'qub',
    'cub',
    'raw',
    'spc',
    'tbl',
    'sri',
    'odl',
    'pvl',
    'bin',
    'bc',
    'bsp',
    'tf',
    'ti',
    'tls',
    'tpc',
    'tm',
    'hdr',
    'dem',
    'cdf',
    'nc',
    'h5',
    'hdf',
    'vic',
    'obj',
    'stl',
    'bib',
    'ris',
  ],
);

const marked: readonly FileType[] = [
  jpeg,
  png,
  gif,
  tiff,
  webp,
  bmp,
  jpeg2000,
  avif,
  mp4,
  matroska,
  mpeg,
  avi,
  wmv,
  flv,
  mp3,
  wav,
  aiff,
  flac,
  ogg,
  aac,
  pdf,
  zip,
  gzip,
  fits,
  xml,
];

const byEnding = new Map<string, FileType>(
  [...marked, unmarked].flatMap((each) => each.endings.map((ending) => [ending, each] as const)),
);

/** What a file with this ending (no dot) should be; null for an ending that is not in the list. */
export function typeOfEnding(ending: string): FileType | null {
  return byEnding.get(ending.toLowerCase()) ?? null;
}

/** How many first bytes `sniffType` wants. */
export const sniffBytes = 4096;

const latin = (head: Uint8Array, from: number, to: number) =>
  Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', from, to);

function sniffBox(head: Uint8Array): FileType | null {
  if (latin(head, 4, 8) !== 'ftyp') {
    return ['moov', 'mdat', 'wide', 'skip', 'free'].includes(latin(head, 4, 8)) ? mp4 : null;
  }
  return /^(avif|avis|heic|heix|mif1|msf1)$/.test(latin(head, 8, 12)) ? avif : mp4;
}

function sniffRiff(head: Uint8Array): FileType | null {
  if (latin(head, 0, 4) === 'FORM' && /^AIF[FC]$/.test(latin(head, 8, 12))) return aiff;
  if (!/^RIFF|^RF64/.test(latin(head, 0, 4))) return null;
  const form = latin(head, 8, 12);
  return form === 'WAVE' ? wav : form === 'AVI ' ? avi : form === 'WEBP' ? webp : null;
}

const signatures: readonly (readonly [string, FileType])[] = [
  ['\xff\xd8\xff', jpeg],
  ['\x89PNG\r\n\x1a\n', png],
  ['GIF87a', gif],
  ['GIF89a', gif],
  ['II*\0', tiff],
  ['MM\0*', tiff],
  ['II+\0', tiff],
  ['MM\0+', tiff],
  ['\0\0\0\x0cjP  \r\n\x87\n', jpeg2000],
  ['\xff\x4f\xff\x51', jpeg2000],
  ['\x1a\x45\xdf\xa3', matroska],
  ['\0\0\x01\xba', mpeg],
  ['\0\0\x01\xb3', mpeg],
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', wmv],
  ['FLV\x01', flv],
  ['ID3', mp3],
  ['fLaC', flac],
  ['OggS', ogg],
  ['%PDF-', pdf],
  ['PK\x03\x04', zip],
  ['PK\x05\x06', zip],
  ['\x1f\x8b\x08', gzip],
  ['SIMPLE  =', fits],
  ['MZ', program],
  ['\x7fELF', program],
  ['#!', program],
  ['\xfe\xed\xfa\xce', program],
  ['\xfe\xed\xfa\xcf', program],
  ['\xce\xfa\xed\xfe', program],
  ['\xcf\xfa\xed\xfe', program],
  ['\xca\xfe\xba\xbe', program],
];

/** MPEG audio: eleven set bits, then a version and a layer that exist. */
function sniffMpegAudio(head: Uint8Array): FileType | null {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  if ((second & 0xf6) === 0xf0) return aac;
  const isReal = (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && (third & 0xf0) !== 0xf0;
  return isReal ? mp3 : null;
}

function sniffMarkup(head: Uint8Array): FileType | null {
  const text = latin(head, 0, 1024)
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^(\s|<!--[^]*?-->)+/, '')
    .toLowerCase();
  if (/^<(!doctype\s+html|html|head|body|script|iframe|title|h1|div|table|p)[\s>]/.test(text))
    return webPage;
  if (!text.startsWith('<?xml')) return null;
  return /<(!doctype\s+)?(html|svg)[\s>]/.test(text) ? webPage : xml;
}

/** What the first bytes say; null when they say nothing. */
export function sniffType(head: Uint8Array): FileType | null {
  const start = latin(head, 0, 16);
  const bySignature = signatures.find(([mark]) => start.startsWith(mark));
  if (bySignature !== undefined) return bySignature[1];
  if (/^BM.{4}\0\0\0\0/s.test(start)) return bmp;
  return sniffBox(head) ?? sniffRiff(head) ?? sniffMpegAudio(head) ?? sniffMarkup(head);
}

export type TypeCheck =
  { ok: true; ending: string } | { ok: false; expected: string; found: string };

const sharesKind = (a: FileType, b: FileType) => a.kinds.some((kind) => b.kinds.includes(kind));

/**
 * Compares what was promised (by the ending, without its dot) with the first bytes, and gives the ending
 * that the file is to have. A picture that is another kind of picture keeps being one, under its true
 * ending; an ending that is not in the list becomes `bin`.
 */
export function checkType(ending: string, head: Uint8Array): TypeCheck {
  const wanted = typeOfEnding(ending);
  const found = sniffType(head);
  const expected = wanted?.words ?? 'a data file';
  // Raw data may begin with any two bytes, "MZ" too; under a data file's ending nothing would run it.
  if (found === webPage || (found === program && wanted !== unmarked)) {
    return { ok: false, expected, found: found.words };
  }
  if (wanted === null) return { ok: true, ending: found?.endings[0] ?? 'bin' };
  if (wanted === unmarked || wanted === xml) return { ok: true, ending: ending.toLowerCase() };
  if (found === null) return { ok: false, expected, found: 'something else' };
  if (found === wanted) return { ok: true, ending: ending.toLowerCase() };
  const [usual] = found.endings;
  if (usual !== undefined && sharesKind(found, wanted)) return { ok: true, ending: usual };
  return { ok: false, expected, found: found.words };
}

/** In words what is expected, where a web page could never be it. */
export function wordsIfNotWebPage(ending: string): string | null {
  const wanted = typeOfEnding(ending);
  return wanted === null || wanted === unmarked || wanted === xml ? null : wanted.words;
}
