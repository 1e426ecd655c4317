import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMediaKeys, loadMediaSecret } from '#main/cache/media-keys.ts';

const keys = createMediaKeys(Buffer.alloc(32, 1));
const url = 'https://images-assets.nasa.gov/image/a%20b/a%20b~thumb.jpg?x=1&y=é';

describe('a key', () => {
  test('gives back what was signed, and fits a path', () => {
    const key = keys.sign('nasa-files', url);
    expect(key).toMatch(/^[\w-]{22}\/nasa-files\/[\w-]+$/);
    expect(keys.verify(key)).toEqual({ lane: 'nasa-files', url });
  });

  test('of another secret, lane or address is none of ours', () => {
    const key = keys.sign('nasa-files', url);
    const [mac = '', , address = ''] = key.split('/');
    const evil = Buffer.from('https://example.org/').toString('base64url');
    expect(createMediaKeys(Buffer.alloc(32, 2)).verify(key)).toBeNull();
    expect(keys.verify(`${mac}/astrobin/${address}`)).toBeNull();
    expect(keys.verify(`${mac}/nasa-files/${evil}`)).toBeNull();
    expect(keys.verify(`${mac}/toString/${address}`)).toBeNull();
  });

  test.each([
    '',
    '/',
    'a/b/c',
    '../../etc/passwd',
    'x'.repeat(10_000),
    `${'A'.repeat(22)}/nasa-files/`,
    '%00/nasa-files/x',
  ])('%j is none', (key) => {
    expect(keys.verify(key)).toBeNull();
  });
});

describe('the secret', () => {
  let profile: string;

  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'almagest-keys-'));
  });

  afterEach(() => rm(profile, { recursive: true, force: true }));

  test('is made once, also by several at once, and is its owner’s alone', async () => {
    const folder = join(profile, 'new');
    const all = await Promise.all(Array.from({ length: 8 }, () => loadMediaSecret(folder)));
    const onDisk = await readFile(join(folder, 'media.key'));
    expect(onDisk).toHaveLength(32);
    for (const secret of all) expect(secret.equals(onDisk)).toBe(true);
    expect((await stat(join(folder, 'media.key'))).mode & 0o777).toBe(0o600);
    expect((await loadMediaSecret(folder)).equals(onDisk)).toBe(true);
  });

  test('that is damaged is made anew', async () => {
    await writeFile(join(profile, 'media.key'), 'short');
    const secret = await loadMediaSecret(profile);
    expect(secret).toHaveLength(32);
    expect((await loadMediaSecret(profile)).equals(secret)).toBe(true);
  });
});
