/**
 * Runs in plain Node. What downloads use of the file system, as an argument, so that tests can fill the disk
 * and take links away.
 */
import * as fs from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { makeFolder } from '../db/make-folder.ts';

export interface DownloadFileHandle {
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  stat(options: { bigint: true }): Promise<BigIntStats>;
  close(): Promise<void>;
}

export interface DownloadFs {
  open(path: string, flags: string): Promise<DownloadFileHandle>;
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  lstat(path: string, options: { bigint: true }): Promise<BigIntStats>;
  statfs(path: string): Promise<{ bavail: number; bsize: number }>;
  readFile(path: string): Promise<Buffer>;
  link(existing: string, path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** Folders by our own way: Node's recursive one never returns where a system denies them as /proc does. */
export const nodeDownloadFs: DownloadFs = {
  ...fs,
  mkdir: async (path) => makeFolder(path),
};
