/**
 * Runs in plain Node. Gives a checked file its final name, with its sidecar. The name is written in the row
 * before it is given on disk, so that a run that is cut off anywhere is finished by the next one, without a
 * request and without a second copy.
 */
import { join } from 'node:path';
import { ArchiveError } from '#contract/errors.ts';
import type { DownloadFs } from './download-fs.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadChange } from './downloads-repo.ts';
import { numberedNames } from './file-names.ts';
import { giveName, onDisk, removeFile, statOrNull, syncFolder, writeSmallFile } from './files.ts';
import type { Hasher } from './hasher.ts';
import { hasSidecar, makeSidecar } from './sidecar.ts';

export interface PublishDeps {
  fs: DownloadFs;
  hasher: Hasher;
  /** Stores a change of the row durably; throws a `Stop` when the row is no longer ours. */
  save(change: DownloadChange): DownloadRow;
  /** The ledger's row for a file published under this name from this address. */
  findPublished(url: string, folder: string, finalName: string): DownloadRow | null;
}

/** Numbers tried before a name is given up. */
const maxNumber = 10_000;

const tooManyNames = () =>
  new ArchiveError({
    code: 'name-taken',
    message:
      'Ten thousand files of this name are in the folder already. Nothing was overwritten; what arrived is kept. Choose another folder, then try again.',
    retryable: true,
  });

/** True when the file under this name is, byte for byte, the one that was checked. */
async function holdsSameFile(row: DownloadRow, path: string, deps: PublishDeps): Promise<boolean> {
  const stat = await statOrNull(deps.fs, path);
  if (stat === null || !stat.isFile() || stat.size !== BigInt(row.totalBytes ?? -1)) return false;
  return (await onDisk(() => deps.hasher.hashFile(path))).sha256 === row.sha256;
}

/** Ends what an earlier run began under the name in the row. Null when another name is needed. */
async function resumeName(
  row: DownloadRow,
  part: string,
  deps: PublishDeps,
): Promise<string | null> {
  if (row.finalName === null) return null;
  const target = join(row.folder, row.finalName);
  if ((await statOrNull(deps.fs, part)) === null) {
    return (await holdsSameFile(row, target, deps)) ? row.finalName : null;
  }
  return (await giveName(deps.fs, part, target, { resumed: true })) === 'given'
    ? row.finalName
    : null;
}

/** True when an earlier download put this very file there: a second copy would help nobody. */
async function isAlreadyThere(row: DownloadRow, name: string, deps: PublishDeps): Promise<boolean> {
  const before = deps.findPublished(row.url, row.folder, name);
  if (before === null || before.sha256 !== row.sha256) return false;
  return await holdsSameFile(row, join(row.folder, name), deps);
}

/** Gives the file the first free name. Returns the name, and whether the file was there already. */
async function takeName(
  row: DownloadRow,
  part: string,
  deps: PublishDeps,
): Promise<{ name: string; wasThere: boolean }> {
  const resumed = await resumeName(row, part, deps);
  if (resumed !== null) return { name: resumed, wasThere: false };
  let tried = 0;
  for (const name of numberedNames(row.fileName)) {
    if ((tried += 1) > maxNumber) throw tooManyNames();
    const target = join(row.folder, name);
    if ((await statOrNull(deps.fs, target)) !== null) {
      if (await isAlreadyThere(row, name, deps)) return { name, wasThere: true };
      continue;
    }
    if ((await statOrNull(deps.fs, `${target}.json`)) !== null) continue;
    deps.save({ finalName: name });
    const given = await giveName(deps.fs, part, target, { resumed: false });
    if (given === 'given') return { name, wasThere: false };
  }
  throw tooManyNames();
}

function* sidecarNames(fileName: string): Generator<string> {
  let tried = 0;
  for (const name of numberedNames(fileName)) {
    if ((tried += 1) > maxNumber) return;
    yield `${name}.json`;
  }
}

/** True when there is still something of a checked file to give a name to, or it has it already. */
export async function canPublish(row: DownloadRow, deps: PublishDeps): Promise<boolean> {
  if (row.partName !== null) {
    const stat = await statOrNull(deps.fs, join(row.folder, row.partName));
    if (stat?.isFile() === true && stat.size === BigInt(row.totalBytes ?? -1)) return true;
  }
  return (
    row.finalName !== null && (await holdsSameFile(row, join(row.folder, row.finalName), deps))
  );
}

/** Publishes a checked row's part. Returns the change that says so; the folder is synced before. */
export async function publish(row: DownloadRow, deps: PublishDeps): Promise<DownloadChange> {
  if (row.partName === null) throw new Error('a checked download without a part');
  const part = join(row.folder, row.partName);
  const { name, wasThere } = await takeName(row, part, deps);
  if (!wasThere) {
    if (hasSidecar(row)) {
      const sidecar = Buffer.from(makeSidecar(row, name));
      const aside = `${row.partName}.json`;
      await writeSmallFile(deps.fs, row.folder, sidecarNames(name), aside, sidecar);
    }
    await syncFolder(deps.fs, row.folder);
  }
  await removeFile(deps.fs, part);
  return { finalName: name, partName: null };
}

/** Puts what is not as promised aside, under a name that is not final and not taken. */
export async function setAside(row: DownloadRow, deps: PublishDeps): Promise<DownloadChange> {
  if (row.partName === null) throw new Error('a download without a part');
  const part = join(row.folder, row.partName);
  for (const name of numberedNames(`${row.partName.replace(/\.part$/, '')}.quarantine`)) {
    const given = await giveName(deps.fs, part, join(row.folder, name), { resumed: true });
    if (given === 'taken') continue;
    await removeFile(deps.fs, part);
    await syncFolder(deps.fs, row.folder);
    return { asideName: name, partName: null, journalBytes: 0, journalSha256: null };
  }
  throw tooManyNames();
}
