/**
 * Runs in plain Node. stdout carries results only; stderr carries progress and messages. Both stay clean
 * when piped: progress that redraws itself is for a terminal that can, and control characters from an
 * archive never reach one.
 */
import type { Writable } from 'node:stream';
import type { WireError } from '#contract/errors.ts';
import type { OutputFormat } from './arguments.ts';

export interface OutputStreams {
  stdout: Writable & { isTTY?: boolean };
  stderr: Writable & { isTTY?: boolean };
}

/** An error as scripts are shown it: without details that may name private paths. */
export type PublicError = Pick<WireError, 'code' | 'message' | 'retryable' | 'retryAfterMs'>;

export function toPublicError({
  code,
  message,
  retryable,
  retryAfterMs,
}: PublicError): PublicError {
  return { code, message, retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Text from outside, fit for a terminal: no control or bidirectional override characters. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what must go
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** The same for a text whose lines count. */
function printable(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

export class Output {
  readonly format: OutputFormat;
  readonly #streams: OutputStreams;
  readonly #isQuiet: boolean;
  #isProgressShown = false;

  constructor(streams: OutputStreams, format: OutputFormat, isQuiet: boolean) {
    this.#streams = streams;
    this.format = format;
    this.#isQuiet = isQuiet;
  }

  /** One line of a result; waits while the reader is slow. */
  async line(text: string): Promise<void> {
    await this.#write(`${text}\n`);
  }

  /** A whole text of several lines that ends with its own line feed; nothing for an empty one. */
  async text(text: string): Promise<void> {
    if (text !== '') await this.#write(printable(text));
  }

  /** An archive's answer as it came; on a terminal without what could act on it. */
  async body(text: string): Promise<void> {
    if (text === '') return;
    const shown = this.#streams.stdout.isTTY === true ? printable(text) : text;
    await this.#write(shown.endsWith('\n') ? shown : `${shown}\n`);
  }

  /** One JSON document (--json) or one value a line (--ndjson). */
  async value(value: unknown): Promise<void> {
    await this.line(JSON.stringify(value));
  }

  /** One JSON document with a list at its end, which may be longer than memory. */
  async document(
    head: Readonly<Record<string, unknown>>,
    name: string,
    list: AsyncIterable<unknown>,
  ): Promise<void> {
    const start = JSON.stringify({ ...head, [name]: [] });
    await this.#write(start.slice(0, -2));
    let comma = '';
    for await (const value of list) {
      await this.#write(comma + JSON.stringify(value));
      comma = ',';
    }
    await this.#write(']}\n');
  }

  /** What is going on, redrawn in place; only on a terminal, and never with --quiet. */
  progress(text: string): void {
    if (this.#isQuiet || this.#streams.stderr.isTTY !== true) return;
    this.#streams.stderr.write(`\r\u001b[2K${plain(text)}`);
    this.#isProgressShown = true;
  }

  /** A message that stays. */
  message(text: string): void {
    if (this.#isQuiet) return;
    this.#clearProgress();
    this.#streams.stderr.write(`${plain(text)}\n`);
  }

  /** The last line of a failure: words for a person, or one JSON line where the result is JSON. */
  error(error: WireError): void {
    this.#clearProgress();
    if (this.format === 'text') {
      this.#streams.stderr.write(`almagest: ${plain(error.message)}\n`);
      if (error.detail !== undefined) this.#streams.stderr.write(`  ${plain(error.detail)}\n`);
      return;
    }
    this.#streams.stderr.write(`${JSON.stringify({ error: toPublicError(error) })}\n`);
  }

  end(): void {
    this.#clearProgress();
  }

  #clearProgress(): void {
    if (!this.#isProgressShown) return;
    this.#streams.stderr.write('\r\u001b[2K');
    this.#isProgressShown = false;
  }

  async #write(text: string): Promise<void> {
    if (this.#streams.stdout.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#streams.stdout.off('drain', done);
        this.#streams.stdout.off('error', done);
        this.#streams.stdout.off('close', done);
        resolve();
      };
      this.#streams.stdout.on('drain', done);
      this.#streams.stdout.on('error', done);
      this.#streams.stdout.on('close', done);
    });
  }
}
