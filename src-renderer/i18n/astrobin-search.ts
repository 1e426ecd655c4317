/** Words of searching AstroBin. */
import { formatCount, formatPlural, formatTimeLeft } from './format.ts';

const fields: Readonly<Record<string, string>> = {
  subjects: 'Subject',
  user: 'User',
  title: 'Title',
  description: 'Description',
  uploaded: 'Uploaded',
  published: 'Published',
  w: 'Width',
  h: 'Height',
  data_source: 'Data source',
  remote_source: 'Remote source',
  order_by: 'Order',
};

const sources: Readonly<Record<string, string>> = {
  BACKYARD: 'Backyard',
  TRAVELLER: 'Traveller',
  OWN_REMOTE: 'Own remote observatory',
  AMATEUR_HOSTING: 'Amateur hosting facility',
  PUBLIC_AMATEUR_DATA: 'Public amateur data',
  PRO_DATA: 'Professional data',
  MIX: 'Mix',
  OTHER: 'Other',
  UNKNOWN: 'Unknown',
};

const orderNames: Readonly<Record<string, string>> = {
  '-uploaded': 'Newest upload first',
  uploaded: 'Oldest upload first',
  '-published': 'Newest published first',
  published: 'Oldest published first',
  title: 'Title, A to Z',
  '-title': 'Title, Z to A',
};

/** After a field's name: `Title: begins with “Orion”`. */
const lookups: Readonly<Record<string, string>> = {
  icontains: 'has',
  contains: 'has exactly',
  istartswith: 'begins with',
  startswith: 'begins exactly with',
  iendswith: 'ends with',
  endswith: 'ends exactly with',
  iexact: 'is',
  exact: 'is exactly',
  iregex: 'matches',
  regex: 'matches exactly',
};

const hints: Readonly<Record<string, string>> = {
  subjects: 'As M31, NGC 7000 or IC 434. Part of a name is enough: M3 finds M31 too.',
  user: 'The name exactly as it is written, capitals and all.',
  title: '“Exactly” tells capital and small letters apart.',
  description: '“Exactly” tells capital and small letters apart.',
  w: 'In pixels; leave one out for an open end.',
  h: 'In pixels; leave one out for an open end.',
  uploaded: 'A day such as 2022-03-01; leave one out for an open end. Both days count, in UTC.',
  published: 'A day such as 2022-03-01; leave one out for an open end. Both days count, in UTC.',
  remote_source: 'The code of a hosting site, such as DSW or ITU.',
};

export const astrobinSearchText = {
  view: 'AstroBin: search',
  heading: (name: string): string =>
    name === '' ? 'AstroBin: newest images' : `AstroBin: ${name}`,
  origin: (name: string): string => (name === '' ? 'AstroBin’s newest' : `“${name}”`),
  gallery: 'Images',
  filters: 'Filters',
  moreFilters: 'More',
  clearFilters: 'Clear filters',
  fieldName: (field: string): string => fields[field] ?? field,
  hintOf: (field: string): string | undefined => hints[field],
  dataSourceOf: (code: string): string => sources[code] ?? code,
  orderOf: (code: string): string => orderNames[code] ?? code,
  lookupName: (lookup: string): string => lookups[lookup] ?? lookup,
  looked: (lookup: string, value: string): string =>
    lookup === '' || lookup === 'icontains' ? value : `${lookups[lookup] ?? lookup} “${value}”`,
  ends: (from: string | null, until: string | null): string => {
    if (from !== null && until !== null) return from === until ? from : `${from} to ${until}`;
    return from === null ? `until ${until ?? ''}` : `from ${from}`;
  },
  lookup: 'How the words are looked for',
  from: 'From',
  until: 'Until',
  notADay: (text: string): string => `“${text}” is no day such as 2022-03-01`,
  daysCrossed: 'This day is before the other',
  notANumber: (text: string): string => `“${text}” is no whole number`,
  numbersCrossed: 'This is less than the other',
  anySource: 'Nothing ticked means all of them',
  apply: 'Apply',
  didYouMean: (names: readonly string[]): string => `Did you mean ${names.join(' or ')}?`,

  asking: 'Asking AstroBin…',
  count: (total: number, loaded: number): string =>
    loaded < total
      ? `${formatPlural(total, 'image', 'images')}, ${formatCount(loaded)} loaded`
      : formatPlural(total, 'image', 'images'),
  keptFrom: (age: string): string => `kept ${age}`,
  listedFrom: (age: string): string => `from ${age}`,
  unreadable: (count: number): string =>
    `${formatPlural(count, 'image', 'images')} came in a form that could not be read`,
  emptyTitle: (name: string): string =>
    name === '' ? 'AstroBin lists no images' : `Nothing in AstroBin for “${name}”`,
  emptyText:
    'AstroBin answered and has no image for all of this. A subject is found only in images that were plate-solved; the title finds the others.',
  inTitles: (words: string): string => `Search titles for “${words}”`,
  profile: (name: string): string => `Profile of ${name}`,
  partFailed: 'The rest could not be read.',
  tryAgain: 'Try again',
  wrongTitle: 'This search can’t be sent as it is',
  wrongText: 'Nothing was sent, since AstroBin would refuse it or leave a part out without a word.',
  withoutField: (name: string): string => `Without ${name}`,
  nothingToSelect: 'Nothing is loaded yet',
  selectedLoaded: (loaded: number, total: number, requests: number): string =>
    `The ${formatCount(loaded)} that are loaded are selected. Listing all ${formatCount(total)} would take ${formatPlural(requests, 'request', 'requests')} of today’s.`,
  selectedKnown: (known: number, total: number, requests: number): string =>
    `All ${formatCount(total)} are selected; what is done is done with the ${formatCount(known)} that are loaded. The others would take ${formatPlural(requests, 'request', 'requests')} of today’s.`,
  loadRest: (requests: number): string =>
    `Load the rest, ${formatPlural(requests, 'request', 'requests')}`,

  ceilingTitle: 'AstroBin stops at 100 images of a subject.',
  ceilingText: 'There may be more. Dates narrow the search; or all are listed in slices of dates.',
  listAll: 'List all by dates…',
  listAllTitle: 'List all images of this subject?',
  listAllText: (left: number | null): string =>
    `AstroBin is asked for one span of dates after the other, each below its 100: up to 50 requests to find the spans, then one for every 25 images.${left === null ? '' : ` ${formatPlural(left, 'request is', 'requests are')} left today; pictures take from them too.`} It can be stopped at any time, and what is listed stays.`,
  listAllAct: 'List all',
  listAllNone: 'Only a search by subject stops at 100.',
  cancel: 'Cancel',
  listing: (listed: number): string => `Listing all: ${formatPlural(listed, 'image', 'images')}`,
  requests: (count: number): string => `${formatPlural(count, 'request', 'requests')} so far`,
  stop: 'Stop',
  goOn: 'Go on',
  stopped: (listed: number): string =>
    `Stopped at ${formatPlural(listed, 'image', 'images')}. There may be more.`,
  complete: (listed: number): string => `All ${formatPlural(listed, 'image', 'images')} listed.`,
  incomplete: (listed: number): string =>
    `${formatPlural(listed, 'image', 'images')} listed, not all.`,
  lookThrough: 'Look through all',
  firstHundred: 'Show the first 100 again',
  failedAt: (listed: number): string =>
    `The listing stopped at ${formatPlural(listed, 'image', 'images')}.`,
  waits: (seconds: number): string => `goes on in ${formatTimeLeft(seconds)}`,
} as const;
