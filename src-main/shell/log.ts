/**
 * Runs in the main process; no electron. A small log beside the profile: redacted, bounded in size, turned over
 * once. It never throws: a full disk must not stop the app from saying so elsewhere.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { redact } from './redact.ts';

export interface LogOptions {
  file: string;
  homeFolder: string;
  now?: () => Date;
  /** Also told each line; stderr in unpackaged builds. */
  echo?: (line: string) => void;
  /** The file is set aside as `.old` when it is larger than this. */
  maxBytes?: number;
}

export interface Log {
  info(text: string): void;
  warn(text: string): void;
  /** With the stack of the error and of its causes. */
  error(text: string, error?: unknown): void;
}

const longestEntry = 16_384;

/** So many entries in a span, so that a hostile page cannot keep the disk busy by being refused. */
const entriesInSpan = 200;
const spanMs = 10_000;

/** Returns null when an entry is one too many, else how many were left out before it. */
function createFloodGate(): (nowMs: number) => number | null {
  let startMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (nowMs) => {
    let leftOut = 0;
    if (nowMs - startMs >= spanMs || nowMs < startMs) {
      leftOut = Math.max(0, count - entriesInSpan);
      startMs = nowMs;
      count = 0;
    }
    count += 1;
    return count > entriesInSpan ? null : leftOut;
  };
}

/** The stack of an error and of what caused it; a plain text for anything else that was thrown. */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const text = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || depth >= 4) return text;
  return `${text}\n  caused by ${describeError(error.cause, depth + 1)}`;
}

export function createLog(options: LogOptions): Log {
  const now = options.now ?? (() => new Date());
  const maxBytes = options.maxBytes ?? 1024 * 1024;
  let sizeBytes: number | null = null;

  const append = (line: string): void => {
    if (sizeBytes === null) {
      mkdirSync(dirname(options.file), { recursive: true });
      sizeBytes = statSync(options.file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (sizeBytes > maxBytes) {
      renameSync(options.file, `${options.file}.old`);
      sizeBytes = 0;
    }
    appendFileSync(options.file, line, { mode: 0o600 });
    sizeBytes += Buffer.byteLength(line);
  };

  const passFlood = createFloodGate();

  const write = (level: string, text: string): void => {
    const at = now();
    const leftOut = passFlood(at.getTime());
    if (leftOut === null) return;
    if (leftOut > 0) put(at, 'warn', `${leftOut} entries were left out`);
    put(at, level, text);
  };

  const put = (at: Date, level: string, text: string): void => {
    const clean = redact(text, options.homeFolder).slice(0, longestEntry);
    const line = `${at.toISOString()} ${level} ${clean.replaceAll('\n', '\n    ')}\n`;
    options.echo?.(line);
    try {
      append(line);
    } catch {
      // Nowhere left to say it; the next entry looks at the file anew.
      sizeBytes = null;
    }
  };

  return {
    info: (text) => write('info', text),
    warn: (text) => write('warn', text),
    error: (text, error) =>
      write('error', error === undefined ? text : `${text}\n${describeError(error)}`),
  };
}

/** The log of a profile; it also gets what nobody caught. */
export function openLog(profileDir: string, homeFolder: string, echo: boolean): Log {
  const log = createLog({
    file: join(profileDir, 'logs', 'main.log'),
    homeFolder,
    ...(echo ? { echo: (line: string) => process.stderr.write(line) } : {}),
  });
  process.on('uncaughtException', (error) => log.error('uncaught', error));
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason));
  return log;
}
