/** Words of a label's view. */
import type { LabelPlace } from '#contract/labels.ts';
import { formatAge, formatBytes, formatCount, formatPlural } from './format.ts';

const place = ({ line, column }: LabelPlace): string =>
  `line ${formatCount(line)}, column ${formatCount(column)}`;

export const labelText = {
  label: 'Label',
  product: 'Product',
  toProduct: 'Back to the product',
  bytes: (bytes: number): string =>
    bytes < 1_000_000 ? `${formatCount(bytes)} B` : formatBytes(bytes),
  read: (atMs: number, nowMs: number): string => `read ${formatAge(atMs, nowMs)}`,
  kept: (atMs: number, nowMs: number): string => `kept ${formatAge(atMs, nowMs)}`,
  reading: (bytes: number, of: number | null): string =>
    of === null
      ? `reading, ${formatBytes(bytes)} so far`
      : `reading, ${formatBytes(bytes)} of ${formatBytes(of)}`,
  readingBar: 'Reading the label',
  view: 'How the label is shown',
  tree: 'Tree',
  source: 'Source',

  search: 'Search the label',
  searchHint: 'Name, value or /XPath',
  xpathHint: '/pds:Product_Observational//pds:title',
  xpathField: 'XPath expression',
  xpath: 'XPath',
  xpathTip: 'Take the words as an XPath expression',
  hits: (at: number, count: number): string => `${formatCount(at)} of ${formatCount(count)}`,
  hitCount: (count: number): string => (count === 0 ? 'No match' : formatCount(count)),
  hitsSaid: (count: number): string =>
    count === 0 ? 'No match' : formatPlural(count, 'match', 'matches'),
  soFar: 'so far',
  next: 'Next match',
  previous: 'Previous match',
  clear: 'Clear the search',
  onlyMatches: 'Only matches',
  onlyWords: 'Only words leave out what has no match; an XPath expression is walked.',
  nothingSought: 'Nothing is looked for.',
  noMatch: 'Nothing matches.',
  expand: 'Expand',
  expandAll: 'Expand all',
  collapseAll: 'Collapse all',
  toLevel: (level: number): string => `Down to level ${level}`,
  mistake: (position: number | null, message: string): string =>
    position === null ? message : `Character ${formatCount(position + 1)}: ${message}`,
  matchOf: 'Match',
  result: { string: 'Text', number: 'Number', boolean: 'Truth' },
  emptyText: '(empty)',

  treeLabel: 'Elements of the label',
  treeHelp:
    'Right opens, Left closes or goes to the parent, star opens the siblings, Enter opens or closes. F3 goes to the next match.',
  name: 'Element',
  value: 'Value',
  words: 'words',
  noneFound: (text: string): string => `No row has “${text}”`,
  noneFoundText: 'Only matches are shown. The label itself is unchanged.',
  showAll: 'Show all rows',
  sourceLabel: 'Source of the label',
  sourceHelp: 'Arrows move, Enter shows the element of that line in the inspector.',
  sourceFailed: 'This part could not be read.',
  tryAgain: 'Try again',

  element: 'Element',
  text: 'Text beside elements',
  unit: 'Unit',
  cut: 'Only the beginning; the source has all of it.',
  showSource: 'Show in the source',
  showTree: 'Show in the tree',
  copyValue: 'Copy the value',
  valueCopied: 'Value copied.',
  attributes: 'Attributes',
  cutValue: 'cut',
  path: 'XPath',
  copyPath: 'Copy the XPath',
  copy: 'Copy',
  pathCopied: 'XPath copied.',
  pathStyle: 'How the XPath is written',
  withPrefixes: 'With prefixes',
  localName: 'local-name()',
  registry: 'In the registry',
  searchableAs: 'Searchable as',
  copyField: 'Copy the name of the field',
  fieldCopied: 'Name of the field copied.',
  findProducts: (value: string | null): string =>
    value === null ? 'Find products with this value' : `Find products with ${value}`,
  notIndexed: 'The registry has no field for this element.',
  noValue: 'This element has no value of its own.',
  valueFault: {
    none: 'This element has no value to look for.',
    long: 'The value is too long for a query.',
    quote: 'The registry’s language has no way to write a quote or a line end in a value.',
  },
  namespaces: 'Namespaces',
  noNamespaces: 'The label declares none.',
  model: (version: string): string => `Information model ${version}`,
  encoding: (name: string): string => `Encoding ${name}`,
  nothingSelected: 'No element is selected.',
  selectHint: 'Select an element to see its path and what the registry knows of it.',

  loading: 'Reading the label',
  loadingReason: 'The label is still being read.',
  failedReason: 'The label could not be read.',
  problem: 'The label could not be read to its end.',
  at: place,
  readAgain: 'Read again',
  shownUpTo: (elements: number): string =>
    `${formatPlural(elements, 'element is', 'elements are')} shown.`,
  offlineCopy: 'You’re offline.',
  standIn: 'The archive didn’t answer.',
  copyText: (atMs: number, nowMs: number): string =>
    `This is the label as kept ${formatAge(atMs, nowMs)}.`,
  checkAgain: 'Check again',
  notes: (count: number): string => formatPlural(count, 'note on the file', 'notes on the file'),

  goneTitle: 'This label is not there',
  goneText: (message: string): string =>
    `${message} The registry lists the product all the same. Its other files may still be at the archive.`,
  offlineTitle: 'You’re offline',
  offlineText: 'This label was not opened before, so no copy is kept. Nothing was lost.',
  failedTitle: 'The label could not be read',
  failedText: 'The product’s properties are in the registry, and its files can still be saved.',
} as const;
