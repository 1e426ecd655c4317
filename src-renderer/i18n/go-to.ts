/** Words of "go to". */
import type { ArchiveId, ArchivePlace, RecordKind } from '#contract/domain.ts';
import { formatArchiveDate } from './format.ts';

const kinds: Readonly<Record<RecordKind, string>> = {
  image: 'Image',
  video: 'Film',
  audio: 'Sound',
  data: 'Data',
  document: 'Document',
  collection: 'Collection',
  bundle: 'Bundle',
  profile: 'User',
};

const archives: Readonly<Record<ArchiveId, string>> = {
  'nasa-images': 'NASA',
  'pds-registry': 'PDS',
  astrobin: 'AstroBin',
};

const records: Readonly<Record<ArchiveId, string>> = {
  'nasa-images': 'NASA record',
  'pds-registry': 'PDS product',
  astrobin: 'AstroBin image',
};

export const goToText = {
  title: 'Go to',
  placeholder: 'An identifier or a page’s address',
  list: 'Where it leads',
  takes:
    'Takes a NASA id, a PIA number, a LID or LIDVID, an AstroBin hash, or a page address of the three sites.',
  recent: 'Recent',
  open: 'open',
  close: 'close',
  record: (archive: ArchiveId) => records[archive],
  place: (place: ArchivePlace): string => {
    switch (place.kind) {
      case 'album':
        return `NASA album “${place.name}”`;
      case 'astrobin-user':
        return `AstroBin user “${place.username}”`;
      case 'astrobin-collection':
        return `AstroBin collection ${String(place.id)}`;
      case 'astrobin-day':
        return 'AstroBin’s image of the day';
    }
  },
  search: (archive: ArchiveId, text: string) => `Search ${archives[archive]} for “${text}”`,
  about: (kind: RecordKind, archive: ArchiveId, date: string | null) =>
    [kinds[kind], archives[archive], date === null ? '' : formatArchiveDate(date)]
      .filter((part) => part !== '')
      .join(', '),
  notSeen: 'Not seen before: it is asked for when it is opened.',
  offers: (count: number) => (count === 1 ? '1 place' : `${String(count)} places`),
};
