/** Words of the download list. */
import type { DownloadItem } from '#contract/domain.ts';

const number = new Intl.NumberFormat('en-GB');

const filterNames = {
  all: 'All',
  active: 'Active',
  waiting: 'Waiting',
  failed: 'Failed',
  done: 'Done',
} as const;

const archives = { 'nasa-images': 'NASA', 'pds-registry': 'PDS', astrobin: 'AstroBin' } as const;

const files = (count: number): string => (count === 1 ? '1 file' : `${number.format(count)} files`);

export const downloadsText = {
  label: 'Downloads',
  table: 'Files',
  filters: 'Which files to list',
  filter: (name: keyof typeof filterNames, count: number): string =>
    `${filterNames[name]} ${number.format(count)}`,
  cancelAll: (count: number): string =>
    count === 1 ? 'Cancel' : `Cancel all ${number.format(count)}`,
  retryAll: (count: number): string => `Retry ${number.format(count)}`,
  clearDone: 'Clear finished',

  name: 'Name',
  archive: 'Archive',
  size: 'Size',
  progress: 'Progress',
  state: 'State',
  speed: 'Speed',
  left: 'Left',
  archives,
  asking: (archive: keyof typeof archives): string => `Asking ${archives[archive]}`,
  sizeUnknown: 'Not stated',
  percent: (part: number): string => `${Math.round(part * 100)} %`,
  received: (received: string, total: string): string => `${received} of ${total}`,

  states: {
    queued: 'Waiting',
    waiting: 'Slowed by limit',
    active: 'Downloading',
    paused: 'Paused',
    verified: 'Verified',
    unverified: 'No checksum',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    quarantined: 'Quarantined',
  },

  showInFolder: 'Show in folder',
  cancel: 'Cancel',
  retry: 'Try again',
  remove: 'Take off the list',
  openRecord: 'Open the record',
  copyDetails: 'Copy details',
  copyPath: 'Copy path',
  copySum: 'Copy SHA-256',
  rowMenu: (name: string): string => `Acts for ${name}`,

  emptyTitle: 'Nothing downloaded yet',
  emptyText: (keys: string): string =>
    `Files that you save are listed here while they come and after they came. Open a record and press Save${keys === '' ? '' : `, or ${keys}`}.`,
  emptyAct: 'Search NASA Images',
  noneOf: {
    all: 'No files.',
    active: 'No file is coming now.',
    waiting: 'No file waits.',
    failed: 'No file failed.',
    done: 'No file is done yet.',
  },
  noneText: 'Other files are listed under the other filters.',
  showAll: 'Show all files',

  inspector: 'Selected file',
  nothingSelected: 'Select a file to see what happened to it and where it lies.',
  whatHappened: 'What happened',
  whatYouCanDo: 'What you can do',
  times: 'Times',
  file: 'File',
  source: 'From',
  addedAt: 'Asked for',
  endedAt: 'Ended',
  took: 'Took',
  folder: 'Folder',
  path: 'Path',
  sum: 'SHA-256',
  rendition: 'Rendition',
  record: 'Record',
  tellDone: (size: string): string => `All ${size} arrived and the file has its final name.`,
  tellVerified: (size: string): string =>
    `All ${size} arrived, the checksum is the one the archive gave, and the file has its final name.`,
  tellSizeOnly: (size: string): string =>
    `All ${size} arrived. The archive gives no checksum, so only the size was checked.`,
  tellUnchecked: (size: string): string =>
    `${size} arrived. The archive states neither size nor checksum, so nothing could be compared.`,
  tellActive: (received: string, total: string | null): string =>
    total === null
      ? `${received} arrived so far; the archive does not say how many there are.`
      : `${received} of ${total} arrived so far.`,
  tellAsking: (archive: keyof typeof archives): string =>
    `${archives[archive]} was asked for the file and has not answered yet.`,
  tellAskingFiles: (archive: keyof typeof archives): string =>
    `${archives[archive]} was asked which files this record has. It is queued as soon as that is known; until then it does not outlast the window.`,
  tellQueued: 'It waits for its turn and starts by itself.',
  tellPaused: 'It is paused. What has arrived is kept; resume it and it goes on from there.',
  tellWaiting: 'The archive asked us to slow down. It goes on by itself.',
  tellCancelled: 'You cancelled it. No file with its final name was written.',
  tellFailed: 'The file did not arrive: no file with its final name was written.',
  tellQuarantined: 'What arrived never got its final name, so no file of yours is wrong.',

  saved: (name: string): string => `Saved ${name}`,
  ended: (name: string, reason: string | null): string =>
    reason === null ? `${name} did not arrive.` : `${name} did not arrive. ${reason}`,
  nothingToSave: 'NASA lists no file of this record that could be saved. Nothing was started.',
  notEnded: 'The file is still coming. Cancel it first.',
  notStarted: 'The file was not saved.',
  notCancelled: 'The file is still coming.',
  notTakenOff: 'The row is still in the list.',
  notShown: 'The file is where it was; only its folder could not be opened.',
  notRead: 'The list of downloads could not be read. The files on disk are not affected.',
  summary: (shown: number, all: number): string =>
    shown === all ? files(all) : `${number.format(shown)} of ${files(all)}`,
} as const;

/** Which of the state words fits: a finished file says how it was checked. */
export function stateWord(item: DownloadItem): string {
  if (item.state === 'active' && item.receivedBytes === 0)
    return downloadsText.asking(item.archive);
  if (item.state !== 'done') return downloadsText.states[item.state];
  if (item.verified === 'checksum') return downloadsText.states.verified;
  return item.verified === null ? downloadsText.states.done : downloadsText.states.unverified;
}
