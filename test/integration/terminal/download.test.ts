import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SavedFile } from '#main/terminal/saved-file.ts';
import {
  byPath,
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runCommand } from '#test/support/terminal-core.ts';

interface Report {
  planned: number;
  done: number;
  skipped: number;
  failed: number;
  bytes: number;
  requests: number;
  files: SavedFile[];
}

/** An MP4's first box, and then as many bytes. */
function film(bytes: number): Buffer {
  const head = Buffer.from([0, 0, 0, 24, ...Buffer.from('ftypmp42\0\0\0\0mp42isom')]);
  return Buffer.concat([head, Buffer.alloc(bytes - head.length, 7)]);
}
const orig = film(40_000);
const mobile = film(9_000);
const srt = '1\n00:00:01,000 --> 00:00:02,000\nGo for launch.\n';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let folder: string;

beforeEach(async () => {
  temp = makeTempDir();
  folder = join(temp.dir, 'files');
  server = await startFaultServer((request, response) => archive()(request, response));
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

const fresh = { 'cache-control': 'public, max-age=300' };

function serveFile(body: Buffer | string, type: string): FaultHandler {
  const bytes = Buffer.from(body);
  return (request, response) => {
    const headers = { 'content-type': type, 'content-length': bytes.length, etag: '"1"' };
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
  };
}

/** An archive of one film with captions. */
function archive(): FaultHandler {
  const at = (name: string) => `${server.base}/video/A/${name}`;
  const data = { nasa_id: 'A', title: 'A film', media_type: 'video', date_created: '2020-01-02' };
  const page = { items: [{ href: at('collection.json'), data: [data], links: [] }] };
  const files = ['A~orig.mp4', 'A~mobile.mp4', 'A~thumb.jpg', 'A.srt'];
  const gone = serveJson({ reason: 'No record.' }, 404);
  return byPath({
    '/search': (request, response) => {
      const isOurs = (request.url ?? '').includes('nasa_id=A');
      const found = isOurs ? page : { items: [] };
      const collection = { version: '1.1', href: '', ...found };
      const total = { metadata: { total_hits: isOurs ? 1 : 0 } };
      serveJson({ collection: { ...collection, ...total } }, 200, fresh)(request, response);
    },
    '/asset/A': serveJson(
      { collection: { items: files.map((name) => ({ href: at(name) })) } },
      200,
      fresh,
    ),
    '/asset/B': gone,
    '/metadata/A': gone,
    '/metadata/B': gone,
    '/captions/A': serveJson({ location: at('A.srt') }, 200, fresh),
    '/captions/B': gone,
    '/video/A/A~orig.mp4': serveFile(orig, 'video/mp4'),
    '/video/A/A~mobile.mp4': serveFile(mobile, 'video/mp4'),
    '/video/A/A~thumb.jpg': serveHtmlError(503),
    '/video/A/A.srt': serveFile(srt, 'application/x-subrip'),
  });
}

const at = () => ({ profileDir: temp.dir, base: server.base });
const download = (...words: string[]) => runCommand(['download', ...words, '--to', folder], at());

async function report(...words: string[]): Promise<Report & { code: number }> {
  const { out, code } = await download(...words, '--json');
  return { ...(JSON.parse(out) as Report), code };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a download', () => {
  test('is the largest file of the record’s own medium, whole and verified', async () => {
    const { code, files, ...sums } = await report('nasa:A');
    expect(code).toBe(0);
    const path = join(folder, 'A~orig.mp4');
    expect(files).toEqual([
      {
        ref: 'nasa:A',
        rendition: 'orig',
        url: `${server.base}/video/A/A~orig.mp4`,
        path,
        bytes: orig.length,
        sha256: sha256(orig),
        verified: 'size',
        state: 'done',
        error: null,
      },
    ]);
    expect(readFileSync(path)).toEqual(orig);
    expect(sums).toEqual({
      planned: 1,
      done: 1,
      skipped: 0,
      failed: 0,
      quarantined: 0,
      bytes: orig.length,
      requests: server.requests.length,
    });
  });

  test('of what is there already asks for nothing and writes nothing', async () => {
    await report('nasa:A', '--captions');
    const before = readdirSync(folder);
    const again = await report('nasa:A', '--captions');
    expect(again).toMatchObject({ code: 0, done: 0, skipped: 2, bytes: 0 });
    expect(again.files.every(({ path }) => path !== null)).toBe(true);
    expect(readdirSync(folder)).toEqual(before);
    const films = server.requests.filter(({ url }) => url?.endsWith('orig.mp4'));
    expect(films).toHaveLength(1);
  });

  test('fits what --max-bytes allows, with sizes that had to be asked for', async () => {
    const { code, files } = await report('nasa:A', '--max-bytes', '10000');
    expect({ code, names: files.map(({ rendition }) => rendition) }).toEqual({
      code: 0,
      names: ['mobile'],
    });
    const none = await report('nasa:A', '--max-bytes', '100');
    expect(none).toMatchObject({ code: 0, done: 0, skipped: 1 });
    expect(none.files[0]?.error?.message).toMatch(/left out/);
  });

  test('of captions fetches them beside the film, as the archive has them', async () => {
    const { files } = await report('nasa:A', '--rendition', 'mobile', '--captions');
    expect(files.map(({ rendition }) => rendition)).toEqual(['mobile', 'captions']);
    const captions = files[1];
    expect(captions).toMatchObject({ state: 'done', verified: 'size' });
    expect(readFileSync(captions?.path ?? '', 'utf8')).toContain('Go for launch.');
    expect(captions?.sha256).toBe(sha256(readFileSync(captions?.path ?? '')));
  });

  test('planned only fetches nothing', async () => {
    const plan = await report('nasa:A', '--rendition', 'all', '--captions', '--dry-run');
    expect(plan.files.map(({ rendition, state }) => `${rendition} ${state}`)).toEqual([
      'orig planned',
      'thumb planned',
      'mobile planned',
      'captions planned',
    ]);
    expect(plan).toMatchObject({ code: 0, planned: 4, done: 0, bytes: 0 });
    expect(server.requests.some(({ url }) => url?.includes('.mp4'))).toBe(false);
  });

  test('that is done in part says what failed, and why', async () => {
    const { code, out, err } = await download('nasa:A', 'nasa:B', '--ndjson');
    expect(code).toBe(3);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const files = lines.filter(({ event }) => event === 'file');
    expect(files.map(({ ref, state }) => `${String(ref)} ${String(state)}`)).toEqual([
      'nasa:A done',
      'nasa:B failed',
    ]);
    expect(lines.at(-1)).toMatchObject({ summary: { planned: 2, done: 1, failed: 1 } });
    expect(err).toContain('nasa:B');
  });

  test('never overwrites what is there under the name', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'A~mobile.mp4'), 'mine');
    const { files } = await report('nasa:A', '--rendition', 'mobile');
    expect(files[0]?.path).toBe(join(folder, 'A~mobile (2).mp4'));
    expect(readFileSync(join(folder, 'A~mobile.mp4'), 'utf8')).toBe('mine');
  });

  test('touches nothing else of the queue', async () => {
    // As a window leaves it that was closed before its download began.
    const stopped = new AbortController();
    const waiting = runCommand(['download', 'nasa:A', '--to', folder], {
      ...at(),
      signal: stopped.signal,
    });
    await server.waitForRequests(1);
    stopped.abort();
    expect((await waiting).code).toBe(130);
    const { files } = await report('nasa:A', '--rendition', 'mobile');
    expect(files.map(({ rendition }) => rendition)).toEqual(['mobile']);
    expect(readdirSync(folder).filter((name) => name.endsWith('orig.mp4'))).toEqual([]);
  });
});

describe('a wrong command line', () => {
  const wrong: Record<string, string[]> = {
    'no reference': [],
    'what is no reference': ['A'],
    'an unknown option': ['nasa:A', '--renditions', 'orig'],
    'a size that is none': ['nasa:A', '--max-bytes', '1 GB'],
    'more files at once than may be': ['nasa:A', '--concurrency', '17'],
    'no file at once': ['nasa:A', '--concurrency', '0'],
    'a rate that is none': ['nasa:A', '--limit-rate', 'fast'],
    'a rate at which nothing comes': ['nasa:A', '--limit-rate', '10'],
    'a template that is none': ['nasa:A', '--template', '{nope}', '--limit-rate', '2M'],
  };
  for (const [name, words] of Object.entries(wrong)) {
    test(`${name} is refused before anything is sent`, async () => {
      expect((await download(...words)).code).toBe(2);
      expect(server.requests).toHaveLength(0);
    });
  }

  test('a rendition that the record has not is not found, and those it has are named', async () => {
    const { code, err } = await download('nasa:A', '--rendition', 'huge');
    expect(code).toBe(4);
    expect(err).toContain('orig, thumb, mobile');
  });
});
