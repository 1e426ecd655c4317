/** Words of the record view. */
import type { ArchiveId } from '#contract/domain.ts';

const number = new Intl.NumberFormat('en-GB');

/** The archives' names of renditions, in words. Anything else is said as the archive says it. */
const renditionNames: Readonly<Record<string, string>> = {
  orig: 'Original',
  large: 'Large',
  medium: 'Medium',
  small: 'Small',
  thumb: 'Thumbnail',
  mobile: 'Mobile',
  preview: 'Preview',
  real: 'Original',
  hd: 'HD',
  hd_sharpened: 'HD, sharpened',
  regular: 'Regular',
  regular_sharpened: 'Regular, sharpened',
  gallery: 'Gallery square',
  duckduckgo: 'Preview, cut',
  duckduckgo_small: 'Small preview, cut',
  histogram: 'Histogram',
  solution: 'Plate solution',
  skyplot: 'Map of the sky',
  advanced_solution: 'Advanced solution',
  advanced_skyplot: 'Advanced map of the sky',
  advanced_skyplot_small: 'Small advanced map',
  fits: 'FITS file',
  '128k': '128 kbit/s',
  '64k': '64 kbit/s',
};

export function renditionWord(name: string): string {
  return renditionNames[name] ?? name;
}

/** In the middle of a sentence; names that we don't know keep their letters. */
const lowerWord = (name: string): string =>
  (renditionNames[name] ?? name).replace(/^[A-Z](?=[a-z])/, (sign) => sign.toLowerCase());

type NotDrawn = 'gone' | 'too-large' | 'not-a-picture' | 'not-answering' | 'turned' | 'unknown';

const notDrawn: Readonly<Record<NotDrawn, string>> = {
  gone: 'the archive no longer has this file',
  'too-large': 'too large to be shown here; it can be saved',
  'not-a-picture': 'no picture that can be shown here; it can be saved',
  'not-answering': 'the archive didn’t answer',
  turned: 'lies across the others, so it is not drawn over them',
  unknown: 'could not be fetched',
};

/** How the archives are called in the middle of a sentence, and their sites. */
const archives: Readonly<Record<ArchiveId, { name: string; site: string }>> = {
  'nasa-images': { name: 'NASA', site: 'nasa.gov' },
  'pds-registry': { name: 'the PDS Registry', site: 'pds.nasa.gov' },
  astrobin: { name: 'AstroBin', site: 'astrobin.com' },
};

const atStart = (text: string): string => text.replace(/^t/, 'T');

