/** Runs in plain Node. Which kinds of media we serve, told by their first bytes and never by their name. */

/** What a sniffed file is served as. */
export type MediaType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/gif'
  | 'image/webp'
  | 'image/avif'
  | 'image/tiff'
  | 'audio/wav'
  | 'audio/mpeg'
  | 'audio/mp4'
  | 'audio/ogg'
  | 'video/mp4'
  | 'video/webm';

/** Bytes that `sniff` wants to see. */
export const sniffBytes = 64;

/** Archives' types that a viewer here can show; TIFF is converted on the way. */
const viewable = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/tiff',
  'audio/wav',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'video/mp4',
  'video/webm',
]);

/** True when a file of this type can be shown or played here. */
export function isViewable(mime: string | null): boolean {
  return mime !== null && viewable.has(mime);
}

const streamedExtensions = /\.(?:mp4|m4v|mov|webm|mp3|m4a|wav|ogg|oga|ogv)$/i;

/** True for addresses of sound and video: those are passed through in ranges, not kept. */
export function isStreamed(url: string): boolean {
  return URL.canParse(url) && streamedExtensions.test(new URL(url).pathname);
}

function ascii(bytes: Buffer, start: number, text: string): boolean {
  return bytes.subarray(start, start + text.length).toString('latin1') === text;
}

/** The media type by magic bytes; null for everything else, SVG and HTML among it. */
export function sniff(head: Buffer): MediaType | null {
  if (head.length < 12) return null;
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (ascii(head, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (ascii(head, 0, 'GIF87a') || ascii(head, 0, 'GIF89a')) return 'image/gif';
  if (ascii(head, 0, 'II*\0') || ascii(head, 0, 'MM\0*')) return 'image/tiff';
  if (ascii(head, 0, 'RIFF')) {
    if (ascii(head, 8, 'WEBP')) return 'image/webp';
    return ascii(head, 8, 'WAVE') ? 'audio/wav' : null;
  }
  if (ascii(head, 4, 'ftyp')) return sniffIsoMedia(head);
  if (head.readUInt32BE(0) === 0x1a45dfa3) return 'video/webm';
  if (ascii(head, 0, 'OggS')) return 'audio/ogg';
  return isMp3(head) ? 'audio/mpeg' : null;
}

/** ISO media: the brand tells pictures, sound and video apart. */
function sniffIsoMedia(head: Buffer): MediaType | null {
  const brand = head.subarray(8, 12).toString('latin1');
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  // HEIC, which Chromium does not show.
  if (/^(?:hei|hev|mif|msf)/.test(brand)) return null;
  return brand.startsWith('M4A') || brand.startsWith('M4B') ? 'audio/mp4' : 'video/mp4';
}

/** An ID3 tag, or a frame of layer 3 with a bit rate and a sampling rate that exist. */
function isMp3(head: Buffer): boolean {
  if (ascii(head, 0, 'ID3')) return true;
  const [first = 0, second = 0, third = 0] = head;
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isLayer3 && third >> 4 !== 0 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}
