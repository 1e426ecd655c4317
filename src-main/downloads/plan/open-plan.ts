/** Runs in plain Node. One plan: reads its records, chooses the files, and becomes a group of the queue. */
import type { DownloadPlan, ExportFormat, PlannedFile } from '#contract/downloads.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import { writeExport, type ExportResult } from '../exports/write-export.ts';
import { filesToHandOver } from './plan-export.ts';
import { toWire } from '../failures.ts';
import type { PlannerDeps } from './planner-deps.ts';
import { figuresOf, type PlanFigures } from './plan-figures.ts';
import { PlanCollector, type ChosenFiles, type FileRule } from './plan-files.ts';
import { isLost, type PlanEntry } from './plan-store.ts';
import type { SavableOptions } from './savable-record.ts';

/** Where a plan's records come from. */
export interface PlanSource {
  /** How many there are, as far as that is known beforehand. */
  total: number | null;
  /** All of them, some at a time; one that can't be had is an entry as well. */
  entries(options: SavableOptions, signal: AbortSignal): AsyncGenerator<PlanEntry[]>;
}

/** Files looked at on disk between two breaths. */
const filesAtOnce = 200;
/** Least time between two words about a plan. */
const quietMs = 250;

type State = DownloadPlan['state'];

export class OpenPlan {
  readonly id: string;
  readonly #deps: PlannerDeps;
  readonly #source: PlanSource;
  readonly #ending = new AbortController();
  #folder: string;
  #rule: FileRule;
  #state: State = 'listing';
  #problem: WireError | null = null;
  #records = 0;
  #collector: PlanCollector;
  /** The rule or the folder changed since the collector was begun. */
  #isStale = false;
  #chosen: (ChosenFiles & { renamed: number }) | null = null;
  #figures: PlanFigures | null = null;
  #freeBytes: number | null = null;
  #written = 0;
  #groupId: string | null = null;
  #work: Promise<void> = Promise.resolve();
  #toldAtMs = 0;
  #callOff: NodeJS.Timeout | null = null;

  constructor(
    plan: { id: string; folder: string; rule: FileRule; source: PlanSource },
    deps: PlannerDeps,
  ) {
    this.id = plan.id;
    this.#folder = plan.folder;
    this.#rule = plan.rule;
    this.#source = plan.source;
    this.#deps = deps;
    this.#collector = new PlanCollector(plan.rule);
  }

  get rule(): FileRule {
    return this.#rule;
  }

  get folder(): string {
    return this.#folder;
  }

