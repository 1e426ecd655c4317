import * as fs from 'node:fs';
import * as fsp from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '#main/db/open-library.ts';
import { nodeDownloadFs, type DownloadFs } from '#main/downloads/download-fs.ts';
import { makeBench, makePicture, type Bench } from '#test/support/download-fixtures.ts';
import { serveFile, startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let library: Library;
let server: FaultServer;
let bench: Bench;
const picture = makePicture(700_000);

const failing = (code: string) => Object.assign(new Error(`${code}: made up`), { code });

/** The real file system, but for the calls given. */
const fsWith = (changes: Partial<DownloadFs>): DownloadFs => ({
  open: nodeDownloadFs.open,
  mkdir: nodeDownloadFs.mkdir,
  lstat: nodeDownloadFs.lstat,
  statfs: nodeDownloadFs.statfs,
  readFile: nodeDownloadFs.readFile,
  link: nodeDownloadFs.link,
  rename: nodeDownloadFs.rename,
  unlink: nodeDownloadFs.unlink,
  ...changes,
});

function start(changes: Partial<DownloadFs>): void {
  bench = makeBench(library, join(temp.dir, 'downloads'), { fs: fsWith(changes) });
  bench.offers.byRef.set('nasa:PIA1', { url: `${server.base}/PIA1~orig.jpg` });
}

async function run() {
  const { id } = await bench.save('nasa:PIA1');
  return await bench.ended(id);
}

beforeEach(async () => {
  temp = makeTempDir();
  library = openTestLibrary(temp.dir);
  server = await startFaultServer(serveFile(picture, { etag: '"a"', contentType: 'image/jpeg' }));
});
afterEach(async () => {
  await bench.service.dispose();
  library.close();
  await server.close();
  temp.remove();
});

/** Opens files that fail to take anything past `limit` bytes, while `isFull`. */
function diskOf(limit: number, isFull: () => boolean): DownloadFs['open'] {
  return async (path, flags) => {
    const handle = await fsp.open(path, flags);
    return {
      write: (buffer, offset, length, position) =>
        isFull() && position + length > limit
          ? Promise.reject(failing('ENOSPC'))
          : handle.write(buffer, offset, length, position),
      read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
      truncate: (length) => handle.truncate(length),
      sync: () => handle.sync(),
      stat: (options) => handle.stat(options),
      close: () => handle.close(),
    };
  };
}

describe('a disk that fails', () => {
  test('full: it stops with a word of what to do, the part is kept, and it goes on when mended', async () => {
    let isFull = true;
    start({ open: diskOf(300_000, () => isFull) });
    const item = await run();
    expect(item).toMatchObject({
      state: 'failed',
      path: null,
      error: { code: 'disk', retryable: true },
    });
    expect(item.error?.message).toContain('The disk filled up');
    expect(bench.files().map((name) => name.endsWith('.part'))).toEqual([true]);
    isFull = false;
    bench.service.retry(item.id);
    expect((await bench.ended(item.id)).state).toBe('done');
    expect(bench.read('PIA1~orig.jpg').equals(picture)).toBe(true);
    expect(bench.files()).toHaveLength(2);
  });

  test('too little room for what was announced: said with both numbers before anything is written', async () => {
    start({ statfs: async () => ({ bavail: 5, bsize: 4096 }) });
    const item = await run();
    expect(item).toMatchObject({ state: 'failed', error: { code: 'disk' } });
    expect(item.error?.message).toContain('Not enough room: 700 kB wanted, 20.5 kB free.');
  });

  test.each([
    ['EACCES', 'may not be written to'],
    ['EROFS', 'read-only'],
  ])('%s on opening: %s', async (code, words) => {
    start({ open: () => Promise.reject(failing(code)) });
    const item = await run();
    expect(item).toMatchObject({ state: 'failed', error: { code: 'disk', retryable: true } });
    expect(item.error?.message).toContain(words);
  });

  test('a folder that is a file is a disk error', async () => {
    start({});
    fs.writeFileSync(bench.folder, 'in the way');
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'disk' } });
  });

  test('that fails while the sidecar is written: retried without a request, nothing doubled', async () => {
    let broken = true;
    start({
      link: (existing, path) =>
        broken && path.endsWith('.json')
          ? Promise.reject(failing('ENOSPC'))
          : fsp.link(existing, path),
    });
    const item = await run();
    expect(item).toMatchObject({ state: 'failed', error: { code: 'disk' } });
    broken = false;
    bench.service.retry(item.id);
    expect(await bench.ended(item.id)).toMatchObject({ state: 'done', fileName: 'PIA1~orig.jpg' });
    expect(bench.files()).toEqual(['PIA1~orig.jpg', 'PIA1~orig.jpg.json']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a file system without links', () => {
  for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'ENOSYS']) {
    test(`${code}: the name is reserved, then renamed over`, async () => {
      start({ link: () => Promise.reject(failing(code)) });
      expect(await run()).toMatchObject({ state: 'done', fileName: 'PIA1~orig.jpg' });
      expect(bench.read('PIA1~orig.jpg').equals(picture)).toBe(true);
      expect(bench.files()).toEqual(['PIA1~orig.jpg', 'PIA1~orig.jpg.json']);
    });
  }

  test('a file that appears at the last moment is not overwritten', async () => {
    start({
      link: () => {
        // Between the look and the name, somebody else takes it.
        const target = join(bench.folder, 'PIA1~orig.jpg');
        if (!fs.existsSync(target)) fs.writeFileSync(target, 'theirs');
        return Promise.reject(failing('ENOTSUP'));
      },
    });
    expect(await run()).toMatchObject({ state: 'done', fileName: 'PIA1~orig (2).jpg' });
    expect(bench.read('PIA1~orig.jpg').toString()).toBe('theirs');
  });

  test('a rename that fails leaves no empty file under the final name', async () => {
    let broken = true;
    start({
      link: () => Promise.reject(failing('ENOTSUP')),
      rename: (from, to) => (broken ? Promise.reject(failing('EIO')) : fsp.rename(from, to)),
    });
    const item = await run();
    expect(item).toMatchObject({ state: 'failed', error: { code: 'disk' } });
    expect(bench.files().filter((name) => !name.endsWith('.part'))).toEqual([]);
    broken = false;
    bench.service.retry(item.id);
    expect((await bench.ended(item.id)).state).toBe('done');
    expect(server.requests).toHaveLength(1);
  });
});

test('with links, a file that appears at the last moment is not overwritten', async () => {
  start({
    link: async (existing, path) => {
      if (path.endsWith('PIA1~orig.jpg'))
        await fsp.writeFile(path, 'theirs', { flag: 'wx' }).catch(() => {});
      return fsp.link(existing, path);
    },
  });
  expect(await run()).toMatchObject({ state: 'done', fileName: 'PIA1~orig (2).jpg' });
  expect(bench.read('PIA1~orig.jpg').toString()).toBe('theirs');
});
