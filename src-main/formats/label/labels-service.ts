/**
 * Runs in plain Node. Labels for the shells: bytes go to the worker in small pieces as they come, parts of the tree
 * come back. The core's thread only passes messages on, so it never waits for a label.
 */
import type { AnswerAge } from '#contract/age.ts';
import { ArchiveError } from '#contract/errors.ts';
import type {
  LabelFold,
  LabelHit,
  LabelNode,
  LabelRowPlace,
  LabelRows,
  LabelSearch,
  LabelSource,
  LabelState,
  LabelXPathError,
  LabelXPathResult,
} from '#contract/labels.ts';
import { LabelClient } from './label-client.ts';
import { feedLabel, type LabelBytes } from './label-feed.ts';
import { labelLimits } from './label-limits.ts';

export interface LabelsService {
  /**
   * Begins to read a label; settles once there is a first screen of rows, or all of it. Fails with an ArchiveError
   * where the file is no label, or its bytes cannot be had. Labels that were not used for longest are closed.
   */
  open(source: LabelBytes, signal?: AbortSignal): Promise<LabelState>;
  state(id: number): Promise<LabelState>;
  /** Settles once the label is read to its end, or as far as it can be. */
  whole(id: number): Promise<LabelState>;
  /** At most 200 rows in one answer. */
  rows(id: number, from: number, count: number): Promise<LabelRows>;
  /** Rows in view afterwards. */
  fold(id: number, change: LabelFold): Promise<number>;
  reveal(id: number, node: number): Promise<LabelRowPlace | null>;
  search(id: number, text: string, onlyMatches: boolean): Promise<LabelSearch>;
  hit(id: number, at: number): Promise<LabelHit | null>;
  hitFrom(id: number, node: number, direction: 'next' | 'previous'): Promise<LabelHit | null>;
  node(id: number, node: number): Promise<LabelNode | null>;
  /** The element that begins on a row of the source, or last before it. */
  nodeAt(id: number, sourceRow: number): Promise<{ node: number } | null>;
  /** At most 200 matches in one answer; asking for the next part evaluates nothing anew. */
  xpath(
    id: number,
    expression: string,
    from: number,
    count: number,
  ): Promise<LabelXPathResult | LabelXPathError>;
  /** At most 200 rows in one answer. */
  source(id: number, from: number, count: number): Promise<LabelSource>;
  close(id: number): Promise<void>;
  /** Ends the worker; what is asked for after that fails. */
  dispose(): Promise<void>;
}

export interface LabelsOptions {
  workerUrl: URL;
  /** Told while a label is read, at most four times a second, and once when it is complete. */
  onChange?: (state: LabelState) => void;
  nowMs?: () => number;
}

/** Rows of the largest window; or as many elements, where most of them are folded away. */
const screenRows = 120;
const screenElements = 2000;
const labelsAtOnce = 4;
const tellEveryMs = 250;

interface Reading {
  age: AnswerAge | null;
  abort: AbortController;
  /** When the label is read to its end. */
  done: Promise<LabelState>;
}

/** The one reader of labels of a process. */
export function createLabelsService(options: LabelsOptions): LabelsService {
  return new Labels(options);
}

class Labels implements LabelsService {
  readonly #client: LabelClient;
  readonly #onChange: (state: LabelState) => void;
  readonly #nowMs: () => number;
  /** The one used last stands last. */
  readonly #open = new Map<number, Reading>();
  #lastId = 0;

  constructor({ workerUrl, onChange = () => undefined, nowMs = Date.now }: LabelsOptions) {
    this.#client = new LabelClient(workerUrl);
    this.#onChange = onChange;
    this.#nowMs = nowMs;
  }

