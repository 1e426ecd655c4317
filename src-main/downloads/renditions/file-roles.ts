/** Runs anywhere; pure. What a file is to its record: its label, its own medium, or something beside it. */
import type { ArchiveRecord, Rendition } from '#contract/domain.ts';

/** Drawn by AstroBin from the image or over it, or what the image was made of. */
const beside = new Set([
  'fits',
  'histogram',
  'solution',
  'skyplot',
  'advanced_solution',
  'advanced_skyplot',
  'advanced_skyplot_small',
]);

/** True for what goes with an image of AstroBin without being it. */
export function isBeside({ archive }: ArchiveRecord, { name }: Rendition): boolean {
  return archive === 'astrobin' && beside.has(name);
}

/** By what the registry lists as the label; where it lists nothing, by the ending. */
export function isLabel({ fields }: ArchiveRecord, { name, url }: Rendition): boolean {
  const refs = textsOf(fields['ops:Label_File_Info.ops:file_ref']);
  const names = textsOf(fields['ops:Label_File_Info.ops:file_name']);
  if (refs.length > 0) return refs.some((ref) => sameAddress(ref, url));
  if (names.length > 0) return names.includes(name);
  return /\.(?:xml|lblx)$/i.test(name);
}

/** An address that was raised to https is the same. */
function sameAddress(ref: string, url: string): boolean {
  const plain = (text: string) => text.replace(/^https?:/i, '');
  return plain(ref) === plain(url);
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}

/**
 * The files of the record's own medium: the film before stills of it, the data before its label, the picture before
 * what is drawn over it. Where there are none of it, all.
 */
export function ownFiles(record: ArchiveRecord, renditions: readonly Rendition[]): Rendition[] {
  const own = renditions.filter((one) => isOwn(record, one));
  return own.length === 0 ? [...renditions] : own;
}

function isOwn(record: ArchiveRecord, rendition: Rendition): boolean {
  const { archive, kind } = record;
  if (archive === 'pds-registry') return !isLabel(record, rendition);
  // AstroBin tells the type of few of its files, and of the picture itself nothing.
  if (archive === 'astrobin') return !isBeside(record, rendition);
  return rendition.mime?.startsWith(`${kind}/`) === true;
}

/**
 * By pixels where all state them, else by bytes where all do; else as the archives list them, which is largest first
 * as well.
 */
export function largestFirst(renditions: readonly Rendition[]): Rendition[] {
  const pixels = ({ width, height }: Rendition) => (width ?? 0) * (height ?? 0);
  if (renditions.every((one) => pixels(one) > 0)) {
    return [...renditions].sort((first, second) => pixels(second) - pixels(first));
  }
  if (renditions.some(({ bytes }) => bytes === null)) return [...renditions];
  return [...renditions].sort((first, second) => (second.bytes ?? 0) - (first.bytes ?? 0));
}
