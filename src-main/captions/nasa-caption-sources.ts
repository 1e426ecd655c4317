/** Runs in plain Node. Caption files of NASA's records, through the records and the cache. */
import { parseRef, type CaptionFile, type RecordDetail, type RecordRef } from '#contract/domain.ts';
import type { Question } from '../http/documents.ts';
import type { RecordsService } from '../records/records-service.ts';
import type { NasaImagesClient } from '../sources/nasa-images/client.ts';
import type { CaptionPlaces, CaptionSources } from './caption-sources.ts';
import { captionLimits, CaptionsProblem, toArchiveError } from './captions-problem.ts';
import { refuseOtherFiles } from './read-captions.ts';

/** Builds the sources of one process. */
export function createNasaCaptionSources(
  nasa: NasaImagesClient,
  records: RecordsService,
): CaptionSources {
  const questionOf = (ref: RecordRef, file: CaptionFile): Question<Uint8Array> => ({
    ...nasa.questions().captions(parseRef(ref)?.id ?? ref, file.url),
    format: 'bytes',
    maxBytes: captionLimits.fileBytes,
    read: (bytes) => {
      // A web page or another format never takes the place of captions that are kept.
      try {
        refuseOtherFiles(bytes, file.format);
      } catch (error) {
        throw error instanceof CaptionsProblem ? toArchiveError(error) : error;
      }
      return bytes;
    },
  });
  return {
    base: () => nasa.base().href,
    find: async (ref, signal) => toPlaces(await records.get(ref, signal)),
    kept: async (ref) => {
      const detail = await records.cached(ref);
      return detail === null ? null : toPlaces(detail);
    },
    read: async (ref, file, signal) => {
      const { value, age } = await nasa.ask(questionOf(ref, file), signal);
      return { bytes: value, age };
    },
    readKept: async (ref, file) => {
      const kept = await nasa.kept(questionOf(ref, file)).catch(() => null);
      return kept === null ? null : { bytes: kept.value, age: kept.age };
    },
  };
}

function toPlaces({ card, captions, missing }: RecordDetail): CaptionPlaces {
  const { title, kind } = card.record;
  const unknown = missing.find(({ part }) => part === 'captions');
  return { title, kind, files: captions, missing: unknown?.reason ?? null };
}
