/** Runs in plain Node. Writes a plan as the files of another tool, each whole or not at all, never over another. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportFormat } from '#contract/downloads.ts';
import { ArchiveError } from '#contract/errors.ts';
import { nodeDownloadFs } from '../download-fs.ts';
import { giveName, onDisk, removeFile, syncFolder } from '../files.ts';
import { toAria2Input } from './aria2-input.ts';
import { summariseBag, toBag, type BagAbout } from './bagit.ts';
import { inChunks } from './chunks.ts';
import { toCsv } from './csv.ts';
import { toCurlConfig } from './curl-config.ts';
import { toMetalink } from './metalink.ts';
import { toPlanJson } from './plan-json.ts';
import type { PlanSource } from './planned-file.ts';
import { toWgetList } from './wget-list.ts';

export interface ExportRequest {
  format: ExportFormat;
  plan: PlanSource;
  /** The file to write; for `bagit` a folder that is new or empty. */
  out: string;
  about: BagAbout;
  signal: AbortSignal;
}

export interface ExportResult {
  /** Absolute or as `out` was given, in the order of writing. */
  written: string[];
  /** Files of the plan that are in it. */
  items: number;
  /** Files that the format has no place for: those without a checksum, in a bag. */
  leftOut: number;
}

/** The text of every format that is one file. */
export function toText(
  format: Exclude<ExportFormat, 'bagit'>,
  plan: PlanSource,
  about: BagAbout,
): AsyncIterable<string> {
  switch (format) {
    case 'aria2':
      return inChunks(toAria2Input(plan));
    case 'metalink':
      return inChunks(toMetalink(plan, about));
    case 'curl':
      return inChunks(toCurlConfig(plan));
    case 'wget':
      return inChunks(toWgetList(plan));
    case 'csv':
      return inChunks(toCsv(plan));
    case 'json':
      return inChunks(toPlanJson(plan, about));
  }
}

/** Writes it. Throws `ArchiveError`: `name-taken` where something is there already, `disk`, `cancelled`. */
export async function writeExport(request: ExportRequest): Promise<ExportResult> {
  const { format, plan, out, about, signal } = request;
  if (format === 'bagit') return await writeBag(request);
  const counter = { items: 0 };
  await onDisk(() => mkdir(dirname(out), { recursive: true }));
  await writeWhole(out, toText(format, counted(plan, counter), about), signal);
  return { written: [out], items: counter.items, leftOut: 0 };
}

function counted(plan: PlanSource, counter: { items: number }): PlanSource {
  return async function* () {
    for await (const file of plan()) {
      counter.items += 1;
      yield file;
    }
  };
}

async function writeBag({ plan, out, about, signal }: ExportRequest): Promise<ExportResult> {
  const summary = await summariseBag(plan);
  if (summary.files === 0) {
    throw new ArchiveError({
      code: 'invalid-arguments',
      message:
        'No file of this plan has a checksum yet, and a bag is a list of checksums. Nothing was written. Download the files first, or choose another format.',
      retryable: false,
    });
  }
  await onDisk(() => mkdir(join(out, 'data'), { recursive: true }));
  if ((await onDisk(() => readdir(out))).some((name) => name !== 'data')) throw taken(out);
  const written: string[] = [];
  try {
    for (const { name, chunks } of toBag(plan, summary, about)) {
      const path = join(out, name);
      await writeWhole(path, chunks, signal);
      written.push(path);
    }
  } catch (error) {
    // Half a bag would call itself one.
    for (const path of written) await removeFile(nodeDownloadFs, path);
    throw error;
  }
  return { written, items: summary.files, leftOut: summary.leftOut };
}

async function writeWhole(
  path: string,
  chunks: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const part = join(dirname(path), `${randomBytes(8).toString('hex')}.part`);
  try {
    const handle = await onDisk(() => open(part, 'wx'));
    try {
      for await (const chunk of chunks) {
        if (signal.aborted) throw cancelled();
        await onDisk(() => handle.writeFile(chunk));
      }
      await onDisk(() => handle.sync());
    } finally {
      await handle.close();
    }
    if ((await giveName(nodeDownloadFs, part, path, { resumed: false })) === 'taken')
      throw taken(path);
  } finally {
    await removeFile(nodeDownloadFs, part);
  }
  await syncFolder(nodeDownloadFs, dirname(path));
}

function cancelled(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'Stopped. Nothing was written under the name that was asked for.',
    retryable: true,
  });
}

function taken(path: string): ArchiveError {
  return new ArchiveError({
    code: 'name-taken',
    message: `“${basename(path)}” is there already. Nothing was overwritten. Choose another name.`,
    retryable: true,
  });
}
