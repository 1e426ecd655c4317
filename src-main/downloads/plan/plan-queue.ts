/** Runs in plain Node. What a plan asks of the queue, and the group that it becomes there. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../http/clock.ts';
import type { DownloadFs } from '../download-fs.ts';
import type { DownloadRow } from '../download-row.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import { placeBelow } from '../file-place.ts';
import { statOrNull } from '../files.ts';
import type { GroupRow, GroupsRepo } from '../groups-repo.ts';
import { keptName } from '../names/render-name.ts';
import { makeDownload } from '../new-download.ts';
import { isEnded } from '../state.ts';
import { findChosen, type FileRule, type PlanFile } from './plan-files.ts';
import type { PlanEntry, PlanStore } from './plan-store.ts';

export interface PlanQueueDeps {
  repo: DownloadsRepo;
  groups: GroupsRepo;
  fs: DownloadFs;
  clock: Clock;
  store: PlanStore;
  /** True where what waits in other groups is taken into a new one: this process wants it now. */
  takesWaiting: boolean;
  /** This process wants these groups as well: files of its plan are on their way in them. */
  onJoined(groupSeqs: readonly number[]): void;
  /** The group is being written by this process, which wants it. */
  onFilling(group: GroupRow): void;
  /** The group is written, and goes on as any other. */
  onStarted(group: GroupRow): void;
}

/** Rows written in one transaction. */
const rowsAtOnce = 100;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export class PlanQueue {
  readonly #deps: PlanQueueDeps;

  constructor(deps: PlanQueueDeps) {
    this.#deps = deps;
  }

  /** What the queue and the disk know of a file of a plan: whole on disk, on its way, or neither. */
  async stateOf(file: PlanFile, folder: string): Promise<PlanFile['state']> {
    const place = placeBelow(folder, file.path);
    const same = this.#deps.repo.findSameWish(file.url, file.rendition, place.folder);
    for (const row of same) {
      if (row.state === 'done' && (await this.#isWhole(row))) return 'there';
    }
    const isOnItsWay = same.some(({ state }) =>
      this.#deps.takesWaiting ? state === 'active' : !isEnded(state),
    );
    return isOnItsWay ? 'queued' : 'wanted';
  }

  /** Waits for files that are on their way in other groups, or were when their process ended. */
  join(files: readonly PlanFile[], folder: string): void {
    const seqs = new Set<number>();
    for (const file of files) {
      const place = placeBelow(folder, file.path);
      const same = this.#deps.repo.findSameWish(file.url, file.rendition, place.folder);
      for (const { state, groupId } of same) if (!isEnded(state)) seqs.add(groupId);
    }
    if (seqs.size > 0) this.#deps.onJoined([...seqs]);
  }

  async #isWhole(row: DownloadRow): Promise<boolean> {
    if (row.finalName === null) return false;
    const stat = await statOrNull(this.#deps.fs, join(row.folder, row.finalName));
    return stat?.isFile() === true && stat.size === BigInt(row.totalBytes ?? -1);
  }

  /** Writes a group with these files. It counts only once all are written. */
  async fill(
    plan: { id: string; folder: string; rule: FileRule },
    files: readonly PlanFile[],
    options: { isPaused: boolean },
    onProgress: (written: number) => void,
    signal: AbortSignal,
  ): Promise<string> {
    const { repo, groups, clock } = this.#deps;
    const { title, wish } = plan.rule;
    const group = groups.insert({
      ...{ id: randomUUID(), title, folder: plan.folder, wish: JSON.stringify(wish) },
      ...{ state: 'filling', isPaused: options.isPaused, trouble: null },
      ...{ addedAtMs: clock.nowMs(), toldAtMs: null },
    });
    this.#deps.onFilling(group);
    try {
      for (let at = 0; at < files.length; at += rowsAtOnce) {
        const some = files.slice(at, at + rowsAtOnce);
        const entries = this.#entriesOf(plan.id, some);
        repo.transaction(() =>
          some.forEach((file, index) =>
            this.#insert(plan, file, entries.get(file.position), {
              groupId: group.seq,
              place: at + index + 1,
            }),
          ),
        );
        onProgress(at + some.length);
        await breathe();
        signal.throwIfAborted();
      }
      groups.update(group.seq, { state: 'open' });
    } catch (error) {
      await this.drop(group.seq);
      throw error;
    }
    this.#deps.onStarted({ ...group, state: 'open' });
    return group.id;
  }

  #entriesOf(plan: string, files: readonly PlanFile[]): Map<number, PlanEntry> {
    const entries = new Map<number, PlanEntry>();
    for (const { position } of files) {
      if (entries.has(position)) continue;
      const entry = this.#deps.store.entry(plan, position);
      if (entry !== null) entries.set(position, entry);
    }
    return entries;
  }

  #insert(
    plan: { folder: string; rule: FileRule },
    file: PlanFile,
    entry: PlanEntry | undefined,
    place: { groupId: number; place: number },
  ): void {
    const { repo, clock } = this.#deps;
    const found = entry === undefined ? null : findChosen(entry, plan.rule, file.rendition);
    if (found === null) throw new Error(`the plan has lost ${file.ref} ${file.rendition}`);
    const { record, creditLine, licenceNote } = found.record;
    const { rendition } = found.file;
    const below = placeBelow(plan.folder, file.path);
    const keepsName = keptName({ record, rendition: rendition.name }) === below.fileName;
    const hasSidecar = plan.rule.wish.withSidecar;
    const wish = { record, rendition, creditLine, licenceNote, hasSidecar };
    const row = makeDownload(wish, { ...below, keepsName }, place, clock.nowMs());
    // What waited, failed or was cancelled goes on from what is there, rather than beside it.
    const [before] = repo.findSameWish(row.url, row.rendition, row.folder);
    if (before === undefined || before.state === 'done' || before.state === 'active') {
      repo.insert(row);
      return;
    }
    const { url, statedBytes, statedExact, statedChecksum, fileName } = row;
    const change = { url, statedBytes, statedExact, statedChecksum, fileName, keepsName };
    const again = { ...change, ...place, record: row.record, mismatches: 0, listed: true };
    repo.update(before.id, again, { kind: 'retried' });
  }

  /** Takes away a group that was never acknowledged. */
  async drop(groupSeq: number): Promise<void> {
    while (this.#deps.repo.deleteInGroup(groupSeq, 500) > 0) await breathe();
    this.#deps.groups.delete(groupSeq);
  }

  /** Takes away the groups that a process which is gone did not finish. Only for the owner of the queue. */
  async dropUnfinished(beingFilled: ReadonlySet<number>): Promise<void> {
    for (const { seq } of this.#deps.groups.unfinished()) {
      if (!beingFilled.has(seq)) await this.drop(seq);
    }
  }
}
