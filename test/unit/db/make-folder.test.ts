import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '#main/db/make-folder.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

test('makes what is missing, and is content with what is there', () => {
  const deep = join(temp.dir, 'a', 'b', 'c');
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

test('a file in the way is an error', () => {
  mkdirSync(join(temp.dir, 'a'));
  writeFileSync(join(temp.dir, 'a', 'file'), '');
  expect(() => makeFolder(join(temp.dir, 'a', 'file', 'b'))).toThrow(/not a folder|ENOTDIR/);
});

test.skipIf(process.platform !== 'linux')(
  'a folder that the system denies is an error at once',
  () => {
    expect(() => makeFolder('/proc/nope/deep')).toThrow(/ENOENT|EACCES|EPERM/);
  },
);