  begin(): void {
    this.#work = this.#guarded(async () => {
      await this.#list();
      await this.#choose();
    });
  }

  change(rule: FileRule, folder: string): void {
    if (this.#state === 'filling' || this.#state === 'started') throw alreadyStarted();
    this.#rule = rule;
    this.#folder = folder;
    this.#isStale = true;
    const isListing = this.#state === 'listing';
    if (isListing) return;
    this.#state = 'listing';
    this.#work = this.#guarded(() => this.#choose());
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#state = 'failed';
      this.#problem = toWire(error);
      this.#deps.log('a plan failed', { error: String(error) });
      this.#tell();
    }
  }

  async #list(): Promise<void> {
    const { signal } = this.#ending;
    const withSizes = this.#rule.wish.maxBytes !== null || this.#rule.rule.kind === 'largest-under';
    for await (const entries of this.#source.entries({ withSizes }, signal)) {
      signal.throwIfAborted();
      this.#deps.store.add(this.id, this.#records, entries);
      entries.forEach((entry, at) => this.#collector.add(this.#records + at, entry));
      this.#records += entries.length;
      this.#tell();
    }
  }

  /** Chooses the files of what was read, again where the rule changed meanwhile. */
  async #choose(): Promise<void> {
    const { signal } = this.#ending;
    while (this.#isStale || this.#chosen === null) {
      if (this.#isStale) await this.#collectAnew();
      const chosen = await this.#collector.named(signal);
      for (let at = 0; at < chosen.files.length && !this.#isStale; at += filesAtOnce) {
        await this.#lookOnDisk(chosen.files.slice(at, at + filesAtOnce));
        signal.throwIfAborted();
      }
      if (this.#isStale) continue;
      this.#chosen = chosen;
    }
    this.#freeBytes = await this.#deps.freeBytesAt(this.#folder);
    if (this.#isStale) {
      await this.#choose();
      return;
    }
    this.#figures = figuresOf(this.#chosen, this.#deps);
    this.#state = 'ready';
    this.#tell();
  }

  async #collectAnew(): Promise<void> {
    this.#isStale = false;
    this.#chosen = null;
    this.#collector = new PlanCollector(this.#rule);
    for await (const entries of this.#deps.store.entries(this.id, this.#ending.signal)) {
      for (const [position, entry] of entries) this.#collector.add(position, entry);
    }
  }

  async #lookOnDisk(files: ChosenFiles['files']): Promise<void> {
    await Promise.all(
      files.map(async (file) => {
        file.state = await this.#deps.queue.stateOf(file, this.#folder);
      }),
    );
  }

  async settled(signal: AbortSignal): Promise<void> {
    const cancelled = new Promise<never>((_resolve, reject) => {
      const stop = (): void => reject(cancelledHere());
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    });
    await Promise.race([this.#settle(), cancelled]);
  }

  async #settle(): Promise<void> {
    let work: Promise<void>;
    do {
      work = this.#work;
      await work;
    } while (work !== this.#work);
  }

  /** Becomes a group. Waits for the records first; a second call changes nothing. */
  async start(options: { isPaused: boolean }, signal: AbortSignal): Promise<void> {
    await this.settled(signal);
    if (this.#state === 'started' || this.#state === 'filling') return;
    if (this.#chosen === null || this.#figures === null) {
      throw new ArchiveError(this.#problem ?? toWire(new Error('the plan is not ready')));
    }
    const wanted = this.#chosen.files.filter(({ state }) => state === 'wanted');
    this.#assertRoom();
    this.#state = 'filling';
    this.#tell();
    try {
      const onTheirWay = this.#chosen.files.filter(({ state }) => state === 'queued');
      this.#deps.queue.join(onTheirWay, this.#folder);
      if (wanted.length > 0) {
        const plan = { id: this.id, folder: this.#folder, rule: this.#rule };
        const onProgress = (written: number): void => {
          this.#written = written;
          this.#tell();
        };
        const ending = AbortSignal.any([signal, this.#ending.signal]);
        this.#groupId = await this.#deps.queue.fill(plan, wanted, options, onProgress, ending);
      }
      this.#state = 'started';
    } catch (error) {
      this.#state = 'ready';
      throw signal.aborted ? cancelledHere() : error;
    } finally {
      this.#tell();
    }
  }

  /** What is known not to fit is not begun. */
  #assertRoom(): void {
    const wanted = this.#figures?.bytes ?? 0;
    if (this.#freeBytes === null || wanted <= this.#freeBytes) return;
    throw new ArchiveError({
      code: 'disk',
      message: `Not enough room: ${String(wanted)} bytes wanted, ${String(this.#freeBytes)} free. Nothing was started. Choose another folder, or smaller files.`,
      retryable: true,
    });
  }

  /** Writes the files to fetch, and those that are there, as the list of another tool. */
  async export(format: ExportFormat, out: string, signal: AbortSignal): Promise<ExportResult> {
    await this.settled(signal);
    if (this.#chosen === null) {
      throw new ArchiveError(this.#problem ?? toWire(new Error('the plan is not ready')));
    }
    const { files } = this.#chosen;
    const plan = { id: this.id, rule: this.#rule };
    return await writeExport({
      ...{ format, out, signal },
      plan: () => filesToHandOver(plan, files, this.#deps.store),
      about: {
        generator: `Almagest ${this.#deps.version}`,
        writtenAtMs: this.#deps.nowMs(),
        description: this.#rule.title,
      },
    });
  }

  page(from: number, count: number, only: 'all' | 'refused'): PlannedFile[] {
    if (this.#chosen === null) return [];
    if (only === 'refused') {
      return this.#chosen.refused.slice(from, from + count).map(({ ref, rendition, reason }) => ({
        ...this.#recordOf(ref, null),
        ...{ ref, rendition: rendition ?? '', url: '', bytes: null, path: '' },
        ...{ state: 'refused', reason },
      }));
    }
    return this.#chosen.files.slice(from, from + count).map((file) => {
      const { ref, rendition, url, bytes, path, state } = file;
      const named = this.#recordOf(ref, file.position);
      return { ...named, ref, rendition, url, bytes, path, state, reason: null };
    });
  }

  #recordOf(ref: string, position: number | null): Pick<PlannedFile, 'archive' | 'kind' | 'title'> {
    const entry = position === null ? null : this.#deps.store.entry(this.id, position);
    if (entry !== null && !isLost(entry)) {
      const { archive, kind, title } = entry.record;
      return { archive, kind, title };
    }
    const archive = ref.startsWith('nasa:')
      ? 'nasa-images'
      : ref.startsWith('pds:')
        ? 'pds-registry'
        : 'astrobin';
    return { archive, kind: 'data', title: ref };
  }

  view(): DownloadPlan {
    const { title, wish } = this.#rule;
    const counts = this.#collector.counts;
    const figures = this.#figures;
    const isReady = figures !== null && this.#state !== 'listing';
    return {
      ...{ id: this.id, title, folder: this.#folder, wish },
      ...{ state: this.#state, problem: this.#problem },
      records: this.#records,
      total: this.#source.total,
      freeBytes: this.#freeBytes,
      written: this.#written,
      groupId: this.#groupId,
      ...(isReady
        ? figures
        : {
            ...{ files: counts.files, bytes: counts.bytes, unknown: 0, estimated: 0 },
            ...{ there: 0, queued: 0, refused: [], renamed: 0, byKind: {}, examples: [] },
            ...{ seconds: null, bytesPerSecond: null, requests: 0 },
          }),
    };
  }

  #tell(): void {
    if (this.#callOff !== null) return;
    const waitMs = Math.max(0, this.#toldAtMs + quietMs - Date.now());
    this.#callOff = setTimeout(() => {
      this.#callOff = null;
      this.#toldAtMs = Date.now();
      this.#deps.emit(this.view());
    }, waitMs);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    if (this.#callOff !== null) clearTimeout(this.#callOff);
    await this.#work.catch(() => {});
    await this.#deps.store.drop(this.id);
  }
}

function cancelledHere(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'This was cancelled. Nothing was started.',
    retryable: true,
  });
}

function alreadyStarted(): ArchiveError {
  return new ArchiveError({
    code: 'invalid-arguments',
    message: 'This plan was started already. Its files are in Downloads.',
    retryable: false,
  });
}
