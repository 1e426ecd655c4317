/** Runs in plain Node. How much room there is for files. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Free bytes on the disk of a folder, or of its nearest ancestor that exists; null when that can't be told. */
export async function freeBytesAt(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isMissing || dirname(path) === path) return null;
    }
  }
}
