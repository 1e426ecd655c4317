/** Runs in the page, pure. Which place of AstroBin the words in the search field name. */
import type { AstrobinParam } from '#contract/astrobin.ts';
import { toRef } from '#contract/domain.ts';
import type { Route } from '../lib/deps.ts';
import {
  hashOf,
  paramOf,
  partsOf,
  typedOf,
  withWords,
} from '../features/astrobin/search-params.ts';

/**
 * An image by its hash, else a search: the words with the filters that are on.
 * @param before those of `filters` that words stood for until now
 */
export function astrobinPlaceOf(
  text: string,
  filters: readonly AstrobinParam[],
  before: readonly string[] = [],
): Route {
  const parts = partsOf(text);
  const [only] = parts.length === 1 ? parts : [];
  const named = only?.name === 'hash' ? only.value.toLowerCase() : null;
  const hash = named ?? (only?.name === '' ? hashOf(only.value) : null);
  if (hash !== null) return { view: 'record', ref: toRef('astrobin', hash), from: null };
  const words = parts.filter(({ name }) => name !== 'hash').map(paramOf);
  const typed = typedOf(words);
  const params = withWords(filters, words, before);
  return { view: 'astrobin', params, ...(typed.length > 0 ? { typed } : {}) };
}
