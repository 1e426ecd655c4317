/** Words of the download list. */
import type { DownloadItem } from '#contract/domain.ts';
import { singleGroup, type DownloadFilter, type DownloadGroup } from '#contract/downloads.ts';
import { formatBytes, formatList } from './format.ts';

const number = new Intl.NumberFormat('en-GB');

const filterNames = {
  all: 'All',
  active: 'Active',
  waiting: 'Waiting',
  paused: 'Paused',
  trouble: 'Needs you',
  done: 'Done',
} as const;

/** The unit once, where both have the same: `13.7 of 41.6 GB`. */
function bytesOf(received: string, all: string): string {
  const [amount = '', unit] = received.split(' ');
  return `${unit === all.split(' ')[1] ? amount : received} of ${all}`;
}

const notDone = {
  pause: 'The downloads go on.',
  resume: 'The downloads still rest.',
  cancel: 'The files are still coming.',
  retry: 'The files were not asked for again.',
  remove: 'The rows are still in the list.',
} as const;

const archives = { 'nasa-images': 'NASA', 'pds-registry': 'PDS', astrobin: 'AstroBin' } as const;

const files = (count: number): string => (count === 1 ? '1 file' : `${number.format(count)} files`);

export const downloadsText = {
  label: 'Downloads',
  table: 'Downloads by group',
  filters: 'Which files to list',
  filter: (name: DownloadFilter, count: number): string =>
    `${filterNames[name]} ${number.format(count)}`,
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  retryAll: (count: number): string => `Retry ${number.format(count)}`,
  loading: 'Reading the downloads',
  failedTitle: 'The downloads can’t be shown',
  failedText: (message: string): string =>
    `${message} Files on disk and what is under way are not affected.`,
  readAgain: 'Try again',
  help: 'Alt with Up or Down moves a group, Delete takes ended files off the list, Shift F10 opens the acts.',

  singles: 'Single files',
  filesOf: (done: number, all: number): string => `${number.format(done)} of ${files(all)}`,
  bytesOf: (received: number, all: number, isWhole: boolean): string =>
    isWhole ? formatBytes(all) : bytesOf(formatBytes(received), formatBytes(all)),
  atLeast: (size: string): string => `${size} or more`,
  groupProgress: (title: string): string => `Progress of ${title}`,
  groupPaused: 'Paused',
  troubleIn: (title: string): string => `${title}:`,
  moreTrouble: (count: number): string =>
    `${number.format(count)} more ${count === 1 ? 'group needs' : 'groups need'} you.`,
  waitAtLimit: (count: number): string =>
    `${files(count)} ${count === 1 ? 'waits' : 'wait'} at an archive’s limit and ${count === 1 ? 'goes' : 'go'} on without you. Everything else goes on.`,
  workedElsewhere:
    'Another Almagest of this profile works on the downloads. What you do here reaches it.',
  unknownSizes: (count: number): string => `The size of ${files(count)} is not known beforehand.`,
  counts: 'Files',
  countOf: (states: readonly [string, number][]): string =>
    formatList(states.map(([name, count]) => `${number.format(count)} ${name}`)),
  chosenTitle: (count: number): string => `${number.format(count)} rows selected`,
  chosenText: 'Acts are for all of them; each takes those that it fits.',
  tellGroup: {
    verified: 'Every file of it is on disk.',
    running: 'Its files are on their way.',
    paused: 'It is paused. What has arrived is kept; resume it and it goes on from there.',
    slowed: 'An archive asked us to slow down. It goes on by itself.',
    failed: 'Some of its files did not arrive. Those that did are whole.',
  },
  tellHeld: 'Its group is paused. Resume the group and the file gets its turn.',
  checksums: 'Checksums',
  promised: 'Promised',
  arrived: 'Received',
  length: 'Length',

  pause: 'Pause',
  resume: 'Resume',
  cancelGroup: 'Cancel what is to come',
  retryGroup: 'Try again what did not arrive',
  removeGroup: 'Take ended files off the list',
  moveUp: 'Move up',
  moveDown: 'Move down',
  notMoved: 'The group is where it was.',
  movedTo: (title: string, place: number, of: number): string =>
    `${title} is number ${number.format(place)} of ${number.format(of)}.`,
  noneFit: 'None of the selected files is in a state for this.',
  notDone: (verb: 'pause' | 'resume' | 'cancel' | 'retry' | 'remove'): string => notDone[verb],

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

  emptyTitle: 'Nothing downloaded yet',
  emptyText: (keys: string): string =>
    `Files that you save are listed here while they come and after they came. Select records and press Download${keys === '' ? '' : `, or ${keys}`}.`,
  emptyAct: 'Search NASA Images',
  noneOf: {
    all: 'No files.',
    active: 'No file is coming now.',
    waiting: 'No file waits.',
    paused: 'No file is paused.',
    trouble: 'No file needs you.',
    done: 'No file is done yet.',
  },
  noneText: 'Other files are listed under the other filters.',
  showAll: 'Show all files',

  inspector: 'Selected download',
  nothingSelected: 'Select a group or a file to see what happened to it and where it lies.',
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
  tellQueued: 'It waits for its turn and starts by itself.',
  tellPaused: 'It is paused. What has arrived is kept; resume it and it goes on from there.',
  tellWaiting: 'The archive asked us to slow down. It goes on by itself.',
  tellCancelled: 'You cancelled it. No file with its final name was written.',
  tellFailed: 'The file did not arrive: no file with its final name was written.',
  tellQuarantined: 'What arrived never got its final name, so no file of yours is wrong.',

  groupEnded: (title: string, done: number, all: number): string =>
    done === all
      ? `${title}: ${all === 1 ? 'the file is' : `all ${files(all)} are`} on disk.`
      : `${title}: ${number.format(done)} of ${files(all)} on disk. The others need you.`,
  saved: (name: string): string => `Saved ${name}`,
  ended: (name: string, reason: string | null): string =>
    reason === null ? `${name} did not arrive.` : `${name} did not arrive. ${reason}`,
  notEnded: 'The file is still coming. Cancel it first.',
  notStarted: 'The file was not saved.',
  notCancelled: 'The file is still coming.',
  notShown: 'The file is where it was; only its folder could not be opened.',
  notRead: 'The list of downloads could not be read. The files on disk are not affected.',
  summary: (shown: number, all: number): string =>
    shown === all ? files(all) : `${number.format(shown)} of ${files(all)}`,
} as const;

export const groupTitle = ({ id, title }: Pick<DownloadGroup, 'id' | 'title'>): string =>
  id === singleGroup ? downloadsText.singles : title;

/** Which of the state words fits: a finished file says how it was checked. */
export function stateWord(item: DownloadItem): string {
  if (item.state === 'active' && item.receivedBytes === 0)
    return downloadsText.asking(item.archive);
  if (item.state !== 'done') return downloadsText.states[item.state];
  if (item.verified === 'checksum') return downloadsText.states.verified;
  return item.verified === null ? downloadsText.states.done : downloadsText.states.unverified;
}
