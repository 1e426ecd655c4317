/**
 * Runs in the page. Names of users that were met in this run of the window: AstroBin finds users by their exact name
 * alone, so those that stand below images are worth remembering. Those of earlier runs are in main (`usersMet`).
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordCard } from '#contract/domain.ts';

const mostNames = 200;

export class NamesMet {
  /** The latest last. */
  readonly #names = new Set<string>();

  meet(name: string): void {
    if (name === '') return;
    this.#names.delete(name);
    this.#names.add(name);
    const oldest = this.#names.values().next().value;
    if (this.#names.size > mostNames && oldest !== undefined) this.#names.delete(oldest);
  }

  meetAuthors(cards: readonly RecordCard[]): void {
    for (const { record } of cards) {
      if (record.archive === 'astrobin') this.meet(record.credit ?? '');
    }
  }

  /** The latest first. */
  list(): string[] {
    return [...this.#names].reverse();
  }
}

const byApi = new WeakMap<ArchiveApi, NamesMet>();

export function namesMetOf(api: ArchiveApi): NamesMet {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const names = new NamesMet();
  byApi.set(api, names);
  return names;
}
