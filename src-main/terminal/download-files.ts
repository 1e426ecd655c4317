/**
 * Runs in plain Node. Fetches planned files through the queue and waits for their ends; the queue may be worked
 * on by the window as well, so ends are heard of by event or found by asking.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { CommandRun } from './command.ts';
import { toFile, type SavedFile } from './download-report.ts';
import type { FilePlan, PlannedFile } from './download-plan.ts';
import { toPublicError } from './output.ts';

/** Records whose files are asked for at once; the queue bounds what is fetched. */
const atOnce = 4;
/** Another process tells us nothing of the rows that it took. */
const lookEveryMs = 1_000;
const progressEveryMs = 500;
/** Nobody waits at a terminal until midnight for an archive's next day: the queue does. */
const patienceMs = 15 * 60_000;

const ended = new Set<DownloadItem['state']>(['done', 'failed', 'quarantined', 'cancelled']);

/** Fetches what the plans name; the plans come back with their files as they ended. */
export async function fetchFiles(
  run: CommandRun,
  plans: readonly FilePlan[],
): Promise<(FilePlan & { saved: SavedFile[] })[]> {
  const watch = new Watch(run, plans.flatMap(({ files }) => files).length);
  const waiting = [...plans.entries()];
  const results: (FilePlan & { saved: SavedFile[] })[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, plan] = next;
      const saved = await Promise.all(plan.files.map((file) => watch.fetch(plan.ref, file)));
      results[at] = { ...plan, saved };
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    throw run.signal.aborted ? cancelledHere() : error;
  } finally {
    watch.close();
  }
  return results;
}

class Watch {
  readonly #run: CommandRun;
  readonly #planned: number;
  readonly #items = new Map<string, DownloadItem>();
  readonly #waiting = new Map<string, (item: DownloadItem) => void>();
  readonly #timers: NodeJS.Timeout[];
  readonly #unsubscribe: () => void;
  readonly #paused = new Set<string>();
  #ended = 0;

  constructor(run: CommandRun, planned: number) {
    this.#run = run;
    this.#planned = planned;
    this.#unsubscribe = run.api.on('downloadChanged', ({ item }) => {
      if (this.#waiting.has(item.id)) this.#heard(item);
    });
    this.#timers = [
      setInterval(() => void this.#look(), lookEveryMs),
      setInterval(() => void this.#tellProgress(), progressEveryMs),
    ];
  }

  close(): void {
    this.#unsubscribe();
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** One file to its end. Throws only when cancelled. */
  async fetch(ref: RecordRef, file: PlannedFile): Promise<SavedFile> {
    const saved = await this.#fetch(ref, file).catch((error: unknown) => {
      if (!(error instanceof ArchiveError) || isCancelled(error)) throw error;
      return toFile(ref, file, { state: 'failed', error: error.toWire() });
    });
    this.#ended += 1;
    if (this.#run.output.format === 'ndjson') {
      await this.#run.output.value({ event: 'file', ...saved });
    }
    return saved;
  }

  async #fetch(ref: RecordRef, file: PlannedFile): Promise<SavedFile> {
    if (file.leftOut !== null) return toFile(ref, file, { state: 'skipped', error: file.leftOut });
    if (file.captions !== null) return this.#fetchCaptions(ref, file);
    const { api, signal } = this.#run;
    const wish = { ref, rendition: file.rendition };
    const queued = await api.downloads.save(wish, { signal });
    // Asked for anew, it does not wait for what held it before.
    const item = isPutOff(queued) ? await api.downloads.retry({ id: queued.id }) : queued;
    // Ended before we could have fetched it: it was there.
    const wasThere = item.state === 'done';
    return fromItem(file, wasThere ? item : await this.#endOf(item), wasThere);
  }

  async #fetchCaptions(ref: RecordRef, file: PlannedFile): Promise<SavedFile> {
    const { api, signal } = this.#run;
    const as = file.captions ?? 'srt';
    const { path, isNew } = await api.captions.save({ ref, as }, { signal });
    const bytes = await readFile(path);
    return toFile(ref, file, {
      state: isNew ? 'done' : 'skipped',
      path,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      verified: 'none',
    });
  }

  #endOf(item: DownloadItem): Promise<DownloadItem> {
    const { signal } = this.#run;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.delete(item.id);
        reject(cancelledHere());
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.set(item.id, (end) => {
        signal.removeEventListener('abort', onAbort);
        resolve(end);
      });
      this.#heard(item);
    });
  }

  #heard(item: DownloadItem): void {
    this.#items.set(item.id, item);
    if (ended.has(item.state) || isPutOff(item)) {
      const tell = this.#waiting.get(item.id);
      this.#waiting.delete(item.id);
      tell?.(item);
    } else this.#tellPause(item);
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
      void output.value({ event: 'paused', ref, rendition, url, error: why });
    } else output.message(`${ref} ${rendition} waits: ${error?.message ?? ''}`);
  }

  async #look(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const list = await this.#run.api.downloads.list().catch(() => null);
    const known = new Map((list?.items ?? []).map((item) => [item.id, item]));
    for (const id of [...this.#waiting.keys()]) {
      const item = known.get(id);
      if (item !== undefined) this.#heard(item);
      else if (list !== null) this.#gone(id);
    }
  }

  /** Someone took it off the list meanwhile. */
  #gone(id: string): void {
    const item = this.#items.get(id);
    if (item !== undefined) this.#heard({ ...item, state: 'cancelled' });
  }

  async #tellProgress(): Promise<void> {
    const { output } = this.#run;
    const open = [...this.#items.values()].filter(({ state }) => state === 'active');
    const received = open.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    const speed = open.reduce((sum, item) => sum + (item.speed ?? 0), 0);
    if (output.format === 'ndjson') {
      if (open.length === 0) return;
      await output.value({
        event: 'progress',
        planned: this.#planned,
        ended: this.#ended,
        active: open.length,
        receivedBytes: received,
        bytesPerSecond: Math.round(speed),
      });
      return;
    }
    const rate = `${(speed / 1e6).toFixed(1)} MB/s`;
    output.progress(`${this.#ended} of ${this.#planned} files, ${open.length} under way, ${rate}`);
  }
}

/** It goes on by itself, but not while anybody would watch. */
function isPutOff({ state, error }: DownloadItem): boolean {
  return state === 'waiting' && (error?.retryAfterMs ?? 0) > patienceMs;
}

function stateOf({ state }: DownloadItem, wasThere: boolean): SavedFile['state'] {
  if (state === 'done') return wasThere ? 'skipped' : 'done';
  return state === 'quarantined' || state === 'cancelled' ? state : 'failed';
}

/** A download that has ended as a file of the report. */
function fromItem(file: PlannedFile, item: DownloadItem, wasThere: boolean): SavedFile {
  return toFile(item.ref, file, {
    state: stateOf(item, wasThere),
    url: item.url,
    path: item.path,
    bytes: item.state === 'done' ? item.totalBytes : item.receivedBytes,
    sha256: item.sha256,
    verified: item.verified,
    error: item.error,
  });
}

function cancelledHere(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'Stopped. What has arrived is kept; the same command goes on from there.',
    retryable: true,
  });
}
