import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  byPath,
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { openTestCore, runCommand } from '#test/support/terminal-core.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
/** Bytes, status and type of the caption file; null for none at all. */
let file: { body: string | Buffer; status?: number; type?: string } | null;
let isGone: boolean;
let isRefusing: boolean;
let asked: string[];

const ref = toRef('nasa-images', 'A');
const srt =
  '\uFEFF1\r\n00:00:00,599 --> 00:00:04,160\r\n>> ALICE: Hi, my name is Alice\r\n\r\n2\r\n00:00:04,160 --> 00:00:06,770\r\n<i>and</i> this is the crater &amp; its rim\r\n';
const cues = [
  { startMs: 599, endMs: 4160, text: 'Hi, my name is Alice', speaker: 'ALICE' },
  { startMs: 4160, endMs: 6770, text: 'and this is the crater & its rim', speaker: null },
];

beforeEach(async () => {
  temp = makeTempDir();
  file = { body: srt };
  isGone = false;
  isRefusing = false;
  asked = [];
  server = await startFaultServer((request, response) => {
    asked.push(request.url ?? '');
    archive()(request, response);
  });
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

function itemOf(id: string, kind: string) {
  return {
    href: `${server.base}/${kind}/${id}/collection.json`,
    data: [{ nasa_id: id, title: `Title of ${id}`, media_type: kind, date_created: '2020-01-02' }],
    links: [],
  };
}

const pageOf = (items: unknown[]) => ({
  collection: { version: '1.1', href: '', items, metadata: { total_hits: items.length } },
});

/** An archive of a film, a film without captions and a picture. */
function archive(): FaultHandler {
  if (isGone) return serveHtmlError(502);
  if (isRefusing) return serveJson({ reason: 'not now' }, 403);
  const manifest = serveJson({ collection: { items: [] } });
  const reason = (status: number) => serveJson({ reason: 'none' }, status);
  return byPath({
    '/search': serveJson(
      pageOf([itemOf('A', 'video'), itemOf('B', 'video'), itemOf('P', 'image')]),
    ),
    '/asset/A': manifest,
    '/asset/B': manifest,
    '/asset/P': manifest,
    '/captions/A': serveJson({ location: `${server.base}/video/A/A.srt` }),
    '/captions/B': reason(404),
    '/captions/P': reason(400),
    '/video/A/A.srt': (_request, response) => {
      const {
        body,
        status = 200,
        type = 'application/x-subrip',
      } = file ?? { body: '', status: 404 };
      response.writeHead(status, { 'content-type': type }).end(body);
    },
  });
}

const open = () => openTestCore(temp.dir, server.base);
const at = () => ({ profileDir: temp.dir, base: server.base });
const downloads = (): string[] =>
  readdirSync(temp.dir).filter(
    (name) => /\.(srt|vtt|txt|json)\b/.test(name) && name !== 'settings.json',
  );

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ArchiveError) return error;
  throw new Error('no ArchiveError', { cause: error });
}

