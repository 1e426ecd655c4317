/** Runs in the page, pure. What the results table can show of a product, and what of it is shown. */
import { formatBytes, formatCount } from '../../i18n/format.ts';
import { pdsQueryText } from '../../i18n/pds-query.ts';
import type { QueryRow } from './query-row.ts';

export interface Column {
  id: string;
  label: string;
  /** Of the grid's template. */
  width: string;
  /** Smallest width in rem; what is wider than the view is scrolled sideways. */
  least: number;
  align: 'start' | 'end';
  isMono?: boolean;
  /** '' where nothing is known. */
  text(row: QueryRow): string;
}

/** A time as the registry gives it, without its letters: `2019-04-01 00:32:17.929`. */
export function timeText(iso: string | null): string {
  if (iso === null) return '';
  return iso.replace('T', ' ').replace(/(?:\.000)?Z$/, '');
}

const names = pdsQueryText.columns;

/** In the order in which they stand; the identifier stands before them and is always there. */
export const columns: readonly Column[] = [
  {
    id: 'title',
    label: names.title,
    width: 'minmax(10rem, 1.2fr)',
    least: 10,
    align: 'start',
    text: ({ title }) => title,
  },
  {
    id: 'class',
    label: names.class,
    width: '9rem',
    least: 9,
    align: 'start',
    text: ({ productClass }) => (productClass ?? '').replace(/^Product_/, ''),
  },
  {
    id: 'start',
    label: names.start,
    width: '11rem',
    least: 11,
    align: 'start',
    text: ({ start }) => timeText(start),
  },
  {
    id: 'stop',
    label: names.stop,
    width: '11rem',
    least: 11,
    align: 'start',
    text: ({ stop, isOpenEnded }) => (isOpenEnded ? pdsQueryText.openEnd : timeText(stop)),
  },
  {
    id: 'target',
    label: names.target,
    width: '7rem',
    least: 7,
    align: 'start',
    text: ({ target }) => target ?? '',
  },
  {
    id: 'investigation',
    label: names.investigation,
    width: '9rem',
    least: 9,
    align: 'start',
    text: ({ investigation }) => investigation ?? '',
  },
  {
    id: 'component',
    label: names.component,
    width: '11rem',
    least: 11,
    align: 'start',
    text: ({ component }) => component ?? '',
  },
  {
    id: 'node',
    label: names.node,
    width: '5rem',
    least: 5,
    align: 'start',
    text: ({ node }) => node ?? '',
  },
  {
    id: 'status',
    label: names.status,
    width: '6rem',
    least: 6,
    align: 'start',
    text: ({ status }) => status ?? '',
  },
  {
    id: 'version',
    label: names.version,
    width: '4.5rem',
    least: 4.5,
    align: 'end',
    isMono: true,
    text: ({ version }) => version ?? '',
  },
  {
    id: 'files',
    label: names.files,
    width: '4rem',
    least: 4,
    align: 'end',
    text: ({ files }) => formatCount(files),
  },
  {
    id: 'size',
    label: names.size,
    width: '5rem',
    least: 5,
    align: 'end',
    text: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)),
  },
];

export const firstColumns: readonly string[] = ['start', 'target', 'version', 'size'];

/** The columns with these ids, in their own order; what is no id counts for nothing. */
export function columnsOf(ids: readonly string[]): Column[] {
  return columns.filter(({ id }) => ids.includes(id));
}

/** Remembered column ids; the first ones where what was remembered is no list of ids. */
export function readColumns(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return firstColumns;
  return columns.map(({ id }) => id).filter((id) => (value as unknown[]).includes(id));
}
