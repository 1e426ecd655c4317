import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { huntSecrets } from '#test/support/secret-hunt.ts';

const secret = '5d41402abc4b2a76b9719d911017c592cafe0001';
/** The secret in the midst of a document. */
const text = `{"meta":{"next":"/api/v1/image/?limit=25&api_key=${secret}&x=1"},"objects":[]}`;
const filler = Buffer.from('not a secret at all, and a lot of it. '.repeat(2000));

let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

function plant(name: string, bytes: Buffer | string): void {
  const path = join(temp.dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function gzipNamed(name: string): Buffer {
  const [head, stream] = [gzipSync(text).subarray(0, 10), gzipSync(text).subarray(10)];
  head[3] = 8;
  return Buffer.concat([head, Buffer.from(`${name}\0`), stream]);
}

/** One entry, and what would follow it. */
function zipOf(name: string): Buffer {
  const head = Buffer.alloc(30);
  head.write('PK\u0003\u0004');
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([filler, head, Buffer.from(name), deflateRawSync(text), filler]);
}

const wide = Buffer.from(text, 'utf16le');
const backwards = [...secret].reverse().join('');
const plants: Readonly<Record<string, Buffer>> = {
  'as it is': Buffer.from(text),
  'in UTF-16, low byte first': wide,
  'in UTF-16, high byte first': Buffer.from(wide).swap16(),
  backwards: Buffer.from(`x${backwards}y`),
  'in hex': Buffer.from(Buffer.from(text).toString('hex')),
  'in hex, capital': Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
  ...Object.fromEntries(
    ['', 'a', 'ab'].map((before) => [
      `in base64, ${String(before.length)} letters in`,
      Buffer.from(Buffer.from(before + text).toString('base64')),
    ]),
  ),
  'in base64url': Buffer.from(Buffer.from(text).toString('base64url')),
  'in base64 of UTF-16': Buffer.from(wide.toString('base64')),
  'in a gzip': gzipSync(text),
  'in a gzip behind other bytes': Buffer.concat([filler, gzipSync(text), filler]),
  'in a gzip that is cut off': gzipSync(Buffer.concat([Buffer.from(text), filler])).subarray(
    0,
    -20,
  ),
  'in base64 in a gzip': gzipSync(Buffer.from(text).toString('base64')),
  'in a gzip with its name': gzipNamed('answer.json'),
  'in zlib among other bytes': Buffer.concat([filler, deflateSync(text), filler]),
  'in a zip': zipOf('answer.json'),
  'in raw deflate': deflateRawSync(text),
  'in brotli': brotliCompressSync(text),
  'in zstd': zstdCompressSync(text),
};

describe('the hunt for secrets', () => {
  test.each(Object.keys(plants))('finds one planted %s', (how) => {
    plant(join('cache', 'deep', 'file.bin'), plants[how] ?? '');
    const { found, files } = huntSecrets(temp.dir, [secret]);
    expect(found).toEqual([join('cache', 'deep', 'file.bin')]);
    expect(files).toBe(1);
  });

  test('finds one in a database: a text, a compressed value over many pages, one not yet written back', () => {
    const db = new Sqlite(join(temp.dir, 'a.db'));
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE kept (body BLOB)');
    const insert = db.prepare('INSERT INTO kept VALUES (?)');
    insert.run(text);
    expect(huntSecrets(temp.dir, [secret]).found).toContain('a.db-wal');
    db.exec('DELETE FROM kept; VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(huntSecrets(temp.dir, [secret]).found).toEqual([]);
    const random = Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7919) % 251));
    insert.run(gzipSync(Buffer.concat([random, Buffer.from(text)])));
    db.close();
    const { found, values } = huntSecrets(temp.dir, [secret]);
    expect(found).toContain('a.db (a value)');
    expect(values).toBe(1);
  });

  test('finds one in a name, and nothing where nothing is or in what is left out', () => {
    plant('plain.txt', filler);
    plant('packed.gz', gzipSync(filler));
    plant('secrets.json', text);
    const clean = huntSecrets(temp.dir, [secret], ['secrets.json']);
    expect(clean).toMatchObject({ files: 2, found: [] });
    expect(clean.unpacked).toBeGreaterThan(0);
    plant(`${secret}.jpg`, 'x');
    expect(huntSecrets(temp.dir, [secret], ['secrets.json']).found).toEqual(['the name of a file']);
  });
});
