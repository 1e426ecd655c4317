/** Runs in plain Node. The queue as the shells see it: groups with their counts, filtered lists, rows. */
import {
  downloadFilters,
  statesOfFilter,
  type DownloadFilter,
  type DownloadGroup,
  type DownloadIndex,
  type DownloadTallies,
  type NumberedDownload,
} from '#contract/downloads.ts';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import type { Clock } from '../http/clock.ts';
import { toItem } from './download-item.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { singleGroupSeq, type GroupRow, type GroupsRepo } from './groups-repo.ts';
import type { ProgressBoard } from './progress.ts';

/** Ended rows that the plain list holds beside all open ones. */
const mostListed = 2000;

export interface QueueViewDeps {
  repo: DownloadsRepo;
  groups: GroupsRepo;
  progress: ProgressBoard;
  clock: Clock;
}

export class QueueView {
  readonly #deps: QueueViewDeps;
  /** Ids of groups by `seq`; a group never changes its id. */
  readonly #ids = new Map<number, string>();

  constructor(deps: QueueViewDeps) {
    this.#deps = deps;
  }

  item(row: DownloadRow): DownloadItem {
    const { progress, clock } = this.#deps;
    const live = row.state === 'active' ? progress.get(row.id) : null;
    return toItem(row, this.#groupId(row.groupId), live, clock.nowMs());
  }

  #groupId(seq: number): string {
    const known = this.#ids.get(seq) ?? this.#deps.groups.get(seq)?.id ?? '';
    this.#ids.set(seq, known);
    return known;
  }

  /** Groups that have rows, in the order in which they are fetched. */
  groups(): DownloadGroup[] {
    const tallies = this.#deps.groups.tallies();
    const live = this.#liveByGroup();
    return this.#deps.groups
      .list()
      .filter(({ seq }) => tallies.has(seq))
      .map((row) => toGroup(row, tallies.get(row.seq) ?? {}, live.get(row.seq)));
  }

  #liveByGroup(): Map<number, { underWay: number; speed: number }> {
    const byGroup = new Map<number, { underWay: number; speed: number }>();
    for (const row of this.#deps.repo.active()) {
      const progress = this.#deps.progress.get(row.id);
      const sum = byGroup.get(row.groupId) ?? { underWay: 0, speed: 0 };
      sum.underWay += Math.max(0, (progress?.receivedBytes ?? 0) - row.journalBytes);
      sum.speed += progress?.speed ?? 0;
      byGroup.set(row.groupId, sum);
    }
    return byGroup;
  }

  /** Numbers of the rows that pass, group by group. */
  index(filter: DownloadFilter, groupId: string | null): DownloadIndex {
    const groups: DownloadIndex['groups'] = [];
    const lists: number[][] = [];
    for (const { seq, id } of this.#deps.groups.list()) {
      if (groupId !== null && groupId !== id) continue;
      const numbers = this.#deps.repo.numbers({ groupSeq: seq, states: statesOfFilter[filter] });
      if (numbers.length === 0) continue;
      groups.push({ id, count: numbers.length });
      lists.push(numbers);
    }
    return { groups, numbers: Uint32Array.from(lists.flat()) };
  }

  /** Rows by number; those that are gone are left out. */
  rows(numbers: readonly number[]): NumberedDownload[] {
    const found = new Map(this.#deps.repo.byNumbers(numbers).map((row) => [row.seq, row]));
    return numbers.flatMap((number) => {
      const row = found.get(number);
      return row === undefined || !row.listed ? [] : [{ number, item: this.item(row) }];
    });
  }

  /** Downloads of these records, those taken off the list as well. */
  ofRefs(refs: readonly RecordRef[]): DownloadItem[] {
    return this.#deps.repo.ofRefs(refs).map((row) => this.item(row));
  }

  /** The files that were saved one by one, newest first, and as many others as fit. */
  list(): DownloadItem[] {
    const numbers = (filter: DownloadFilter, seq: number): number[] =>
      this.#deps.repo.numbers({ groupSeq: seq, states: statesOfFilter[filter] });
    const seqs = [singleGroupSeq, ...this.#deps.groups.list().map(({ seq }) => seq)];
    const chosen = new Set<number>();
    for (const filter of downloadFilters.toSpliced(0, 1)) {
      for (const seq of seqs) {
        for (const number of numbers(filter, seq).toReversed()) {
          if (chosen.size < mostListed) chosen.add(number);
        }
      }
    }
    return this.#deps.repo
      .byNumbers([...chosen])
      .sort((a, b) => b.seq - a.seq)
      .map((row) => this.item(row));
  }
}

function toGroup(
  row: GroupRow,
  tallies: DownloadTallies,
  live: { underWay: number; speed: number } | undefined,
): DownloadGroup {
  const { id, title, folder, isPaused, trouble, addedAtMs } = row;
  return {
    ...{ id, title, folder, isPaused, trouble, tallies, addedAtMs },
    underWay: live?.underWay ?? 0,
    speed: live === undefined ? null : live.speed,
  };
}
