/** Words of the dialog that plans a download. */
import type { RecordKind } from '#contract/domain.ts';
import type { DownloadPlan } from '#contract/downloads.ts';
import { formatBytes, formatCount, formatPlural, formatSpeed, formatTimeLeft } from './format.ts';

const files = (count: number): string => formatPlural(count, 'file', 'files');

/** By the words that the plan takes. */
const rules = {
  original: 'Original, else the largest',
  largest: 'The largest',
  'largest under 20 MB': 'The largest under 20 MB',
  all: 'All files of each record',
  'data + label': 'Data and label',
} as const;

export type PlanRule = keyof typeof rules;

/** What one file of a kind is called, and several. */
const kinds: Readonly<Partial<Record<RecordKind, [string, string]>>> = {
  image: ['image', 'images'],
  video: ['film', 'films'],
  audio: ['recording', 'recordings'],
  data: ['data file', 'data files'],
  document: ['document', 'documents'],
};

/** Short where more follows, so that it stays one line. */
const unknownSizes = (unknown: number, estimated: number): string =>
  estimated > 0
    ? `${formatCount(unknown)} unknown`
    : `${formatPlural(unknown, 'size', 'sizes')} unknown`;

export const planText = {
  title: (count: number, name: string): string =>
    count === 1 ? `Download “${name}”` : `Download ${formatCount(count)} from “${name}”`,
  nothingYet: 'Nothing has been fetched yet. Sizes come from the archives’ own listings.',
  listing: (records: number, total: number | null): string =>
    total === null
      ? `${formatPlural(records, 'record', 'records')} read so far. Nothing has been fetched yet.`
      : `${formatCount(records)} of ${formatPlural(total, 'record', 'records')} read. Nothing has been fetched yet.`,
  listingBar: 'Records read',
  filling: (written: number, all: number): string =>
    `${formatCount(written)} of ${files(all)} written to the queue.`,

  toFetch: (count: number): string => (count === 1 ? 'file to fetch' : 'files to fetch'),
  here: (there: number, queued: number): string =>
    [
      there > 0 ? `${formatCount(there)} already here` : '',
      queued > 0 ? `${formatCount(queued)} already in the queue` : '',
    ]
      .filter((part) => part !== '')
      .join(', ') || 'none of them here yet',
  toDownload: 'to download',
  sizes: (unknown: number, estimated: number): string =>
    [
      unknown > 0 ? unknownSizes(unknown, estimated) : '',
      estimated > 0 ? `${formatCount(estimated)} estimated` : '',
    ]
      .filter((part) => part !== '')
      .join(', ') || 'all sizes known',
  bytes: (bytes: number, unknown: number): string =>
    unknown > 0 && bytes === 0 ? 'unknown' : formatBytes(bytes),
  time: (seconds: number | null): string =>
    seconds === null ? 'unknown' : seconds === 0 ? 'no time' : `about ${formatTimeLeft(seconds)}`,
  pace: (bytesPerSecond: number | null): string =>
    bytesPerSecond === null ? 'at the archive’s pace' : `at ${formatSpeed(bytesPerSecond)}`,
  requests: (count: number): string => formatPlural(count, 'request', 'requests'),
  left: (bytes: number): string => formatBytes(Math.max(0, bytes)),
  leftAfterwards: 'left afterwards',
  free: (bytes: number): string => `${formatBytes(bytes)} free now`,
  freeUnknown: 'unknown',
  freeUnknownNote: 'this folder’s disk does not say',

  rule: 'Of each record',
  rules,
  ofKinds: (byKind: DownloadPlan['byKind']): string =>
    Object.entries(byKind)
      .map(([kind, sum]) =>
        formatPlural(sum.files, ...(kinds[kind as RecordKind] ?? (['file', 'files'] as const))),
      )
      .join(', '),
  also: 'Also save',
  captions: 'Captions',
  sidecar: 'Metadata and credit',
  into: 'Into',
  change: 'Change…',
  template: 'Names',
  templateHint: (usual: string) => `Empty for the settings’: ${usual}`,
  named: 'Named',

  refused: (count: number): string =>
    `${formatPlural(count, 'file or record', 'files or records')} will not be fetched.`,
  showRefused: (count: number): string => `Show the ${formatCount(count)}`,
  hideRefused: 'Hide them',
  refusedList: 'What will not be fetched, and why',
  moreRefused: (count: number): string => `${formatCount(count)} more`,
  renamed: (count: number): string =>
    `${formatPlural(count, 'name', 'names')} would clash in this folder.`,
  renamedNote: 'They get a number; nothing is overwritten.',
  noRoom: (wanted: number, free: number): string =>
    `Not enough room: ${formatBytes(wanted)} wanted, ${formatBytes(free)} free.`,
  noRoomNote: 'Nothing was started. Choose another folder or smaller files.',
  takeSmaller: 'Take files under 20 MB',
  allHere: 'Everything is here already.',
  allHereNote: (there: number, queued: number): string =>
    queued === 0
      ? `${files(there)} of it ${there === 1 ? 'is' : 'are'} on disk, whole. There is nothing to fetch.`
      : `${files(there)} of it ${there === 1 ? 'is' : 'are'} on disk and ${formatCount(queued)} in the queue. There is nothing to add.`,
  nothing: 'There is nothing to fetch.',
  nothingNote: 'No record of these gives a file by this choice.',
  failed: 'The plan could not be made.',
  again: 'Try again',
  startFailed: 'Nothing was started.',

  startNow: 'Start now',
  cancel: 'Cancel',
  close: 'Close',
  add: (count: number | null): string =>
    count === null ? 'Add to downloads' : `Add ${formatCount(count)} to downloads`,
  stillReading: 'The records are still being read.',
  adding: 'The files are being added.',
  mendFirst: 'Mend what is marked first.',
  added: (count: number): string => `${files(count)} added to downloads.`,
  showDownloads: 'Show downloads',
} as const;
