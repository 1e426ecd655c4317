/** Words of the PDS Registry: its tree, its filters and the inspector of a product. */
import type { PdsLevel } from '#contract/pds.ts';
import { formatCount, formatList, formatPlural } from './format.ts';

const levels: Readonly<Record<PdsLevel, string>> = {
  bundle: 'bundle',
  collection: 'collection',
  product: 'product',
};

/** The discipline nodes, by the registry's names. */
const nodes: Readonly<Record<string, string>> = {
  PDS_ATM: 'Atmospheres',
  PDS_ENG: 'Engineering',
  PDS_GEO: 'Geosciences',
  PDS_IMG: 'Cartography and Imaging Sciences',
  PDS_NAIF: 'Navigation and Ancillary Information',
  PDS_PPI: 'Planetary Plasma Interactions',
  PDS_RMS: 'Ring-Moon Systems',
  PDS_SBN: 'Small Bodies',
  PSA: 'Planetary Science Archive, ESA',
  JAXA: 'Data Archives and Transmission System, JAXA',
};

const filters = {
  target: 'Target',
  instrument: 'Instrument',
  investigation: 'Mission',
  observed: 'Observed',
} as const;

export const pdsText = {
  label: 'PDS Registry',
  tree: 'Bundles, collections and products',
  inspector: 'Product',

  columns: {
    title: 'Title',
    id: 'Identifier',
    members: 'Members',
    version: 'Version',
    size: 'Size',
  },
  unknown: '–',
  superseded: 'superseded',
  newest: 'newest',
  /** `isOnScroll`: they come by themselves; else by pressing the row. */
  more: (remaining: number | null, level: number, isOnScroll: boolean): string => {
    const places = ['bundles', 'in this bundle', 'in this collection'];
    const count = remaining === null ? 'More' : `${formatCount(remaining)} more`;
    const where = places[Math.min(level, places.length) - 1] ?? '';
    return `${count} ${where}, ${isOnScroll ? 'load on scroll' : 'show all'}`;
  },
  moreLoading: (remaining: number | null): string =>
    remaining === null ? 'Loading more' : `Loading ${formatCount(remaining)} more`,
  emptyNode: 'The registry lists nothing in it.',
  gap: 'A row that the registry counts and that could not be read',

  filterBar: 'Filters of the bundles',
  filters,
  filterValue: (name: string, value: string): string => `${name}: ${value}`,
  clearAll: 'Clear filters',
  bundles: (count: number): string => (count === 1 ? 'bundle' : 'bundles'),
  places: (count: number): string => (count === 1 ? 'place' : 'places'),
  counting: 'Asking the registry…',
  switchSuperseded: 'Superseded',
  choices: (name: string): string => `${name}s of the registry`,
  choose: (name: string): string => `Find a ${name.toLowerCase()}`,
  choosing: 'Asking the registry…',
  noChoice: (text: string): string =>
    text === '' ? 'The registry names none.' : `The registry names none with “${text}”.`,
  moreChoices: (shown: number, all: number): string =>
    `The first ${formatCount(shown)} of ${formatCount(all)}. More letters find others.`,
  choicesFailed: 'The choices could not be read.',
  from: 'From',
  until: 'Until',
  daysHint: 'A day, a month or a year: 2019-04-01, 2019-04 or 2019.',
  notADay: (text: string): string => `“${text}” is not a day. Write 2019-04-01, 2019-04 or 2019.`,
  daysCrossed: 'This is before the day that it begins with.',
  between: (from: string, until: string): string => {
    if (until === '') return `From ${from}`;
    return from === '' ? `Until ${until}` : `${from} to ${until}`;
  },
  apply: 'Apply',

  atProduct: (name: string): string => `The place of ${name} in the tree.`,
  atPlaces: (name: string, count: number): string =>
    `${name} is in ${formatPlural(count, 'place', 'places')} of the tree; all of them are open.`,
  atSomePlaces: (name: string, shown: number, all: number): string =>
    `${name} is in ${formatCount(all)} places of the tree; the first ${formatCount(shown)} are open.`,
  atNowhere: (name: string): string => `The registry names nothing that holds ${name}.`,
  parentsMissing: (reason: string): string =>
    `What holds it could not be read, so its place in the tree is not known. ${reason}`,

  emptyTitle: (text: string | undefined): string =>
    text === undefined ? 'No bundle fits these filters' : `No bundle has “${text}”`,
  emptyText: (filtersOn: readonly string[]): string => {
    if (filtersOn.length === 0) {
      return 'The registry was asked and answered: no title and no description has all of these words. Fewer words, or another spelling, find more.';
    }
    const isOne = filtersOn.length === 1;
    return `The registry was asked and answered. ${isOne ? 'One filter is' : `${formatCount(filtersOn.length)} filters are`} on: ${formatList(filtersOn)}.`;
  },
  emptyIdentifier:
    'It begins as an identifier does, but names no product: that takes four parts or more, such as urn:nasa:pds:insight_rad or urn:nasa:pds:insight_rad:data_raw:name::1.0.',
  clearFilters: (count: number): string =>
    count === 1 ? 'Clear the filter' : `Clear ${formatCount(count)} filters`,
  without: (filter: string): string => `Without ${filter}`,
  changeWords: 'Change the words',
  showAll: 'Show all bundles',

  failedTitle: 'The registry didn’t answer',
  failedBadTitle: 'The registry’s answer could not be read',
  failedRefusedTitle: 'The registry refused this',
  failedWaitTitle: 'The registry asked us to slow down',
  failedMeaning: 'Your place and your filters are kept.',
  tryAgain: 'Try again',
  nextTryIn: (time: string): string => `Next try by itself in ${time}`,
  goesOn: 'Goes on by itself when the network is back',
  offlineTitle: 'You’re offline',
  offlineText:
    'This list was not read before, so it is not on this computer. What you opened earlier still shows, and downloads wait and go on by themselves.',
  checkAgain: 'Check again',
  offlineCopy: (age: string): string => `The tree as kept ${age}; what was not opened then waits.`,
  copyTitle: 'The registry didn’t answer.',
  copyText: (age: string): string => `This was kept ${age}.`,
  copyAge: (age: string): string => `from ${age}`,
  unreadable: (count: number): string =>
    `${formatPlural(count, 'row', 'rows')} could not be read and ${count === 1 ? 'shows' : 'show'} as a gap; the others are right.`,

  notFoundTitle: 'The registry has no such product',
  notFoundText: (id: string): string =>
    `It was asked for ${id} and answered. The identifier may be misspelt, or the product withdrawn or not yet released; nothing was changed.`,
  notFoundVersion: 'Look for its newest version',
  notFoundParent: (level: PdsLevel, name: string): string => `Open the ${levels[level]} ${name}`,
  changeIdentifier: 'Change the identifier',
  wrongTitle: 'This is not an identifier of a product',
  wrongHow:
    'Nothing was asked. A lid is urn:agency:archive:bundle, then :collection, then :product, in small letters; ::1.0 after it names a version.',
  mistakes: {
    noUrn: 'It does not begin with urn:.',
    fewParts: (parts: number): string =>
      `It has ${formatPlural(parts, 'part', 'parts')}, and the smallest, of a bundle, has four.`,
    manyParts: (parts: number): string =>
      `It has ${formatCount(parts)} parts between colons; that of a product has six.`,
    emptyPart: 'There is nothing between two of its colons, or after the last.',
    sign: (sign: string): string =>
      `It holds ${sign === ' ' ? 'a blank' : `“${sign}”`}; letters, digits, dots, hyphens and underscores are allowed.`,
    version: (text: string): string =>
      text === ''
        ? 'The version after :: is missing.'
        : `“${text}” is not a version: that is two numbers, such as 1.0.`,
  },

  chooseRow: 'Nothing is chosen',
  chooseRowText: 'Click a row, or move to it by the arrow keys, to see its facts and files here.',
  loadingProduct: 'Reading the product',
  productFailed: 'The product could not be read',
  level: (level: PdsLevel): string => levels[level],
  path: 'Where it is',
  acts: 'Acts',
  saveData: (size: string | null): string => (size === null ? 'Save data' : `Save data, ${size}`),
  saveDataFiles: (count: number, size: string | null): string =>
    size === null
      ? `Save ${formatCount(count)} files`
      : `Save ${formatCount(count)} files, ${size}`,
  saveLabel: 'Save label',
  noData: 'The registry lists no data file that can be fetched.',
  noLabelFile: 'The registry lists no label that can be fetched.',
  openLabel: 'Label',
  openLabelHint: 'Show the label as a tree',
  cite: 'Cite',
  citeHint: 'Copy how it is to be cited',
  cited: 'Citation copied.',
  citedMade: 'The label gives no citation; title, identifier and archive were copied.',
  toParent: 'Go to what holds it',
  noParent: 'The registry names nothing that holds it.',
  parentUnknown: 'What holds it is not read yet.',
  nothingChosen: 'No product is chosen.',
  open: 'Open in the inspector',
  showPlace: 'Show its place in the tree',
  copyId: 'Copy the LIDVID',
  idCopied: 'Identifier copied.',
  copyAddress: 'Copy the file’s address',
  addressCopied: (name: string): string => `The address of ${name} was copied.`,
  noFile: 'The registry lists no file.',
  findMembers: 'Find its members by a query',
  noMembers: 'A product holds no others.',

  tabs: 'Parts of the product',
  overview: 'Overview',
  properties: (count: number): string => `Properties ${formatCount(count)}`,
  references: (count: number): string => `References ${formatCount(count)}`,
  lidvid: 'LIDVID',
  targets: 'Target',
  instruments: 'Instrument',
  missions: 'Mission',
  observed: 'Observed',
  openEnd: (from: string): string => `${from}, open end`,
  untilOnly: (until: string): string => `until ${until}`,
  span: (from: string, until: string): string => `${from} to ${until}`,
  notStated: 'Not stated',
  node: 'Node',
  nodeName: (id: string): string => (Object.hasOwn(nodes, id) ? `${nodes[id] ?? id} (${id})` : id),
  status: 'Archive status',
  kind: 'Class',
  member: 'Member of',
  memberIn: 'in',
  doi: 'DOI',
  copyDoi: 'Copy the DOI',
  citation: 'Citation',
  narrowBy: (name: string): string => `Show bundles of ${name}`,
  goTo: (name: string): string => `Show ${name} in the tree`,

  files: 'Files',
  noFiles: 'The registry lists no file for it.',
  noSize: 'Size not stated',
  noMd5: 'No md5 stated',
  notOnDisk: 'Not on disk',
  saveFile: (name: string): string => `Save ${name}`,
  copyFileAddress: (name: string): string => `Copy the address of ${name}`,
  showFile: (name: string): string => `Show ${name} in its folder`,
  cancelFile: (name: string): string => `Cancel saving ${name}`,
  cancel: 'Cancel',
  againFile: (name: string): string => `Save ${name} again`,
  verified: 'Verified',
  verifiedWhy: 'All bytes are here and the md5 of the registry matches.',
  noChecksum: 'No checksum',
  noChecksumWhy: 'The registry gives none for this file, so only its size was checked.',
  quarantined: 'Quarantined',
  quarantinedWhy:
    'All bytes came, the md5 differs. It was kept aside, without its final name. Fetch it again.',
  dead: 'Dead reference',
  deadWhy: (address: string): string =>
    address === ''
      ? 'Can’t be fetched: the label names no address for this file.'
      : `Can’t be fetched: “${address}” is no address on the network.`,
  upgraded: 'Tried as https',
  upgradedWhy: 'The registry gives an http address. It is asked for over https instead.',
  checked: 'Over http, checked',
  checkedWhy:
    'The node has no https. The file is fetched over http and kept only if its md5 matches.',
  typeSaid: (mime: string): string => `Stated type: ${mime}`,

  versions: 'Versions',
  versionsAside: 'by number, newest first',
  version: (level: PdsLevel, version: string): string => {
    const word = levels[level];
    return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${version}`;
  },
  noVersion: 'without a number',
  missing: {
    parents: 'What holds it could not be read.',
    versions: 'Its other versions could not be read.',
  },

  propertiesFilter: 'Filter the properties',
  propertiesPlaceholder: 'Name or value',
  propertiesNone: (text: string): string => `No property has “${text}”.`,
  propertiesEmpty: 'The registry gives no properties for it.',
  propertiesTable: 'Properties',
  propertiesShown: (shown: number, all: number): string =>
    `${formatCount(shown)} of ${formatCount(all)}`,
  showMore: (count: number): string => `Show ${formatCount(count)} more`,
  moreValues: (count: number): string => `${formatPlural(count, 'more value', 'more values')}`,
  noGroup: 'Other',
  copyValue: 'Copy value',
  copyName: 'Copy name',
  copyBoth: 'Copy name and value',
  copyCondition: 'Copy as a condition of a query',
  copyValueOf: (name: string): string => `Copy the value of ${name}`,
  copyShown: (count: number): string =>
    count === 1 ? 'Copy this property' : `Copy these ${formatCount(count)} properties`,
  valueCopied: (name: string): string => `The value of ${name} was copied.`,
  nameCopied: 'The name was copied.',
  bothCopied: (name: string): string => `${name} and its value were copied.`,
  conditionCopied: 'The condition was copied.',
  propertiesCopied: (count: number): string =>
    `${formatPlural(count, 'property was', 'properties were')} copied.`,

  noReferences: 'The registry names no other product with it.',
  roles: {
    target: 'Targets',
    component: 'Instruments and their hosts',
    investigation: 'Missions',
    parent: 'Held by',
    other: 'Named in its label',
  },
} as const;
