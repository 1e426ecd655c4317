/**
 * Runs in plain Node. Plans a bulk, starts it and waits for its end. The queue may be worked on by another process, so
 * ends are heard of by event or found by asking.
 */
import type { DownloadItem } from '#contract/domain.ts';
import type { DownloadPlan, FileWish, PlannedFile } from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { CommandRun } from './command.ts';
import { toPublicError } from './output.ts';
import { plannedFile, savedFile, type Report, type SavedFile } from './saved-file.ts';
import type { Selected } from './selectors.ts';

const filesAtOnce = 500;
const refsAtOnce = 500;
const lookEveryMs = 500;
const progressEveryMs = 500;
/** Nobody waits at a terminal until midnight for an archive's next day: the queue does. */
const patienceMs = 15 * 60_000;

const ended = new Set<DownloadItem['state']>(['done', 'failed', 'quarantined', 'cancelled']);
const keyOf = ({ ref, rendition }: { ref: string; rendition: string }): string =>
  `${ref}\n${rendition}`;

/** A plan with all its files, closed by `close`. */
export interface ReadyPlan {
  plan: DownloadPlan;
  files: PlannedFile[];
  close(): Promise<unknown>;
}

/** Reads the records of a selection and chooses their files. Nothing is fetched. */
export async function planBulk(
  { api, output, signal }: CommandRun,
  { title, selection }: Selected,
  wish: FileWish,
): Promise<ReadyPlan> {
  const stop = api.on('planChanged', ({ plan }) => {
    const of = plan.total === null ? '' : ` of ${plan.total}`;
    output.progress(`Planning: ${plan.records}${of} records`);
  });
  try {
    const opened = await api.plans.open({ title, selection, wish });
    const close = () => api.plans.close({ id: opened.id });
    try {
      const plan = await api.plans.ready({ id: opened.id }, { signal });
      if (plan.problem !== null) throw new ArchiveError(plan.problem);
      const refused = await filesOf(api, plan.id, 'refused');
      return { plan, files: [...(await filesOf(api, plan.id, 'all')), ...refused], close };
    } catch (error) {
      await close();
      throw error;
    }
  } finally {
    stop();
  }
}

async function filesOf(
  api: CommandRun['api'],
  id: string,
  only: 'all' | 'refused',
): Promise<PlannedFile[]> {
  const all: PlannedFile[] = [];
  for (;;) {
    const { files } = await api.plans.files({ id, from: all.length, count: filesAtOnce, only });
    all.push(...files);
    if (files.length < filesAtOnce) return all;
  }
}

/** Fetches what a plan names, and answers with what became of every file. */
export async function fetchBulk(run: CommandRun, ready: ReadyPlan): Promise<Report> {
  const watch = new BulkWatch(run, ready.files);
  try {
    const { folder } = ready.plan;
    await watch.begin(folder);
    await run.api.plans.start({ id: ready.plan.id }, { signal: run.signal });
    return await watch.end();
  } catch (error) {
    throw run.signal.aborted ? cancelledHere() : error;
  } finally {
    watch.close();
  }
}

class BulkWatch {
  readonly #run: CommandRun;
  readonly #files: readonly PlannedFile[];
  readonly #pending = new Map<string, PlannedFile>();
  readonly #ended = new Map<string, SavedFile>();
  readonly #told = new Set<SavedFile>();
  readonly #active = new Map<string, DownloadItem>();
  readonly #paused = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #unsubscribe: () => void;
  #folder = '';
  #finish: () => void = () => {};
  #saying: Promise<void> = Promise.resolve();

