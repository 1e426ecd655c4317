/** Words of searching NASA Images: filters, counts, states. */
import { formatCount, formatList, formatPlural } from './format.ts';

const filters = {
  media_type: 'Media type',
  center: 'Centre',
  years: 'Years',
  keywords: 'Keyword',
  location: 'Location',
  photographer: 'Photographer',
  secondary_creator: 'Second creator',
  title: 'Title',
  description: 'Description',
  description_508: 'Alternative text',
  nasa_id: 'NASA id',
} as const;

/** NASA's centres by the codes that the archive uses. */
const centres = {
  AFRC: 'Armstrong Flight Research Center',
  ARC: 'Ames Research Center',
  GRC: 'Glenn Research Center',
  GSFC: 'Goddard Space Flight Center',
  HQ: 'Headquarters',
  JPL: 'Jet Propulsion Laboratory',
  JSC: 'Johnson Space Center',
  KSC: 'Kennedy Space Center',
  LARC: 'Langley Research Center',
  MSFC: 'Marshall Space Flight Center',
  SSC: 'Stennis Space Center',
} as const;

const hints: Partial<Record<keyof typeof filters, string>> = {
  center: 'A centre’s short name, as GSFC',
  keywords: 'Several are parted by commas; all have to be there',
  nasa_id: 'As PIA12348; the archive also lists ids that are near',
  description_508: 'The description for those who do not see the picture',
};

