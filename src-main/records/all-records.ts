/** Runs in plain Node. Records of every archive: each question goes to the archive that the reference names. */
import { parseRef, type RecordRef } from '#contract/domain.ts';
import type { AstrobinRecords } from '../astrobin/astrobin-records.ts';
import type { PdsRecords } from '../pds/pds-records.ts';
import type { RecordsService } from './records-service.ts';

type OneRecord = Pick<RecordsService, keyof PdsRecords>;

/** NASA's records, with those of the registry and of AstroBin beside them. */
export function withOthers(
  nasa: RecordsService,
  others: { pds: PdsRecords; astrobin: AstrobinRecords },
): RecordsService {
  const of = (ref: RecordRef): OneRecord => {
    const archive = parseRef(ref)?.archive;
    if (archive === 'pds-registry') return others.pds;
    return archive === 'astrobin' ? others.astrobin : nasa;
  };
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
    savable: (ref, ...args) => of(ref).savable(ref, ...args),
    toCard: (seen) => nasa.toCard(seen),
    see: (...args) => nasa.see(...args),
  };
}
