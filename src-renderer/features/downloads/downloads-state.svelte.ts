/** Runs in the page. The download queue, as the window knows it. */
/* Nothing draws from these Maps and Sets directly; what is drawn is read from runes. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import { SvelteMap } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import type { DownloadsState, Notices } from '../../lib/deps.ts';
import { downloadsText } from '../../i18n/downloads.ts';
import { AskedFile, isAskedId } from './asked-file.svelte.ts';
import { timeLeft } from './download-figures.ts';
import { queueOriginal, toWanted, type WantedFile } from './wanted-files.ts';

const isEnded = (item: DownloadItem): boolean =>
  item.state === 'done' || item.state === 'failed' || item.state === 'quarantined';

const renditionKey = (ref: RecordRef, rendition: string): string => `${rendition}\n${ref}`;

/** Newest first; the id decides between two of the same millisecond. */
const byAge = (a: DownloadItem, b: DownloadItem): number =>
  b.addedAtMs - a.addedAtMs || (a.id < b.id ? 1 : -1);

/** Learns from events first and from the snapshot second, so that nothing between the two is lost. */
export class Downloads implements DownloadsState {
  readonly #api: ArchiveApi;
  readonly #notices: Notices;
  readonly #now: () => number;
  readonly #byId = new SvelteMap<string, DownloadItem>();
  readonly #asked = new SvelteMap<string, AskedFile>();
  #askedCount = 0;
  readonly #items = $derived(
    [
      ...this.#byId.values(),
      ...[...this.#asked.values()].map((one) => one.item).filter((item) => item !== null),
    ].sort(byAge),
  );
  readonly #newest = $derived.by(() => {
    const newest = new Map<string, DownloadItem>();
    for (const item of this.#items) {
      const key = renditionKey(item.ref, item.rendition);
      if (!newest.has(key)) newest.set(key, item);
    }
    return newest;
  });
  /** Since when each running item runs, for a time left that is not guessed from one second. */
  readonly #runningSince = new Map<string, number>();
  /** Started here by a person, who wants to hear how it ended. */
  readonly #awaited = new Set<string>();
  /** Told by an event before the snapshot came; null afterwards. */
  #toldFirst: Set<string> | null = new Set();
  readonly #stops: (() => void)[];
  /** Resolves once the queue's rows are here. */
  readonly #isRead: Promise<void>;
  #tellWanted: (isMore: boolean) => void = () => undefined;
  /** What there is to tell at the end of this turn; null for nothing. */
  #wantedNews: boolean | null = null;

  constructor(api: ArchiveApi, notices: Notices, now: () => number = Date.now) {
    this.#api = api;
    this.#notices = notices;
    this.#now = now;
    this.#stops = [
      api.on('downloadChanged', ({ item }) => {
        this.#toldFirst?.add(item.id);
        this.#put(item);
      }),
      api.on('downloadRemoved', ({ id }) => {
        this.#toldFirst?.add(id);
        this.#drop(id);
      }),
    ];
    this.#isRead = this.#readAll();
  }

  get items(): readonly DownloadItem[] {
    return this.#items;
  }

  get activeCount(): number {
    return this.#items.filter((item) => item.state === 'active').length;
  }

  get speed(): number {
    return this.#items.reduce(
      (sum, item) => sum + (item.state === 'active' ? (item.speed ?? 0) : 0),
      0,
    );
  }

  get secondsLeft(): number | null {
    return timeLeft(this.#items, this.#runningSince, this.#now());
  }

  of(ref: RecordRef, rendition: string): DownloadItem | null {
    return this.#newest.get(renditionKey(ref, rendition)) ?? null;
  }

  async save(ref: RecordRef, rendition: string): Promise<void> {
    await this.#try(downloadsText.notStarted, async () => {
      const item = await this.#api.downloads.save({ ref, rendition });
      if (!this.#byId.has(item.id)) this.#put(item);
      this.#awaitEnd(item.id);
    });
  }

  announce({ record }: Parameters<DownloadsState['announce']>[0]): AskedFile {
    return this.#announce(record, this.#now());
  }

  /** What was asked for and is not in the queue yet. */
  get wanted(): WantedFile[] {
    return [...this.#asked.values()].flatMap(({ item }) =>
      item === null || item.state !== 'queued' ? [] : [toWanted(item)],
    );
  }

  /** Told when `wanted` has changed, at most once a turn, and whether by something more. */
  onWanted(told: (isMore: boolean) => void): void {
    this.#tellWanted = told;
  }

  /**
   * Asks again for what an earlier window was still asking for when it ended, one after the other. What reached
   * the queue then is left out. Each row says for itself what goes wrong.
   */
  async resume(wanted: readonly WantedFile[]): Promise<void> {
    if (wanted.length === 0) return;
    await this.#isRead;
    const isQueued = ({ ref, addedAtMs }: WantedFile): boolean =>
      this.#items.some((item) => item.ref === ref && item.addedAtMs >= addedAtMs);
    const rows = wanted
      .filter((one) => !isQueued(one))
      .map((one) => ({ one, row: this.#announce(one, one.addedAtMs) }));
    for (const { one, row } of rows) {
      const item = await row.ask(queueOriginal(this.#api, one.ref)).catch(() => null);
      if (item !== null) this.queued(item);
    }
  }

  #announce(record: Pick<WantedFile, 'ref' | 'title'>, addedAtMs: number): AskedFile {
    this.#askedCount += 1;
    const asked = new AskedFile(this.#askedCount, record, addedAtMs, () => {
      this.#asked.delete(asked.id);
      this.#wantedChanged(false);
    });
    this.#asked.set(asked.id, asked);
    this.#wantedChanged(true);
    return asked;
  }

  #wantedChanged(isMore: boolean): void {
    const isFirst = this.#wantedNews === null;
    this.#wantedNews = isMore || this.#wantedNews === true;
    if (!isFirst) return;
    queueMicrotask(() => {
      const news = this.#wantedNews === true;
      this.#wantedNews = null;
      this.#tellWanted(news);
    });
  }

  /** Takes over what the queue answered to a wish that was announced. */
  queued(item: DownloadItem): void {
    if (!this.#byId.has(item.id)) this.#put(item);
    this.#awaitEnd(item.id);
  }

  async cancel(id: string): Promise<void> {
    if (isAskedId(id)) {
      this.#asked.get(id)?.cancel();
      return;
    }
    await this.#try(downloadsText.notCancelled, async () => {
      const before = this.#byId.get(id);
      this.#awaited.delete(id);
      this.#putAnswer(before, await this.#api.downloads.cancel({ id }));
    });
  }

  async retry(id: string): Promise<void> {
    if (isAskedId(id)) {
      // What goes wrong is told by the row.
      const item = await this.#asked
        .get(id)
        ?.askAgain()
        .catch(() => null);
      if (item) this.queued(item);
      return;
    }
    await this.#try(downloadsText.notStarted, async () => {
      const before = this.#byId.get(id);
      this.#putAnswer(before, await this.#api.downloads.retry({ id }));
      this.#awaitEnd(id);
    });
  }

  async remove(id: string): Promise<void> {
    if (isAskedId(id)) {
      this.#asked.get(id)?.withdraw();
      return;
    }
    await this.#try(downloadsText.notTakenOff, async () => {
      await this.#api.downloads.remove({ id });
      this.#drop(id);
    });
  }

  async showInFolder(id: string): Promise<void> {
    await this.#try(downloadsText.notShown, async () => {
      await this.#api.downloads.showInFolder({ id });
    });
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  /** Events of the same item may have overtaken the answer of a call: they are newer. */
  #putAnswer(before: DownloadItem | undefined, answer: DownloadItem): void {
    if (this.#byId.get(answer.id) === before) this.#put(answer);
  }

  #awaitEnd(id: string): void {
    const item = this.#byId.get(id);
    if (item === undefined) return;
    if (isEnded(item)) this.#tell(item);
    else this.#awaited.add(id);
  }

  #put(item: DownloadItem): void {
    this.#byId.set(item.id, item);
    if (item.state !== 'active') this.#runningSince.delete(item.id);
    else if (!this.#runningSince.has(item.id)) this.#runningSince.set(item.id, this.#now());
    if (isEnded(item) && this.#awaited.delete(item.id)) this.#tell(item);
  }

  #drop(id: string): void {
    this.#byId.delete(id);
    this.#runningSince.delete(id);
    this.#awaited.delete(id);
  }

  #tell(item: DownloadItem): void {
    if (item.state === 'done') {
      this.#notices.show({
        text: downloadsText.saved(item.fileName),
        topic: 'saved',
        action: { label: downloadsText.showInFolder, run: () => this.showInFolder(item.id) },
      });
      return;
    }
    this.#notices.show({
      tone: 'trouble',
      text: downloadsText.ended(item.fileName, item.error?.message ?? null),
      action: { label: downloadsText.retry, run: () => this.retry(item.id) },
    });
  }

  async #readAll(): Promise<void> {
    await this.#try(downloadsText.notRead, async () => {
      const { items } = await this.#api.downloads.list();
      for (const item of items) if (this.#toldFirst?.has(item.id) !== true) this.#put(item);
    });
    this.#toldFirst = null;
  }

  async #try(meaning: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#notices.showError(error, meaning);
    }
  }
}
