/**
 * Runs in plain Node. Saving files: the queue as the shells use it. May import the contract, db and http.
 * Whatever is acknowledged here is durable: it survives kill -9 and a power cut.
 */
import { isAbsolute, join, normalize } from 'node:path';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import type {
  DownloadFilter,
  DownloadIndex,
  DownloadQueue,
  DownloadTarget,
  FolderCheck,
  NamePreview,
  NumberedDownload,
} from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';
import { Bandwidth } from './bandwidth.ts';
import { FolderChecks } from './check-folder.ts';
import { DiskWatch } from './disk-watch.ts';
import { nodeDownloadFs, type DownloadFs } from './download-fs.ts';
import type { DownloadDeps, DownloadService } from './download-ports.ts';
import type { DownloadRow } from './download-row.ts';
import { DownloadsRepo } from './downloads-repo.ts';
import { statOrNull } from './files.ts';
import { GroupsRepo } from './groups-repo.ts';
import { Hasher } from './hasher.ts';
import { makeOwner } from './lease.ts';
import { JobRunner } from './job-runner.ts';
import { previewNames } from './names/preview-names.ts';
import { usualTemplate } from './names/template.ts';
import { PlanQueue } from './plan/plan-queue.ts';
import { ProgressBoard } from './progress.ts';
import { QueueCommands, type QueueVerb } from './queue-commands.ts';
import { QueueOwner } from './queue-owner.ts';
import { QueueView } from './queue-view.ts';
import type { SidecarRecord } from './sidecar.ts';
import { SingleSaves } from './single-saves.ts';
import { defaultRetryPolicy, isEnded } from './state.ts';
import { usualLimits, type TransferLimits } from './transfer-limits.ts';
import { WatchersRepo } from './watchers-repo.ts';

/** Downloads among which names are tried out. */
const newestLookedAt = 500;

/** Least time between two words about the queue as a whole. */
const queueQuietMs = 250;

const notThere = (what = 'download') =>
  new ArchiveError({
    code: 'not-found',
    message: `This ${what} is no longer in the list.`,
    retryable: false,
  });

class Downloads implements DownloadService {
  readonly #deps: DownloadDeps;
  readonly #fs: DownloadFs;
  readonly #repo: DownloadsRepo;
  readonly #groups: GroupsRepo;
  readonly #watchers: WatchersRepo;
  readonly #hasher: Hasher;
  readonly #progress: ProgressBoard;
  readonly #runner: JobRunner;
  readonly #owner: QueueOwner;
  readonly #view: QueueView;
  readonly #commands: QueueCommands;
  readonly planQueue: PlanQueue;
  readonly #disk: DiskWatch;
  readonly #singles: SingleSaves;
  readonly #checks: FolderChecks;
  /** What living processes want; asked for again when another process wrote. */
  #wanted: ReadonlySet<number> | null = new Set();
  #hasJoined = false;
  #callOffTelling: (() => void) | null = null;

