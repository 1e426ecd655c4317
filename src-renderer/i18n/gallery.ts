/** Words of the picture grid, its selection and what the inspector says of it. */
import { formatCount, formatPlural } from './format.ts';

const records = (count: number): string => formatPlural(count, 'record', 'records');

export const galleryText = {
  notLoaded: 'Not loaded yet',
  kinds: {
    image: 'Image',
    video: 'Video',
    audio: 'Audio',
    data: 'Data',
    document: 'Document',
    collection: 'Collection',
    bundle: 'Bundle',
    profile: 'Profile',
  },
  kept: 'Kept',
  onDisk: 'On this computer',
  noPicture: 'No picture',
  pictureFailed: 'The picture didn’t come',
  pictureSlow: 'The picture is on its way',
  notRead: 'Could not be read',
  notReadName: (reason: string): string => `Not read: ${reason} Enter tries again`,
  tryAgain: 'Try again',
  untitled: 'Untitled',

  selectionBar: 'Selected records',
  selected: (count: number): string => `${formatCount(count)} selected`,
  selectLoaded: (count: number): string => `Select all ${formatCount(count)} loaded`,
  closePreview: 'Close the preview',
  previewOf: (title: string): string => `Preview: ${title}`,
  previewKeys: 'Arrows show the next one, Enter opens it, Space closes this.',
  clearSelection: 'Clear the selection',
  keep: 'Keep in the library',
  remove: 'Remove from the library',
  copyCredits: (count: number): string =>
    count === 1 ? 'Copy credit line' : `Copy ${formatCount(count)} credit lines`,
  copyIds: (count: number): string => (count === 1 ? 'Copy identifier' : 'Copy identifiers'),
  download: (count: number): string =>
    count === 1 ? 'Download…' : `Download ${formatCount(count)}…`,
  someRecords: (count: number): string => records(count),
  copyFirstCredits: (count: number): string => `Copy the first ${formatCount(count)} credit lines`,

  open: 'Open',
  preview: 'Preview',
  copyLinks: (count: number): string =>
    count === 1 ? 'Copy link' : `Copy ${formatCount(count)} links`,
  copiedLinks: (count: number): string => `${formatPlural(count, 'link', 'links')} copied.`,
  selectAll: (count: number): string => `Select all ${formatCount(count)}`,
  keeping: (count: number): string => `Keeping ${formatPlural(count, 'record', 'records')}…`,
  keptNow: (count: number): string =>
    count === 0
      ? 'All of these were kept already.'
      : `${formatPlural(count, 'record was', 'records were')} added to the library.`,
  searchBySection: 'Search by',
  searchBy: (name: string, value: string): string => `${name}: ${value}`,
  keyword: 'Keyword',
  openSite: 'Open on nasa.gov',
  openSiteAnd: (count: number): string => `Open on nasa.gov (the first of ${formatCount(count)})`,

  copiedCredits: (count: number): string =>
    `${formatPlural(count, 'credit line', 'credit lines')} copied.`,
  copiedIds: (count: number): string =>
    `${formatPlural(count, 'identifier', 'identifiers')} copied.`,
  tooMany: (limit: number): string =>
    `Only the first ${formatCount(limit)} of the selection were taken; select fewer for the rest.`,

  nothingSelected: 'Nothing is selected',
  noPage: 'This record has no page on the archive’s site',

  inspector: 'Inspector',
  records,
  identifier: 'Identifier',
  copyId: 'Copy the identifier',
  created: 'Created',
  media: 'Media',
  centre: 'Centre',
  location: 'Location',
  photographer: 'Photographer',
  secondaryCreator: 'Second creator',
  album: 'Album',
  telescopes: 'Telescopes',
  cameras: 'Cameras',
  subjects: 'In the field',
  keywords: 'Keywords',
  about: 'About',
  inCommon: 'In common',
  facts: 'Facts',
  description: 'Description',
  sizes: 'Sizes listed',
  creditAndRights: 'Credit and rights',
  noCredit: 'No credit stated',
  someCredit: (named: number, unnamed: number): string =>
    `${named === 1 ? '1 record names' : `${formatCount(named)} records name`} a credit line. ${
      unnamed === 1 ? '1 names' : `${formatCount(unnamed)} name`
    } none.`,
  allCredit: (count: number): string =>
    count === 2
      ? 'Both records name a credit line.'
      : `All ${formatCount(count)} records name a credit line.`,
  noneCredit: 'None of these names a credit line.',
  onThisComputer: 'On this computer',
  keptOf: (kept: number, count: number): string =>
    `${formatCount(kept)} of ${formatCount(count)} kept`,
  diskOf: (saved: number, count: number): string =>
    `${formatCount(saved)} of ${formatCount(count)} on disk`,
  notKept: 'Not kept, no file saved.',
  noneKept: 'None of these is kept or saved.',
  keptOne: 'Kept in the library.',
  savedOne: 'A file of it is saved.',
  ofAll: (count: number, all: number): string => `${formatCount(count)} of ${formatCount(all)}`,
  share: (word: string, count: number, all: number): string =>
    `${word} (${formatCount(count)} of ${formatCount(all)})`,
  mostly: (share: string, others: number): string =>
    `${share} and ${formatPlural(others, 'other', 'others')}`,
  different: (count: number): string => `${formatCount(count)} different`,
  span: (from: string, to: string): string => (from === to ? from : `${from} to ${to}`),
  unknownDates: (count: number): string => `${formatCount(count)} undated`,
  searchFor: (word: string): string => `Search for ${word}`,
  loadedOnly: (count: number): string => `Told of the ${formatCount(count)} that are loaded.`,
};
