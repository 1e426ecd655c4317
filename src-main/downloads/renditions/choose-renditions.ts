/**
 * Runs anywhere; pure. Chooses the files of a record by a rule, and says of what is not chosen why. Nothing is asked
 * for here: where a rule needs sizes that nobody told, `needsSizes` says so beforehand.
 */
import type { ArchiveRecord, CaptionFile, Rendition } from '#contract/domain.ts';
import { bytesOf, type FileBytes } from './file-bytes.ts';
import { isBeside, isLabel, largestFirst, ownFiles } from './file-roles.ts';
import type { RenditionRule, RenditionWish } from './rendition-rule.ts';

export type FileRole = 'label' | 'data' | 'medium' | 'captions';

export interface ChosenFile {
  rendition: Rendition;
  role: FileRole;
  bytes: FileBytes;
}

export type RefusalReason =
  /** The archive names no file at all. */
  | 'no-files'
  /** None of that name, or of that kind. */
  | 'no-such-file'
  /** It has an address that cannot be fetched. */
  | 'dead-address'
  | 'too-large'
  /** A size is asked for, and nobody tells it. */
  | 'size-unknown'
  | 'no-captions';

export interface Refusal {
  reason: RefusalReason;
  /** The file's name; null where it is about the record. */
  rendition: string | null;
  /** For the user: what is left out, and why. */
  message: string;
}

export interface RenditionChoice {
  files: ChosenFile[];
  refusals: Refusal[];
}

/** The files of `record` that a wish means. Total: whatever an archive says, it is chosen or refused. */
export function chooseRenditions(
  record: ArchiveRecord,
  renditions: readonly Rendition[],
  wish: RenditionWish,
  captions: readonly CaptionFile[] = [],
): RenditionChoice {
  const refusals: Refusal[] = [];
  const reachable = renditions.filter(isReachable);
  const maxBytes = boundOf(wish);
  const wanted = pick(record, { renditions, reachable, maxBytes }, wish.rule, refusals);
  const files = wanted.flatMap((rendition): ChosenFile[] => {
    const refusal = refusalOf(record, rendition, maxBytes);
    if (refusal !== null) refusals.push(refusal);
    const role = roleOf(record, rendition);
    return refusal === null ? [{ rendition, role, bytes: bytesOf(record, rendition) }] : [];
  });
  if (!wish.withCaptions) return { files, refusals };
  const found = captions.map(toCaptionFile).filter(({ rendition }) => isReachable(rendition));
  if (found.length === 0 && isHeard(record)) {
    refusals.push(refuse('no-captions', null, `“${record.title}” has no captions.`));
  }
  return { files: [...files, ...found], refusals };
}

/** True where the rule cannot be kept without sizes that the archive did not state. */
export function needsSizes(renditions: readonly Rendition[], wish: RenditionWish): boolean {
  return boundOf(wish) !== null && renditions.some((one) => one.bytes === null && isReachable(one));
}

function boundOf({ rule, maxBytes }: RenditionWish): number | null {
  if (rule.kind !== 'largest-under') return maxBytes;
  return Math.min(rule.maxBytes, maxBytes ?? Infinity);
}

interface Offer {
  renditions: readonly Rendition[];
  reachable: readonly Rendition[];
  /** No file may have more; null where any size will do. */
  maxBytes: number | null;
}

function pick(
  record: ArchiveRecord,
  offer: Offer,
  rule: RenditionRule,
  refusals: Refusal[],
): readonly Rendition[] {
  if (offer.renditions.length === 0) {
    refusals.push(refuse('no-files', null, `“${record.title}” has no files that could be saved.`));
    return [];
  }
  switch (rule.kind) {
    case 'all':
      return offer.renditions;
    case 'named':
      return pickNamed(record, offer, rule.names, refusals);
    case 'original':
    case 'data-and-label':
      return pickOriginal(record, offer, refusals);
    case 'largest':
    case 'largest-under':
      return pickLargest(record, offer, refusals);
  }
}

