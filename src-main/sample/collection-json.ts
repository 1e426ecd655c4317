/**
 * Runs in plain Node, any thread; pure. How records look on the wire: Collection+JSON as the NASA Image
 * and Video Library gives it, in version 1.0 (until 2024) or 1.1, with its habits: http addresses in the
 * envelope, blanks that are not encoded, fields and links that are sometimes missing.
 */
import { fileName } from './files.ts';
import type { SampleFile } from './files.ts';
import type { SampleRecord } from './record.ts';

export type Dialect = '1.0' | '1.1';

/** Where the server is, without a slash at the end: `http://127.0.0.1:PORT`. */
export interface Host {
  base: string;
  dialect: Dialect;
}

/** Folder of a record's files, not percent-encoded. */
export function folderUrl(host: Host, record: SampleRecord): string {
  return `${host.base}/assets/${record.media}/${record.nasaId}`;
}

function linkOf(host: Host, record: SampleRecord, file: SampleFile): Record<string, unknown> {
  const href = `${folderUrl(host, record)}/${fileName(record, file)}`;
  if (file.rel === 'captions') return { href, rel: 'captions' };
  if (host.dialect === '1.0') return { href, rel: file.rel, render: 'image' };
  const link = { href, rel: file.rel, render: 'image' };
  if (!file.isMeasured) return link;
  return { ...link, width: file.width, height: file.height, size: roundSize(file.sizeBytes) };
}

/** The archive rounds sizes to thousands, and above a megabyte to hundreds of thousands. */
function roundSize(bytes: number): number {
  const step = bytes >= 1_000_000 ? 100_000 : bytes >= 10_000 ? 1000 : 100;
  return Math.round(bytes / step) * step;
}

/** One item of a search. Absent values are absent keys. */
export function itemOf(host: Host, record: SampleRecord): Record<string, unknown> {
  const optional = {
    album: record.album === null ? null : [record.album],
    center: record.centre,
    description: record.description,
    description_508: record.description508,
    keywords: record.keywords,
    location: record.location,
    photographer: record.photographer,
    secondary_creator: record.secondaryCreator,
  };
  const data = {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    date_created: record.dateCreated,
    media_type: record.media,
    nasa_id: record.nasaId,
    title: record.title,
  };
  const shown = record.files.filter((file) =>
    host.dialect === '1.0' ? file.rel === 'preview' || file.rel === 'captions' : file.rel !== null,
  );
  return {
    href: `${folderUrl(host, record)}/collection.json`,
    data: [data],
    ...(record.hasLinks ? { links: shown.map((file) => linkOf(host, record, file)) } : {}),
  };
}

export interface PageOf {
  /** Path of the request, such as `/search`. */
  path: string;
  query: URLSearchParams;
  total: number;
  page: number;
  pageSize: number;
  records: SampleRecord[];
}

function pageUrl(host: Host, page: PageOf, number: number): string {
  const query = new URLSearchParams(page.query);
  query.delete('page');
  query.append('page', String(number));
  // The old service sorted the parameters of its links, the new one keeps their order.
  if (host.dialect === '1.0') query.sort();
  return `${host.base}${page.path}?${query.toString()}`;
}

/** The request as understood; the old service left it empty for a search without hits. */
function envelopeHref(host: Host, page: PageOf): string {
  if (host.dialect === '1.0' && page.total === 0) return '';
  const query = page.query.toString();
  return `${host.base}${page.path}${query === '' ? '' : `?${query}`}`;
}

/** The envelope of a search or an album. Links to further pages go on beyond the wall, as the archive's do. */
export function envelopeOf(host: Host, page: PageOf): Record<string, unknown> {
  const links: Record<string, string>[] = [];
  if (page.page > 1 && page.total > 0) {
    links.push({ rel: 'prev', prompt: 'Previous', href: pageUrl(host, page, page.page - 1) });
  }
  if (page.page * page.pageSize < page.total) {
    links.push({ rel: 'next', prompt: 'Next', href: pageUrl(host, page, page.page + 1) });
  }
  return {
    collection: {
      version: host.dialect,
      href: envelopeHref(host, page),
      items: page.records.map((record) => itemOf(host, record)),
      metadata: { total_hits: page.total },
      ...(links.length > 0 ? { links } : {}),
    },
  };
}

const listOrder = [
  'orig',
  '',
  'large',
  'medium',
  'mobile',
  'preview',
  'small',
  '128k',
  '64k',
  'thumb',
];

/** Files stand by their size's name, films before the pictures beside them. */
function rankOf(file: SampleFile): number {
  const [size = ''] = file.name.split('_');
  return (
    listOrder.indexOf(size) * 2 + (file.extension === 'jpg' || file.extension === 'png' ? 1 : 0)
  );
}

/** Addresses of every file of a record, metadata last: the asset list and collection.json. */
export function fileUrls(host: Host, record: SampleRecord): string[] {
  const files = [...record.files].sort((a, b) => rankOf(a) - rankOf(b));
  const folder = folderUrl(host, record);
  return [...files.map((file) => `${folder}/${fileName(record, file)}`), `${folder}/metadata.json`];
}
