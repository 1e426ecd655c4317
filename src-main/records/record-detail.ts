/** Runs in plain Node. Everything known of one record, put together from the parts that the archive gave. */
import type {
  ArchiveRecord,
  RecordCard,
  RecordDetail,
  RecordRendition,
  Rendition,
} from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { Answered } from '../http/documents.ts';
import type { RecordParts } from '../sources/nasa-images/client.ts';
import { creditLineOf, licenceNote } from '../sources/nasa-images/credit.ts';
import {
  originalPixelsOf,
  toMetadataFields,
  withoutPrivateFields,
} from '../sources/nasa-images/metadata.ts';
import { toCaptions, toRenditions } from '../sources/nasa-images/renditions.ts';
import type { JsonObject, WireItem } from '../sources/nasa-images/wire.ts';
import { oldestOf } from './answer-age.ts';
import type { RecentRecord } from './recent-records.ts';
import { sanitiseText } from './sanitise-text.ts';

export interface DetailTools {
  base: URL;
  toCard(record: RecentRecord): RecordCard;
  withKey(rendition: Rendition): RecordRendition;
}

type Missing = RecordDetail['missing'];

/**
 * Asks for the parts and puts them together; a part that fails is named, not fatal.
 * @param finding the record itself; what it throws is thrown.
 */
export async function collectDetail(
  id: string,
  finding: Promise<RecentRecord>,
  parts: RecordParts,
  tools: DetailTools,
): Promise<RecordDetail> {
  const missing: Missing = [];
  let problem: ArchiveError | null = null;
  const orMissing = <T>(part: Missing[number]['part'], asked: Promise<T>): Promise<T | null> =>
    asked.catch((error: unknown) => {
      const isKnown = error instanceof ArchiveError;
      if (isKnown) problem ??= error;
      missing.push({ part, reason: isKnown ? error.message : 'Something unexpected happened.' });
      return null;
    });
  const [found, manifest, metadata, captions] = await Promise.all([
    finding,
    orMissing('renditions', parts.manifest(id)),
    orMissing('metadata', parts.metadata(id)),
    // Pictures have no captions, and asking would be answered with 400.
    orMissing(
      'captions',
      finding.then(
        ({ seen }) => (hasCaptions(seen.record) ? parts.captions(id) : null),
        () => null,
      ),
    ),
  ]);
  const age = ageOf(found, [manifest, metadata, captions], problem);
  return assemble(found, { manifest, metadata, captions, missing, age }, tools);
}

/** The parts' age; that of the list it came in counts only where no part came. */
function ageOf(
  found: RecentRecord,
  parts: readonly (Answered<unknown> | null)[],
  problem: ArchiveError | null,
): AnswerAge {
  const [first, ...others] = parts.flatMap((part) => (part === null ? [] : [part.age]));
  if (first !== undefined) return oldestOf(first, ...others);
  return { ...found.age, problem: found.age.problem ?? problem?.toWire() ?? null };
}

function assemble(
  { seen, item }: RecentRecord,
  parts: {
    manifest: Answered<string[]> | null;
    metadata: Answered<JsonObject> | null;
    captions: Answered<string> | null;
    missing: Missing;
    age: AnswerAge;
  },
  tools: DetailTools,
): RecordDetail {
  const { record } = seen;
  const document = parts.metadata?.value ?? null;
  const sources = fileSourcesOf(record, item, tools.base, parts.manifest?.value ?? []);
  return {
    card: tools.toCard({ seen, item, age: parts.age }),
    description: sanitiseText(record.description),
    renditions: withOriginalPixels(toRenditions(sources), document).map((rendition) =>
      tools.withKey(rendition),
    ),
    metadata: document === null ? [] : toMetadataFields(document),
    metadataDocument: document === null ? null : withoutPrivateFields(document),
    captions: toCaptions(sources, parts.captions?.value ?? null),
    missing: parts.missing,
    creditLine: creditLineOf(record),
    licenceNote,
    age: parts.age,
  };
}

/** What the files of a record are read from. */
export function fileSourcesOf(
  record: ArchiveRecord,
  item: WireItem,
  base: URL,
  manifest: readonly string[],
) {
  return { id: record.id, kind: record.kind, base, links: item.links, manifest };
}

/** The metadata document describes the original: what its link does not state is read there. */
function withOriginalPixels(renditions: Rendition[], document: JsonObject | null): Rendition[] {
  const pixels = document === null ? null : originalPixelsOf(document);
  if (pixels === null) return renditions;
  return renditions.map((rendition) =>
    rendition.name === 'orig' && rendition.width === null && isSeen(rendition)
      ? { ...rendition, ...pixels }
      : rendition,
  );
}

function isSeen({ mime }: Rendition): boolean {
  return mime !== null && /^(?:image|video)\//.test(mime);
}

function hasCaptions({ kind }: ArchiveRecord): boolean {
  return kind === 'video' || kind === 'audio';
}
