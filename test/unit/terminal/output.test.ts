import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Output, plain } from '#main/terminal/output.ts';

function streams(isTTY: boolean) {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const text = (stream: PassThrough): string => {
    const chunk: unknown = stream.read();
    return chunk === null ? '' : String(chunk);
  };
  return { stdout, stderr, out: () => text(stdout), err: () => text(stderr) };
}

test('an archive’s control characters never reach the terminal', () => {
  expect(plain('a\u001b[31mb\u0007c\u009bd\u202ee\nf')).toBe('a [31mb c d e f');
});

test('results go to stdout, everything else to stderr', async () => {
  const io = streams(true);
  const output = new Output(io, 'ndjson', false);
  output.progress('1 of 3');
  await output.value({ a: 1 });
  output.message('done');
  output.end();
  expect(io.out()).toBe('{"a":1}\n');
  expect(io.err()).toBe('\r\u001b[2K1 of 3\r\u001b[2Kdone\n');
});

test('a pipe sees no progress, and --quiet no messages', () => {
  const piped = streams(false);
  new Output(piped, 'text', false).progress('1 of 3');
  expect(piped.err()).toBe('');
  const quiet = streams(true);
  const output = new Output(quiet, 'text', true);
  output.progress('1 of 3');
  output.message('done');
  expect(quiet.err()).toBe('');
});

test('the last line of an error is JSON where the result is', () => {
  const io = streams(false);
  new Output(io, 'json', true).error({ code: 'not-found', message: 'No "x".', retryable: false });
  expect(JSON.parse(io.err())).toEqual({
    error: { code: 'not-found', message: 'No "x".', retryable: false },
  });
});

test('waits for a slow reader instead of filling memory', async () => {
  const stdout = new PassThrough({ highWaterMark: 8 });
  const output = new Output({ stdout, stderr: new PassThrough() }, 'text', false);
  let isWritten = false;
  const writing = output.line('x'.repeat(64)).then(() => {
    isWritten = true;
  });
  await new Promise(setImmediate);
  expect(isWritten).toBe(false);
  stdout.resume();
  await writing;
  expect(isWritten).toBe(true);
});
