import type { DayBudget } from '#contract/day-budget.ts';
import type { ArchiveId, ArchiveStatus } from '#contract/domain.ts';
import { commandGroups, type CommandGroup } from '#contract/commands.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { leftOf } from '../lib/day-budget.ts';
import { formatClock, formatCount, formatPlural, formatSpeed, formatTimeLeft } from './format.ts';

const startTitles: Partial<Record<ErrorCode, string>> = {
  'library-unusable': 'The library can’t be opened',
  disk: 'The profile folder can’t be used',
};

/** Words of the frame around every view. */
export const frameText = {
  app: 'Almagest',
  menu: 'Menu',
  archives: 'Archives',
  library: 'Library',
  nasa: 'NASA Images',
  album: 'Album',
  pds: 'PDS Registry',
  pdsTree: 'Tree',
  pdsQuery: 'Query',
  pdsQueryTitle: 'Query, PDS Registry',
  pdsLabel: 'Label',
  astrobin: 'AstroBin',
  astrobinDay: 'Image of the day',
  astrobinSearch: 'Search',
  astrobinUsers: 'Users',
  astrobinCollections: 'Collections, AstroBin',
  everythingKept: 'Everything kept',
  captions: 'Captions',
  health: 'Archive health',
  downloads: 'Downloads',
  settings: 'Settings',
  welcome: 'Welcome',
  record: 'Record',
  sidebar: 'Places',
  sidebarWidth: 'Width of the sidebar',
  runningCount: (count: number) => formatPlural(count, 'running', 'running'),
  keptCount: (count: number) => formatPlural(count, 'record', 'records'),
  back: 'Back',
  forward: 'Forward',
  scope: 'Search in',
  scopeNasa: 'NASA',
  scopePds: 'PDS',
  scopeAstrobin: 'AstroBin',
  scopeLibrary: 'Library',
  scopeCaptions: 'Captions',
  search: 'Search',
  searchNasa: 'Search NASA Images',
  searchPds: 'Identifier, title, target, instrument, mission',
  searchAstrobin: 'Subject, user, title or hash',
  searchLibrary: 'Search the library',
  searchCaptions: 'Search the captions that were read',
  commands: 'Commands',
  inspector: 'Inspector',
  inspectorNone: 'This view has no inspector.',
  noBack: 'This is the first place.',
  noForward: 'This is the last place.',
  nothingToUndo: 'There is nothing to undo.',
  nothingRuns: 'Nothing is being downloaded.',
  status: 'Status',
  notices: 'Notices',
  dismiss: 'Dismiss',
  sampleArchive: 'Sample archive',
  openHealth: 'Archive health',
  running: (count: number, speed: number, secondsLeft: number | null) => {
    const parts = [formatPlural(count, 'file', 'files')];
    if (speed > 0) parts.push(formatSpeed(speed));
    if (secondsLeft !== null) parts.push(`${formatTimeLeft(secondsLeft)} left`);
    return parts.join(', ');
  },
  noSuchCommand: 'There is nothing to do that with here.',
  unexpected:
    'Something went wrong inside Almagest. Your library and your downloads are not affected.',
  copyDetails: 'Copy details',
  detailsCopied: 'Details copied.',
  quit: 'Quit',
  goOn: 'Go on without the library',
  noBridgeTitle: 'This page is not connected to Almagest',
  noBridgeText:
    'The bridge to the app is missing, so nothing can be searched or kept. It is there only in the app’s ' +
    'own window. Close this page and start Almagest again.',
  startFailedTitle: 'Almagest can’t start',
  startTitle: (code: ErrorCode) => startTitles[code] ?? 'Almagest can’t start',
  startAdvice: (code: ErrorCode) =>
    code === 'library-unusable'
      ? 'Searching works without it; nothing can be kept or saved until it opens again.'
      : code === 'disk'
        ? 'Check that the folder exists and can be written to, then start again.'
        : 'Start Almagest again; if it says the same, copy the details into a report.',
  themeNow: (theme: string) => `Theme: ${theme}.`,
  textZoomNow: (percent: number) => `Text at ${percent} %.`,
  archivesLive: 'Searches go to the live archives now.',
  archivesSample: 'Searches go to the sample archive now.',
  folderNow: (folder: string) => `Files are saved to ${folder} now.`,
};

const stateWords: Record<ArchiveStatus['state'], string> = {
  unknown: 'not asked yet',
  answering: 'answering',
  waiting: 'slowed',
  'not-answering': 'not answering',
  offline: 'offline',
};

const shortNames: Record<ArchiveId, string> = {
  'nasa-images': 'NASA',
  'pds-registry': 'PDS',
  astrobin: 'AstroBin',
};

/** How one archive does, in a few words: `NASA answering`. */
export function archiveStatusText(status: ArchiveStatus): string {
  if (status.state === 'offline') return 'Offline';
  const { archive, resumesAtMs, state, waiting } = status;
  if (resumesAtMs === null && waiting > 0 && state !== 'not-answering') {
    return `${shortNames[archive]}: ${formatPlural(waiting, 'request waits its', 'requests wait their')} turn`;
  }
  const words = resumesAtMs === null ? stateWords[state] : `back at ${formatClock(resumesAtMs)}`;
  return `${shortNames[archive]} ${words}`;
}

/** `AstroBin 439 of 500 requests left today`. */
export function budgetText(archive: ArchiveId, budget: DayBudget): string {
  const left = leftOf(budget);
  const name = shortNames[archive];
  return left === 0
    ? `${name} at its limit until ${formatClock(budget.renewsAtMs)}`
    : `${name} ${formatCount(left)} of ${formatCount(budget.perDay)} requests left today`;
}

/** Words of the palette. */
export const paletteText = {
  title: 'Commands',
  placeholder: 'Type a command',
  results: (count: number) => formatPlural(count, 'command', 'commands'),
  nothing: (query: string) => `No command for “${query}”`,
  nothingHint:
    'Commands act on the app. To look for pictures, close this and use the search field.',
  group: (group: CommandGroup) => commandGroups[group].title,
  move: 'move',
  run: 'run',
  close: 'close',
};
