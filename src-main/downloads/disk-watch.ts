/**
 * Runs in plain Node. A disk that is full or refuses to be written to stops a whole group: the next file would fail
 * alike. The group waits, says why, and goes on by itself once the disk takes files again.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../http/clock.ts';
import type { Log } from '../db/log.ts';
import type { DownloadFs } from './download-fs.ts';
import type { DownloadRow } from './download-row.ts';
import { singleGroupSeq, type GroupsRepo } from './groups-repo.ts';
import type { RunEnd } from './run-job.ts';

export interface DiskWatchDeps {
  groups: GroupsRepo;
  fs: DownloadFs;
  clock: Clock;
  log: Log;
  /** A group goes on. */
  onMended(): void;
}

/** How often a disk that made trouble is looked at. */
const lookEveryMs = 5_000;
/** Room that a folder must have again before its group goes on. */
const leastFreeBytes = 64 * 1024 * 1024;

export class DiskWatch {
  readonly #deps: DiskWatchDeps;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #isLooking = false;

  constructor(deps: DiskWatchDeps) {
    this.#deps = deps;
  }

  /** A job of this row ended in trouble with the disk: its group is paused, and the row waits in its place. */
  onTrouble(row: DownloadRow, end: RunEnd): void {
    // Files that were saved one by one have folders of their own, and their ends are told one by one.
    if (row.groupId === singleGroupSeq || end.event.kind !== 'failed') return;
    const { error } = end.event;
    end.event = { kind: 'released' };
    this.#deps.groups.update(row.groupId, { isPaused: true, trouble: error });
    this.#lookedAtMs = this.#deps.clock.nowMs();
  }

  /** Looks, now and then, whether the disks of such groups take files again. */
  look(): void {
    const nowMs = this.#deps.clock.nowMs();
    if (this.#isLooking || Math.abs(nowMs - this.#lookedAtMs) < lookEveryMs) return;
    this.#lookedAtMs = nowMs;
    const troubled = this.#deps.groups.list().filter(({ trouble }) => trouble?.code === 'disk');
    if (troubled.length === 0) return;
    this.#isLooking = true;
    void Promise.all(
      troubled.map(async ({ seq, folder }) => {
        if (!(await this.#takesFiles(folder))) return;
        this.#deps.log('the disk takes files again', { folder });
        this.#deps.groups.update(seq, { isPaused: false, trouble: null });
        this.#deps.onMended();
      }),
    )
      .catch((error: unknown) => this.#deps.log('looking at a disk', { error: String(error) }))
      .finally(() => {
        this.#isLooking = false;
      });
  }

  async #takesFiles(folder: string): Promise<boolean> {
    const { fs } = this.#deps;
    const probe = join(folder, `.almagest-${randomBytes(6).toString('hex')}.part`);
    try {
      await fs.mkdir(folder, { recursive: true });
      const { bavail, bsize } = await fs.statfs(folder);
      if (bavail * bsize < leastFreeBytes) return false;
      const handle = await fs.open(probe, 'wx');
      await handle.close();
      await fs.unlink(probe);
      return true;
    } catch {
      return false;
    }
  }
}
