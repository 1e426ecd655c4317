/**
 * Runs in plain Node; pure. What an address of AstroBin names: an image by its hash or number, on the old site, the new
 * one (app.astrobin.com) or in the API; a user; a collection.
 */
import type { ArchivePlace } from '#contract/domain.ts';

const hashOrNumber = /^(?:[a-z0-9]{6}|\d{1,10})$/i;

/** Words in first place that are six letters long and no hash. */
const pages = new Set(['search', 'signup', 'forums', 'groups', 'photos', 'badges']);

function partsOf(url: URL): string[] {
  return url.pathname.split('/').filter((part) => part !== '');
}

/** The image's hash or number; null where the address names none. */
export function astrobinImageIn(url: URL): string | null {
  const [first = '', second = '', third = '', fourth = ''] = partsOf(url);
  const isImage = (part: string): boolean => hashOrNumber.test(part) && !pages.has(part);
  if (first === 'api') {
    return third === 'image' && isImage(fourth) ? fourth.toLowerCase() : null;
  }
  if (first === 'full' || first === 'i') return isImage(second) ? second.toLowerCase() : null;
  const asked = url.searchParams.get('i');
  if (asked !== null && isImage(asked)) return asked.toLowerCase();
  return isImage(first) ? first.toLowerCase() : null;
}

/** What else of AstroBin an address names. */
export function astrobinPlaceIn(url: URL): ArchivePlace | null {
  const [first = '', second = '', third = '', fourth = ''] = partsOf(url);
  if (first === 'users' && second !== '') {
    const id = third === 'collections' && /^\d{1,9}$/.test(fourth) ? Number(fourth) : null;
    if (id !== null && id > 0) return { kind: 'astrobin-collection', id };
    return { kind: 'astrobin-user', username: decoded(second) };
  }
  if (first === 'u' && second !== '') return { kind: 'astrobin-user', username: decoded(second) };
  return first === 'iotd' ? { kind: 'astrobin-day' } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
