/**
 * Runs in plain Node. What a file is that was served as captions: the two formats that are read, another
 * format by its name, or no captions at all. Its content decides; names and types of servers are often wrong.
 */
import { CaptionsProblem } from './captions-problem.ts';

/** What a file begins with, by format. The text has no blanks at its front. */
const otherFormats: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['SubStation Alpha (ass, ssa)', /^\[script info\]/i],
  ['SubStation Alpha (ass, ssa)', /^(?:;[^\n]*\n\s*)*\[(?:v4\+? styles|events)\]/i],
  [
    'TTML (ttml, dfxp)',
    /^(?:<\?xml[^>]{0,400}>\s*)?(?:<!--[^>]{0,4000}-->\s*)*<(?:\w{1,20}:)?tt[\s>]/i,
  ],
  ['SAMI (smi)', /^<sami[\s>]/i],
  ['YouTube timed text', /^(?:<\?xml[^>]{0,400}>\s*)?<(?:timedtext|transcript)[\s>]/i],
  ['Universal Subtitle Format', /^(?:<\?xml[^>]{0,400}>\s*)?<usfsubtitles[\s>]/i],
  ['RealText', /^<window[\s>]/i],
  ['Scenarist (scc)', /^scenarist_scc/i],
  ['EBU STL', /^\d{3}stl\d\d\.\d/i],
  ['Spruce STL', /^(?:\/\/[^\n]*\n\s*)*\$\w+\s*=/],
  ['MicroDVD (sub)', /^\{\d+\}\{\d*\}/],
  ['MPL2', /^\[\d+\]\[\d*\]/],
  ['SubViewer (sub)', /^\[information\]/i],
  ['SubViewer (sub)', /^\d\d:\d\d:\d\d\.\d\d,\d\d:\d\d:\d\d\.\d\d\s*(?:\n|$)/],
  ['SubViewer (sbv)', /^\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}\s*(?:\n|$)/],
  ['lyrics (lrc)', /^\[(?:\d\d:\d\d[.:]\d\d\]|(?:ar|ti|al|by|offset):)/i],
  ['rich text (rtf)', /^\{\\rtf/],
  ['JSON', /^(?:\{\s*(?:"|\})|\[\s*(?:\{|"|\]))/],
  ['a playlist (m3u8)', /^#EXTM3U/],
];

const magics: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a compressed file (gzip)', [0x1f, 0x8b]],
  ['a picture', [0xff, 0xd8, 0xff]],
  ['a picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a picture', [0x47, 0x49, 0x46, 0x38]],
  ['a Matroska film', [0x1a, 0x45, 0xdf, 0xa3]],
  ['VobSub pictures (sub)', [0x00, 0x00, 0x01, 0xba]],
];

const webPage =
  /^(?:<\?xml[^>]{0,400}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i;

/** Refuses what is no text at all. */
export function refuseBinary(bytes: Uint8Array): void {
  for (const [name, magic] of magics) {
    if (magic.every((byte, at) => bytes[at] === byte)) throw otherFormat(name);
  }
  // A film in MP4 or QuickTime names its type behind four bytes of length.
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'ftyp') throw otherFormat('a film');
}

/**
 * Tells which of the two formats a text is in; `named` (the file's ending) decides where neither shows.
 * @throws CaptionsProblem for a web page, another format, or a text that is no captions.
 */
export function recogniseText(text: string, named: 'srt' | 'vtt'): 'srt' | 'vtt' {
  const start = text.slice(0, 8192).trimStart();
  if (/^WEBVTT(?:\s|$)/.test(start)) return 'vtt';
  if (webPage.test(start)) {
    throw new CaptionsProblem(
      'not-captions',
      'The archive sent a web page in place of the captions. Nothing was kept. Try again in a while; if it stays so, the captions are missing at the archive.',
    );
  }
  for (const [name, pattern] of otherFormats) if (pattern.test(start)) throw otherFormat(name);
  if (/^<\?xml|^<error>/i.test(start)) {
    throw new CaptionsProblem(
      'not-captions',
      'The archive sent an XML document in place of the captions, most likely an error of its file store. Nothing was kept. Try again in a while.',
    );
  }
  return named;
}

function otherFormat(name: string): CaptionsProblem {
  return new CaptionsProblem(
    'other-format',
    `The captions are in a format that Almagest does not read: ${name}. Nothing was changed. It reads SubRip (srt) and WebVTT (vtt); save the file and convert it to see the words.`,
  );
}
