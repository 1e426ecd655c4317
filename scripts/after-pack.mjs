/**
 * Called by electron-builder for each packed app, before it is signed. The terminal runs on plain Node, which
 * cannot read an archive: it gets a copy of main's code beside the unpacked binaries. The window keeps to the
 * code inside the archive, whose integrity is checked.
 */
import { copyFile, cp } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Folders and scripts; source maps stay behind. */
const isWanted = (path) => ['', '.js'].includes(extname(path));

export async function afterPack({ appOutDir, packager }) {
  const unpacked = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked');
  const built = join(packager.projectDir, 'out', 'main');
  await cp(built, join(unpacked, 'out', 'main'), { recursive: true, filter: isWanted });
  await copyFile(join(packager.projectDir, 'package.json'), join(unpacked, 'package.json'));
}
