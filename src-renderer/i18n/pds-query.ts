/** Words of queries in the registry's own language: builder, text, runs and results. */
import type { PdsDialect, PdsPropertyType } from '#contract/pds.ts';
import { formatAge, formatCount, formatPlural } from './format.ts';

const products = (count: number): string => formatPlural(count, 'product', 'products');

const types: Readonly<Record<PdsPropertyType['type'], string>> = {
  string: 'text',
  integer: 'whole number',
  float: 'number',
  timestamp: 'date',
  boolean: 'yes or no',
  unsupported: '',
};

const valueHints: Readonly<Record<PdsPropertyType['type'], string>> = {
  string: 'Exact text',
  integer: 'A whole number',
  float: 'A number',
  timestamp: '2019, 2019-04 or 2019-04-01T00:00:00Z',
  boolean: 'true or false',
  unsupported: 'A value',
};

export const pdsQueryText = {
  title: 'Query',
  view: 'Query of the PDS Registry',
  savedAs: (name: string): string => `Saved as “${name}”`,
  savedAsChanged: (name: string): string => `Saved as “${name}”, changed`,
  open: 'Open',
  save: 'Save',
  copyAsCommand: 'Copy as command',
  commandCopied: 'Command copied. It lists all results, in a POSIX shell.',
  queryCopied: 'Query copied.',
  run: 'Run',
  cancel: 'Cancel',
  running: 'Asking the registry',
  runHint: 'Ask the registry',
  noQuery: 'There is no query yet.',
  unfinished: 'A condition is not finished.',
  notRunning: 'Nothing is being asked.',
  nothingToUndo: 'There is nothing to undo.',
  nothingToRedo: 'There is nothing to redo.',
  noResults: 'There are no results yet.',
  noRow: 'No product is chosen.',

  builder: 'Builder',
  productsWhere: 'Products where',
  joint: 'How many of these conditions hold',
  all: 'all',
  any: 'any',
  hold: 'of these hold',
  not: 'not',
  negate: 'Take the products for which this does not hold',
  group: (depth: number): string => `Group, level ${formatCount(depth)}`,
  condition: 'Condition',
  conditionName: (field: string, operator: string, value: string): string =>
    `${field === '' ? 'No property' : field} ${operator} ${value === '' ? 'nothing' : value}`,
  addGroup: 'Group',
  addConditionName: 'Add a condition',
  addGroupName: 'Add a group',
  addConditionHere: 'Add a condition to this group',
  addGroupHere: 'Add a group to this group',
  remove: (name: string): string => `Remove: ${name}`,
  removeGroup: 'Remove this group',
  move: (name: string): string => `Move: ${name}`,
  moveHelp: 'Drag it, or press Alt with the arrows up and down.',
  moved: (place: number, count: number): string =>
    `Moved to ${formatCount(place)} of ${formatCount(count)}`,
  field: 'Property',
  fieldPlaceholder: 'Property, such as lid',
  pattern: 'Property, or a pattern over names',
  operator: 'Comparison',
  value: 'Value',
  operators: {
    eq: 'is',
    ne: 'is not',
    like: 'is like',
    notLike: 'is not like',
    gt: 'is more than',
    ge: 'is at least',
    lt: 'is less than',
    le: 'is at most',
    exists: 'exists',
    notExists: 'does not exist',
  },
  timeOperators: {
    gt: 'is after',
    ge: 'is at or after',
    lt: 'is before',
    le: 'is at or before',
  },
  valueHints,
  likeHint: 'Beginning of a word and *',
  builderHeld:
    'The text cannot be read yet, so the builder shows the query as it was. Correct the text, or go on here.',
  builderEmpty:
    'The text cannot be read yet, so nothing stands here. Correct the text, or go on here.',

  types,
  suggestions: 'Properties',
  didYouMean: 'The registry has no such property. Did you mean:',
  noSuchProperty: 'The registry has no such property, and none that is near.',
  propertiesKnown: (count: number, atMs: number, nowMs: number): string =>
    `${formatPlural(count, 'property', 'properties')}, read ${formatShortAge(atMs, nowMs)}`,
  use: 'use',
  keepMine: 'keep mine',
  propertiesLoading: 'Reading the registry’s properties',
  propertiesFailed:
    'The registry’s properties could not be read. Names are not checked until then.',
  propertiesUnchecked: 'Names are not checked: the registry’s properties could not be read.',
  readAgain: 'Read them again',

  text: 'As the registry reads it',
  textLabel: 'The query as text',
  copyText: 'Copy the query',
  textPlaceholder: '(lid like "urn:nasa:pds:…*")',
  line: (line: number, title: string): string => `Line ${formatCount(line)}: ${title}`,
  titles: {
    unreadable: 'it cannot be read',
    'unknown-property': 'unknown property',
    value: 'a value that hardly fits',
  },
  refusedTitle: 'The registry refused this query',
  nothingSent: 'Nothing was sent.',
  nothingSentKept: 'Nothing was sent, and your last results below are untouched.',
  lastKept: 'Your last results below are untouched.',
  takeSuggestion: (side: string): string =>
    `Take the suggestion at ${side}, or press Esc and keep editing.`,
  left: 'the left',
  below: 'the property',
  useIt: (name: string): string => `Use ${name}`,
  orTitle: 'This registry answers “or” wrongly',
  orAround:
    'Versions up to 1.4.1 treat “or” as “and”. So Almagest asks for the same products with “not” and “and”, which are answered rightly:',
  notFinished: 'not finished',
  moreProblems: (count: number): string => `And ${formatCount(count)} more.`,
  dialects: {
    '1.3': 'The grammar of version 1.3',
    current: 'The grammar of the current service',
  } satisfies Record<PdsDialect, string>,
  dialectUnknown: 'No registry has answered yet; the grammar of version 1.3 is taken',
  at: (address: string): string => address.replace(/^https?:\/\//, ''),

  results: 'Results',
  count: (count: number | null, loaded: number): string =>
    count === null ? `${formatCount(loaded)} products so far` : products(count),
  fromRun: (atMs: number, nowMs: number): string => `asked ${formatAge(atMs, nowMs)}`,
  fromLastRun: (atMs: number, nowMs: number): string =>
    `from the last run, ${formatAge(atMs, nowMs)}, before this change`,
  unreadable: (count: number): string =>
    `${formatPlural(count, 'row', 'rows')} could not be read and ${count === 1 ? 'is' : 'are'} missing.`,
  table: 'Products found',
  tableHelp: 'Arrows move, Enter opens the product in the tree, Control C copies its lidvid.',
  columnsAct: 'Columns…',
  columnsHeading: 'Shown beside the identifier',
  resetColumns: 'As at first',
  columns: {
    identifier: 'Identifier',
    title: 'Title',
    class: 'Class',
    start: 'Start',
    stop: 'Stop',
    target: 'Target',
    investigation: 'Investigation',
    component: 'Instrument',
    node: 'Node',
    status: 'Status',
    version: 'Version',
    files: 'Files',
    size: 'Size',
  },
  openEnd: 'open',
  inAll: (prefix: string): string => `all in ${prefix}`,
  rowWaiting: 'On its way',
  rowFailed: 'Not loaded',
  rowGone: 'The registry counts a product here and gives none that can be read',
  partFailed: 'Some rows could not be had.',
  tryAgain: 'Try again',
  superseded: 'superseded',
  openInTree: 'Open in the tree',
  copyLidvid: 'Copy lidvid',
  copyPath: 'Copy lid, without the version',
  copied: (text: string): string => `Copied: ${text}`,
  onItsWay: 'The registry is being asked; the last results stay until it answers.',
  resizeEditor: 'Height of the editor',
  resizeText: 'Width of the text',

  emptyTitle: 'No product fits this query',
  emptyText: 'The registry answered; it has nothing for which all of this holds.',
  emptyReasons: (reasons: readonly string[]): string => reasons.join(' '),
  caseMatters: (value: string): string =>
    `“is” compares letter by letter: check capitals and spelling of ${value}.`,
  likeMatters: '“is like” looks for whole words; a beginning needs * after it.',
  andMatters: 'Every condition has to hold; take one out to see what it cost.',
  latestOnly: 'Lists hold the latest version of each product only.',
  failedTitle: 'The registry could not be asked',
  failedKept: 'Your query is kept, and your last results below are untouched.',
  failed: 'Your query is kept and nothing was lost.',
  beforeRun: 'Results stand here once the query has been run.',

  startTitle: 'Ask the registry in its own language',
  startText:
    'Put conditions together at the left or write them as text: both are the same query. Names of properties are completed as you type, and a mistake is shown before anything is sent.',
  startExamples: 'Begin with one of these',
  startEmpty: 'An empty query',
  startSaved: 'Or with one that you saved',
  /** `bundle`: one that the archive has. */
  examples: (bundle: string) => [
    {
      title: 'Everything of one bundle',
      text: 'All products whose identifier begins with the bundle’s: lid is like, with * at its end.',
      q: `(lid like "urn:nasa:pds:${bundle}:*")`,
    },
    {
      title: 'Observations from a day on',
      text: 'One class of products, and only those that begin at or after a time.',
      q: '((product_class eq "Product_Observational")\nand (pds:Time_Coordinates.pds:start_date_time ge "2019-04-01T00:00:00Z"))',
    },
    {
      title: 'Either of two targets',
      text: 'A group of which any condition is enough, beside one that has to hold.',
      q: '((product_class eq "Product_Collection")\nand ((ref_lid_target eq "urn:nasa:pds:context:target:planet.mars")\n  or (ref_lid_target eq "urn:nasa:pds:context:target:satellite.mars.phobos")))',
    },
  ],

  saveTitle: 'Save the query',
  saveText: 'It is kept in the settings, under a name of yours.',
  name: 'Name',
  saveAct: 'Save',
  replaceAct: 'Replace',
  nameMissing: 'Give it a name.',
  nameTooLong: (limit: number): string => `Longer than ${formatCount(limit)} letters`,
  nameTaken: (name: string): string => `“${name}” is replaced by this query.`,
  tooMany: (limit: number): string =>
    `${formatCount(limit)} queries are saved already. Remove one first.`,
  queryTooLong: (limit: number): string =>
    `Queries longer than ${formatCount(limit)} letters are not kept.`,
  saved: (name: string): string => `Saved as “${name}”.`,
  removed: (name: string): string => `“${name}” was removed. The query that is open stays.`,
  undo: 'Undo',
  openTitle: 'Saved queries',
  openNone: 'Nothing is saved yet. Save gives the open query a name.',
  openHint: 'Find by name',
  removeSaved: (name: string): string => `Remove “${name}” from the saved queries`,
  newQuery: 'New query',
  noMatch: (text: string): string => `No saved query has “${text}” in its name.`,
} as const;

/** `3 h ago`: short, for the foot of a list. */
function formatShortAge(atMs: number, nowMs: number): string {
  const minutes = Math.round((nowMs - atMs) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${formatCount(minutes)} min ago`;
  if (minutes < 48 * 60) return `${formatCount(Math.round(minutes / 60))} h ago`;
  return formatAge(atMs, nowMs);
}
