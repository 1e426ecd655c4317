import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runCommand, type Ended } from '#test/support/terminal-core.ts';

const pair = { key: 'key-of-this-test-0001', secret: 'secret-of-this-test-0002' };
const keys = { ALMAGEST_ASTROBIN_KEY: pair.key, ALMAGEST_ASTROBIN_SECRET: pair.secret };
/** Towards a stand-in on this computer nobody needs to wait. */
const fast = { ALMAGEST_RATE_ASTROBIN: '10000,1000,8,500' };

let temp: ReturnType<typeof makeTempDir>;
let server: AstrobinServer;
let environment: Record<string, string>;

beforeEach(() => {
  temp = makeTempDir();
  environment = { ...keys, ...fast };
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

async function serve(options: { images?: number; ceiling?: 'first' | 'last' } = {}): Promise<void> {
  server = await startAstrobinServer({ ...pair, ...options });
}

const run = (...argv: string[]): Promise<Ended> =>
  runCommand(argv, { profileDir: temp.dir, base: server.base, environment });

interface ListDocument {
  total: number;
  count: number;
  complete: boolean;
  missing: number;
  gaps?: string[];
  records: { ref: string; archive: string; licence: string }[];
}

async function list(...argv: string[]): Promise<ListDocument & { code: number; err: string }> {
  const { code, out, err } = await run(...argv, '--json');
  if (out === '') throw new Error(err);
  return { ...(JSON.parse(out) as ListDocument), code, err };
}

const errorOf = ({ err }: Ended): { code: string; message: string; retryable: boolean } => {
  const last = err.trimEnd().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { error: { code: string; message: string; retryable: boolean } })
    .error;
};

describe('search astrobin', () => {
  test('lists by the archive’s own parameters, in pages of 25 of our own', async () => {
    await serve({ images: 120 });
    const { records, ...rest } = await list('search', 'astrobin', '--user', 'anna');
    expect(rest).toMatchObject({ total: 60, count: 60, complete: true, missing: 0, code: 0 });
    expect(new Set(records.map(({ ref }) => ref)).size).toBe(60);
    expect(records[0]).toMatchObject({ archive: 'astrobin', licence: expect.any(String) });
    expect(
      server.asked().map((url) => new URL(url, server.base).searchParams.get('offset')),
    ).toEqual(['0', '25', '50']);
  });

  test('a limit below a page is one request of that size, and --ndjson ends in a summary', async () => {
    await serve();
    const { code, out } = await run('search', 'astrobin', '--limit', '3', '--ndjson');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(code).toBe(0);
    expect(lines).toHaveLength(4);
    expect(lines[3]).toEqual({ summary: { total: 60, count: 3, complete: true, missing: 0 } });
    expect(server.asked()).toHaveLength(1);
    expect(server.asked()[0]).toContain('limit=3');
  });

  test('a text alone is a subject where it names one, else part of a title', async () => {
    await serve();
    await run('search', 'astrobin', 'm31');
    await run('search', 'astrobin', 'NGC', '1976');
    await run('search', 'astrobin', 'frame', '1');
    const asked = server.asked().map((url) => new URL(url, server.base).searchParams);
    expect(asked.map((params) => params.get('subjects'))).toContain('M 31');
    expect(asked.map((params) => params.get('subjects'))).toContain('NGC 1976');
    expect(asked.at(-1)?.get('title__icontains')).toBe('frame 1');
  });

  test.each([
    [['--titel__icontains', 'x'], '--title__icontains'],
    [['--uploaded_gte', '2020-01-01'], '--uploaded__gte'],
    [['--uploaded__gte', 'yesterday'], 'no date'],
    [['--order_by', 'publishd'], '--order_by published'],
    [['--user__username', 'anna'], 'user'],
    [['--limt', '5'], '--limit'],
    [['--thorough'], '--all'],
    [['M31', '--subjects', 'M33'], 'twice'],
  ])('%j is refused before anything is sent', async (words, hint) => {
    await serve();
    const ended = await run('search', 'astrobin', ...words, '--json');
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(errorOf(ended)).toMatchObject({ code: 'invalid-arguments', retryable: false });
    expect(ended.err).toContain(hint);
    expect(server.asked()).toEqual([]);
  });

  test('--all goes past the 100 of a subject by dates, each image once', async () => {
    await serve({ images: 300 });
    const first = await list('search', 'astrobin', 'M31');
    expect(first).toMatchObject({ total: 100, count: 100, complete: true, code: 0 });
    expect(first.err).toContain('--all');
    const { records, ...rest } = await list('search', 'astrobin', 'M31', '--all');
    expect(rest).toMatchObject({ count: 225, complete: true, missing: 0, code: 0 });
    expect(new Set(records.map(({ ref }) => ref)).size).toBe(225);
    const some = await list('search', 'astrobin', 'M31', '--limit', '150');
    expect(some).toMatchObject({ count: 150, complete: true, code: 0 });
  });

  test('what dates don’t tell apart is said with its cost, code 3; --thorough gets it', async () => {
    await serve({ images: 300, ceiling: 'first' });
    const part = await list('search', 'astrobin', 'M31', '--all');
    expect(part).toMatchObject({ complete: false, code: 3 });
    expect(part.gaps?.join(' ')).toMatch(/300 images .* 12 requests/);
    expect(part.err).toContain('--thorough');
    const whole = await list('search', 'astrobin', 'M31', '--all', '--thorough');
    expect(whole).toMatchObject({ count: 225, complete: true, code: 0 });
  });

  test('a list that breaks off keeps what came, and counts what is missing', async () => {
    await serve({ images: 120 });
    environment['ALMAGEST_RATE_ASTROBIN'] = '10000,1000,8,3';
    const ended = await run('search', 'astrobin', '--user', 'anna', '--all', '--ndjson');
    expect(ended.code).toBe(0);
    const more = await run('search', 'astrobin', '--title__icontains', 'frame', '--ndjson');
    expect(more).toMatchObject({ code: 6, out: '' });
    environment['ALMAGEST_RATE_ASTROBIN'] = '10000,1000,8,5';
    const cut = await run('search', 'astrobin', '--title__icontains', 'frame', '--all', '--ndjson');
    expect(cut.code).toBe(3);
    expect(cut.err).toContain('Left for today: 1.');
    expect(cut.out).toContain('"summary":{"total":120,"count":50,"complete":false,"missing":70');
    expect(errorOf(cut)).toMatchObject({ code: 'rate-limited', retryable: true });
  });
});

describe('without a key, or with one that is refused', () => {
  test('the exit code is 7, and nothing is sent for want of one', async () => {
    await serve();
    environment = { ...fast };
    const none = await run('search', 'astrobin', 'M31', '--json');
    expect(none.code).toBe(7);
    expect(errorOf(none)).toMatchObject({ code: 'key-needed', retryable: false });
    expect(server.asked()).toEqual([]);
    environment = { ...fast, ...keys, ALMAGEST_ASTROBIN_KEY: 'another-key-altogether' };
    for (const argv of [
      ['search', 'astrobin', 'M31'],
      ['astrobin', 'get', 'image'],
      ['show', 'astrobin:h00001'],
    ]) {
      const wrong = await run(...argv, '--json');
      expect(wrong.code).toBe(7);
      expect(errorOf(wrong).code).toBe('key-needed');
    }
  });
});

describe('astrobin', () => {
  test('get prints the body as it came, key and secret masked', async () => {
    await serve();
    const { code, out } = await run('astrobin', 'get', 'image', '--limit', '2', '--user', 'bert');
    expect(code).toBe(0);
    const body = JSON.parse(out) as { meta: { next: string; limit: number }; objects: unknown[] };
    expect(body.meta.limit).toBe(2);
    expect(body.meta.next).toContain('api_key=***');
    expect(out).not.toContain(pair.key);
    expect(out).not.toContain(pair.secret);
    expect((await run('astrobin', 'get', 'image', 'h00001')).out).toContain('"title":"Frame 1"');
    expect((await run('astrobin', 'get', 'image', '1;999')).out).toContain('"not_found":["999"]');
    expect((await run('astrobin', 'get', 'image', 'schema')).out).toContain('"fields"');
    expect((await run('astrobin')).out).toContain('list_endpoint');
  });

  test.each([
    [['get'], 2, 'userprofile'],
    [['get', 'images'], 2, 'Did you mean \\"image'],
    [['get', 'image', '--hash', 'x'], 2, 'doesn’t filter by “hash”'],
    [['get', 'image', '--titel', 'x'], 2, '--title'],
    [['get', 'image', '--format', 'yaml'], 2, 'json or xml'],
    [['get', 'image', 'a b'], 2, 'neither a hash'],
    [['get', 'image', '--limit', '26'], 2, 'lists no more at once'],
    [['get', 'image', '--offset=-1'], 2, 'a whole number from 0 up'],
    [['get', 'image', '999999'], 4, ''],
    [['todya'], 2, 'Did you mean \\"today'],
    [['today', '--back', 'x'], 2, '--back'],
    [['today', '--back', '5000'], 4, 'that far back'],
    [['user', 'nobody'], 4, 'nobody'],
    [['collection', 'x'], 2, 'number'],
  ])('%j ends with %d', async (words, code, hint) => {
    await serve();
    const ended = await run('astrobin', ...words, '--json');
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toContain(hint);
  });

  test('today is a record with its day, --back that of an earlier one', async () => {
    await serve();
    const today = JSON.parse((await run('astrobin', 'today', '--json')).out) as object;
    expect(today).toMatchObject({ day: '2022-03-01', ref: 'astrobin:1', archive: 'astrobin' });
    const before = await run('astrobin', 'today', '--back', '1', '--json');
    expect(JSON.parse(before.out)).toMatchObject({
      ...{ day: '2022-02-28', ref: 'astrobin:h00001', title: 'Frame 1', credit: 'bert' },
      runnersUp: ['astrobin:3'],
    });
    const text = await run('astrobin', 'today', '--back', '1');
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/^2022-02-28\tastrobin:h00001\tFrame 1\tbert\t/);
  });

  test('a user and a collection', async () => {
    await serve();
    const user = await run('astrobin', 'user', 'anna', '--json');
    expect(JSON.parse(user.out)).toMatchObject({ user: { username: 'anna', realName: 'Anna' } });
    expect((await run('astrobin', 'user', 'anna')).out).toContain('imageCount\t30\n');
    const collection = await run('astrobin', 'collection', '4', '--json');
    expect(JSON.parse(collection.out)).toMatchObject({
      collection: { name: 'Messier', images: ['astrobin:h00001'] },
    });
  });
});