describe('captions of a record', () => {
  test('read, kept, searched, exported', async () => {
    const { api, close } = await open();
    expect(await api.captions.cached({ ref })).toEqual({ transcript: null });
    const transcript = await api.captions.get({ ref });
    expect(transcript).toMatchObject({
      ref,
      source: `${server.base}/video/A/A.srt`,
      format: 'srt',
      encoding: 'utf-8',
      cues,
      notes: [],
      age: { origin: 'network', problem: null },
    });
    const { transcript: kept } = await api.captions.cached({ ref });
    expect(kept).toMatchObject({ cues, age: { origin: 'cache' } });
    expect(await api.captions.search({ text: 'crat', limit: 10 })).toEqual({
      hits: [{ ref, title: 'Title of A', cueIndex: 1, startMs: 4160, text: cues[1]?.text }],
      total: 1,
      transcripts: 1,
    });
    expect(await api.captions.search({ text: '"not a phrase', limit: 10 })).toMatchObject({
      total: 0,
    });
    const { text, fileName } = await api.captions.export({ ref, as: 'vtt' });
    expect(fileName).toBe('A.vtt');
    expect(text).toContain('<v ALICE>Hi, my name is Alice');
    await close();
  });

  test('with the network gone, after a restart', { timeout: 90_000 }, async () => {
    const first = await open();
    await first.api.captions.get({ ref });
    await first.close();
    isGone = true;
    const { api, close } = await open();
    expect(await api.captions.get({ ref })).toMatchObject({
      cues,
      age: { origin: 'cache', problem: { code: 'unavailable' } },
    });
    expect((await api.captions.cached({ ref })).transcript).toMatchObject({ cues });
    expect(await api.captions.search({ text: 'alice', limit: 10 })).toMatchObject({ total: 1 });
    await close();
  });

  test('the words outlive the answers they came in', { timeout: 90_000 }, async () => {
    const { api, close } = await open();
    await api.captions.get({ ref });
    expect(await api.captions.search({ text: 'alice', limit: 1 })).toMatchObject({ total: 1 });
    await api.cache.clear({ kinds: ['responses'] });
    isRefusing = true;
    expect((await api.captions.cached({ ref })).transcript).toMatchObject({ cues });
    expect(await api.captions.get({ ref })).toMatchObject({
      cues,
      age: { origin: 'cache', isStale: true, problem: { code: 'unavailable' } },
    });
    const info = await api.cache.info();
    expect(info.byKind.captions).toBeGreaterThan(0);
    expect((await api.cache.clear({ kinds: ['captions'] })).byKind.captions).toBe(0);
    expect(await api.captions.cached({ ref })).toEqual({ transcript: null });
    await close();
  });

  test.each([
    ['B', 'not-found', '“Title of B” has no captions. The archive has no captions for it.'],
    ['P', 'not-found', '“Title of P” has no captions. Only films and sounds have captions.'],
  ])('none: %s', async (id, code, message) => {
    const { api, close } = await open();
    const error = await failure(api.captions.get({ ref: toRef('nasa-images', id) }));
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
    await close();
  });

  test.each([
    ['a web page with 200', '<!DOCTYPE html><html>busy</html>', 'web page'],
    ['another format', '[Script Info]\nTitle: x', 'SubStation Alpha'],
    ['no captions at all', 'hello', 'no times'],
  ])('%s is told, and never takes the place of what is kept', async (_name, body, words) => {
    const { api, close } = await open();
    file = { body, type: 'text/html' };
    const error = await failure(api.captions.get({ ref }));
    expect(error.code).toBe('bad-answer');
    expect(error.message).toContain(words);
    file = { body: srt };
    await api.captions.get({ ref });
    file = { body, type: 'text/html' };
    expect(await api.captions.get({ ref })).toMatchObject({ cues, age: { origin: 'cache' } });
    await close();
  });

  test('a record that was seen: only the file is asked for', async () => {
    const { api, close } = await open();
    await api.captions.get({ ref });
    asked = [];
    await api.captions.get({ ref });
    expect(asked).toEqual(['/video/A/A.srt']);
    await close();
  });

  test('a file that is gone', async () => {
    file = null;
    const { api, close } = await open();
    expect((await failure(api.captions.get({ ref }))).code).toBe('not-found');
    await close();
  });

  test('saved beside what is there, and the same only once', async () => {
    writeFileSync(join(temp.dir, 'A.srt'), 'mine');
    const { api, close } = await open();
    const { path } = await api.captions.save({ ref, as: 'srt' });
    expect(path).toBe(join(temp.dir, 'A (2).srt'));
    expect((await api.captions.save({ ref, as: 'srt' })).path).toBe(path);
    expect(readFileSync(join(temp.dir, 'A.srt'), 'utf8')).toBe('mine');
    expect(readFileSync(path, 'utf8')).toContain('>> ALICE: Hi, my name is Alice');
    expect(downloads().sort()).toEqual(['A (2).srt', 'A.srt']);
    await close();
  });
});

