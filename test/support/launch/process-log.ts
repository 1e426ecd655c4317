/** Runs in plain Node. Keeps what a child process writes, so that it can be shown when something fails. */
import type { ChildProcess } from 'node:child_process';

const keptChars = 200_000;

/** Returns a function that gives the last part of both outputs. */
export function collectLog(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text = (text + chunk).slice(-keptChars);
    });
  }
  return () => text;
}
