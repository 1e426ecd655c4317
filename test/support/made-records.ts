/** Records made for unit tests of the window's state: as little as the contract asks for. */
import {
  toRef,
  type MediaKey,
  type RecordCard,
  type RecordDetail,
  type RecordRef,
  type RecordRendition,
} from '#contract/domain.ts';

export const refOf = (id: string): RecordRef => toRef('nasa-images', id);

export function makeCard(id: string, thumb: RecordCard['thumb'] = null): RecordCard {
  return {
    record: {
      ref: refOf(id),
      archive: 'nasa-images',
      id,
      kind: 'image',
      title: `Title of ${id}`,
      description: null,
      date: null,
      credit: null,
      licence: null,
      preview: null,
      page: null,
      fields: {},
    },
    thumb,
    alt: id,
  };
}

export function makeRendition(name: string, patch: Partial<RecordRendition> = {}): RecordRendition {
  return {
    name,
    url: `https://files.example/x~${name}.jpg`,
    bytes: null,
    width: null,
    height: null,
    mime: 'image/jpeg',
    checksum: null,
    key: `k/${name}` as MediaKey,
    ...patch,
  };
}

export function makeDetail(
  renditions: RecordRendition[] = [],
  card: RecordCard = makeCard('x'),
): RecordDetail {
  return {
    card,
    description: [],
    renditions,
    metadata: [],
    metadataDocument: null,
    captions: [],
    missing: [],
    creditLine: 'NASA',
    licenceNote: null,
    age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
  };
}
