/**
 * The terminal as other people's scripts use it: the built program, its output and its exit codes. Needs no
 * window.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { capturesAbsent, capturesDir } from '../support/captures.ts';
import { startReplayServer, type ReplayServer } from '../support/replay/replay-server.ts';
import { expect, test } from './flows.ts';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'out', 'main', 'terminal.js');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Running {
  ended: Promise<Ended>;
  interrupt(): void;
  /** Resolves when stdout has its first bytes. */
  begun: Promise<void>;
}

function start(args: readonly string[], env: Record<string, string>, profile: string): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ALMAGEST_PROFILE: profile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const begun = new Promise<void>((done) => {
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString('utf8');
      done();
    });
    child.on('close', () => done());
  });
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString('utf8')));
  return {
    ended: new Promise((done) => child.on('close', (code) => done({ code, out, err }))),
    interrupt: () => child.kill('SIGINT'),
    begun,
  };
}

interface ListDocument {
  total: number;
  count: number;
  complete: boolean;
  missing: number;
  records: { ref: string; archive: string; id: string; kind: string; title: string }[];
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

test('search prints a document, exactly', async ({ archive, folder }) => {
  const { code, out, err } = await start(
    ['search', 'nasa-images', 'nebula', '--media_type', 'image', '--limit', '120', '--json'],
    { ALMAGEST_NASA_IMAGES_API: archive.base },
    join(folder, 'profile'),
  ).ended;
  expect(err).toBe('');
  expect(code).toBe(0);
  const document = JSON.parse(out) as ListDocument;
  expect(document.count).toBe(120);
  expect(document).toMatchObject({ complete: true, missing: 0 });
  expect(new Set(document.records.map(({ ref }) => ref)).size).toBe(120);
  expect(document.records.every(({ kind }) => kind === 'image')).toBe(true);
  const names = 'archive credit date description fields id kind licence page preview ref title';
  expect(Object.keys(document.records[0] ?? {}).sort()).toEqual(names.split(' '));
});

test('--ndjson prints a record a line, then the summary', async ({ archive, folder }) => {
  const { code, out } = await start(
    ['search', 'nasa-images', '--q', 'saturn', '--limit', '5', '--ndjson', '--quiet'],
    { ALMAGEST_NASA_IMAGES_API: archive.base },
    join(folder, 'profile'),
  ).ended;
  const lines = out
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(code).toBe(0);
  expect(lines).toHaveLength(6);
  expect(lines[5]).toMatchObject({ summary: { count: 5, complete: true, missing: 0 } });
});

test('what the archive refuses, lacks or does not answer has its own exit code', async ({
  archive,
  folder,
}) => {
  const profile = join(folder, 'profile');
  const env = { ALMAGEST_NASA_IMAGES_API: archive.base };
  const usage = await start(
    ['search', 'nasa-images', 'x', '--yearstart', '1969', '--json'],
    env,
    profile,
  ).ended;
  expect(usage.code).toBe(2);
  expect(usage.out).toBe('');
  expect(JSON.parse(lastLine(usage.err))).toMatchObject({ error: { retryable: false } });
  expect(usage.err).toContain('--year_start');

  const unknown = await start(['show', 'nasa:no such record', '--json'], env, profile).ended;
  expect(unknown.code).toBe(4);
  expect(JSON.parse(lastLine(unknown.err))).toMatchObject({ error: { code: 'not-found' } });

  await archive.goAway();
  const away = await start(['search', 'nasa-images', 'x', '--json'], env, profile).ended;
  expect(away.code).toBe(6);
  expect(JSON.parse(lastLine(away.err))).toMatchObject({ error: { retryable: true } });
  await archive.comeBack();
});

test('a list that breaks off says what is missing', async ({ archive, folder }) => {
  const env = { ALMAGEST_NASA_IMAGES_API: archive.base };
  const running = start(
    ['search', 'nasa-images', 'nebula', '--limit', '300', '--ndjson'],
    env,
    join(folder, 'profile'),
  );
  await running.begun;
  archive.failWith = { status: 502, body: '' };
  const { code, out, err } = await running.ended;
  const summary = JSON.parse(lastLine(out)) as {
    summary: { count: number; missing: number; complete: boolean };
  };
  if (summary.summary.count < 300) {
    expect(code).toBe(3);
    expect(summary.summary).toMatchObject({
      complete: false,
      missing: 300 - summary.summary.count,
    });
    expect(JSON.parse(lastLine(err))).toMatchObject({ error: { code: 'unavailable' } });
  } else expect(code).toBe(0);
});

test('Ctrl-C stops within a second with 130', async ({ archive, folder }) => {
  archive.isHeld = true;
  const running = start(
    ['search', 'nasa-images', 'nebula', '--ndjson'],
    { ALMAGEST_NASA_IMAGES_API: archive.base },
    join(folder, 'profile'),
  );
  await expect.poll(() => archive.requests.length).toBeGreaterThan(0);
  const from = Date.now();
  running.interrupt();
  const { code } = await running.ended;
  expect(code).toBe(130);
  expect(Date.now() - from).toBeLessThan(1000);
});

test('a download that was stopped goes on where it was', async ({ archive, folder }) => {
  const env = { ALMAGEST_NASA_IMAGES_API: archive.base };
  const profile = join(folder, 'profile');
  const to = join(folder, 'files');
  const search = ['search', 'nasa-images', 'galaxy', '--media_type', 'image', '--limit', '1'];
  const found = await start([...search, '--json'], env, profile).ended;
  const ref = (JSON.parse(found.out) as ListDocument).records[0]?.ref ?? '';
  const words = ['download', ref, '--rendition', 'orig', '--to', to, '--ndjson'];
  archive.fileBytesPerSecond = 50_000;
  const first = start(words, env, profile);
  await first.begun;
  const from = Date.now();
  first.interrupt();
  const stopped = await first.ended;
  expect(stopped.code).toBe(130);
  expect(Date.now() - from).toBeLessThan(1000);
  expect(readdirSync(to).some((name) => name.endsWith('.part'))).toBe(true);
  archive.fileBytesPerSecond = null;
  const { code, out } = await start(words, env, profile).ended;
  expect(code).toBe(0);
  expect(JSON.parse(lastLine(out))).toMatchObject({ summary: { planned: 1, done: 1, failed: 0 } });
  expect(readdirSync(to).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('--sample needs no address and no network', async ({ folder }) => {
  const { code, out } = await start(
    ['--sample=500', 'search', 'nasa-images', 'galaxy', '--json', '--quiet'],
    { ALMAGEST_NASA_IMAGES_API: '' },
    join(folder, 'profile'),
  ).ended;
  expect(code).toBe(0);
  expect((JSON.parse(out) as ListDocument).count).toBeGreaterThan(10);
  const settings = join(folder, 'profile', 'settings.json');
  expect(existsSync(settings) ? readFileSync(settings, 'utf8') : '').not.toContain('sample');
  expect(statSync(join(folder, 'profile')).isDirectory()).toBe(true);
});

test.describe('the recorded answers', () => {
  const captures = capturesDir();
  test.skip(captures === null, capturesAbsent);
  let replay: ReplayServer;
  test.beforeAll(async () => {
    if (captures !== null)
      replay = await startReplayServer({ capturesDir: captures, rewriteHosts: true });
  });
  test.afterAll(() => replay?.close());

  const ask = (folder: string, ...args: string[]): Promise<Ended> =>
    start([...args, '--json'], { ALMAGEST_NASA_IMAGES_API: replay.base }, join(folder, 'profile'))
      .ended;

  const lists: { args: string[]; total: number; count: number }[] = [
    { args: ['search', 'nasa-images', 'apollo'], total: 6130, count: 100 },
    { args: ['search', 'nasa-images', 'stars', '--media_type', 'image'], total: 6478, count: 100 },
    { args: ['search', 'nasa-images', '--nasa_id', 'PIA24439'], total: 1, count: 1 },
    { args: ['album', 'Apollo-at-50', '--all'], total: 13, count: 13 },
  ];
  for (const { args, total, count } of lists) {
    test(`${args.join(' ')}: ${count} of ${total}`, async ({ folder }) => {
      const { code, out } = await ask(folder, ...args);
      const document = JSON.parse(out) as ListDocument;
      expect({ ...document, records: document.records.length, code }).toEqual({
        total,
        count,
        complete: true,
        missing: 0,
        records: count,
        code: 0,
      });
    });
  }

  test('an album that is not there is not found', async ({ folder }) => {
    const { code, err } = await ask(folder, 'album', 'invalid-album');
    expect(code).toBe(4);
    expect(err).toContain('No assets found for album');
  });

  test('a record with its renditions and its metadata, private fields left out', async ({
    folder,
  }) => {
    const { out } = await ask(folder, 'show', 'nasa:PIA24439');
    const document = JSON.parse(out) as {
      record: { title: string };
      renditions: { name: string; bytes: number | null }[];
      metadata: Record<string, unknown>;
    };
    expect(document.record.title).toBe('Apollo Footprint');
    expect(document.renditions.map(({ name }) => name).sort()).toEqual([
      'large',
      'medium',
      'orig',
      'small',
      'thumb',
    ]);
    expect(document.metadata['File:ImageWidth']).toBe(3294);
    expect(document.metadata).not.toHaveProperty('SourceFile');
    expect(out).not.toContain('rhalanis');
  });
});

test('captions of a film, as the built program reads them', async ({ archive, folder }) => {
  const env = { ALMAGEST_NASA_IMAGES_API: archive.base };
  const profile = join(folder, 'profile');
  const films = await start(
    ['search', 'nasa-images', '--media_type', 'video', '--limit', '1', '--json'],
    env,
    profile,
  ).ended;
  const ref = (JSON.parse(films.out) as ListDocument).records[0]?.ref ?? '';
  const printed = await start(['captions', ref, '--json'], env, profile).ended;
  expect(printed.code).toBe(0);
  const { cues } = JSON.parse(printed.out) as { cues: { startMs: number; text: string }[] };
  expect(cues.length).toBeGreaterThan(2);
  const file = join(folder, 'film.vtt');
  const written = await start(['captions', ref, '--out', file], env, profile).ended;
  expect([written.code, written.out]).toEqual([0, '']);
  expect(readFileSync(file, 'utf8')).toMatch(/^WEBVTT\n\n\d\d:\d\d:\d\d\.\d{3} --> /);
});
