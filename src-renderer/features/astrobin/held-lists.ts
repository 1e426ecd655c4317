/**
 * Runs in the page. Lists of AstroBin that were looked at last, so that coming back to one, or stepping through its
 * images, asks for nothing again.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinParam, AstrobinPickKind } from '#contract/astrobin.ts';
import type { RecordCard, Settings } from '#contract/domain.ts';
import { CollectionList } from './collection-list.svelte.ts';
import { CrawlList } from './crawl-list.svelte.ts';
import { ImageList } from './image-list.svelte.ts';
import { namesMetOf } from './names-met.ts';
import { PickList } from './pick-list.svelte.ts';
import { paramsKey } from './search-params.ts';

/** Lists that stay; the one used longest ago goes first. */
const limit = 6;

interface Disposable {
  dispose(): void;
}

/** The last few of a kind of list, by what they are of. */
export class Held<T extends Disposable> {
  readonly #lists = new Map<string, T>();

  open(key: string, make: () => T): T {
    const list = this.#lists.get(key) ?? make();
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const [oldest] = this.#lists;
    if (this.#lists.size > limit && oldest !== undefined) this.drop(oldest[0]);
    return list;
  }

  /** The one of this that was used last, whatever archive was behind it. */
  latest(what: string): T | null {
    const key = [...this.#lists.keys()].findLast((one) => one.endsWith(` ${what}`));
    return key === undefined ? null : this.get(key);
  }

  get(key: string): T | null {
    return this.#lists.get(key) ?? null;
  }

  drop(key: string): void {
    this.#lists.get(key)?.dispose();
    this.#lists.delete(key);
  }
}

/** Another archive behind the same words is another list. */
export function sourceKey({ archiveMode, astrobinApi, sampleSize }: Settings): string {
  return archiveMode === 'sample' ? `sample ${sampleSize}` : `live ${astrobinApi}`;
}

export class AstrobinLists {
  readonly #api: ArchiveApi;
  readonly #images = new Held<ImageList>();
  readonly #crawls = new Held<CrawlList>();
  readonly #picks = new Held<PickList>();
  readonly #collections = new Held<CollectionList>();

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  images(
    source: string,
    params: readonly AstrobinParam[],
    onCards: (cards: RecordCard[]) => void,
  ): ImageList {
    const make = () =>
      new ImageList(this.#api, params, (cards) => {
        namesMetOf(this.#api).meetAuthors(cards);
        onCards(cards);
      });
    return this.#images.open(`${source} ${paramsKey(params)}`, make);
  }

  crawl(
    source: string,
    params: readonly AstrobinParam[],
    isWalk: boolean,
    onCards: (cards: RecordCard[]) => void,
  ): CrawlList {
    const key = `${source} ${paramsKey(params)}`;
    // One that looks through everything takes the place of the one that left some out.
    if (this.#crawls.get(key)?.isWalk === false && isWalk) this.#crawls.drop(key);
    return this.#crawls.open(key, () => new CrawlList(this.#api, params, isWalk, onCards));
  }

  picks(source: string, kind: AstrobinPickKind, onCard: (card: RecordCard) => void): PickList {
    const make = () =>
      new PickList(this.#api, kind, (card) => {
        namesMetOf(this.#api).meetAuthors([card]);
        onCard(card);
      });
    return this.#picks.open(`${source} ${kind}`, make);
  }

  collection(source: string, id: number, onCard: (card: RecordCard) => void): CollectionList {
    const make = () =>
      new CollectionList(this.#api, id, (card) => {
        namesMetOf(this.#api).meetAuthors([card]);
        onCard(card);
      });
    return this.#collections.open(`${source} ${id}`, make);
  }

  hasCrawl(source: string, params: readonly AstrobinParam[]): boolean {
    return this.#crawls.get(`${source} ${paramsKey(params)}`) !== null;
  }

  dropCrawl(source: string, params: readonly AstrobinParam[]): void {
    this.#crawls.drop(`${source} ${paramsKey(params)}`);
  }

  /** What is in memory of a search: the whole listing where there is one. */
  latest(params: readonly AstrobinParam[]): ImageList | CrawlList | null {
    const crawl = this.#crawls.latest(paramsKey(params));
    return crawl !== null && crawl.items.loaded > 0
      ? crawl
      : this.#images.latest(paramsKey(params));
  }

  latestPicks(kind: AstrobinPickKind): PickList | null {
    return this.#picks.latest(kind);
  }

  latestCollection(id: number): CollectionList | null {
    return this.#collections.latest(String(id));
  }
}

const byApi = new WeakMap<ArchiveApi, AstrobinLists>();

/** The lists that belong to an api; they live as long as it does. */
export function astrobinListsOf(api: ArchiveApi): AstrobinLists {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const lists = new AstrobinLists(api);
  byApi.set(api, lists);
  return lists;
}
