import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blockBytes, Hasher, type HashSession } from '#main/downloads/hasher.ts';
import { hashWorkerUrl, makePicture, md5, sha256 } from '#test/support/download-fixtures.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let hasher: Hasher;
const content = makePicture(blockBytes * 9 + 77);

beforeEach(() => {
  temp = makeTempDir();
  hasher = new Hasher(hashWorkerUrl);
});
afterEach(async () => {
  await hasher.dispose();
  temp.remove();
});

async function feed(session: HashSession, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const step = bytes.subarray(at, at + blockBytes);
    const block = await session.takeBlock();
    block.set(step);
    session.giveBlock(block, step.length);
  }
}

test('hashes what it is given, with both algorithms, and marks on the way', async () => {
  const session = await hasher.open(['sha256', 'md5'], null);
  await feed(session, content.subarray(0, blockBytes));
  const mark = await session.mark();
  await feed(session, content.subarray(blockBytes));
  expect(mark).toBe(sha256(content.subarray(0, blockBytes)));
  expect(await session.finish()).toEqual({
    sha256: sha256(content),
    md5: md5(content),
    bytes: content.length,
  });
});

test('begins with what is in a file', async () => {
  const path = join(temp.dir, 'part');
  writeFileSync(path, content);
  const session = await hasher.open(['sha256'], { path, bytes: 300_000 });
  expect(session.prefixBytes).toBe(300_000);
  expect(session.prefixSha256).toBe(sha256(content.subarray(0, 300_000)));
  await feed(session, content.subarray(300_000));
  expect(await session.finish()).toEqual({
    sha256: sha256(content),
    md5: null,
    bytes: content.length,
  });
  expect((await hasher.hashFile(path)).sha256).toBe(sha256(content));
});

test('several at once do not mix', async () => {
  const parts = [1, 2, 3, 4].map((seed) => makePicture(500_000 + seed, seed));
  const digests = await Promise.all(
    parts.map(async (part) => {
      const session = await hasher.open(['sha256'], null);
      await feed(session, part);
      return (await session.finish()).sha256;
    }),
  );
  expect(digests).toEqual(parts.map(sha256));
});

test('a file that is shorter than its prefix says so; one that is missing fails', async () => {
  const path = join(temp.dir, 'part');
  writeFileSync(path, content.subarray(0, 10));
  const session = await hasher.open(['sha256'], { path, bytes: 100 });
  expect(session.prefixBytes).toBe(10);
  session.drop();
  await expect(hasher.hashFile(join(temp.dir, 'missing'))).rejects.toThrow('ENOENT');
  await expect(
    hasher.open(['sha256'], { path: join(temp.dir, 'missing'), bytes: 1 }),
  ).rejects.toThrow('ENOENT');
});

test('whoever waits is told when it ends', async () => {
  const session = await hasher.open(['sha256'], null);
  await feed(session, content);
  const finish = session.finish();
  const failure = expect(finish).rejects.toThrow('ended');
  await hasher.dispose();
  await failure;
  await expect(hasher.open(['sha256'], null)).rejects.toThrow('ended');
});

test('a dropped hash lets go of whoever waits for it', async () => {
  const session = await hasher.open(['sha256'], null);
  const mark = expect(session.mark()).rejects.toThrow('dropped');
  session.drop();
  await mark;
});
