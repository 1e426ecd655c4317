/**
 * Runs in the preview runtime's process. A small client of the Chrome DevTools Protocol over a pair of
 * pipes: messages are JSON texts ended by a zero byte. Chromium ends itself when the pipe closes, so it
 * cannot outlive this process, however that ends.
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export type CdpParams = Record<string, unknown>;

interface Incoming {
  id?: number;
  method?: string;
  params?: CdpParams;
  result?: CdpParams;
  error?: { message: string };
  sessionId?: string;
}

export class CdpClosedError extends Error {
  constructor(method: string) {
    super(`preview runtime: Chromium ended during ${method}`);
    this.name = 'CdpClosedError';
  }
}

export interface CdpSession {
  send<T = CdpParams>(method: string, params?: CdpParams): Promise<T>;
  on(method: string, listener: (params: CdpParams) => void): void;
}

/** One connection to a browser; sessions of its targets share it. */
export class CdpPipe implements CdpSession {
  readonly #output: Writable;
  readonly #waiting = new Map<
    number,
    { method: string; resolve(result: CdpParams): void; reject(error: Error): void }
  >();
  readonly #sessions = new Map<string, EventEmitter>();
  readonly #root = new EventEmitter();
  #chunks: Buffer[] = [];
  #lastId = 0;
  #closed = false;

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    input.on('close', () => this.close());
    for (const stream of [input, output]) stream.on('error', () => this.close());
  }

  send<T = CdpParams>(method: string, params: CdpParams = {}): Promise<T> {
    return this.#send<T>(method, params, undefined);
  }

  on(method: string, listener: (params: CdpParams) => void): void {
    this.#root.on(method, listener);
  }

  /** The session of an attached target (attached with `flatten`). */
  session(sessionId: string): CdpSession {
    const emitter = this.#sessions.get(sessionId) ?? new EventEmitter();
    this.#sessions.set(sessionId, emitter);
    return {
      send: (method, params = {}) => this.#send(method, params, sessionId),
      on: (method, listener) => void emitter.on(method, listener),
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values()) reject(new CdpClosedError(method));
    this.#waiting.clear();
    this.#root.emit('closed', {});
  }

  #send<T>(method: string, params: CdpParams, sessionId: string | undefined): Promise<T> {
    if (this.#closed) return Promise.reject(new CdpClosedError(method));
    const id = (this.#lastId += 1);
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: (result) => resolve(result as T), reject });
    });
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...this.#chunks, rest.subarray(0, end)]).toString();
      this.#chunks = [];
      rest = rest.subarray(end + 1);
      this.#receive(JSON.parse(text) as Incoming);
    }
    if (rest.length > 0) this.#chunks.push(rest);
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const call = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error !== undefined) {
        call?.reject(new Error(`${call.method}: ${message.error.message}`));
      } else call?.resolve(message.result ?? {});
      return;
    }
    const emitter =
      message.sessionId === undefined ? this.#root : this.#sessions.get(message.sessionId);
    if (message.method !== undefined) emitter?.emit(message.method, message.params ?? {});
  }
}
