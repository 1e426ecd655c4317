/**
 * Runs in plain Node. The files of a product. The registry gives parallel lists (names, addresses, sizes, checksums),
 * and parallel they must be: what can't be told to belong to a file is left out, never guessed.
 */
import type { Checksum } from '#contract/domain.ts';
import type { PdsFile } from '#contract/pds.ts';
import { isLoopbackHost } from '../../http/addresses.ts';
import { isoOrNull } from './dates.ts';
import { maybeText, type WireRow, type WireValues } from './wire.ts';

export interface FilesRead {
  files: PdsFile[];
  /** Lists that could not be paired with the files, by the registry's name. */
  unpaired: string[];
}

const members = [
  'file_name',
  'file_size',
  'md5_checksum',
  'mime_type',
  'creation_date_time',
] as const;
type Member = (typeof members)[number];

/** A product has a few files; the largest bundles' lists stay far below this. */
const mostFiles = 10_000;
const longestUrl = 4096;

/** The label and the data files. `base` is the service's address: an archive on this computer may serve http. */
export function readFiles(row: WireRow, base: URL): FilesRead {
  const label = readGroup(row, 'ops:Label_File_Info', 'label', base);
  const data = readGroup(row, 'ops:Data_File_Info', 'data', base);
  const files = [...label.files];
  const labelUrl = maybeText(row.labelUrl);
  if (files.length === 0 && labelUrl !== null) {
    files.push(toFile('label', labelUrl, new Map(), base));
  }
  return { files: [...files, ...data.files], unpaired: [...label.unpaired, ...data.unpaired] };
}

function readGroup(row: WireRow, place: string, role: PdsFile['role'], base: URL): FilesRead {
  const listOf = (member: string): WireValues => row.properties.get(`${place}.ops:${member}`) ?? [];
  const urls = listOf('file_ref').slice(0, mostFiles);
  if (urls.length === 0) return namesOnly(listOf('file_name'), role);
  const paired = new Map<Member, WireValues>();
  const unpaired: string[] = [];
  for (const member of members) {
    const values = listOf(member);
    if (values.length === 0) continue;
    if (values.length === urls.length) paired.set(member, values);
    else unpaired.push(`${place}.ops:${member}`);
  }
  // As many names as addresses, but of other files: then nothing beside the addresses is known to be in order.
  const names = paired.get('file_name');
  if (names !== undefined && areShuffled(names, urls)) {
    for (const member of paired.keys()) unpaired.push(`${place}.ops:${member}`);
    paired.clear();
  }
  const files = urls.flatMap((url, at) => {
    const address = maybeText(url);
    if (address === null || address.length > longestUrl) return [];
    const own = new Map([...paired].map(([member, values]) => [member, values[at] ?? null]));
    return [toFile(role, address, own, base)];
  });
  return { files, unpaired };
}

/** Files that the registry names without saying where they are. */
function namesOnly(names: WireValues, role: PdsFile['role']): FilesRead {
  const files = names.flatMap((value): PdsFile[] => {
    const name = maybeText(value);
    if (name === null) return [];
    return [
      {
        role,
        name,
        url: '',
        reach: 'dead',
        bytes: null,
        checksum: null,
        mime: null,
        created: null,
      },
    ];
  });
  return { files, unpaired: [] };
}

/** True where the same names stand in another order. A name that is none at all (1.3 puts dates there) says nothing. */
function areShuffled(names: WireValues, urls: WireValues): boolean {
  const tails = urls.map((url) => tailOf(url ?? ''));
  return names.some((value, at) => {
    const name = maybeText(value);
    return name !== null && name !== tails[at] && tails.includes(name);
  });
}

function toFile(
  role: PdsFile['role'],
  url: string,
  own: ReadonlyMap<Member, string | null>,
  base: URL,
): PdsFile {
  const name = maybeText(own.get('file_name'));
  const checksum = checksumOf(own.get('md5_checksum'));
  return {
    role,
    // In 1.3 pds4+json has the creation date where the name should be.
    name: name === null || isoOrNull(name) !== null ? tailOf(url) || (name ?? url) : name,
    url,
    reach: reachOf(url, checksum !== null, base),
    bytes: bytesOf(own.get('file_size')),
    checksum,
    mime: maybeText(own.get('mime_type')),
    created: isoOrNull(own.get('creation_date_time')),
  };
}

/** Bytes from decimal text; null for what is no size. */
export function bytesOf(value: string | null | undefined): number | null {
  const text = maybeText(value) ?? '';
  const bytes = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(bytes) ? bytes : null;
}

function checksumOf(value: string | null | undefined): Checksum | null {
  const text = maybeText(value)?.toLowerCase() ?? '';
  return /^[0-9a-f]{32}$/.test(text) ? { algorithm: 'md5', value: text } : null;
}

/** How a file can be had, told by its address alone. */
export function reachOf(url: string, hasChecksum: boolean, base: URL): PdsFile['reach'] {
  if (!URL.canParse(url)) return 'dead';
  const { protocol, hostname, username, password } = new URL(url);
  if (hostname === '' || username !== '' || password !== '') return 'dead';
  if (protocol === 'https:') return 'ok';
  if (protocol !== 'http:') return 'dead';
  if (isLoopbackHost(hostname) && isLoopbackHost(base.hostname)) return 'ok';
  return hasChecksum ? 'checked' : 'upgraded';
}

/** The last part of an address or path, decoded. */
function tailOf(url: string): string {
  const tail =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? '';
  try {
    return decodeURIComponent(tail);
  } catch {
    return tail;
  }
}
