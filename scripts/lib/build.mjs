// Runs on the system's Node (20 or later), without any package.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, root } from './packages.mjs';
import { runOnNode } from './run.mjs';
import { fail, say } from './say.mjs';

const inputs = [
  'src-main',
  'src-preload',
  'src-renderer',
  'electron.vite.config.ts',
  'package-lock.json',
];
const stamp = join(root, 'out', '.stamp');

function* filesBelow(path) {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

/** A hash of every input's content, so that a checkout with new times does not build again. */
export function inputHash() {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesBelow(join(root, input))) {
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Builds out/ when its inputs changed since the last build. Prints nothing on stdout. */
export function ensureBuild() {
  ensurePackages();
  const hash = inputHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('building…');
  const args = ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'];
  if (runOnNode(args, { quietStdout: true }) !== 0) {
    fail('the build failed; the tool’s own words are above. The last good build, if any, is gone.');
  }
  writeFileSync(stamp, hash);
}
