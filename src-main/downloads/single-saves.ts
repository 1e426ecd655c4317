/** Runs in plain Node. Files that are saved one by one: the same wish twice is one download. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RecordRef } from '#contract/domain.ts';
import type { Clock } from '../http/clock.ts';
import type { DownloadFs } from './download-fs.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { placeOfSingle } from './file-place.ts';
import { statOrNull } from './files.ts';
import { singleGroupSeq, type GroupsRepo } from './groups-repo.ts';
import type { Template } from './names/template.ts';
import { makeDownload, promiseOf, type RenditionSource } from './new-download.ts';
import { isEnded } from './state.ts';
import type { WatchersRepo } from './watchers-repo.ts';

export interface SingleSavesDeps {
  repo: DownloadsRepo;
  groups: GroupsRepo;
  watchers: WatchersRepo;
  records: RenditionSource;
  fs: DownloadFs;
  clock: Clock;
  downloadFolder(): string;
  /** How files are named. */
  template(): Template;
  /** True for a shell that wants only what it asked for: it has a group of its own for that. */
  hasOwnGroup: boolean;
}

export class SingleSaves {
  readonly #deps: SingleSavesDeps;
  #ownGroup: number | null = null;

  constructor(deps: SingleSavesDeps) {
    this.#deps = deps;
  }

  /** Queues one rendition; durable when it resolves. */
  async save(
    wish: { ref: RecordRef; rendition: string },
    signal: AbortSignal,
  ): Promise<DownloadRow> {
    const { repo, records, clock, downloadFolder, template } = this.#deps;
    const found = await records.rendition(wish.ref, wish.rendition, signal);
    const groupId = this.#group();
    const place = { groupId, place: repo.lastPlace(groupId) + 1 };
    const to = placeOfSingle(template(), found, downloadFolder());
    const row = makeDownload(found, to, place, clock.nowMs());
    const finished = await this.#findFinished(row.url, row.rendition, row.folder);
    return repo.transaction(() => {
      const same = repo.findSameWish(row.url, row.rendition, row.folder);
      const open = same.find((each) => !isEnded(each.state));
      if (open !== undefined) return this.#claimOpen(open);
      if (finished !== null) return repo.update(finished.id, { listed: true }) ?? finished;
      // One that failed or was cancelled goes on from what is there, rather than beside it.
      const [newest] = same;
      if (newest === undefined || newest.state === 'done') return repo.insert(row);
      const again = { ...promiseOf(found), ...place, mismatches: 0, listed: true };
      return repo.update(newest.id, again, { kind: 'retried' }) ?? newest;
    });
  }

  /** A row that waits in another group, perhaps a paused one, moves to where it is wanted now. */
  #claimOpen(open: DownloadRow): DownloadRow {
    if (open.state === 'active' || this.#ownGroup === null) return open;
    const place = this.#deps.repo.lastPlace(this.#ownGroup) + 1;
    return this.#deps.repo.update(open.id, { groupId: this.#ownGroup, place }) ?? open;
  }

  #group(): number {
    if (!this.#deps.hasOwnGroup) return singleGroupSeq;
    if (this.#ownGroup !== null) return this.#ownGroup;
    const { groups, watchers, clock, downloadFolder } = this.#deps;
    const nowMs = clock.nowMs();
    const { seq } = groups.insert({
      id: randomUUID(),
      title: `Terminal, ${new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ')}`,
      folder: downloadFolder(),
      ...{ wish: '{}', state: 'open', isPaused: false, trouble: null },
      ...{ addedAtMs: nowMs, toldAtMs: null },
    });
    this.#ownGroup = seq;
    watchers.want(seq, false);
    return seq;
  }

  /** A finished download of the same file whose file is still there, of its length. */
  async #findFinished(url: string, rendition: string, folder: string): Promise<DownloadRow | null> {
    for (const row of this.#deps.repo.findSameWish(url, rendition, folder)) {
      if (row.state !== 'done' || row.finalName === null) continue;
      const stat = await statOrNull(this.#deps.fs, join(row.folder, row.finalName));
      if (stat?.isFile() === true && stat.size === BigInt(row.totalBytes ?? -1)) return row;
    }
    return null;
  }
}