export const recordText = {
  label: 'Record',
  back: (label: string): string => `Back to ${label}`,
  place: (place: number, total: number): string =>
    `Record ${number.format(place)} of ${number.format(total)}`,
  placeUnknown: (place: number): string => `Record ${number.format(place)}`,
  previous: 'Previous record',
  next: 'Next record',
  noList: 'This record was not opened from a list.',
  isFirst: 'This is the first record of the list.',
  isLast: 'This is the last record of the list.',
  isWall: 'NASA lists no further than its first 10,000 results.',
  listLoading: 'The list is still being read.',
  listFailed: 'The list could not be read.',
  openSite: (archive: ArchiveId): string => `Open on ${archives[archive].site}`,
  noSite: 'The archive names no page for this record.',
  copyCredit: 'Copy credit',
  creditCopied: 'Credit line copied.',
  idCopied: 'Identifier copied.',
  keep: 'Keep',
  kept: 'Kept',
  keepLabel: 'Keep in the library',
  keptLabel: 'Kept in the library. Remove it',
  alreadyKept: 'It is kept already.',
  notKept: 'It is not in the library.',
  more: 'More acts',
  loadingReason: 'The record is still being read.',
  failedReason: 'The record could not be read.',

  save: (name: string, size: string | null): string =>
    size === null ? `Save ${lowerWord(name)}` : `Save ${lowerWord(name)}, ${size}`,
  saveShort: (size: string | null): string => (size === null ? 'Save' : `Save, ${size}`),
  saveTooltip: (name: string): string => `Save ${lowerWord(name)} into the download folder`,
  saveRow: (name: string): string => `Save ${lowerWord(name)}`,
  saving: (part: number | null): string =>
    part === null ? 'Saving' : `Saving, ${Math.round(part * 100)} %`,
  savingRow: (name: string): string => `Saving ${lowerWord(name)}`,
  waiting: 'Waiting',
  cancelSave: (name: string): string => `Cancel saving ${lowerWord(name)}`,
  tryAgainRow: (name: string): string => `Save ${lowerWord(name)} again`,
  showInFolder: 'Show in folder',
  showRowInFolder: (name: string): string => `Show ${lowerWord(name)} in its folder`,
  saved: 'Saved',
  nothingToSave: 'The archive lists no file for this record.',
  saveFailed: 'Not saved',

  renditions: 'Renditions',
  renditionsAside: (count: number, size: string | null): string =>
    `${count === 1 ? '1 file' : `${number.format(count)} files`}${size === null ? '' : `, ${size}`}`,
  atLeast: (size: string): string => `${size} or more`,
  renditionName: 'Name',
  renditionPixels: 'Pixels',
  renditionSize: 'Size',
  renditionState: 'On disk',
  showMore: (count: number): string => `Show ${number.format(count)} more`,
  noRenditions: 'The archive lists no file.',
  notStated: 'Not stated',
  askingSize: 'Asking…',
  largest: 'largest',
  viewRow: (name: string): string => `Show ${lowerWord(name)} on the stage`,
  onStage: 'on the stage',
  pixels: (width: number, height: number): string => `${width} × ${height}`,

  description: 'Description',
  keywords: 'Keywords',
  searchKeyword: (keyword: string): string => `Search NASA for the keyword ${keyword}`,
  copyId: 'Copy the identifier',
  credit: 'Credit and licence',
  noCredit: 'No credit is named; this line is made of the centre.',
  creditLine: 'Credit line',
  copyLine: 'Copy credit line',
  about: 'About',
  photographer: 'Photographer',
  creator: 'Creator',
  location: 'Location',
  centre: 'Centre',
  searchFor: (what: string, value: string): string =>
    `Search NASA for the ${what.toLowerCase()} ${value}`,
  captions: 'Captions',
  captionFile: (format: string): string => `${format.toUpperCase()} file`,
  captionsNote: 'Reading along comes with a later version; the file is at the archive.',
  openFile: 'Open',

  metadata: 'Metadata',
  metadataAside: (shown: number, all: number): string =>
    shown === all
      ? `${number.format(all)} ${all === 1 ? 'field' : 'fields'}`
      : `${number.format(shown)} of ${number.format(all)} fields`,
  metadataFilter: 'Filter the metadata',
  metadataPlaceholder: 'Name or value',
  metadataNone: (text: string): string => `No field has “${text}”.`,
  partLoading: 'Being read',
  inAlbum: (name: string): string => `In the album ${name}`,
  albumLabel: (name: string): string => `the album ${name}`,
  albumCount: (count: number): string =>
    count === 1 ? '1 record' : `${number.format(count)} records`,
  openAlbum: (name: string): string => `Open the album ${name}`,
  albumAlone: 'Nothing else is in it.',
  noGroup: 'Other',
  copyValue: 'Copy value',
  copyName: 'Copy name',
  copyBoth: 'Copy name and value',
  copyValueOf: (name: string): string => `Copy the value of ${name}`,
  copyFields: (count: number): string =>
    count === 1 ? 'Copy this field' : `Copy these ${number.format(count)} fields`,
  valueCopied: (name: string): string => `The value of ${name} was copied.`,
  nameCopied: 'The name was copied.',
  bothCopied: (name: string): string => `${name} and its value were copied.`,
  fieldsCopied: (count: number): string =>
    count === 1 ? '1 field was copied.' : `${number.format(count)} fields were copied.`,
  metadataEmpty: 'The archive gives no metadata for this record.',
  hidden: (count: number): string =>
    count === 1
      ? '1 field with a path or a login is hidden.'
      : `${number.format(count)} fields with paths and logins are hidden.`,
  unhidden: (count: number): string =>
    count === 1
      ? '1 field with a path or a login is shown.'
      : `${number.format(count)} fields with paths and logins are shown.`,
  show: 'Show',
  hide: 'Hide',

  missingTitle: {
    renditions: 'The list of files is missing.',
    metadata: 'The metadata is missing.',
    captions: 'The captions are missing.',
  },
  restIsRight: 'The rest of the record is right.',
  tryAgain: 'Try again',

  loading: 'Reading the record',
  failedTitle: 'The record could not be read',
  failedText: 'Your place in the list is kept and nothing was lost.',
  notFoundTitle: (archive: ArchiveId): string =>
    `${atStart(archives[archive].name)} has no such record`,
  notFoundText: (id: string): string =>
    `The archive answered and knows nothing by the identifier ${id}. It may have been withdrawn; a record that you kept is still in the library.`,
  searchTitles: (words: string): string => `Search titles for “${words}”`,
  offlineTitle: 'You’re offline',
  offlineText:
    'This record was not read before, so it is not on this computer. What you’ve kept still opens from the library.',
  offlineBanner: 'You’re offline.',
  copyBanner: (archive: ArchiveId): string => `${atStart(archives[archive].name)} didn’t answer.`,
  copyBannerText: (age: string): string =>
    `This is the record as kept ${age}. Files that were looked at before still show.`,
  checkAgain: 'Check again',
  keptAge: (age: string): string => `shown from the cache, kept ${age}`,
  keyTitle: 'AstroBin can’t be asked without a key',
  keyBanner: 'AstroBin can’t be asked without a key.',
  toKeys: 'Open the settings',
  toLibrary: 'Open the library',

  stage: 'Picture',
  stageHelp:
    'Plus and minus zoom, Z changes between all of the picture and one pixel for one pixel. The arrow keys move a picture that is larger than the stage.',
  stageName: (alt: string): string => `Picture: ${alt}`,
  stageBar: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
  oneToOne: '1:1',
  fullscreen: 'Fill the screen',
  noFullscreen: 'The picture could not fill the screen here.',
  percent: (percent: number): string => `${number.format(Math.round(percent))} %`,
  percentUnknown: '–',
  atLimit: 'There is no further step.',
  map: 'Overview',
  mapHelp: 'Press or drag to move the picture.',
  plate: (name: string, width: number, height: number): string =>
    `${renditionWord(name)}, ${width} × ${height}`,
  plateUnknown: (name: string): string => renditionWord(name),
  fetching: (name: string, size: string | null): string =>
    size === null ? `fetching ${lowerWord(name)}` : `fetching ${lowerWord(name)}, ${size}`,
  receivedOf: (received: string, total: string): string => `${received} of ${total}`,
  reduced: (width: number, height: number): string =>
    `drawn at ${width} × ${height}, as large as a window can`,
  converted: 'as a JPEG made of the TIFF',
  chooseByZoom: 'Choose by zoom',
  notDrawn: (name: string, why: NotDrawn): string => `${renditionWord(name)}: ${notDrawn[why]}`,
  noPicture: 'The archive lists no picture for this record.',
  noShownFile: 'None of its files can be shown here. They can be saved.',
  brokenTitle: 'The picture could not be loaded',
  brokenText: 'Its words and its list of files are right. The archive may have moved the file.',
} as const;