describe('almagest captions', () => {
  test('prints srt, and what was asked for', async () => {
    const { code, out, err } = await runCommand(['captions', 'nasa:A'], at());
    expect(out).toBe(
      '1\n00:00:00,599 --> 00:00:04,160\n>> ALICE: Hi, my name is Alice\n\n2\n00:00:04,160 --> 00:00:06,770\nand this is the crater & its rim\n',
    );
    expect([code, err]).toEqual([0, '']);
    const text = await runCommand(['captions', 'nasa:A', '--as', 'txt'], at());
    expect(text.out).toBe(
      '[00:00:00] ALICE: Hi, my name is Alice and this is the crater & its rim\n',
    );
  });

  test.each([
    ['--json', []],
    ['--ndjson', []],
    ['--as', ['json']],
  ])('%s prints the public document', async (option, more) => {
    const { code, out } = await runCommand(['captions', 'nasa:A', option, ...more], at());
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toEqual({
      ref: 'nasa:A',
      source: `${server.base}/video/A/A.srt`,
      format: 'srt',
      cues,
    });
  });

  test('--out writes a file, never over another without --force', async () => {
    const out = join(temp.dir, 'talk.vtt');
    const written = await runCommand(['captions', 'nasa:A', '--out', out], at());
    expect([written.code, written.out]).toEqual([0, '']);
    expect(readFileSync(out, 'utf8')).toMatch(/^WEBVTT\n\n00:00:00\.599/);
    writeFileSync(out, 'mine');
    asked = [];
    const refused = await runCommand(['captions', 'nasa:A', '--out', out], at());
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('is there already and was left as it is. --force replaces it.');
    expect(asked).toEqual([]);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    const forced = await runCommand(['captions', 'nasa:A', '--force', '--out', out], at());
    expect(forced.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^WEBVTT/);
    expect(downloads()).toEqual(['talk.vtt']);
  });

  test('a folder that is not there', async () => {
    const out = join(temp.dir, 'none', 'a.srt');
    const { code, err } = await runCommand(['captions', 'nasa:A', '--out', out], at());
    expect(code).toBe(1);
    expect(err).toContain('can’t be written (ENOENT)');
    expect(existsSync(out)).toBe(false);
  });

  test.each([
    [['captions'], 2, 'needs a reference'],
    [['captions', 'A'], 2, 'is not a reference'],
    [['captions', 'nasa:A', '--as', 'ass'], 2, '--as takes srt, vtt, txt or json'],
    [['captions', 'nasa:A', '--colour'], 2, 'has no option --colour'],
    [['captions', 'nasa:B'], 4, 'has no captions'],
    [['captions', 'nasa:nowhere'], 4, 'no record'],
  ])('%j ends with %i', async (argv, code, words) => {
    const ended = await runCommand(argv, at());
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(words);
    expect(ended.out).toBe('');
  });

  test(
    'no network: 6; with a kept copy: that, and a word about it',
    { timeout: 90_000 },
    async () => {
      isGone = true;
      expect((await runCommand(['captions', 'nasa:A'], at())).code).toBe(6);
      isGone = false;
      await runCommand(['captions', 'nasa:A'], at());
      isGone = true;
      const { code, out, err } = await runCommand(['captions', 'nasa:A', '--as', 'txt'], at());
      expect([code, out]).toEqual([
        0,
        '[00:00:00] ALICE: Hi, my name is Alice and this is the crater & its rim\n',
      ]);
      expect(err).toContain('This is what was kept on');
    },
  );

  test('what was odd is said, apart from the result', async () => {
    file = {
      body: '1\n00:00:01,000 --> 00:00:02,000\nwords\n\n2\n00:00:03,000 --> 00:00:04,000\n\n',
    };
    const { code, out, err } = await runCommand(['captions', 'nasa:A', '--as', 'txt'], at());
    expect([code, out, err]).toEqual([0, '[00:00:01] words\n', '1 cue without words left out.\n']);
  });
});
