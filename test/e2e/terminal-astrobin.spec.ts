/**
 * AstroBin and the settings at the terminal, as other people's scripts use them: the built program over the sample
 * archive, its output and its exit codes. Needs no window.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from './flows.ts';

const program = join(resolve(import.meta.dirname, '../..'), 'out', 'main', 'terminal.js');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Towards the sample on this computer nobody needs to wait. */
const fast = { ALMAGEST_RATE_ASTROBIN: '10000,1000,8,500' };
const noKeys = { ALMAGEST_ASTROBIN_KEY: '', ALMAGEST_ASTROBIN_SECRET: '' };

function run(profile: string, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ALMAGEST_PROFILE: profile, ...noKeys, ...fast },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString('utf8')));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString('utf8')));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

interface ListDocument {
  total: number;
  count: number;
  complete: boolean;
  records: { ref: string; archive: string; licence: string | null; credit: string | null }[];
}

test('the sample’s images are searched, past the 100 of a subject too', async ({ folder }) => {
  const profile = join(folder, 'profile');
  const sample = ['--sample=1000', '--json'];
  const some = await run(profile, [
    'search',
    'astrobin',
    '--title__icontains',
    'nebula',
    '--limit',
    '30',
    ...sample,
  ]);
  expect([some.code, some.err]).toEqual([0, '']);
  const document = JSON.parse(some.out) as ListDocument;
  expect(document.count).toBe(30);
  expect(document.records.every(({ archive }) => archive === 'astrobin')).toBe(true);
  const all = await run(profile, [
    ...['search', 'astrobin', '--uploaded__gte', '2020-01-01', '--order_by', 'uploaded', '--all'],
    ...sample,
  ]);
  expect(all.code).toBe(0);
  const listed = JSON.parse(all.out) as ListDocument;
  expect(listed.complete).toBe(true);
  expect(new Set(listed.records.map(({ ref }) => ref)).size).toBe(listed.count);
  const wrong = await run(profile, ['search', 'astrobin', '--subject', 'M31', ...sample]);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.err).toContain('--subjects');
});

test('the image of the day is shown and saved with who made it', async ({ folder }) => {
  const profile = join(folder, 'profile');
  const today = await run(profile, ['--sample=1000', 'astrobin', 'today', '--back', '1', '--json']);
  expect(today.code).toBe(0);
  const record = JSON.parse(today.out) as { day: string; ref: string; credit: string };
  expect(record.day).toMatch(/^\d{4}-\d\d-\d\d$/);
  const shown = await run(profile, ['--sample=1000', 'show', record.ref, '--json']);
  expect(shown.code).toBe(0);
  expect(JSON.parse(shown.out)).toMatchObject({ record: { ref: record.ref } });
  const to = join(folder, 'files');
  const words = ['download', record.ref, '--rendition', 'regular', '--to', to, '--json'];
  const saved = await run(profile, ['--sample=1000', ...words]);
  expect(saved.code).toBe(0);
  expect(JSON.parse(saved.out)).toMatchObject({ planned: 1, done: 1, failed: 0 });
  const sidecar = readdirSync(to).find((name) => name.endsWith('.json')) ?? '';
  expect(JSON.parse(readFileSync(join(to, sidecar), 'utf8'))).toMatchObject({
    credit: expect.stringContaining(record.credit),
    licence: expect.any(String),
    licenceNote: expect.any(String),
  });
  const body = await run(profile, ['--sample=1000', 'astrobin', 'get', 'image', '--limit', '1']);
  expect(body.out).toContain('api_key=***');
  expect(body.out).not.toContain('sample-key');
  const xml = await run(profile, [
    ...['--sample=1000', 'astrobin', 'get', 'location', '--format', 'xml'],
  ]);
  expect(xml.out).toMatch(/<response>/);
});

test('keys come in by stdin and settings by name; both last', async ({ folder }) => {
  const profile = join(folder, 'profile');
  const key = 'a-key-of-this-test-01';
  const secret = 'a-secret-of-this-test-02';
  expect((await run(profile, ['search', 'astrobin', 'M31'])).code).toBe(7);
  const outputs = [
    await run(profile, ['settings', 'set-secret', 'astrobin.key'], `${key}\n`),
    await run(profile, ['settings', 'set-secret', 'astrobin.secret'], `${secret}\n`),
  ];
  expect(outputs.map(({ code }) => code)).toEqual([0, 0]);
  const refused = await run(profile, ['settings', 'set-secret', 'astrobin.key', secret]);
  expect(refused.code).toBe(2);
  const file = join(profile, 'secrets.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    ...{ 'astrobin.key': key, 'astrobin.secret': secret },
  });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await run(profile, ['settings', 'set', 'astrobinPerDay', '120'])).out).toBe('120\n');
  const wrong = await run(profile, ['settings', 'set', 'astrobinPerDay', '5000', '--json']);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(JSON.parse(wrong.err)).toMatchObject({ error: { retryable: false } });
  const list = await run(profile, ['settings', 'list', '--json']);
  expect(JSON.parse(list.out)).toMatchObject({ astrobinPerDay: 120 });
  for (const { out, err } of [...outputs, refused, list]) {
    expect(out + err).not.toContain(key);
    expect(out + err).not.toContain(secret);
  }
  expect((await run(profile, ['settings', 'forget-secrets'])).code).toBe(0);
  expect((await run(profile, ['search', 'astrobin', 'M31'])).code).toBe(7);
});