describe('a record of AstroBin', () => {
  test('is shown, by hash, by number and by its page’s address; seen once, it costs no request again', async () => {
    await serve();
    const shown = await run('show', 'astrobin:h00001', '--json');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(shown.out)).toMatchObject({
      record: { ref: 'astrobin:h00001', credit: 'bert', licence: 'CC BY' },
      renditions: expect.arrayContaining([expect.objectContaining({ name: 'real' })]),
      metadata: { imaging_telescopes: ['Tube'] },
      captions: [],
    });
    const gone = await run('go', 'https://www.astrobin.com/h00001/', '--json');
    expect(gone).toEqual(shown);
    const text = await run('show', 'astrobin:h00001');
    expect(text.out).toContain('licence\tCC BY\n');
    expect(text.out).toContain('terms\tKeep “bert” with it.\n');
    expect((await run('go', 'https://www.astrobin.com/users/bert/')).code).toBe(2);
    expect((await run('show', 'astrobin:zzzzz9')).code).toBe(4);
    // A number works where there is no hash, and where there is one it leads to it.
    expect((await run('show', 'astrobin:1', '--json')).code).toBe(0);
    expect((await run('show', 'astrobin:3')).out).toContain('astrobin:h00002');
    server.failWith({ status: 503, body: '' });
    const kept = await run('show', 'astrobin:h00001', '--json');
    expect(kept).toMatchObject({ code: 0, err: '' });
    server.failWith(null);
  });

  test('an address that was copied with the key in it is repeated without it', async () => {
    await serve();
    const address = `https://www.astrobin.com/api/v1/location/?api_key=${pair.key}&api_secret=${pair.secret}`;
    const { code, err } = await run('go', address);
    expect(code).toBe(2);
    expect(err).toContain('api_key=***');
    expect(err).not.toContain(pair.key);
  });

  test('is downloaded by rendition, with who made it and what the licence asks beside it', async () => {
    await serve();
    const folder = join(temp.dir, 'files');
    const ended = await run(
      'download',
      'astrobin:h00001',
      '--rendition',
      'hd',
      '--to',
      folder,
      '--json',
    );
    expect(ended).toMatchObject({ code: 0 });
    const report = JSON.parse(ended.out) as {
      done: number;
      files: { path: string; url: string }[];
    };
    expect(report.done).toBe(1);
    const path = report.files[0]?.path ?? '';
    expect(statSync(path).size).toBeGreaterThan(0);
    const names = readdirSync(folder);
    const sidecar = names.find((name) => name.endsWith('.json')) ?? '';
    expect(JSON.parse(readFileSync(join(folder, sidecar), 'utf8'))).toMatchObject({
      rendition: 'hd',
      credit: expect.stringContaining('bert'),
      licence: 'CC BY',
      licenceNote: 'Keep “bert” with it.',
      record: { ref: 'astrobin:h00001' },
    });
    const largest = await run('download', 'astrobin:h00001', '--dry-run', '--json');
    expect(largest.out).toContain('/rawthumb/real/');
    const unknown = await run('download', 'astrobin:h00001', '--rendition', 'huge', '--to', folder);
    expect([unknown.code, unknown.err]).toEqual([4, expect.stringContaining('real, hd')]);
  });

  test('with today’s requests used up a download ends with 6 and stays in the queue', async () => {
    await serve();
    environment['ALMAGEST_RATE_ASTROBIN'] = '10000,1000,8,2';
    const folder = join(temp.dir, 'files');
    const words = ['download', 'astrobin:h00001', '--rendition', 'hd', '--to', folder, '--json'];
    const cut = await run(...words);
    expect(cut.code).toBe(6);
    expect(cut.out).toContain('used up');
    expect(server.asked().length).toBe(2);
    environment['ALMAGEST_RATE_ASTROBIN'] = '10000,1000,8,20';
    expect(await run(...words)).toMatchObject({ code: 0 });
  });
});

describe('health', () => {
  test('counts today’s requests, in a word too', async () => {
    await serve();
    await run('search', 'astrobin', '--limit', '1');
    const { out } = await run('health', '--json');
    const { archives } = JSON.parse(out) as { archives: { archive: string; budget: unknown }[] };
    expect(archives.find(({ archive }) => archive === 'astrobin')).toMatchObject({
      ok: true,
      dialect: 'API 1, key accepted',
      budget: { perDay: 500, used: 2, renewsAtMs: expect.any(Number) },
    });
    expect((await run('health')).out).toContain('\t497 of 500 requests left today\n');
  });
});
