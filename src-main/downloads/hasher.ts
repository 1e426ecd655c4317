/**
 * Runs in plain Node. The core's end of the hash worker. Blocks of bytes move to the worker and back: their
 * small number is what holds a quick network back when hashing or the disk is slower.
 */
import { Worker } from 'node:worker_threads';
import type { FromHashWorker, HashAlgorithm, ToHashWorker } from './hash-messages.ts';

/** Large enough for few system calls, small enough for many files at once. */
export const blockBytes = 256 * 1024;
/** Blocks that one file may have out at a time: 1 MiB. */
const blocksPerHash = 4;
/** Blocks kept for the next file. */
const idleBlocks = 16;

export interface Digests {
  sha256: string;
  md5: string | null;
  bytes: number;
}

interface Waiting {
  resolve(message: FromHashWorker): void;
  reject(error: Error): void;
}

type Reply<K extends FromHashWorker['kind']> = Extract<FromHashWorker, { kind: K }>;

/** One running hash of one file. Calls are answered in the order in which they are made. */
export class HashSession {
  /** SHA-256 of the prefix that it began with. */
  readonly prefixSha256: string;
  readonly prefixBytes: number;
  readonly #id: number;
  readonly #hasher: Hasher;

  constructor(hasher: Hasher, id: number, prefix: { sha256: string; bytes: number }) {
    this.#hasher = hasher;
    this.#id = id;
    this.prefixSha256 = prefix.sha256;
    this.prefixBytes = prefix.bytes;
  }

  /** A block to fill; waits while too many are still being hashed. */
  takeBlock(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#hasher.takeBlock(this.#id);
  }

  /** Hashes the first bytes of a block, which is then gone from here. */
  giveBlock(block: Uint8Array<ArrayBuffer>, length: number): void {
    this.#hasher.post({ kind: 'block', id: this.#id, buffer: block.buffer, length }, [
      block.buffer,
    ]);
  }

  /** SHA-256 of everything given so far. */
  async mark(): Promise<string> {
    return (await this.#hasher.ask({ kind: 'mark', id: this.#id }, 'marked')).sha256;
  }

  async finish(): Promise<Digests> {
    const { sha256, md5, bytes } = await this.#hasher.ask(
      { kind: 'finish', id: this.#id },
      'finished',
    );
    this.#hasher.forget(this.#id);
    return { sha256, md5, bytes };
  }

  /** Ends it without a result. */
  drop(): void {
    this.#hasher.forget(this.#id);
    this.#hasher.post({ kind: 'drop', id: this.#id });
  }
}

export class Hasher {
  readonly #url: URL;
  #worker: Worker | null = null;
  #lastId = 0;
  readonly #replies = new Map<number, Waiting[]>();
  /** Per hash: blocks that are out, and who waits for one. */
  readonly #out = new Map<number, number>();
  readonly #wanting = new Map<number, Waiting[]>();
  readonly #idle: ArrayBuffer[] = [];
  #isDisposed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  /** Begins a hash, over the first bytes of a file where there are any. */
  async open(
    algorithms: HashAlgorithm[],
    prefix: { path: string; bytes: number } | null,
  ): Promise<HashSession> {
    const id = (this.#lastId += 1);
    this.#out.set(id, 0);
    const opened = await this.ask({ kind: 'open', id, algorithms, prefix }, 'opened');
    return new HashSession(this, id, opened);
  }

  async hashFile(path: string): Promise<Digests> {
    const id = (this.#lastId += 1);
    const { sha256, md5, bytes } = await this.ask({ kind: 'file', id, path }, 'finished');
    return { sha256, md5, bytes };
  }

  async ask<K extends FromHashWorker['kind']>(message: ToHashWorker, kind: K): Promise<Reply<K>> {
    const reply = await new Promise<FromHashWorker>((resolve, reject) => {
      const waiting = this.#replies.get(message.id) ?? [];
      waiting.push({ resolve, reject });
      this.#replies.set(message.id, waiting);
      this.post(message);
      this.#holdProcess();
    });
    if (reply.kind === 'failed') throw new Error(`hashing failed: ${reply.message}`);
    if (reply.kind !== kind) throw new Error(`the hash worker said ${reply.kind}, not ${kind}`);
    return reply as Reply<K>;
  }

  post(message: ToHashWorker, transfer: ArrayBuffer[] = []): void {
    if (message.kind === 'block') this.#out.set(message.id, (this.#out.get(message.id) ?? 0) + 1);
    this.#ensureWorker().postMessage(message, transfer);
  }

  async takeBlock(id: number): Promise<Uint8Array<ArrayBuffer>> {
    while ((this.#out.get(id) ?? 0) >= blocksPerHash) {
      await new Promise<FromHashWorker>((resolve, reject) => {
        this.#wanting.set(id, [...(this.#wanting.get(id) ?? []), { resolve, reject }]);
        this.#holdProcess();
      });
    }
    return new Uint8Array(this.#idle.pop() ?? new ArrayBuffer(blockBytes));
  }

  forget(id: number): void {
    this.#out.delete(id);
    for (const map of [this.#replies, this.#wanting]) {
      for (const waiting of this.#take(map, id)) waiting.reject(new Error('the hash was dropped'));
    }
    this.#holdProcess();
  }

  /** Ends the worker; hashes that still run fail. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#failAll(new Error('the hash worker was ended'));
    await worker?.terminate();
  }

  #ensureWorker(): Worker {
    if (this.#isDisposed) throw new Error('the hash worker was ended');
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#url, { name: 'hash' });
    worker.unref();
    worker.on('message', (message: FromHashWorker) => this.#receive(message));
    const onEnd = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failAll(error);
    };
    worker.on('error', onEnd);
    worker.on('exit', () => onEnd(new Error('the hash worker ended')));
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromHashWorker): void {
    if (message.kind === 'freed') {
      if (this.#idle.length < idleBlocks) this.#idle.push(message.buffer);
      const out = this.#out.get(message.id);
      if (out !== undefined) this.#out.set(message.id, Math.max(0, out - 1));
      for (const waiting of this.#take(this.#wanting, message.id)) waiting.resolve(message);
    } else if (message.kind === 'failed') {
      const error = new Error(message.message);
      for (const waiting of this.#take(this.#wanting, message.id)) waiting.reject(error);
      for (const waiting of this.#take(this.#replies, message.id)) waiting.resolve(message);
    } else {
      const queue = this.#replies.get(message.id);
      queue?.shift()?.resolve(message);
      if (queue?.length === 0) this.#replies.delete(message.id);
    }
    this.#holdProcess();
  }

  #take(from: Map<number, Waiting[]>, id: number): Waiting[] {
    const taken = from.get(id) ?? [];
    from.delete(id);
    return taken;
  }

  #failAll(error: Error): void {
    for (const map of [this.#replies, this.#wanting]) {
      for (const id of [...map.keys()])
        for (const waiting of this.#take(map, id)) waiting.reject(error);
    }
    this.#out.clear();
  }

  /** The worker keeps the process alive only while somebody waits for it. */
  #holdProcess(): void {
    if (this.#replies.size > 0 || this.#wanting.size > 0) this.#worker?.ref();
    else this.#worker?.unref();
  }
}
