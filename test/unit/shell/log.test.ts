import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog, describeError } from '#main/shell/log.ts';
import { redact } from '#main/shell/redact.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almagest-log-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const now = () => new Date('2026-01-02T03:04:05Z');

describe('the log', () => {
  test('keeps what it is told, redacted, with the stack and the causes of errors', async () => {
    const file = join(folder, 'logs', 'main.log');
    const echoed: string[] = [];
    const log = createLog({
      file,
      homeFolder: '/home/ada',
      now,
      echo: (line) => echoed.push(line),
    });
    log.info('opened /home/ada/Almagest');
    log.error('failed', new Error('outer', { cause: new TypeError('inner ?api_key=abc') }));
    const text = await readFile(file, 'utf8');
    expect(text).toContain('2026-01-02T03:04:05.000Z info opened ~/Almagest\n');
    expect(text).toMatch(/error failed\n {4}Error: outer/);
    expect(text).toContain('caused by TypeError: inner ?api_key=…');
    expect(text).not.toContain('abc');
    expect(echoed.join('')).toBe(text);
  });

  test('turns over once when it has grown, so it never takes more than twice its limit', async () => {
    const file = join(folder, 'main.log');
    const log = createLog({ file, homeFolder: '', now, maxBytes: 200 });
    for (let at = 0; at < 40; at += 1) log.info(`line ${at} ${'x'.repeat(30)}`);
    const [current, old] = await Promise.all([readFile(file), readFile(`${file}.old`)]);
    expect(current.length + old.length).toBeLessThan(600);
    expect(current.toString()).toContain('line 39');
  });

  test('leaves out what comes in a flood, and says how much', async () => {
    const file = join(folder, 'main.log');
    let nowMs = 0;
    const log = createLog({ file, homeFolder: '', now: () => new Date(nowMs) });
    for (let at = 0; at < 1000; at += 1) log.warn('refused');
    nowMs = 10_000;
    log.warn('later');
    const text = await readFile(file, 'utf8');
    expect(text.match(/refused/g)).toHaveLength(200);
    expect(text).toMatch(/800 entries were left out\n.* later\n$/);
  });

  test('cuts an entry that is out of all measure', async () => {
    const file = join(folder, 'main.log');
    createLog({ file, homeFolder: '', now }).warn('x'.repeat(1_000_000));
    expect((await readFile(file)).length).toBeLessThan(20_000);
  });

  test('never throws, and goes on when it can write again', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, '');
    const file = join(blocked, 'main.log');
    const log = createLog({ file, homeFolder: '', now });
    expect(() => log.error('one', new Error('x'))).not.toThrow();
    await rm(blocked);
    log.info('two');
    expect(await readFile(file, 'utf8')).toContain('two');
  });

  test('describes whatever was thrown, and circles of causes', () => {
    const error = new Error('a');
    error.cause = error;
    expect(describeError(error).length).toBeLessThan(10_000);
    expect([describeError('text'), describeError(undefined), describeError({})]).toEqual([
      'text',
      'undefined',
      'object',
    ]);
  });
});

test.each([
  ['GET /api?api_key=K1&api_secret=S1&limit=2', 'GET /api?api_key=…&api_secret=…&limit=2'],
  ['Authorization: Bearer abc.def', 'Authorization: …'],
  ['{"password":"p w","name":"x"}', '{"password":…,"name":"x"}'],
  ['via http://ada:word@proxy:8080/', 'via http://…@proxy:8080/'],
  ['in /home/ada/Pictures', 'in ~/Pictures'],
  ['the token of today is kept', 'the token of today is kept'],
])('%s is written as %s', (text, clean) => {
  expect(redact(text, '/home/ada')).toBe(clean);
});
