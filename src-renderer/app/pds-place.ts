/** Runs in the page, pure. Which place of the registry the words in the search field name. */
import { toRef } from '#contract/domain.ts';
import type { PdsFilter } from '#contract/pds-lists.ts';
import type { Route } from '../lib/deps.ts';

/** A lid or lidvid, with or without our own prefix; references of papers end in a full stop now and then. */
const identifier = /^(?:pds:)?(urn:[a-z0-9]+:[a-z0-9]+:[^\s"<>]{1,1000}?)[.,;]?$/i;

/** An identifier leads to its product; anything else narrows the list of bundles. */
export function pdsPlaceOf(text: string, filter: PdsFilter): Extract<Route, { view: 'pds' }> {
  const id = identifier.exec(text)?.[1];
  if (id !== undefined) {
    return { view: 'pds', filter: {}, at: toRef('pds-registry', id.toLowerCase()) };
  }
  const { text: _before, ...others } = filter;
  return { view: 'pds', filter: text === '' ? others : { ...others, text } };
}
