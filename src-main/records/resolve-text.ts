/**
 * Runs in plain Node. Which record a text names: a reference, an id, a PIA number, the address of a record's
 * page or of one of its files. Asks nobody, so an id may still turn out to name nothing.
 */
import {
  parseRef,
  toRef,
  type ArchiveId,
  type ArchivePlace,
  type Resolution,
} from '#contract/domain.ts';
import { redactQuery } from '../http/redact.ts';
import { astrobinImageIn, astrobinPlaceIn } from './astrobin-addresses.ts';

const longestId = 1024;

/** Resolves a text; see `Resolution`. */
export function resolveText(text: string): Resolution {
  const wanted = text.trim().replace(/^<(.*)>$|^"(.*)"$/s, '$1$2');
  if (wanted === '') return none(null, 'Nothing was given. A NASA id, such as PIA24439, will do.');
  const ref = parseRef(wanted);
  if (ref !== null) {
    if (ref.archive === 'astrobin') return inAstrobin(ref.id, 'reference') ?? noHash(ref.id);
    if (ref.archive === 'nasa-images') return found(ref.id, 'reference');
    return inRegistry(ref.id, 'reference') ?? noIdentifier(ref.id);
  }
  if (/^urn:/i.test(wanted)) return inRegistry(wanted, 'number') ?? noIdentifier(wanted);
  const url = toUrl(wanted);
  if (url !== null) return resolveUrl(url, wanted);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(wanted) || otherScheme.test(wanted)) {
    return none(null, `“${shortened(wanted)}” is not a web address that Almagest knows.`);
  }
  if (/^(?:nasa|pds|astrobin):\s*$/i.test(wanted)) {
    return none(null, `Behind “${wanted}” an identifier is missing.`);
  }
  const number = /^pia[\s-]?(\d{5,6})$/i.exec(wanted)?.[1];
  if (number !== undefined) return found(`PIA${number}`, 'number');
  if (looksLikeHash(wanted)) return onAstrobin(wanted, 'text');
  // Some ids hold blanks, commas, quotes, even slashes: what is no address is taken as it stands.
  return wanted.length > longestId
    ? none(null, `An id has ${longestId} letters at most.`)
    : found(idOfFileName(wanted), 'text');
}

/** Addresses that are no places of an archive, and no id begins like. */
const otherScheme =
  /^(?:javascript|vbscript|data|blob|file|about|mailto|tel|ftp|wss?|view-source|chrome|app):\S/i;

function found(id: string, from: 'reference' | 'address' | 'number' | 'text'): Resolution {
  return { ref: toRef('nasa-images', id), archive: 'nasa-images', from, reason: null };
}

function none(
  archive: ArchiveId | null,
  reason: string,
  place: ArchivePlace | null = null,
): Resolution {
  return { ref: null, archive, from: null, place, reason };
}

type From = 'reference' | 'address' | 'number' | 'text';

function onAstrobin(id: string, from: From): Resolution {
  return { ref: toRef('astrobin', id), archive: 'astrobin', from, reason: null };
}

/** A hash, or the number of an image from before there were any. */
function inAstrobin(text: string, from: From): Resolution | null {
  const id = text.trim();
  return /^(?:[a-z0-9]{6}|\d{1,10})$/i.test(id) ? onAstrobin(id.toLowerCase(), from) : null;
}

/** Six small letters and digits, both of them: no id of NASA's that is known looks so. */
function looksLikeHash(text: string): boolean {
  return /^(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6}$/.test(text);
}

function noHash(text: string): Resolution {
  return none(
    'astrobin',
    `“${shortened(text)}” names no image of AstroBin. A hash has six letters and digits, such as yx76x9.`,
  );
}

function inAstrobinUrl(url: URL, text: string): Resolution {
  const image = astrobinImageIn(url);
  if (image !== null) return onAstrobin(image, 'address');
  const place = astrobinPlaceIn(url);
  const what = `This address of AstroBin names no image, “${shortened(text)}”.`;
  if (place?.kind === 'astrobin-user') {
    return none('astrobin', `This is the page of the user “${shortened(place.username)}”.`, place);
  }
  if (place?.kind === 'astrobin-collection') {
    return none('astrobin', 'This is the page of a collection, not of an image.', place);
  }
  return none('astrobin', what, place);
}