  async open(source: LabelBytes, signal?: AbortSignal): Promise<LabelState> {
    if ((source.bytesPromised ?? 0) > labelLimits.bytes) throw tooLarge(source.bytesPromised ?? 0);
    const id = (this.#lastId += 1);
    const onAbort = (): void => void this.close(id);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const { fileName, bytesPromised } = source;
      await this.#client.call('open', { id, fileName, bytesPromised });
      const state = await this.#begin(id, source, signal);
      if (state.elements === 0 && state.problem !== null) throw refusal(state.problem.message);
      return this.#dated(state);
    } catch (error) {
      await this.close(id);
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Reads on by itself; the first screen is what is waited for. */
  async #begin(id: number, source: LabelBytes, signal?: AbortSignal): Promise<LabelState> {
    const abort = new AbortController();
    const first = Promise.withResolvers<LabelState>();
    first.promise.catch(() => undefined);
    const tell = this.#teller();
    const done = feedLabel({
      client: this.#client,
      id,
      source,
      signal: abort.signal,
      onPiece: (state) => {
        const isScreen = state.rows >= screenRows || state.elements >= screenElements;
        if (isScreen) first.resolve(state);
        tell(state);
      },
    }).then((state) => {
      this.#onChange(state);
      return state;
    });
    // Whoever wants the end asks for it by `whole`.
    done.then(first.resolve, first.reject);
    this.#open.set(id, { abort, done, age: source.age ?? null });
    await this.#closeOldest();
    if (signal?.aborted === true) await this.close(id);
    return await first.promise;
  }

  #teller(): (state: LabelState) => void {
    let toldMs = this.#nowMs();
    return (state) => {
      const nowMs = this.#nowMs();
      // The end is told when it has come.
      if (state.isComplete || nowMs - toldMs < tellEveryMs) return;
      toldMs = nowMs;
      this.#onChange(state);
    };
  }

  async #closeOldest(): Promise<void> {
    for (const id of [...this.#open.keys()].slice(0, -labelsAtOnce)) await this.close(id);
  }

  /** The worker knows bytes, not where they are from. */
  #dated(state: LabelState): LabelState {
    return { ...state, age: this.#open.get(state.id)?.age ?? null };
  }

  /** Marks the label as used. */
  #use(id: number): number {
    const reading = this.#open.get(id);
    if (reading !== undefined) {
      this.#open.delete(id);
      this.#open.set(id, reading);
    }
    return id;
  }

  async state(id: number): Promise<LabelState> {
    return this.#dated(await this.#client.call('state', { id: this.#use(id) }));
  }

  async whole(id: number): Promise<LabelState> {
    const reading = this.#open.get(this.#use(id));
    return reading === undefined ? await this.state(id) : this.#dated(await reading.done);
  }

  rows(id: number, from: number, count: number): Promise<LabelRows> {
    return this.#client.call('rows', { id: this.#use(id), from, count });
  }

  fold(id: number, change: LabelFold): Promise<number> {
    return this.#client.call('fold', { id: this.#use(id), change });
  }

  reveal(id: number, node: number): Promise<LabelRowPlace | null> {
    return this.#client.call('reveal', { id: this.#use(id), node });
  }

  search(id: number, text: string, onlyMatches: boolean): Promise<LabelSearch> {
    return this.#client.call('search', { id: this.#use(id), text, onlyMatches });
  }

  hit(id: number, at: number): Promise<LabelHit | null> {
    return this.#client.call('hit', { id: this.#use(id), at });
  }

  hitFrom(id: number, node: number, direction: 'next' | 'previous'): Promise<LabelHit | null> {
    return this.#client.call('hitFrom', { id: this.#use(id), node, direction });
  }

  node(id: number, node: number): Promise<LabelNode | null> {
    return this.#client.call('node', { id: this.#use(id), node });
  }

  nodeAt(id: number, sourceRow: number): Promise<{ node: number } | null> {
    return this.#client.call('nodeAt', { id: this.#use(id), sourceRow });
  }

  xpath(
    id: number,
    expression: string,
    from: number,
    count: number,
  ): Promise<LabelXPathResult | LabelXPathError> {
    return this.#client.call('xpath', { id: this.#use(id), expression, from, count });
  }

  source(id: number, from: number, count: number): Promise<LabelSource> {
    return this.#client.call('source', { id: this.#use(id), from, count });
  }

  async close(id: number): Promise<void> {
    const reading = this.#open.get(id);
    this.#open.delete(id);
    reading?.abort.abort(cancelled());
    reading?.done.catch(() => undefined);
    if (reading !== undefined) await this.#client.call('close', { id });
  }

  async dispose(): Promise<void> {
    for (const { abort, done } of this.#open.values()) {
      abort.abort(cancelled());
      done.catch(() => undefined);
    }
    this.#open.clear();
    await this.#client.close();
  }
}

function cancelled(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'The label was closed.',
    retryable: false,
  });
}

function refusal(message: string): ArchiveError {
  return new ArchiveError({ code: 'bad-answer', message, retryable: false });
}

function tooLarge(bytes: number): ArchiveError {
  const [promised, most] = [bytes, labelLimits.bytes].map((size) => Math.ceil(size / 1024 / 1024));
  return refusal(
    `The label has ${String(promised)} MB by the server's word, and Almagest reads up to ${String(most)} MB. It can be downloaded as it is.`,
  );
}
