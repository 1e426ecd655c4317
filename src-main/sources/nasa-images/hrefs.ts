/**
 * Runs in plain Node. The library's addresses are plain text, not URLs: blanks, accents and apostrophes
 * stand unencoded, the scheme is often http. This makes addresses of them that can be asked.
 */
import { isLoopbackHost } from '../../http/addresses.ts';

/** Encodes one path segment as the API wants ids: everything that is not unreserved. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/**
 * Encodes a path segment by segment. A valid `%XX` is taken as encoded already and kept; any other `%` is a
 * percent sign. `isRaw` says that every `%` is one.
 */
function encodePath(path: string, isRaw: boolean): string {
  return path
    .split('/')
    .map((segment) =>
      isRaw
        ? encodeSegment(segment)
        : segment
            .split(/(%[0-9A-Fa-f]{2})/)
            .map((part, at) => (at % 2 === 1 ? part : encodeSegment(part)))
            .join(''),
    )
    .join('/');
}

/**
 * The address that an href means, or null when it is none.
 *
 * - Each path segment is encoded once. An id that itself holds `%`, `?` or `#` is found in the path as it is,
 *   so there these characters belong to the path; elsewhere `?` begins a query and `%XX` is kept.
 * - http becomes https, but for a host on this computer while the archive itself is configured there.
 */
export function toAddress(href: string, id: string, base: URL): string | null {
  const match = /^(?:(https?):)?\/\/([^/?#\\\s]+)(.*)$/is.exec(href.trim());
  const host = match?.[2];
  if (match === null || host === undefined) return null;
  const rest = match[3] ?? '';
  const isRaw = /[%?#]/.test(id) && rest.includes(`/${id}`);
  const split = isRaw ? rest.length : rest.search(/[?#]|$/);
  const query = /^\?[^#]*/.exec(rest.slice(split))?.[0] ?? '';
  const path = encodePath(rest.slice(0, split), isRaw);
  const scheme = (match[1] ?? 'https').toLowerCase();
  const text = `${scheme}://${host}${path === '' ? '/' : path}${query}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const staysHttp = isLoopbackHost(url.hostname) && isLoopbackHost(base.hostname);
  if (url.protocol === 'http:' && !staysHttp) url.protocol = 'https:';
  return url.href;
}

/** The file's name as the library writes it: the last segment, decoded. */
export function fileNameOf(address: string): string {
  const segment = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
