/** Runs in the page. The download queue, as the window knows it. */
import type { ArchiveApi } from '#contract/api.ts';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import { singleGroup, type DownloadQueue, type DownloadTarget } from '#contract/downloads.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { DownloadsState, DownloadVerb, Notices } from '../../lib/deps.ts';
import { downloadsText } from '../../i18n/downloads.ts';
import { Paced } from '../../lib/paced.ts';
import { KnownDownloads } from './known-downloads.svelte.ts';
import { countIn, countStates, figuresOf, leftOf, openStates } from './queue-figures.ts';

const isEnded = (item: DownloadItem): boolean =>
  item.state === 'done' || item.state === 'failed' || item.state === 'quarantined';

/** The queue is asked for so often while it changes. */
const queueMs = 250;
/** A time left from less than this is a guess. */
const settledAfterMs = 3_000;

/** Learns from events first and from the snapshot second, so that nothing between the two is lost. */
export class Downloads implements DownloadsState {
  readonly #api: ArchiveApi;
  readonly #notices: Notices;
  readonly #now: () => number;
  readonly #known: KnownDownloads;
  #queue = $state.raw<DownloadQueue | null>(null);
  #problem = $state.raw<WireError | null>(null);
  /** Since when something runs, for a time left that is not guessed from one second. */
  #runningSinceMs: number | null = null;
  /** Started here by a person, who wants to hear how it ended. Nothing draws from it. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #awaited = new Set<string>();
  readonly #reading = new Paced(queueMs, () => this.#read());
  readonly #stops: (() => void)[];

  constructor(api: ArchiveApi, notices: Notices, now: () => number = Date.now) {
    this.#api = api;
    this.#notices = notices;
    this.#now = now;
    this.#known = new KnownDownloads({
      api,
      onItem: (item) => this.#learnt(item),
      onError: (error) => notices.showError(error, downloadsText.notRead),
    });
    this.#stops = [
      api.on('downloadChanged', ({ item }) => this.#known.put(item)),
      api.on('downloadRemoved', ({ id }) => this.#known.dropped(id)),
      api.on('queueChanged', () => {
        this.#reading.call();
        this.#known.queueChanged();
      }),
    ];
    this.#reading.call();
  }

  get queue(): DownloadQueue | null {
    return this.#queue;
  }

  get problem(): WireError | null {
    return this.#problem;
  }

  get activeCount(): number {
    return countStates(this.#queue?.groups ?? [], ['active']);
  }

  get openCount(): number {
    return countStates(this.#queue?.groups ?? [], openStates);
  }

  get speed(): number {
    return (this.#queue?.groups ?? []).reduce((sum, { speed }) => sum + (speed ?? 0), 0);
  }

  get secondsLeft(): number | null {
    const groups = this.#queue?.groups ?? [];
    const since = this.#runningSinceMs;
    if (since === null || this.#now() - since < settledAfterMs) return null;
    return leftOf(groups, this.speed);
  }

  of(ref: RecordRef, rendition: string): DownloadItem | null {
    return this.#known.of(ref).findLast((item) => item.rendition === rendition) ?? null;
  }

  onDisk(ref: RecordRef): 'verified' | 'there' | null {
    const done = this.#known.of(ref).filter(({ state }) => state === 'done');
    if (done.length === 0) return null;
    return done.some(({ verified }) => verified === 'checksum') ? 'verified' : 'there';
  }

  /** Asks for the queue again; what goes wrong is in `problem`. */
  refresh(): void {
    this.#reading.call();
  }

  async save(ref: RecordRef, rendition: string): Promise<void> {
    await this.#try(downloadsText.notStarted, async () => {
      // What is told of it meanwhile belongs to what is known of the record.
      this.#known.of(ref);
      const item = await this.#api.downloads.save({ ref, rendition });
      this.#putAnswer(undefined, item);
      this.#awaitEnd(item);
    });
  }

  async command(verb: DownloadVerb, target: DownloadTarget): Promise<number | null> {
    const changed = await this.#try(downloadsText.notDone(verb), async () => {
      const answer = await this.#api.downloads.command({ verb, target });
      return answer.changed;
    });
    this.#reading.call();
    return changed;
  }

  async cancel(id: string): Promise<void> {
    await this.#try(downloadsText.notCancelled, async () => {
      const before = this.#known.get(id);
      this.#awaited.delete(id);
      this.#putAnswer(before, await this.#api.downloads.cancel({ id }));
    });
  }

  async retry(id: string): Promise<void> {
    await this.#try(downloadsText.notStarted, async () => {
      const before = this.#known.get(id);
      const item = await this.#api.downloads.retry({ id });
      this.#putAnswer(before, item);
      this.#awaitEnd(item);
    });
  }

  async showInFolder(id: string): Promise<void> {
    await this.#try(downloadsText.notShown, async () => {
      await this.#api.downloads.showInFolder({ id });
    });
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#known.dispose();
    this.#reading.dispose();
  }

  /** Events of the same item may have overtaken the answer of a call: they are newer. */
  #putAnswer(before: DownloadItem | undefined, answer: DownloadItem): void {
    if (this.#known.get(answer.id) === before) this.#known.put(answer);
  }

  #awaitEnd(item: DownloadItem): void {
    const now = this.#known.get(item.id) ?? item;
    if (isEnded(now)) {
      this.#tell(now);
      return;
    }
    this.#awaited.add(item.id);
    this.#known.follow(item.ref);
  }

  #learnt(item: DownloadItem): void {
    if (!isEnded(item) || !this.#awaited.delete(item.id)) return;
    this.#known.unfollow(item.ref);
    this.#tell(item);
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

  /** One notice for each group that has come to its end since the last look. */
  #tellEnded(queue: DownloadQueue): void {
    for (const group of queue.groups) {
      const before = this.#queue?.groups.find(({ id }) => id === group.id);
      const wasOpen = before !== undefined && countIn(before, openStates) > 0;
      if (group.id === singleGroup || !wasOpen || countIn(group, openStates) > 0) continue;
      const { done, files, troubled } = figuresOf(group);
      this.#notices.show({
        text: downloadsText.groupEnded(group.title, done, files),
        tone: troubled > 0 ? 'trouble' : 'plain',
        topic: `group-${group.id}`,
      });
    }
  }

  async #read(): Promise<void> {
    try {
      const queue = await this.#api.downloads.queue({});
      if (countStates(queue.groups, ['active']) === 0) this.#runningSinceMs = null;
      else this.#runningSinceMs ??= this.#now();
      this.#tellEnded(queue);
      this.#queue = queue;
      this.#problem = null;
    } catch (error) {
      if (isCancelled(error)) return;
      this.#problem =
        error instanceof ArchiveError
          ? error.toWire()
          : { code: 'unexpected', message: downloadsText.notRead, retryable: true };
    }
  }

  async #try<T>(meaning: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#notices.showError(error, meaning);
      return null;
    }
  }
}
