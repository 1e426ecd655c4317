/**
 * Runs in plain Node. What the user does with downloads, one, some, a group or all. Of a hundred thousand rows some
 * are changed at a time, so that nothing stalls; a group is paused by a mark of its own.
 */
import type { DownloadState } from '#contract/domain.ts';
import type { DownloadTarget } from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Clock } from '../http/clock.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { singleGroupSeq, type GroupsRepo } from './groups-repo.ts';
import type { JobRunner } from './job-runner.ts';

export type QueueVerb = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

export interface QueueCommandsDeps {
  repo: DownloadsRepo;
  groups: GroupsRepo;
  runner: JobRunner;
  clock: Clock;
  /** A row changed; removed ones are told of by `onRemoved`. */
  onChanged(id: string): void;
  onRemoved(id: string): void;
  /** A group, or the queue, changed. */
  onQueueChanged(): void;
}

const notThere = (what: string) =>
  new ArchiveError({
    code: 'not-found',
    message: `This ${what} is no longer in the list.`,
    retryable: false,
  });

/** Rows changed in one transaction, and between two breaths. */
const rowsAtOnce = 250;

/** States that each verb is for. */
const statesOf: Readonly<Record<QueueVerb, readonly DownloadState[]>> = {
  pause: ['queued', 'waiting', 'active'],
  resume: ['paused'],
  cancel: ['queued', 'waiting', 'paused', 'active'],
  retry: ['failed', 'quarantined', 'cancelled'],
  remove: ['done', 'failed', 'quarantined', 'cancelled'],
};

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class QueueCommands {
  readonly #deps: QueueCommandsDeps;

  constructor(deps: QueueCommandsDeps) {
    this.#deps = deps;
  }

  /** Does it with every row that it is for. Returns how many rows that were. */
  async run(verb: QueueVerb, target: DownloadTarget): Promise<number> {
    const changed =
      target.kind === 'items'
        ? await this.#onRows(verb, this.#rowsOf(target.ids))
        : await this.#onGroups(verb, target.kind === 'all' ? null : target.id);
    this.#deps.runner.wake();
    this.#deps.onQueueChanged();
    return changed;
  }

  #rowsOf(ids: readonly string[]): DownloadRow[] {
    return ids.map((id) => {
      const row = this.#deps.repo.get(id);
      if (row === null) throw notThere('download');
      return row;
    });
  }

  async #onGroups(verb: QueueVerb, id: string | null): Promise<number> {
    const { groups } = this.#deps;
    const chosen = groups.list().filter((group) => id === null || group.id === id);
    if (id !== null && chosen.length === 0) throw notThere('group');
    if (verb === 'pause') return await this.#pause(id, chosen);
    if (verb === 'resume') {
      if (id === null) groups.isPaused = false;
      for (const { seq } of chosen) groups.update(seq, { isPaused: false, trouble: null });
    }
    let changed = 0;
    for (const { seq } of chosen) {
      // Rows that a verb leaves in place must not be found again.
      const seen = new Set<string>();
      for (;;) {
        const ids = this.#deps.repo
          .idsInGroup({ groupSeq: seq, states: statesOf[verb] }, rowsAtOnce + seen.size)
          .filter((one) => !seen.has(one));
        if (ids.length === 0) break;
        ids.forEach((one) => seen.add(one));
        changed += await this.#onRows(verb, this.#rowsOf(ids));
        await breathe();
      }
      if (verb === 'remove') this.#dropEmpty(seq);
    }
    return changed;
  }

  /** Only marks; what is under way stops, and keeps what has arrived. */
  async #pause(id: string | null, chosen: readonly { seq: number }[]): Promise<number> {
    const { groups, repo } = this.#deps;
    if (id === null) groups.isPaused = true;
    else for (const { seq } of chosen) groups.update(seq, { isPaused: true, trouble: null });
    const seqs = new Set(chosen.map(({ seq }) => seq));
    const active = repo.active().filter(({ groupId }) => seqs.has(groupId));
    await Promise.all(active.map((row) => this.#release(row)));
    return active.length;
  }

  /** A row under way goes back to its place in the queue. */
  async #release(row: DownloadRow): Promise<void> {
    if (await this.#deps.runner.stopOne(row.id, 'released')) this.#deps.onChanged(row.id);
  }

  async #onRows(verb: QueueVerb, rows: readonly DownloadRow[]): Promise<number> {
    const fitting = rows.filter(({ state }) => statesOf[verb].includes(state));
    const resting = fitting.filter(({ state }) => state !== 'active');
    this.#deps.repo.transaction(() => {
      for (const row of resting) this.#onResting(verb, row);
    });
    for (const row of resting) {
      if (verb === 'cancel') await this.#deps.runner.removePart(this.#mustGet(row.id));
      if (verb === 'remove') this.#deps.onRemoved(row.id);
      else this.#deps.onChanged(row.id);
    }
    const active = fitting.filter(({ state }) => state === 'active');
    await Promise.all(active.map((row) => this.#onActive(verb, row)));
    return fitting.length;
  }

  #mustGet(id: string): DownloadRow {
    const row = this.#deps.repo.get(id);
    if (row === null) throw notThere('download');
    return row;
  }

  #onResting(verb: QueueVerb, row: DownloadRow): void {
    const { repo, clock } = this.#deps;
    switch (verb) {
      case 'pause':
        repo.update(row.id, {}, { kind: 'paused' });
        return;
      case 'resume':
        repo.update(row.id, {}, { kind: 'resumed' });
        return;
      case 'cancel':
        repo.update(row.id, {}, { kind: 'cancelled', atMs: clock.nowMs() });
        return;
      case 'retry':
        repo.update(row.id, { mismatches: 0 }, { kind: 'retried' });
        return;
      case 'remove':
        this.#remove(row);
    }
  }

  /** A finished row stays as the ledger of what is on disk; any other goes, its part with it. */
  #remove(row: DownloadRow): void {
    const { repo, runner } = this.#deps;
    if (row.state === 'done') {
      repo.update(row.id, { listed: false });
      return;
    }
    const { partName } = row;
    repo.delete(row.id);
    if (partName !== null) void runner.removePart(row).catch(() => {});
  }

  async #onActive(verb: QueueVerb, row: DownloadRow): Promise<void> {
    if (verb !== 'pause' && verb !== 'cancel') return;
    const why = verb === 'pause' ? 'paused' : 'cancelled';
    // What runs in another process is stopped by that process: two must never write one part.
    if (!(await this.#deps.runner.stopOne(row.id, why))) this.#deps.repo.ask(row.id, verb);
    this.#deps.onChanged(row.id);
  }

  /** A group that nothing is left of is not listed any more. */
  #dropEmpty(seq: number): void {
    const { repo, groups } = this.#deps;
    if (seq === singleGroupSeq || repo.lastPlace(seq) > 0) return;
    groups.delete(seq);
  }
}
