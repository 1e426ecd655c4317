/**
 * Entry of a worker thread in plain Node. Hashes the bytes of downloads, so that the main thread, which draws
 * nothing but must answer the window, never does. May import Node and the messages.
 */
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { FromHashWorker, HashAlgorithm, ToHashWorker } from './hash-messages.ts';

const readBytes = 1024 * 1024;

interface Running {
  sha256: Hash;
  md5: Hash | null;
  bytes: number;
}

const port = parentPort;
if (port === null) throw new Error('hash-worker runs as a worker thread only');

const running = new Map<number, Running>();
const tell = (message: FromHashWorker, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer);

function begin(algorithms: readonly HashAlgorithm[]): Running {
  return {
    sha256: createHash('sha256'),
    md5: algorithms.includes('md5') ? createHash('md5') : null,
    bytes: 0,
  };
}

function add(hash: Running, bytes: Uint8Array): void {
  hash.sha256.update(bytes);
  hash.md5?.update(bytes);
  hash.bytes += bytes.byteLength;
}

/** Adds a file, up to so many bytes; stops early when the id was dropped meanwhile. */
async function addFile(
  hash: Running,
  path: string,
  limit: number,
  isWanted: () => boolean,
): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const buffer = new Uint8Array(Math.min(readBytes, Math.max(limit, 1)));
    while (hash.bytes < limit && isWanted()) {
      const want = Math.min(buffer.byteLength, limit - hash.bytes);
      const { bytesRead } = await handle.read(buffer, 0, want, hash.bytes);
      if (bytesRead === 0) break;
      add(hash, buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function openHash(message: ToHashWorker & { kind: 'open' }): Promise<void> {
  const hash = begin(message.algorithms);
  running.set(message.id, hash);
  if (message.prefix !== null) {
    await addFile(hash, message.prefix.path, message.prefix.bytes, () => running.has(message.id));
  }
  const sha256 = hash.sha256.copy().digest('hex');
  tell({ kind: 'opened', id: message.id, sha256, bytes: hash.bytes });
}

async function hashFile(message: ToHashWorker & { kind: 'file' }): Promise<void> {
  const hash = begin(['sha256', 'md5']);
  running.set(message.id, hash);
  await addFile(hash, message.path, Number.MAX_SAFE_INTEGER, () => running.has(message.id));
  finish(message.id, hash);
}

function finish(id: number, hash: Running): void {
  running.delete(id);
  const { sha256, md5, bytes } = hash;
  tell({
    kind: 'finished',
    id,
    sha256: sha256.digest('hex'),
    md5: md5?.digest('hex') ?? null,
    bytes,
  });
}

async function handle(message: ToHashWorker): Promise<void> {
  if (message.kind === 'open') return await openHash(message);
  if (message.kind === 'file') return await hashFile(message);
  const hash = running.get(message.id);
  if (message.kind === 'drop') {
    running.delete(message.id);
  } else if (message.kind === 'block') {
    if (hash !== undefined) add(hash, new Uint8Array(message.buffer, 0, message.length));
    tell({ kind: 'freed', id: message.id, buffer: message.buffer }, [message.buffer]);
  } else if (hash === undefined) {
    throw new Error('no such hash is running');
  } else if (message.kind === 'mark') {
    tell({ kind: 'marked', id: message.id, sha256: hash.sha256.copy().digest('hex') });
  } else {
    finish(message.id, hash);
  }
}

port.on('message', (message: ToHashWorker) => {
  handle(message).catch((error: unknown) => {
    running.delete(message.id);
    tell({
      kind: 'failed',
      id: message.id,
      message: error instanceof Error ? error.message : String(error),
    });
  });
});