  constructor(run: CommandRun, files: readonly PlannedFile[]) {
    this.#run = run;
    this.#files = files;
    for (const file of files) {
      if (file.state === 'wanted' || file.state === 'queued') this.#pending.set(keyOf(file), file);
    }
    this.#unsubscribe = run.api.on('downloadChanged', ({ item }) => this.#heard(item));
    this.#timers.push(
      setInterval(() => void this.#look().catch(() => {}), lookEveryMs),
      setInterval(() => this.#tellProgress(), progressEveryMs),
    );
  }

  close(): void {
    this.#unsubscribe();
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Files that are there already, with what is known of them. */
  async begin(folder: string): Promise<void> {
    this.#folder = folder;
    const there = this.#files.filter(({ state }) => state === 'there');
    for (const item of await this.#itemsOf(there)) {
      if (item.state === 'done') this.#ended.set(keyOf(item), savedFile(item, true));
    }
  }

  async #itemsOf(files: readonly PlannedFile[]): Promise<DownloadItem[]> {
    const wanted = new Set(files.map(keyOf));
    const refs = [...new Set(files.map(({ ref }) => ref))];
    const items: DownloadItem[] = [];
    for (let at = 0; at < refs.length; at += refsAtOnce) {
      const some = refs.slice(at, at + refsAtOnce);
      const found = (await this.#run.api.downloads.ofRefs({ refs: some })).items;
      items.push(...found.filter((item) => wanted.has(keyOf(item)) && this.#isBelow(item)));
    }
    return items;
  }

  /** The same file may have been saved to another folder as well. */
  #isBelow({ folder }: DownloadItem): boolean {
    return folder === this.#folder || folder.startsWith(this.#folder);
  }

  async end(): Promise<Report> {
    const { signal } = this.#run;
    await new Promise<void>((resolve, reject) => {
      this.#finish = resolve;
      const stop = (): void => reject(cancelledHere());
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#checkEnd();
    });
    await this.#saying;
    const files = this.#files.map((file) => this.#ended.get(keyOf(file)) ?? plannedFile(file));
    return { files, told: this.#told };
  }

  #checkEnd(): void {
    if (this.#pending.size === 0) this.#finish();
  }

  #heard(item: DownloadItem): void {
    const key = keyOf(item);
    if (!this.#pending.has(key) || !this.#isBelow(item)) return;
    if (item.state === 'active') this.#active.set(key, item);
    else this.#active.delete(key);
    if (!ended.has(item.state) && !isPutOff(item)) {
      this.#tellPause(item);
      return;
    }
    this.#pending.delete(key);
    const file = savedFile(item, false);
    this.#ended.set(key, file);
    if (this.#run.output.format === 'ndjson') {
      this.#told.add(file);
      this.#say({ event: 'file', ...file });
    }
    this.#checkEnd();
  }

  #say(value: object): void {
    this.#saying = this.#saying.then(() => this.#run.output.value(value)).catch(() => {});
  }

  /** A file that waits for its archive says so once, until it goes on. */
  #tellPause(item: DownloadItem): void {
    if (item.state !== 'waiting') {
      this.#paused.delete(item.id);
      return;
    }
    if (this.#paused.has(item.id)) return;
    this.#paused.add(item.id);
    const { output } = this.#run;
    const { ref, rendition, url, error } = item;
    if (output.format === 'ndjson') {
      const why = error === null ? null : toPublicError(error);
      this.#say({ event: 'paused', ref, rendition, url, error: why });
    } else output.message(`${ref} ${rendition} waits: ${error?.message ?? ''}`);
  }

  /** Another process tells us nothing of what it does; a few hundred are looked at each time. */
  async #look(): Promise<void> {
    const some = [...this.#pending.values()].slice(0, refsAtOnce);
    if (some.length === 0) return;
    for (const item of await this.#itemsOf(some)) this.#heard(item);
    // Those that were looked at go to the end of the line.
    for (const file of some) {
      const key = keyOf(file);
      if (!this.#pending.delete(key)) continue;
      this.#pending.set(key, file);
    }
  }

  #tellProgress(): void {
    const { output } = this.#run;
    const active = [...this.#active.values()];
    const planned = this.#files.length;
    const done = planned - this.#pending.size;
    const received = active.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    const speed = active.reduce((sum, item) => sum + (item.speed ?? 0), 0);
    if (output.format !== 'ndjson') {
      const rate = `${(speed / 1e6).toFixed(1)} MB/s`;
      output.progress(`${done} of ${planned} files, ${active.length} under way, ${rate}`);
      return;
    }
    if (active.length === 0) return;
    this.#say({
      event: 'progress',
      planned,
      ended: done,
      active: active.length,
      receivedBytes: received,
      bytesPerSecond: Math.round(speed),
    });
  }
}

/** It goes on by itself, but not while anybody would watch. */
function isPutOff({ state, error }: DownloadItem): boolean {
  return state === 'waiting' && (error?.retryAfterMs ?? 0) > patienceMs;
}

function cancelledHere(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'Stopped. What has arrived is kept; the same command goes on from there.',
    retryable: true,
  });
}
