/**
 * Runs in plain Node. Brings one file into its part: asks, judges the answer, writes, hashes and journals,
 * and goes on from what is safely on disk. It gives no final names. Ends with a value, whatever the network
 * does; throws for the disk (`disk`), and a `Stop` when it is told to stop.
 */
import type { Readable } from 'node:stream';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { Clock } from '../http/clock.ts';
import type { BodyAnswer, HttpClient, Lane } from '../http/http-client.ts';
import type { Log } from '../db/log.ts';
import {
  judgeAnswer,
  planRequest,
  requestHeaders,
  type Expectation,
  type Journal,
  type RequestPlan,
} from './answer.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { DownloadFs } from './download-fs.ts';
import { badAnswer, changedMeanwhile, cutShort, noRoom, Stop } from './failures.ts';
import { PartFile } from './files.ts';
import type { HashAlgorithm } from './hash-messages.ts';
import type { Digests, Hasher, HashSession } from './hasher.ts';
import { PartWriter } from './part-writer.ts';
import type { Representation } from './validators.ts';

export interface TransferJob {
  url: string;
  lane: Lane;
  folder: string;
  partPath: string;
  algorithms: HashAlgorithm[];
  journal: Journal;
  expected: Expectation;
  /** Exact size by the archive, or null. */
  exactBytes: number | null;
}

export interface TransferDeps {
  http: HttpClient;
  fs: DownloadFs;
  hasher: Hasher;
  clock: Clock;
  log: Log;
  bandwidth: Bandwidth;
  /** Stores durably what is safely on disk; throws a `Stop` when the job is no longer ours. */
  saveJournal(journal: Journal): void;
  onProgress(receivedBytes: number, totalBytes: number | null): void;
}

export type TransferResult =
  /** `measured`: the answer itself said how long the file is, and it was. */
  | { kind: 'received'; digests: Digests; journal: Journal; head: Uint8Array; measured: boolean }
  | { kind: 'retry'; error: WireError; gained: boolean }
  | { kind: 'rate-limited'; error: WireError; waitMs: number | null }
  | { kind: 'failed'; error: WireError };

/** Fewer new bytes than this do not count as gain: a server that cuts early must not be asked for ever. */
const gainBytes = 1024 * 1024;
/** Stops after which the transfer goes on where it was. */
const keepsWhatCame: ReadonlySet<Stop['why']> = new Set(['released', 'paused']);
/** How often one run may begin again from zero before it waits for another. */
const maxRestarts = 2;
/** Room that is left free on the disk. */
const spareBytes = 16 * 1024 * 1024;

const nothingYet: Journal = {
  bytes: 0,
  sha256: null,
  total: null,
  etag: null,
  lastModified: null,
  contentType: null,
};

class Transfer {
  readonly #job: TransferJob;
  readonly #deps: TransferDeps;
  readonly #signal: AbortSignal;
  readonly #part: PartFile;
  #journal: Journal;
  #session: HashSession | null = null;
  #gained = false;

  constructor(
    job: TransferJob,
    deps: TransferDeps,
    signal: AbortSignal,
    part: PartFile,
    journal: Journal,
  ) {
    this.#job = job;
    this.#deps = deps;
    this.#signal = signal;
    this.#part = part;
    this.#journal = journal;
  }

  async run(): Promise<TransferResult> {
    try {
      for (let restarts = 0; restarts <= maxRestarts; restarts += 1) {
        const result = await this.#attempt();
        if (result !== 'again') return result;
      }
      return { kind: 'retry', error: badAnswer('never the wanted range'), gained: false };
    } finally {
      this.#session?.drop();
    }
  }

  async #attempt(): Promise<TransferResult | 'again'> {
    await this.#openHash();
    const { bytes, total } = this.#journal;
    if (bytes > 0 && bytes === total) return await this.#conclude(this.#mustSession(), true);
    const plan = planRequest(this.#journal);
    // Without a strong validator what is there can never be continued.
    if (plan.from === 0) await this.#startOver(null);
    const answer = await this.#ask(plan);
    if ('kind' in answer) return answer;
    // A body that nobody reads may still break; that must not end the process.
    answer.body.on('error', () => {});
    try {
      return await this.#takeAnswer(plan, answer);
    } finally {
      answer.body.destroy();
    }
  }

  /** Hashes what is on disk; anything but what was journalled is dropped. */
  async #openHash(): Promise<void> {
    this.#session?.drop();
    this.#session = null;
    const { bytes, sha256 } = this.#journal;
    const prefix = bytes > 0 ? { path: this.#part.path, bytes } : null;
    const session = await this.#deps.hasher.open(this.#job.algorithms, prefix);
    this.#session = session;
    this.#signal.throwIfAborted();
    if (prefix !== null && (session.prefixBytes !== bytes || session.prefixSha256 !== sha256)) {
      this.#deps.log('part differs from its journal', { path: this.#part.path });
      await this.#startOver(null);
      await this.#openHash();
    }
  }

  #mustSession(): HashSession {
    if (this.#session === null) throw new Error('no hash is open');
    return this.#session;
  }

