/**
 * Runs in plain Node. A secret from stdin: all that a pipe brings, or one line of a terminal without its being shown. It
 * goes to whoever asked and nowhere else.
 */
import type { ReadStream } from 'node:tty';
import type { Readable, Writable } from 'node:stream';
import { ArchiveError } from '#contract/errors.ts';
import { UsageError } from './arguments.ts';

/** Above any key, below what would fill memory. */
const mostBytes = 64 * 1024;

export interface SecretInput {
  stdin: Readable;
  stderr: Writable;
  signal: AbortSignal;
}

const cancelled = (): ArchiveError =>
  new ArchiveError({
    code: 'cancelled',
    message: 'Stopped. Nothing was stored.',
    retryable: true,
  });

/** Throws UsageError for too much, 'cancelled' on Ctrl-C. */
export async function readSecret(input: SecretInput, prompt: string): Promise<string> {
  const { stdin, stderr, signal } = input;
  if (signal.aborted) throw cancelled();
  const terminal = isTerminal(stdin) ? stdin : null;
  if (terminal !== null) {
    stderr.write(prompt);
    terminal.setRawMode(true);
  }
  try {
    return await readAll(stdin, signal, terminal !== null);
  } finally {
    if (terminal !== null) {
      terminal.setRawMode(false);
      stderr.write('\n');
    }
    stdin.pause();
  }
}

function isTerminal(stdin: Readable): stdin is ReadStream {
  return (stdin as Partial<ReadStream>).isTTY === true;
}

function readAll(stdin: Readable, signal: AbortSignal, isTyped: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (settle: () => void): void => {
      stdin.off('data', onData).off('end', onEnd).off('error', onError);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(cancelled()));
    const onEnd = (): void => end(() => resolve(text));
    const onError = (error: Error): void => end(() => reject(error));
    const onData = (piece: string): void => {
      const typed = isTyped ? type(text, piece) : { text: text + piece, ends: null };
      ({ text } = typed);
      if (typed.ends === 'cancelled') onAbort();
      else if (typed.ends === 'done') onEnd();
      else if (text.length > mostBytes) {
        end(() => reject(new UsageError('That is too much for a secret. Nothing was stored.')));
      }
    };
    signal.addEventListener('abort', onAbort, { once: true });
    stdin.setEncoding('utf8');
    stdin.on('data', onData).on('end', onEnd).on('error', onError);
  });
}

/** Keys of a terminal that shows nothing by itself: Enter, Ctrl-C, Ctrl-D, and what takes a letter back. */
function type(before: string, piece: string): { text: string; ends: 'done' | 'cancelled' | null } {
  let text = before;
  for (const letter of piece) {
    if (letter === '\u0003') return { text: '', ends: 'cancelled' };
    if (letter === '\r' || letter === '\n' || letter === '\u0004') return { text, ends: 'done' };
    if (letter === '\u007f' || letter === '\b') text = text.slice(0, -1);
    else text += letter;
  }
  return { text, ends: null };
}
