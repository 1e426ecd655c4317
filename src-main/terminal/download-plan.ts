/** Runs in plain Node. Which files of a record a download is: chosen by name, by size, or all. */
import type { CaptionExportFormat } from '#contract/captions.ts';
import type { RecordDetail, RecordRef, RecordRendition } from '#contract/domain.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { CommandRun } from './command.ts';

export interface FileWish {
  /** A rendition's name, 'largest' or 'all'. */
  rendition: string;
  /** Null where any size will do. */
  maxBytes: number | null;
  withCaptions: boolean;
}

export interface PlannedFile {
  /** Name of a rendition, or 'captions'. */
  rendition: string;
  url: string;
  /** As far as it is known before it is fetched. */
  bytes: number | null;
  /** Set where it is not to be fetched, and why. */
  leftOut: WireError | null;
  /** For captions: what to write them as. */
  captions: CaptionExportFormat | null;
}

export interface FilePlan {
  ref: RecordRef;
  files: PlannedFile[];
  /** Why nothing can be planned for this record; null where it could. */
  problem: WireError | null;
}

/** Plans one record; what goes wrong with it is in the plan. Throws only when cancelled. */
export async function planFiles(
  { api, signal }: Pick<CommandRun, 'api' | 'signal'>,
  ref: RecordRef,
  wish: FileWish,
): Promise<FilePlan> {
  try {
    const detail = await api.records.get({ ref }, { signal });
    const needsSizes =
      wish.maxBytes !== null && detail.renditions.some(({ bytes }) => bytes === null);
    const { renditions } = needsSizes ? await api.records.sizes({ ref }, { signal }) : detail;
    const files = choose(detail, renditions, wish);
    return { ref, problem: null, files: [...files, ...captionsOf(detail, wish)] };
  } catch (error) {
    if (!(error instanceof ArchiveError) || isCancelled(error)) throw error;
    return { ref, problem: error.toWire(), files: [] };
  }
}

function choose(
  detail: RecordDetail,
  renditions: readonly RecordRendition[],
  { rendition, maxBytes }: FileWish,
): PlannedFile[] {
  const missing = detail.missing.find(({ part }) => part === 'renditions');
  if (renditions.length === 0) {
    const why = missing === undefined ? 'The archive lists no files for it.' : missing.reason;
    throw notFound(`“${detail.card.record.title}” has no files to save. ${why}`);
  }
  if (rendition === 'all') return renditions.map((one) => toPlanned(one, maxBytes));
  if (rendition === 'largest') return [largestOf(detail, renditions, maxBytes)];
  const named = renditions.find(({ name }) => name === rendition);
  if (named !== undefined) return [toPlanned(named, maxBytes)];
  const names = renditions.map(({ name }) => name).join(', ');
  throw notFound(
    `“${detail.card.record.title}” has no file “${rendition}”. It has: ${names}. Nothing was saved of it.`,
  );
}

/**
 * The record's own medium comes before stills of it; the archive's list is largest first. AstroBin tells the type of
 * none but its drawings, and of the picture itself nothing.
 */
function largestOf(
  { card }: RecordDetail,
  renditions: readonly RecordRendition[],
  maxBytes: number | null,
): PlannedFile {
  const { archive, kind } = card.record;
  const isOwn = ({ mime }: RecordRendition) =>
    mime === null ? archive === 'astrobin' : mime.startsWith(`${kind}/`);
  const own = renditions.filter(isOwn);
  const candidates = (own.length === 0 ? [...renditions] : own).sort(bySizeDown);
  const fits = candidates.find((one) => toPlanned(one, maxBytes).leftOut === null);
  const chosen = fits ?? candidates[0];
  if (chosen === undefined) throw notFound('There are no files to save.');
  return toPlanned(chosen, maxBytes);
}

/** By pixels where both state them, else by bytes where both do; else as the archive's names rank them. */
function bySizeDown(a: RecordRendition, b: RecordRendition): number {
  const pixels = (one: RecordRendition) => (one.width ?? 0) * (one.height ?? 0);
  if (pixels(a) > 0 && pixels(b) > 0 && pixels(a) !== pixels(b)) return pixels(b) - pixels(a);
  return a.bytes !== null && b.bytes !== null ? b.bytes - a.bytes : 0;
}

function toPlanned({ name, url, bytes }: RecordRendition, maxBytes: number | null): PlannedFile {
  const file = { rendition: name, url, bytes, captions: null };
  if (maxBytes === null || (bytes !== null && bytes <= maxBytes)) return { ...file, leftOut: null };
  const why =
    bytes === null
      ? `Nobody tells how large “${name}” is, and no more than ${String(maxBytes)} bytes are wanted.`
      : `“${name}” has ${String(bytes)} bytes, more than the ${String(maxBytes)} that are wanted.`;
  return {
    ...file,
    leftOut: { code: 'invalid-arguments', message: `${why} It was left out.`, retryable: false },
  };
}

function captionsOf(detail: RecordDetail, { withCaptions }: FileWish): PlannedFile[] {
  const [first] = detail.captions;
  if (!withCaptions || first === undefined) return [];
  return [
    { rendition: 'captions', url: first.url, bytes: null, leftOut: null, captions: first.format },
  ];
}

function notFound(message: string): ArchiveError {
  return new ArchiveError({ code: 'not-found', message, retryable: false });
}
