/** Runs in the page, pure. The named queries of the settings. */
import type { SavedQuery } from '#contract/domain.ts';

/** With this query under this name, in the place of the one that had it. */
export function withQuery(saved: readonly SavedQuery[], name: string, q: string): SavedQuery[] {
  const at = saved.findIndex((one) => one.name === name);
  return at === -1 ? [...saved, { name, q }] : saved.toSpliced(at, 1, { name, q });
}

export function withoutQuery(saved: readonly SavedQuery[], name: string): SavedQuery[] {
  return saved.filter((one) => one.name !== name);
}

/** Those whose name holds these words, capitals or not. */
export function findQueries(saved: readonly SavedQuery[], text: string): SavedQuery[] {
  const wanted = text.trim().toLocaleLowerCase();
  return saved.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
}
