import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSecret } from '#main/terminal/read-secret.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runCommand, type Ended } from '#test/support/terminal-core.ts';

let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

const base = 'http://127.0.0.1:9';
const run = (argv: string[], input = ''): Promise<Ended> =>
  runCommand(argv, { profileDir: temp.dir, base, input });

describe('settings', () => {
  test('are listed, got, set and put back', async () => {
    const all = JSON.parse((await run(['settings', 'list', '--json'])).out) as object;
    expect(all).toMatchObject({ theme: 'system', textZoom: 100, shortcuts: {} });
    expect((await run(['settings', 'list'])).out).toContain('astrobinPerDay\t500\n');
    expect(await run(['settings', 'set', 'theme', 'dark'])).toEqual({
      code: 0,
      out: 'dark\n',
      err: '',
    });
    expect((await run(['settings', 'get', 'theme', '--json'])).out).toBe('{"theme":"dark"}\n');
    await run(['settings', 'set', 'textZoom', '120']);
    await run(['settings', 'set', 'welcomed', 'true']);
    await run(['settings', 'set', 'shortcuts', '{"search.focus":"F3"}']);
    expect((await run(['settings', 'get', 'shortcuts'])).out).toBe('{"search.focus":"F3"}\n');
    expect((await run(['settings', 'set', 'downloadFolder', 'here'])).out).toBe(
      `${join(process.cwd(), 'here')}\n`,
    );
    expect((await run(['settings', 'set', 'bandwidth', '1.5M'])).out).toBe('1500000\n');
    expect((await run(['settings', 'set', 'nameTemplate', '{archive}/{id}'])).code).toBe(0);
    expect((await run(['settings', 'reset', 'textZoom'])).out).toBe('100\n');
    await run(['settings', 'reset', 'all']);
    const again = JSON.parse((await run(['settings', 'list', '--json'])).out) as object;
    expect(again).toEqual(all);
  });

  test.each([
    [['set', 'theme', 'pink'], 'system, dark, light or contrast'],
    [['set', 'textZoom', '900'], 'from 80 to 200'],
    [['set', 'textZoom', 'big'], 'a whole number'],
    [['set', 'astrobinPerDay', '501'], 'from 0 to 500'],
    [['set', 'welcomed', 'yes'], 'true or false'],
    [['set', 'nasaImagesApi', 'nowhere'], 'https'],
    [['set', 'nameTemplate', '{archive}/{nope}'], 'no field “nope”'],
    [['set', 'bandwidth', '5'], '16,384'],
    [['set', 'bandwidth', 'fast'], '500k'],
    [['set', 'bandwidthTimetable', '[{"days":[9]}]'], 'JSON'],
    [['set', 'nasaImagesApi', 'http://archive.example'], 'https'],
    [['set', 'shortcuts', '{'], 'JSON'],
    [['set', 'shortcuts', '{"search.focsu":"F3"}'], 'Did you mean "search.focus"?'],
    [['set', 'shortcuts', '{"search.focus":"press F3"}'], 'no keys for search.focus'],
    [['set', 'theme'], 'system, dark'],
    [['set', 'theme', 'dark', 'light'], 'one word more'],
    [['set', 'them', 'dark'], 'Did you mean "theme"?'],
    [['get', 'astrobin.key'], 'set-secret'],
    [['get'], 'theme'],
    [['reset'], 'theme'],
    [['lst'], 'Did you mean "list"?'],
    [['list', '--x', 'y'], '--x'],
  ])('%j is refused in words, and changes nothing', async (words, hint) => {
    const { code, out, err } = await run(['settings', ...words]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(hint);
    const settings = join(temp.dir, 'settings.json');
    expect(existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : {}).toEqual({});
  });
});

describe('secrets', () => {
  const key = 'the-key-0123456789';
  const secret = 'the-secret-9876543210';
  const file = (): string => join(temp.dir, 'secrets.json');

  test('come in by stdin, are kept for their owner alone, and go again', async () => {
    const first = await run(['settings', 'set-secret', 'astrobin.key'], `${key}\n`);
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toContain('set-secret astrobin.secret');
    const second = await run(['settings', 'set-secret', 'astrobin.secret', '--json'], secret);
    expect(JSON.parse(second.out)).toEqual({ stored: 'astrobin.secret', from: 'plain-text' });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      'astrobin.key': key,
      'astrobin.secret': secret,
    });
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
    const listed = await run(['settings', 'list']);
    for (const { out, err } of [first, second, listed]) {
      expect(out + err).not.toContain(key);
      expect(out + err).not.toContain(secret);
    }
    expect(await run(['settings', 'forget-secrets'])).toMatchObject({ code: 0 });
    expect(existsSync(file())).toBe(false);
  });

  test.each([
    ['behind the name', ['astrobin.key', key]],
    ['in the name’s place', [key]],
    ['as an option', ['astrobin.key', `--${key}`]],
    ['as an option’s value', ['astrobin.key', '--value', key]],
  ])('on the command line, %s, they are refused and not repeated', async (_where, words) => {
    for (const format of [[], ['--json']]) {
      const { code, out, err } = await run(['settings', 'set-secret', ...words, ...format], key);
      expect([code, out]).toEqual([2, '']);
      expect(err).not.toContain(key);
    }
    expect((await run(['settings', 'set-secret', 'astrobin.key', key])).err).toContain('stdin');
    expect(existsSync(file())).toBe(false);
  });

  test('nothing, or what is no key, changes nothing and is not repeated', async () => {
    await run(['settings', 'set-secret', 'astrobin.key'], key);
    for (const input of ['', ' \n', `${secret} ${secret}`, 'x'.repeat(100_000)]) {
      const { code, err } = await run(['settings', 'set-secret', 'astrobin.key'], input);
      expect(code).toBe(2);
      expect(err).not.toContain(secret);
    }
    expect(readFileSync(file(), 'utf8')).toContain(key);
  });

  test('typed at a terminal they are not shown: Enter ends, Ctrl-C gives up', async () => {
    const typing = async (...pieces: string[]) => {
      const modes: boolean[] = [];
      let shown = '';
      const stdin = Object.assign(Readable.from(pieces), {
        isTTY: true,
        setRawMode: (isRaw: boolean) => void modes.push(isRaw),
      });
      const stderr = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          shown += chunk.toString();
          done();
        },
      });
      const { signal } = new AbortController();
      const end = await readSecret({ stdin, stderr, signal }, 'Key: ').catch(
        (error: unknown) => error,
      );
      return { end, shown, modes };
    };
    expect(await typing('ab', 'x\u007f', 'c\r', 'later')).toEqual({
      ...{ end: 'abc', shown: 'Key: \n', modes: [true, false] },
    });
    expect((await typing('abc\u0003')).end).toMatchObject({ code: 'cancelled' });
  });
});
