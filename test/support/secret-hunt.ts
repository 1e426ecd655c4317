/**
 * Runs in plain Node, for tests only. Looks for secrets in everything below a folder: in each file's bytes, in whatever is
 * compressed inside it, and in every value of its databases, unpacked.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, constants, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { findSecrets } from './secret-search.ts';

export interface Hunt {
  files: number;
  bytes: number;
  /** Compressed parts that were unpacked. */
  unpacked: number;
  /** Values of databases. */
  values: number;
  /** Where something was found; the secrets themselves are not repeated. */
  found: string[];
}

const mostBytes = 64 * 1024 * 1024;
/** What is cut off, by a page of a database say, still gives what came before the cut. */
const partly = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes };

type Unpack = (bytes: Buffer) => Buffer;

const inflateRaw: Unpack = (bytes) => inflateRawSync(bytes, partly);
const zstd: Unpack = (bytes) => zstdDecompressSync(bytes, { maxOutputLength: mostBytes });
const brotli: Unpack = (bytes) => brotliDecompressSync(bytes, { maxOutputLength: mostBytes });

/** First bytes of what may be compressed, and where the stream begins behind them; what follows it is no matter. */
const starts: readonly { magic: Buffer; unpack: Unpack; dataAt: (entry: Buffer) => number }[] = [
  { magic: Buffer.from([0x1f, 0x8b, 0x08]), unpack: inflateRaw, dataAt: behindGzipHead },
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({
    magic: Buffer.from([0x78, level]),
    unpack: inflateRaw,
    dataAt: () => 2,
  })),
  { magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), unpack: zstd, dataAt: () => 0 },
  {
    magic: Buffer.from('PK\u0003\u0004'),
    unpack: inflateRaw,
    dataAt: (entry) => 30 + entry.readUInt16LE(26) + entry.readUInt16LE(28),
  },
];

/** A name and a comment may stand in a gzip's head. */
function behindGzipHead(entry: Buffer): number {
  const flags = entry[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + entry.readUInt16LE(at);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = entry.indexOf(0, at) + 1;
  return (flags & 2) === 0 ? at : at + 2;
}

function tryTo(unpack: Unpack, bytes: Buffer): Buffer[] {
  try {
    const out = unpack(bytes);
    return out.length === 0 ? [] : [out];
  } catch {
    return [];
  }
}

/** Whatever is compressed somewhere in the bytes, and the bytes as a whole. */
function unpackedFrom(bytes: Buffer): Buffer[] {
  const parts = [...tryTo(brotli, bytes), ...tryTo(inflateRaw, bytes)];
  for (const { magic, unpack, dataAt } of starts) {
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
      const entry = bytes.subarray(at);
      parts.push(...tryTo((from) => unpack(from.subarray(dataAt(from))), entry));
    }
  }
  return parts;
}

function* valuesOf(path: string): Generator<Buffer> {
  const db = new Sqlite(path, { readonly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    for (const { name } of tables as { name: string }[]) {
      const rows = db.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`);
      for (const row of rows.iterate() as Iterable<Record<string, unknown>>) {
        for (const value of Object.values(row)) {
          if (typeof value === 'string') yield Buffer.from(value);
          else if (value instanceof Uint8Array) yield Buffer.from(value);
        }
      }
    }
  } finally {
    db.close();
  }
}

/** Looks everywhere below the folder but in the files named. */
export function huntSecrets(
  folder: string,
  secrets: readonly string[],
  except: readonly string[] = [],
): Hunt {
  const hunt: Hunt = { files: 0, bytes: 0, unpacked: 0, values: 0, found: [] };
  const look = (where: string, bytes: Buffer): void => {
    const parts = unpackedFrom(bytes);
    hunt.unpacked += parts.length;
    const isFound = [bytes, ...parts].some((part) => findSecrets(part, secrets).length > 0);
    if (isFound) hunt.found.push(where);
  };
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (findSecrets(name, secrets).length > 0) hunt.found.push(`the name of a file`);
    const path = join(folder, name);
    if (except.includes(name) || !statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    hunt.files += 1;
    hunt.bytes += bytes.length;
    look(name, bytes);
    if (!bytes.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) continue;
    for (const value of valuesOf(path)) {
      hunt.values += 1;
      look(`${name} (a value)`, value);
    }
  }
  return hunt;
}
