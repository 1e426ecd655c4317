/** Runs in plain Node. Records of every archive: each question goes to the archive that the reference names. */
import { parseRef, type RecordRef } from '#contract/domain.ts';
import type { PdsRecords } from '../pds/pds-records.ts';
import type { RecordsService } from './records-service.ts';

/** NASA's records, with those of the registry beside them. */
export function withRegistry(nasa: RecordsService, pds: PdsRecords): RecordsService {
  const of = (ref: RecordRef): Pick<RecordsService, keyof PdsRecords> =>
    parseRef(ref)?.archive === 'pds-registry' ? pds : nasa;
  return {
    search: (...args) => nasa.search(...args),
    cachedSearch: (...args) => nasa.cachedSearch(...args),
    album: (...args) => nasa.album(...args),
    cachedAlbum: (...args) => nasa.cachedAlbum(...args),
    get: (ref, ...args) => of(ref).get(ref, ...args),
    cached: (ref) => of(ref).cached(ref),
    sizes: (ref, signal) => of(ref).sizes(ref, signal),
    resolve: (text) => nasa.resolve(text),
    snapshot: (ref, signal) => of(ref).snapshot(ref, signal),
    rendition: (ref, ...args) => of(ref).rendition(ref, ...args),
    toCard: (seen) => nasa.toCard(seen),
    see: (...args) => nasa.see(...args),
  };
}
