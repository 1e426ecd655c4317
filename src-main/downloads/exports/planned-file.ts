/** Runs anywhere; pure. A file of a plan, as it is handed over to other tools. */
import type { ArchiveId, Checksum, RecordRef } from '#contract/domain.ts';

export interface PlannedFile {
  ref: RecordRef;
  archive: ArchiveId;
  rendition: string;
  url: string;
  /** Below the download folder, with `/`; from `renderName` and `assignNames`. */
  path: string;
  bytes: number | null;
  /** True where `bytes` is so to the byte: only then is it written where a tool would check it. */
  isExact: boolean;
  /** What the archive states or what we found ourselves; at most one of each algorithm. */
  checksums: readonly Checksum[];
  title: string;
  credit: string | null;
  licence: string | null;
}

/** A plan that can be gone through more than once, a row at a time: 100,000 rows are never in memory together. */
export type PlanSource = () => AsyncIterable<PlannedFile>;

/**
 * The address as a tool is to have it: printable ASCII without a blank. Throws `RangeError` for what is no address of
 * the web, which no plan holds.
 */
export function plainUrl(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  const { protocol, username, password, href } = parsed;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb || username !== '' || password !== '' || !/^[\x21-\x7e]+$/.test(href)) {
    throw new RangeError('a plan holds an address that cannot be handed over');
  }
  return href;
}

/** The path, looked at once more where it leaves our hands. Throws `RangeError` for one that could lead elsewhere. */
export function plainPath(path: string): string {
  const isSafe = path
    .split('/')
    .every((name) => name !== '' && !/^[.\s-]|[.\s]$|[\\:\p{Cc}]/u.test(name));
  if (!isSafe) throw new RangeError('a plan holds a path that cannot be handed over');
  return path;
}

/** The value of one algorithm in lower-case hexadecimal; null where there is none that could be one. */
export function checksumOf(
  { checksums }: PlannedFile,
  algorithm: Checksum['algorithm'],
): string | null {
  const value = checksums.find((one) => one.algorithm === algorithm)?.value.toLowerCase() ?? '';
  const digits = algorithm === 'md5' ? 32 : 64;
  return value.length === digits && /^[0-9a-f]+$/.test(value) ? value : null;
}

/** The size, where a tool may check it. */
export function exactBytes({ bytes, isExact }: PlannedFile): number | null {
  return isExact && bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}
