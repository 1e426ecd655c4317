/** Runs in plain Node, for tests only. Starts a TypeScript program of test/support and ends it hard. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface RunningChild {
  process: ChildProcess;
  /** Lines of its stdout so far. */
  lines: string[];
  /** Resolves when it has ended, with what it said on stderr. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
  /** Resolves with true once `wanted` holds for its lines, false when it ended before. */
  until(wanted: (lines: readonly string[]) => boolean): Promise<boolean>;
}

/** `wrapper` is a program with its arguments to run it under, such as strace; `env` comes on top of our own. */
export function runChild(
  file: string,
  args: string[],
  wrapper: string[] = [],
  env: Readonly<Record<string, string>> = {},
): RunningChild {
  const program = [
    ...wrapper,
    process.execPath,
    '--no-warnings',
    fileURLToPath(new URL(file, import.meta.url)),
    ...args,
  ];
  const child = spawn(program[0] ?? '', program.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  let rest = '';
  let errors = '';
  const tell = () => {
    for (const watcher of [...watchers]) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  let hasEnded = false;
  const ended = new Promise<Awaited<RunningChild['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      hasEnded = true;
      resolve({ code, signal, errors });
      tell();
    });
  });
  return {
    process: child,
    lines,
    ended,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!wanted(lines) && !hasEnded) return;
          watchers.delete(look);
          resolve(wanted(lines));
        };
        watchers.add(look);
        look();
      }),
  };
}