  /** Forgets what is there, first in the journal, then on disk, so that the two never mix. */
  async #startOver(file: Representation | null): Promise<void> {
    const hadBytes = this.#journal.bytes > 0;
    this.#journal = { ...nothingYet, ...file };
    if (!hadBytes) return;
    this.#deps.saveJournal(this.#journal);
    await this.#part.clear();
    this.#session?.drop();
    this.#session = await this.#deps.hasher.open(this.#job.algorithms, null);
  }

  async #ask(plan: RequestPlan): Promise<BodyAnswer | TransferResult> {
    try {
      return await this.#deps.http.open({
        url: this.#job.url,
        lane: this.#job.lane,
        signal: this.#signal,
        headers: requestHeaders(plan),
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      return resultOfError(error, false);
    }
  }

  async #takeAnswer(plan: RequestPlan, answer: BodyAnswer): Promise<TransferResult | 'again'> {
    const { expected } = this.#job;
    const nowMs = this.#deps.clock.nowMs();
    const verdict = judgeAnswer(plan, this.#journal, answer, expected, nowMs);
    switch (verdict.kind) {
      case 'restart':
        this.#deps.log('starting over', { url: this.#job.url, why: verdict.why });
        await this.#startOver(null);
        return 'again';
      case 'retry':
        return { ...verdict, gained: false };
      case 'rate-limited':
      case 'failed':
        return verdict;
      case 'whole':
        if (plan.from > 0) this.#deps.log(changedMeanwhile, { url: this.#job.url });
        await this.#startOver(verdict.file);
        return await this.#receive(answer.body);
      case 'append':
        this.#journal = { ...this.#journal, total: verdict.file.total };
        return await this.#receive(answer.body);
    }
  }

  async #receive(body: Readable): Promise<TransferResult> {
    await this.#checkRoom();
    const session = this.#mustSession();
    const startBytes = this.#journal.bytes;
    const { total } = this.#journal;
    const writer = new PartWriter(
      this.#part,
      session,
      this.#deps.clock,
      this.#journal,
      (journal) => {
        this.#deps.saveJournal(journal);
        this.#journal = journal;
      },
    );
    const failure = await this.#pump(body, writer);
    this.#gained = writer.receivedBytes - startBytes >= gainBytes;
    if (this.#signal.aborted && this.#signal.reason instanceof Stop) {
      if (keepsWhatCame.has(this.#signal.reason.why)) await writer.checkpoint();
      throw this.#signal.reason;
    }
    if (failure === null && (total === null || writer.receivedBytes === total)) {
      // Safe on disk, but not journalled by itself: the row is about to be written with all that is known.
      await writer.seal();
      const bytes = writer.receivedBytes;
      this.#journal = { ...this.#journal, bytes, total: bytes };
      return await this.#conclude(session, total !== null);
    }
    await writer.checkpoint();
    if (failure !== null) return resultOfError(failure, this.#gained);
    const detail = `${writer.receivedBytes} of ${total ?? '?'} bytes`;
    return { kind: 'retry', error: cutShort(detail), gained: this.#gained };
  }

  /** Writes the body as it comes. Returns what broke it, or null at its end; throws for the disk. */
  async #pump(body: Readable, writer: PartWriter): Promise<unknown> {
    const limit = this.#journal.total ?? this.#job.exactBytes ?? Number.POSITIVE_INFINITY;
    const { host } = new URL(this.#job.url);
    const chunks = body[Symbol.asyncIterator]();
    for (;;) {
      let next: IteratorResult<unknown>;
      try {
        next = await chunks.next();
      } catch (error) {
        return error;
      }
      if (next.done === true) return null;
      if (!(next.value instanceof Uint8Array)) return new Error('the body is not bytes');
      if (writer.receivedBytes + next.value.byteLength > limit) {
        return new ArchiveError(badAnswer(`more than ${limit} bytes`));
      }
      await writer.write(next.value);
      this.#deps.onProgress(writer.receivedBytes, this.#journal.total);
      try {
        await this.#deps.bandwidth.take(host, next.value.byteLength, this.#signal);
      } catch (error) {
        return error;
      }
      if (this.#signal.aborted) return this.#signal.reason;
    }
  }

  async #checkRoom(): Promise<void> {
    const { total, bytes } = this.#journal;
    if (total === null) return;
    const wanted = total - bytes;
    const room = await this.#deps.fs.statfs(this.#job.folder).catch(() => null);
    if (room === null) return;
    const free = room.bavail * room.bsize;
    if (wanted + spareBytes > free) throw noRoom(wanted, free);
  }

  async #conclude(session: HashSession, measured: boolean): Promise<TransferResult> {
    const head = await this.#part.readHead();
    const digests = await session.finish();
    this.#session = null;
    if (digests.bytes !== this.#journal.bytes) {
      throw new Error(`hashed ${digests.bytes} of ${this.#journal.bytes} bytes`);
    }
    const journal = { ...this.#journal, sha256: digests.sha256 };
    return { kind: 'received', digests, journal, head, measured };
  }
}

/** A failure of the network as a value; only what the disk or a `Stop` says is thrown on. */
function resultOfError(error: unknown, gained: boolean): TransferResult {
  if (error instanceof Stop) throw error;
  if (error instanceof ArchiveError) {
    if (error.code === 'disk') throw error;
    const wire = error.toWire();
    const waits = error.code === 'rate-limited' || error.code === 'offline';
    if (waits) return { kind: 'rate-limited', error: wire, waitMs: error.retryAfterMs ?? null };
    return error.retryable
      ? { kind: 'retry', error: wire, gained }
      : { kind: 'failed', error: wire };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'retry', error: cutShort(detail), gained };
}

/** Runs one transfer to its end. The part stays, whatever happens. */
export async function transfer(
  job: TransferJob,
  deps: TransferDeps,
  signal: AbortSignal,
): Promise<TransferResult> {
  signal.throwIfAborted();
  const opened = await PartFile.open(deps.fs, job.partPath, job.journal.bytes);
  try {
    const lost = opened.safeBytes < job.journal.bytes;
    if (lost) deps.saveJournal(nothingYet);
    const journal = lost ? nothingYet : job.journal;
    return await new Transfer(job, deps, signal, opened.part, journal).run();
  } finally {
    await opened.part.close();
  }
}
