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
  notAYear: (text: string): string => `“${text}” is not a year of 4 digits`,
  yearTooOld: (first: number): string => `Nothing in the library is older than ${first}`,
  yearToCome: (year: number): string => `This is ${year}; later years are not there yet`,
  yearsCrossed: (to: number, from: number): string => `${to} is before ${from}`,
  tooLong: (limit: number): string => `Longer than ${formatCount(limit)} letters`,

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
  emptyText: (filterCount: number): string =>
    filterCount === 0
      ? 'The archive was asked and answered: it has no record with all of these words. Fewer words, or another spelling, find more.'
      : `The archive was asked and answered. ${filterCount === 1 ? 'One filter is' : `${words[filterCount] ?? formatCount(filterCount)} filters are`} on.`,
  clearFilters: (count: number): string =>
    count === 1 ? 'Clear the filter' : `Clear ${formatCount(count)} filters`,
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
  copyDetails: 'Copy details',
  nextTry: (time: string): string => `Another try makes sense in ${time}`,
  offlineTitle: 'You’re offline',
  offlineText:
    'This search needs the network. It is kept, your library opens as always, and downloads wait and go on by themselves.',
  checkAgain: 'Check again',
  openLibrary: 'Open the library',
  offlineBanner: (count: number): string =>
    `These ${formatCount(count)} results were loaded before. Downloads wait and go on by themselves.`,

  ceiling: (ceiling: number, total: number): string =>
    `NASA lists the first ${formatCount(ceiling)} of ${formatCount(total)}; narrow the search by a filter to see the others.`,
  listed: (ceiling: number): string => `, ${formatCount(ceiling)} listed`,
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