/** A lid or lidvid, with the full stop or comma that a sentence put behind it. */
const identifier = /^(urn:[a-z0-9]+:[a-z0-9]+:[^\s"<>&?#]{1,900}?)[.,;)]*$/i;

/** The product that an identifier names, or null for what is none. */
function inRegistry(text: string, from: 'reference' | 'address' | 'number'): Resolution | null {
  const id = identifier.exec(text.trim())?.[1];
  if (id === undefined) return null;
  const archive = 'pds-registry';
  return { ref: toRef(archive, id.toLowerCase()), archive, from, reason: null };
}

function noIdentifier(text: string): Resolution {
  return none(
    'pds-registry',
    `“${shortened(text)}” is no identifier of the PDS registry. One looks like urn:nasa:pds:bundle:collection:product::1.0.`,
  );
}

/** Pages and answers of the registry have the identifier in the path or in the query. */
function inRegistryUrl(url: URL): Resolution {
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()].map(decoded);
  for (const part of parts) {
    const known = inRegistry(part, 'address');
    if (known !== null) return known;
  }
  return none(
    'pds-registry',
    'This address of the Planetary Data System has no identifier in it. A lid or lidvid leads to the product.',
  );
}

/** Addresses with and without their scheme: the latter only where the host is one that we know. */
function toUrl(text: string): URL | null {
  const withScheme = /^https?:\/\//i.test(text)
    ? text
    : /^(?:[\w-]+\.)*(?:nasa\.gov|astrobin\.com)(?:[/?#]|$)/i.test(text)
      ? `https://${text}`
      : null;
  return withScheme !== null && URL.canParse(withScheme) ? new URL(withScheme) : null;
}

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function resolveUrl(url: URL, text: string): Resolution {
  const host = url.hostname.toLowerCase();
  if (isUnder(host, 'astrobin.com')) return inAstrobinUrl(url, text);
  if (
    host === 'pds.nasa.gov' ||
    /(?:^|[.-])pds[a-z-]*\.(?:[\w-]+\.)*(?:nasa\.gov|edu)$/.test(host)
  ) {
    return inRegistryUrl(url);
  }
  const isNasa = isUnder(host, 'nasa.gov');
  const id = isNasa ? idOfNasaUrl(host, url) : null;
  if (id !== null) return found(id, 'address');
  if (/^(?:www\.)?images\.nasa\.gov$/.test(host) && /^\/album\/./.test(url.pathname)) {
    const album = decoded(url.pathname.slice('/album/'.length).replace(/\/$/, ''));
    return none(
      'nasa-images',
      `This address is that of an album, “${shortened(album)}”, not of a record.`,
      { kind: 'album', name: album },
    );
  }
  return isNasa
    ? none('nasa-images', 'This address names no record of the NASA Image and Video Library.')
    : none(null, `${host} is no archive that Almagest knows.`);
}

/** The pages of the library, its files and its API; beyond these, a PIA number in the path. */
function idOfNasaUrl(host: string, url: URL): string | null {
  const path = url.pathname;
  if (/^(?:www\.)?images\.nasa\.gov$/.test(host)) {
    // /details/ID, /details-ID.html and, of old, #/details-ID.html.
    const place = path === '/' ? url.hash.replace(/^#/, '') : path;
    const part = /^\/details[-/](.+?)\/?$/.exec(place)?.[1];
    if (part !== undefined) return nonEmpty(decoded(part.replace(/\.html$/, '')));
  }
  if (host === 'images-assets.nasa.gov') {
    const part = /^\/(?:image|video|audio)\/([^/]+)\//.exec(path)?.[1];
    if (part !== undefined) return nonEmpty(decoded(part));
  }
  if (host === 'images-api.nasa.gov') {
    const part = /^\/(?:asset|metadata|captions)\/([^/]+)\/?$/.exec(path)?.[1];
    if (part !== undefined) return nonEmpty(decoded(part));
    const asked = path === '/search' ? url.searchParams.get('nasa_id') : null;
    if (asked !== null) return nonEmpty(asked);
  }
  const number = /(?:^|[^a-z0-9])pia(\d{5,6})(?:[^0-9]|$)/i.exec(path)?.[1];
  return number === undefined ? null : `PIA${number}`;
}

/** The name of one of the library's files names its record: `PIA24439~orig.jpg`. */
function idOfFileName(text: string): string {
  const match =
    /^([^/\\]+)~(?:orig|large|medium|small|thumb|mobile|preview|\d+k)\.[a-z0-9]{2,4}$/i.exec(text);
  return match?.[1] ?? text;
}

/** Decodes what is encoded; a percent sign of the id's own stays. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function nonEmpty(id: string): string | null {
  return id.trim() === '' || id.length > longestId ? null : id;
}

/** As it may be repeated: an address of AstroBin may have been copied with the key in it. */
function shortened(text: string): string {
  const shown = redactQuery(text);
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}