  constructor(deps: DownloadDeps) {
    this.#deps = deps;
    this.#fs = deps.fs ?? nodeDownloadFs;
    this.#repo = new DownloadsRepo(deps.db, deps.retryPolicy ?? defaultRetryPolicy);
    this.#groups = new GroupsRepo(deps.db);
    this.#hasher = new Hasher(deps.hashWorkerUrl);
    this.#progress = new ProgressBoard(deps.clock, (id) => this.#tell(id));
    const self = makeOwner();
    this.#watchers = new WatchersRepo(deps.db, self);
    this.#runner = this.#makeRunner(self);
    const { clock, log, db, lock } = deps;
    this.#owner = new QueueOwner({
      ...{ clock, log, db, lock },
      onOwned: () => this.#onOwned(),
      onForeignChange: () => this.#onForeignChange(),
      onLook: () => {
        this.#runner.writeEnds();
        if (this.#owner.isOwner) this.#disk.look();
      },
    });
    const view = { repo: this.#repo, groups: this.#groups, progress: this.#progress, clock };
    this.#view = new QueueView(view);
    this.#commands = new QueueCommands({
      ...{ repo: this.#repo, groups: this.#groups, runner: this.#runner, clock },
      onChanged: (id) => this.#progress.changed(id),
      onRemoved: (id) => this.#onRemoved(id),
      onQueueChanged: () => this.#tellQueueLater(),
    });
    this.planQueue = new PlanQueue({
      ...{ repo: this.#repo, groups: this.#groups, fs: this.#fs, clock, store: deps.planStore },
      takesWaiting: !(deps.ownsQueue ?? true),
      onJoined: (seqs) => {
        for (const seq of seqs) this.#watchers.want(seq, deps.ownsQueue ?? true);
        this.#begin();
      },
      onFilling: ({ seq }) => this.#watchers.want(seq, deps.ownsQueue ?? true),
      onStarted: () => this.#begin(),
    });
    this.#singles = new SingleSaves({
      ...{ repo: this.#repo, groups: this.#groups, watchers: this.#watchers, fs: this.#fs, clock },
      records: deps.records,
      downloadFolder: deps.downloadFolder,
      template: deps.template ?? (() => usualTemplate),
      hasOwnGroup: !(deps.ownsQueue ?? true),
    });
    this.#checks = new FolderChecks({
      ...{ cache: deps.cache, hasher: this.#hasher, clock },
      saved: (root) => this.#repo.savedBelow(root),
      onProgress: (progress) => deps.emit('folderChecked', progress),
    });
    this.#disk = new DiskWatch({
      ...{ groups: this.#groups, fs: this.#fs, clock, log },
      onMended: () => {
        this.#runner.wake();
        this.#tellQueueLater();
      },
    });
  }

  #makeRunner(owner: string): JobRunner {
    const deps = this.#deps;
    const limits = (): TransferLimits => deps.limits?.now() ?? usualLimits;
    return new JobRunner({
      repo: this.#repo,
      owner,
      http: deps.http,
      fs: this.#fs,
      hasher: this.#hasher,
      clock: deps.clock,
      random: deps.random ?? Math.random,
      log: deps.log,
      records: deps.records,
      limits,
      bandwidth: new Bandwidth(deps.clock, limits),
      wanted: () => this.#wanted,
      onDiskTrouble: (row, end) => this.#disk.onTrouble(row, end),
      onProgress: (id, received, total) => this.#progress.set(id, received, total),
      onStart: (id) => this.#progress.changed(id),
      onEnd: (id) => {
        this.#progress.end(id);
        this.#progress.changed(id);
      },
    });
  }

  start(): void {
    this.#begin();
  }

  #onOwned(): void {
    this.#wanted = this.#watchers.wanted();
    this.#runner.own();
    this.#runner.wake();
    this.#tellQueueLater();
    void this.planQueue.dropUnfinished(this.#watchers.named()).catch((error: unknown) => {
      this.#deps.log('clearing unfinished groups', { error: String(error) });
    });
  }

  #onForeignChange(): void {
    this.#wanted = this.#watchers.wanted();
    if (this.#owner.isOwner) {
      this.#runner.heed();
      this.#releasePaused();
      this.#runner.wake();
    }
    this.#tellQueueLater();
  }

  /** What another process paused stops here. */
  #releasePaused(): void {
    const isAllPaused = this.#groups.isPaused;
    const paused = new Set(
      this.#groups.list().flatMap(({ seq, isPaused }) => (isAllPaused || isPaused ? [seq] : [])),
    );
    for (const { id, groupId } of this.#repo.active()) {
      if (paused.has(groupId)) void this.#runner.stopOne(id, 'released');
    }
  }

  async save(
    wish: { ref: RecordRef; rendition: string },
    signal: AbortSignal,
  ): Promise<DownloadItem> {
    const saved = await this.#singles.save(wish, signal);
    this.#progress.changed(saved.id);
    this.#begin();
    return this.#view.item(this.#repo.get(saved.id) ?? saved);
  }

  /** There is something to do: takes the queue, where it is free. */
  #begin(): void {
    if (!this.#hasJoined && (this.#deps.ownsQueue ?? true)) this.#watchers.wantAll();
    this.#hasJoined = true;
    this.#wanted = this.#watchers.wanted();
    this.#owner.start();
    this.#runner.wake();
    this.#tellQueueLater();
  }

  recentSpeed(): number | null {
    return this.#progress.recentSpeed();
  }

  list(): { items: DownloadItem[] } {
    return { items: this.#view.list() };
  }

  queue(): DownloadQueue {
    return {
      groups: this.#view.groups(),
      isPaused: this.#groups.isPaused,
      isWorkedHere: this.#owner.isOwner,
    };
  }

  index(filter: DownloadFilter, group: string | null): DownloadIndex {
    return this.#view.index(filter, group);
  }

  rows(numbers: readonly number[]): NumberedDownload[] {
    return this.#view.rows(numbers);
  }

  ofRefs(refs: readonly RecordRef[]): DownloadItem[] {
    return this.#view.ofRefs(refs);
  }

  async command(verb: QueueVerb, target: DownloadTarget): Promise<number> {
    const changed = await this.#commands.run(verb, target);
    if (verb === 'resume' || verb === 'retry') {
      this.#wantTarget(target);
      this.#begin();
    }
    return changed;
  }

  /** A shell that wants only what it asked for asks for this now. */
  #wantTarget(target: DownloadTarget): void {
    if (this.#deps.ownsQueue ?? true) return;
    const seqs =
      target.kind === 'items'
        ? target.ids.flatMap((id) => this.#repo.get(id)?.groupId ?? [])
        : this.#groups
            .list()
            .flatMap(({ seq, id }) => (target.kind === 'all' || target.id === id ? [seq] : []));
    for (const seq of new Set(seqs)) this.#watchers.want(seq, false);
  }

  previewNames(template: string): NamePreview {
    const rows = this.#repo.newestOfEach(newestLookedAt);
    return previewNames(template, (archive) => {
      const row = rows.find((one) => one.archive === archive);
      if (row === undefined) return null;
      const { record } = JSON.parse(row.record) as SidecarRecord;
      return { record, rendition: row.rendition, url: row.url };
    });
  }

  heedLimits(): void {
    this.#deps.limits?.forget();
    this.#runner.wake();
  }

  moveGroup(id: string, before: string | null): void {
    const group = this.#groups.byId(id);
    const next = before === null ? null : this.#groups.byId(before);
    if (group === null || (before !== null && next === null)) throw notThere('group');
    this.#groups.move(group.seq, next?.seq ?? null);
    this.#tellQueueLater();
  }

  async verify(folder: string, signal: AbortSignal): Promise<FolderCheck> {
    if (!isAbsolute(folder)) throw notThere('folder');
    return await this.#checks.check(normalize(folder), signal);
  }

  async cancel(id: string): Promise<DownloadItem> {
    await this.#commands.run('cancel', { kind: 'items', ids: [id] });
    return this.#view.item(this.#mustGet(id));
  }

  retry(id: string): DownloadItem {
    if (this.#repo.update(id, { mismatches: 0 }, { kind: 'retried' }) === null) throw notThere();
    this.#progress.changed(id);
    this.#begin();
    return this.#view.item(this.#mustGet(id));
  }

  async remove(id: string): Promise<void> {
    if (!isEnded(this.#mustGet(id).state)) {
      throw new ArchiveError({
        code: 'invalid-arguments',
        message: 'This download has not ended. Cancel it first.',
        retryable: false,
      });
    }
    await this.#commands.run('remove', { kind: 'items', ids: [id] });
  }

  #onRemoved(id: string): void {
    this.#progress.forget(id);
    this.#deps.emit('downloadRemoved', { id });
  }

  async showInFolder(id: string): Promise<void> {
    const row = this.#mustGet(id);
    const name = row.state === 'done' ? row.finalName : row.asideName;
    const path = name === null ? row.folder : join(row.folder, name);
    if ((await statOrNull(this.#fs, path)) === null) {
      throw new ArchiveError({
        code: 'not-found',
        message:
          name === null
            ? 'The download folder is gone.'
            : 'The file is no longer there. It was moved, renamed or removed. It can be saved again.',
        retryable: false,
        detail: path,
      });
    }
    await this.#deps.showInFolder(path);
  }

  async dispose(): Promise<void> {
    this.#owner.stop();
    await this.#runner.stop();
    this.#callOffTelling?.();
    this.#progress.dispose();
    try {
      this.#watchers.leave();
    } catch (error) {
      this.#deps.log('leaving the queue', { error: String(error) });
    }
    this.#owner.release();
    await this.#hasher.dispose();
  }

  #mustGet(id: string): DownloadRow {
    const row = this.#repo.get(id);
    if (row === null) throw notThere();
    return row;
  }

  #tell(id: string): void {
    const row = this.#repo.get(id);
    if (row !== null && row.listed) {
      this.#deps.emit('downloadChanged', { item: this.#view.item(row) });
    }
    this.#tellQueueLater();
  }

  /** At most four times a second, the last state always told. */
  #tellQueueLater(): void {
    if (this.#callOffTelling !== null) return;
    this.#callOffTelling = this.#deps.clock.after(queueQuietMs, () => {
      this.#callOffTelling = null;
      this.#deps.emit('queueChanged', { isWorkedHere: this.#owner.isOwner });
    });
  }
}

/** The downloads over an open library.db. Nothing runs before `start`, `save` or `retry`. */
export function createDownloadService(deps: DownloadDeps): DownloadService {
  return new Downloads(deps);
}
