/** Words of "go to". */
import type { ArchiveId, ArchivePlace, RecordKind } from '#contract/domain.ts';
import { formatArchiveDate, formatBytes } from './format.ts';
import { renditionWord } from './record.ts';

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
  openAndSave: 'open and download',
  saves: (rendition: string, bytes: number | null): string =>
    `opens it and saves “${renditionWord(rendition)}”${bytes === null ? '' : `, ${formatBytes(bytes)}`}, into the download folder.`,
  savesUnknown: (archive: ArchiveId): string =>
    `opens it, asks ${archives[archive]} for its files, and saves the original or the largest into the download folder.`,
  savesNothing: 'only opens it: the archive lists no file for it.',
  isComing: 'only opens it: its file is being saved already.',
  isThere: (fileName: string): string => `only opens it: “${fileName}” was saved already.`,
  notARecord: 'Only a record has files to download. Enter opens this.',
  notSaved: (title: string): string => `Nothing was saved of “${title}”.`,
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
