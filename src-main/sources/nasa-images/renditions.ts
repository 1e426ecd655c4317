/** Runs in plain Node. The files of a record: what its links and its manifest say, as one list. */
import type { CaptionFile, RecordKind, Rendition } from '#contract/domain.ts';
import { fileNameOf, toAddress } from './hrefs.ts';
import type { WireLink } from './wire.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  avi: 'video/x-msvideo',
  wmv: 'video/x-ms-wmv',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  pdf: 'application/pdf',
  txt: 'text/plain',
  zip: 'application/zip',
};

const order = ['orig', 'large', 'medium', 'small', 'thumb', 'mobile', 'preview'];

function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
}

function mimeOf(extension: string): string | null {
  return Object.hasOwn(mimeTypes, extension) ? (mimeTypes[extension] ?? null) : null;
}

export interface FileSources {
  id: string;
  kind: RecordKind;
  base: URL;
  links: readonly WireLink[];
  /** Addresses as the manifest has them; empty when it is not known. */
  manifest: readonly string[];
}

/**
 * The renditions, largest first. A name is the part after the last `~`; pictures of a video or a recording
 * carry their extension in it ("large.jpg"), so that "large" is always the video itself.
 */
export function toRenditions(sources: FileSources): Rendition[] {
  const byFile = new Map<string, Rendition>();
  const taken = new Set<string>();
  const add = (href: string, stated: Partial<WireLink>): void => {
    const url = toAddress(href, sources.id, sources.base);
    if (url === null) return;
    const fileName = fileNameOf(url);
    const extension = extensionOf(fileName);
    if (isNoRendition(fileName, extension) || byFile.has(fileName)) return;
    const plain = nameOf(fileName, extension, sources);
    const name = taken.has(plain) ? `${plain}.${extension}` : plain;
    if (taken.has(name)) return;
    taken.add(name);
    byFile.set(fileName, {
      name,
      url,
      bytes: stated.size ?? null,
      width: positive(stated.width),
      height: positive(stated.height),
      mime: mimeOf(extension),
      checksum: null,
    });
  };
  for (const link of sources.links) if (link.rel !== 'captions') add(link.href, link);
  for (const href of sources.manifest) add(href, {});
  const rank = ({ name }: Rendition): number => {
    const at = order.indexOf(name);
    return at < 0 ? order.length : at;
  };
  return [...byFile.values()].sort((first, second) => rank(first) - rank(second));
}

function nameOf(fileName: string, extension: string, { id, kind }: FileSources): string {
  const stem = extension === '' ? fileName : fileName.slice(0, -(extension.length + 1));
  const tilde = stem.lastIndexOf('~');
  const name = tilde >= 0 && tilde < stem.length - 1 ? stem.slice(tilde + 1) : '';
  if (name === '') return stem === id || stem === '' ? 'file' : stem.slice(-64);
  const isPicture = mimeOf(extension)?.startsWith('image/') === true;
  const isBeside = (kind === 'video' || kind === 'audio') && isPicture && !name.includes('thumb');
  return (isBeside ? `${name}.${extension}` : name).slice(-64);
}

function isNoRendition(fileName: string, extension: string): boolean {
  return extension === 'srt' || extension === 'vtt' || extension === 'json' || fileName === '';
}

function positive(value: number | null | undefined): number | null {
  return value === undefined || value === null || value === 0 ? null : value;
}

/** The caption files that any of these name: links, the manifest, or the answer of /captions. */
export function toCaptions(sources: FileSources, location: string | null): CaptionFile[] {
  const hrefs = [
    ...(location === null ? [] : [location]),
    ...sources.links.map((link) => link.href),
    ...sources.manifest,
  ];
  const found = new Map<string, CaptionFile>();
  for (const href of hrefs) {
    const url = toAddress(href, sources.id, sources.base);
    if (url === null) continue;
    const format = extensionOf(fileNameOf(url));
    if (format === 'srt' || format === 'vtt') found.set(url, { url, format });
  }
  return [...found.values()];
}

export interface Thumb {
  url: string;
  width: number | null;
  height: number | null;
}

/**
 * The picture for a gallery: the preview, else the smallest other picture of at least 300 px, else none.
 * TIFF originals are no previews.
 */
export function toThumb(sources: Pick<FileSources, 'id' | 'base' | 'links'>): Thumb | null {
  const links = sources.links.filter(({ rel }) => rel !== 'captions');
  const sizeOf = ({ width }: WireLink): number => positive(width) ?? Infinity;
  const others = links
    .filter((link) => link.rel === 'alternate' && sizeOf(link) >= 300)
    .sort((first, second) => sizeOf(first) - sizeOf(second));
  const previews = links.filter(({ rel }) => rel === 'preview');
  // One after the other: reading an address costs, and the first one nearly always is a picture.
  for (const link of [...previews, ...others, ...links]) {
    const url = toAddress(link.href, sources.id, sources.base);
    if (url === null || !isPreviewPicture(url)) continue;
    return { url, width: positive(link.width), height: positive(link.height) };
  }
  return null;
}

function isPreviewPicture(url: string): boolean {
  const mime = mimeOf(extensionOf(fileNameOf(url)));
  return mime?.startsWith('image/') === true && mime !== 'image/tiff' && mime !== 'image/svg+xml';
}