export const searchText = {
  results: 'Results of the search',
  view: 'NASA Images',
  heading: (name: string): string => `NASA Images: ${name}`,
  library: 'NASA Image and Video Library',
  allOfNasa: 'NASA Images',
  filters,
  centres,
  hints,
  filterBar: 'Filters',
  moreFilters: 'More',
  mediaTypes: { image: 'Image', video: 'Video', audio: 'Audio' },
  filterValue: (name: string, text: string): string => `${name}: ${text}`,
  years: (from: string | undefined, to: string | undefined): string => {
    if (from !== undefined && to !== undefined) return from === to ? from : `${from} to ${to}`;
    return from === undefined ? `to ${to ?? ''}` : `from ${from}`;
  },
  from: 'From',
  to: 'To',
  yearHint: 'Year of creation, 4 digits; leave one out for an open end',
  apply: 'Apply',
  anyOf: 'Nothing ticked means all three',
  otherCentre: 'Another centre',
  suggestions: (name: string): string => `${name}: found in these results`,
  suggestionCount: (count: number): string => formatPlural(count, 'record', 'records'),
  fromResults: 'In these results',
  notAYear: (text: string): string => `“${text}” is not a year of 4 digits`,
  yearTooOld: (first: number): string => `Nothing in the library is older than ${first}`,
  yearToCome: (year: number): string => `This is ${year}; later years are not there yet`,
  yearsCrossed: (to: number, from: number): string => `${to} is before ${from}`,
  tooLong: (limit: number): string => `Longer than ${formatCount(limit)} letters`,

  tooLongToSend: (name: string, limit: number): string =>
    `${name}: longer than the ${formatCount(limit)} letters that fit. Nothing was sent. Shorten it, then search again.`,
  notAYearToSend: (year: string): string =>
    `“${year}” is not a year of 4 digits. Nothing was sent. Change the years, then search again.`,

  layout: 'Layout',
  justified: 'Justified rows',
  square: 'Square tiles',

  asking: 'Asking NASA…',
  noAnswer: 'No answer yet',
  resultsOf: (total: number): string => (total === 1 ? 'result' : 'results'),
  loaded: (count: number): string => `, ${formatCount(count)} loaded`,
  announce: (total: number): string => formatPlural(total, 'result', 'results'),

  startTitle: 'Search the NASA Image and Video Library',
  startText:
    'Pictures, films and sounds of NASA’s centres and missions, with their credit lines. Type a word above, or begin with one of these.',
  startings: ['Apollo', 'nebula', 'Saturn', 'Mars', 'galaxy', 'Moon'],
  startFilters: 'A filter alone is a search too: all films of one year, say, or one centre.',

  emptyTitle: (q: string | undefined): string =>
    q === undefined
      ? 'Nothing in NASA Images for these filters'
      : `Nothing in NASA Images for “${q}”`,
  emptyText: (filters: readonly string[]): string =>
    filters.length === 0
      ? 'The archive was asked and answered: it has no record with all of these words. Fewer words, or another spelling, find more.'
      : `The archive was asked and answered. ${filters.length === 1 ? 'One filter is' : `${words[filters.length] ?? formatCount(filters.length)} filters are`} on: ${formatList(filters)}.`,
  searchFor: (words: string): string => `Search for “${words}”`,
  withoutFilter: (filter: string): string => `Without ${filter}`,
  clearFilters: (count: number): string =>
    count === 1 ? 'Clear the filter' : `Clear ${formatCount(count)} filters`,
  clearAll: 'Clear filters',
  changeWords: 'Change the words',
  noFilters: 'No filter is on',
  nothingToSelect: 'Nothing is loaded yet',

  failedTitle: 'NASA didn’t answer',
  failedBadTitle: 'NASA’s answer could not be read',
  failedRefusedTitle: 'NASA refused this search',
  failedWaitTitle: 'NASA asked us to slow down',
  failedTitleOurs: 'The search failed',
  failedMeaning: 'Your search is kept.',
  tryAgain: 'Try again',
  offlineTitle: 'You’re offline',
  offlineText:
    'This search needs the network. It is kept, your library opens as always, and downloads wait and go on by themselves.',
  checkAgain: 'Check again',
  openLibrary: 'Open the library',
  offlineBanner: (count: number): string =>
    `These ${formatCount(count)} results were loaded before. Downloads wait and go on by themselves.`,

  ceiling: (ceiling: number, total: number): string =>
    `NASA lists the first ${formatCount(ceiling)} of ${formatCount(total)}.`,
  listAll: (total: number): string => `List all ${formatCount(total)}`,
  listAllHint:
    'Asks for the whole list in parts and keeps it on this computer: all of it can be selected, and looked through without a network.',
  listAllFew: 'All of the list can then be selected, and looked through without a network.',

  opening: 'Opening the list…',
  allHeading: (name: string): string => `All results of ${name}`,
  allResults: 'All results',
  listedOf: (stored: number, total: number | null): string =>
    total === null
      ? `${formatCount(stored)} listed`
      : `${formatCount(stored)} of ${formatCount(total)}`,
  allListed: ', all listed',
  ofTotal: (total: number): string => `of ${formatCount(total)}`,
  close: 'Close',
  listing: 'Listing all results',
  listingParts: (requests: number): string => formatPlural(requests, 'request', 'requests'),
  timeLeft: (time: string): string => `${time} left`,
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  stopHint: 'Back to the search; what is listed stays on this computer',
  stopped: (stored: number): string =>
    `Stopped. The ${formatPlural(stored, 'record', 'records')} listed so far stay on this computer; List all goes on from there.`,
  pausedTitle: (stored: number, total: number | null): string =>
    total === null
      ? `Paused at ${formatCount(stored)}.`
      : `Paused at ${formatCount(stored)} of ${formatCount(total)}.`,
  pausedText: 'What is listed stays; it goes on where it was.',
  partialTitle: (stored: number, total: number, missing: number): string =>
    `${formatCount(stored)} of ${formatCount(total)}. ${formatCount(missing)} could not be reached.`,
  tryGaps: (count: number): string =>
    count === 1 ? 'Try it again' : `Try the ${formatCount(count)} again`,
  showGaps: 'Show gaps',
  gapsTitle: (missing: number): string =>
    missing === 1 ? '1 result is missing' : `${formatCount(missing)} results are missing`,
  gapsText: (parts: number): string =>
    `The archive was asked in parts, since it lists 10,000 results at most. ${parts === 1 ? 'One part is' : `${formatCount(parts)} parts are`} not whole; the others are.`,
  gapIsWhole: 'The list ends before its time. What came before is stored and right.',
  gapPart: 'Part',
  gapMissing: 'Missing',
  gapWhy: 'Why',
  gapSearch: 'Search this part',
  gapOf: (missing: number, hits: number): string =>
    `${formatCount(missing)} of ${formatCount(hits)}`,
  gapWhole: 'The whole search',
  gapsFailed: (parts: number): string =>
    parts === 1 ? 'One part did not answer.' : `${formatCount(parts)} parts did not answer.`,
  gapsIndistinguishable: (parts: number): string =>
    parts === 1
      ? 'In one part nothing tells the records apart.'
      : `In ${formatCount(parts)} parts nothing tells the records apart.`,
  gapsChanged: (parts: number): string =>
    parts === 1
      ? 'One part has fewer pages than the archive counts.'
      : `${formatCount(parts)} parts have fewer pages than the archive counts.`,
  rightNotWhole: 'The list is right but not whole.',
  listingFailedTitle: 'The listing stopped.',
  listingKept: (stored: number): string =>
    stored === 0 ? '' : `The ${formatPlural(stored, 'record', 'records')} listed so far stay.`,
  openFailedTitle: 'The whole list can’t be opened',
  openFailedText: 'The search itself works as always.',
  backToSearch: 'Back to the search',
  listAnew: 'List anew',
  listAnewHint: 'Asks for everything again and takes the place of what is stored',
  forget: 'Remove from this computer',
  forgotten:
    'The list was removed from this computer. Nothing in the library or on disk was touched.',
  storedName: 'Stored',
  missingName: 'Missing',
  requestsName: 'Requests',
  startedName: 'Begun',
  endedName: 'Ended',
  stateName: 'State',
  states: {
    listing: 'Being listed',
    paused: 'Paused',
    complete: 'Complete',
    partial: 'Not whole',
    failed: 'Stopped by a failure',
  },
  nothingStored: 'Nothing is listed yet',
  actFailed: 'That was not possible.',

  copyFrom: (moment: string, age: string): string => `from ${moment}, ${age}`,
  copyAged: (age: string): string => `from ${age}`,
  copyName: 'From',
  keptOf: (total: number): string => `of ${formatCount(total)}, from cache`,
  checking: 'Asking NASA…',
  newer: 'Newer results',
  newerHint: 'The archive’s answer differs from this copy; show it',
  noNewer: 'There are no newer results',
  newerTold: 'Newer results are there.',
  copyProblem: (moment: string, age: string): string =>
    `These are results kept from ${moment} (${age}).`,
  noAnswerTitle: 'NASA didn’t answer.',
  offlineCopy: (count: number, moment: string, age: string): string =>
    `These are ${formatPlural(count, 'result', 'results')} kept from ${moment} (${age}). Downloads wait and go on by themselves.`,
  offlineStored: (count: number): string =>
    `The ${formatPlural(count, 'result', 'results')} of this list are on this computer. Downloads wait and go on by themselves.`,
  nextTryIn: (time: string): string => `Next try by itself in ${time}`,
  goesOn: 'Goes on by itself when the network is back',
  showCopy: 'Show the kept copy',
  listed: (ceiling: number): string => `, ${formatCount(ceiling)} listed`,
  tooLongTitle: 'This search can’t be sent',
  endOfList: (count: number): string => `That is all: ${formatPlural(count, 'record', 'records')}.`,
  unreadable: (count: number): string =>
    `${formatPlural(count, 'record', 'records')} could not be read and ${count === 1 ? 'is' : 'are'} left out.`,
  doubled: (count: number): string =>
    `${formatPlural(count, 'record', 'records')} came twice and ${count === 1 ? 'is' : 'are'} shown once.`,
  moreFailed: (loaded: number): string =>
    `The results after the first ${formatCount(loaded)} could not be loaded.`,
  loadingMore: 'Loading more results',
  stalled:
    'NASA sent three pages with nothing new in them. What was loaded stays; another search may go further.',

  summary: 'This search',
  searchedFor: 'Words',
  totalName: 'Results',
  loadedName: 'Loaded',
  unreadableName: 'Unreadable',
  doubledName: 'Doubled',
  reachableName: 'Can be listed',
  summaryHint:
    'Click a picture to see its facts here. Ctrl or Shift selects several; a double click opens one.',
  summaryHintMac:
    'Click a picture to see its facts here. ⌘ or Shift selects several; a double click opens one.',
  filtersOn: (names: readonly string[]): string => formatList(names),
};

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
