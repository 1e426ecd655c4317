/** Runs in tests. Small records of the three archives, for what is planned before anything is fetched. */
import { toRef, type ArchiveId, type ArchiveRecord, type Rendition } from '#contract/domain.ts';

export function makeRecord(
  archive: ArchiveId,
  id: string,
  other: Partial<ArchiveRecord> = {},
): ArchiveRecord {
  return {
    ref: toRef(archive, id),
    archive,
    id,
    kind: archive === 'pds-registry' ? 'data' : 'image',
    title: id,
    description: null,
    date: null,
    credit: null,
    licence: null,
    preview: null,
    page: null,
    fields: {},
    ...other,
  };
}

export function makeRendition(name: string, other: Partial<Rendition> = {}): Rendition {
  return {
    name,
    url: `https://files.example/${encodeURIComponent(name)}.jpg`,
    bytes: null,
    width: null,
    height: null,
    mime: 'image/jpeg',
    checksum: null,
    ...other,
  };
}