function pickNamed(
  record: ArchiveRecord,
  { renditions }: Offer,
  names: readonly string[],
  refusals: Refusal[],
): Rendition[] {
  return names.flatMap((name) => {
    const found = renditions.filter((one) => one.name === name);
    if (found.length === 0) refusals.push(noSuch(record, renditions, name));
    return found;
  });
}

const originalNames: Readonly<Record<ArchiveRecord['archive'], readonly string[]>> = {
  'nasa-images': ['orig', 'file'],
  astrobin: ['real'],
  'pds-registry': [],
};

function pickOriginal(
  record: ArchiveRecord,
  { renditions }: Offer,
  refusals: Refusal[],
): readonly Rendition[] {
  if (record.archive === 'pds-registry') return renditions;
  for (const name of originalNames[record.archive]) {
    const found = renditions.find((one) => one.name === name);
    if (found !== undefined) return [found];
  }
  refusals.push(noSuch(record, renditions, 'original'));
  return [];
}

/** Largest first; one that does not fit gives way to the next. Only where none fits is it told why. */
function pickLargest(
  record: ArchiveRecord,
  { renditions, reachable, maxBytes }: Offer,
  refusals: Refusal[],
): Rendition[] {
  const offered = reachable.length === 0 ? renditions : reachable;
  const candidates = largestFirst(ownFiles(record, offered));
  const fitting = candidates.find((one) => refusalOf(record, one, maxBytes) === null);
  if (fitting !== undefined) return [fitting];
  const refused = candidates.map((one) => refusalOf(record, one, maxBytes));
  refusals.push(...refused.filter((one) => one !== null).slice(-1));
  return [];
}

/** Why a file is not to be fetched; null where it is. */
function refusalOf(
  record: ArchiveRecord,
  rendition: Rendition,
  maxBytes: number | null,
): Refusal | null {
  const { name } = rendition;
  if (!isReachable(rendition)) {
    return refuse('dead-address', name, `The archive gives no usable address for “${name}”.`);
  }
  if (maxBytes === null) return null;
  const size = bytesOf(record, rendition);
  // What follows from pixels alone is no promise that a file is small enough.
  if (rendition.bytes === null || size.bytes === null) {
    const words = `Nobody tells how large “${name}” is, and no more than ${String(maxBytes)} bytes are wanted.`;
    return refuse('size-unknown', name, words);
  }
  if (size.bytes <= maxBytes) return null;
  const about = size.kind === 'estimated' ? 'about ' : '';
  const words = `“${name}” has ${about}${String(size.bytes)} bytes, more than the ${String(maxBytes)} that are wanted.`;
  return refuse('too-large', name, words);
}

/** An address that a file can be fetched from at all: no path of a data node's own disk, no address with a login. */
function isReachable({ url }: Pick<Rendition, 'url'>): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && hostname !== '' && username === '' && password === '';
}

function roleOf(record: ArchiveRecord, rendition: Rendition): FileRole {
  if (record.archive !== 'pds-registry') return isBeside(record, rendition) ? 'data' : 'medium';
  return isLabel(record, rendition) ? 'label' : 'data';
}

const isHeard = ({ kind }: ArchiveRecord) => kind === 'video' || kind === 'audio';

/** The archives state no size of captions; they are a few tens of kilobytes. */
const captionBytes = 50_000;

function toCaptionFile({ url, format }: CaptionFile, at: number): ChosenFile {
  const name = at === 0 ? 'captions' : `captions-${String(at + 1)}`;
  const mime = format === 'vtt' ? 'text/vtt' : 'application/x-subrip';
  const unknown = { bytes: null, width: null, height: null, checksum: null };
  return {
    rendition: { name, url, mime, ...unknown },
    role: 'captions',
    bytes: { kind: 'estimated', bytes: captionBytes },
  };
}

function noSuch(record: ArchiveRecord, renditions: readonly Rendition[], name: string): Refusal {
  const listed = renditions.slice(0, 20).map((one) => one.name);
  const words = `“${record.title}” has no file “${name}”. It has: ${listed.join(', ')}.`;
  return refuse('no-such-file', name, words);
}

function refuse(reason: RefusalReason, rendition: string | null, why: string): Refusal {
  return { reason, rendition, message: `${why} It is left out.` };
}
