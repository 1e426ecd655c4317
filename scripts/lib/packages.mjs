// Runs on the system's Node (20 or later), without any package.
// Installs the packages when they are missing or older than the lock file, and finds Node 24 among them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, say } from './say.mjs';

export const root = join(import.meta.dirname, '..', '..');
const stamp = join(root, 'node_modules', '.cache', 'almagest-lock');
const leastNode = 20;
const wantedNode = 24;

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Node 24 from the dev dependency `node`; better-sqlite3 13 crashes on Node 20, so nothing may skip it. */
export function node24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', 'node', 'bin', name);
}

function checkSystemNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < leastNode) {
    fail(
      `Node ${process.versions.node} is too old to set things up. Nothing was changed. ` +
        `Install Node ${leastNode} or later (Debian: apt-get install nodejs npm), then run this again.`,
    );
  }
}

function installPackages() {
  say('installing packages (about a minute the first time)…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync(npm, args, {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
  });
  if (run.status !== 0) {
    fail(
      'npm could not install the packages; its own words are above. Nothing else was changed. ' +
        'Behind a proxy, set HTTPS_PROXY or npm’s own "proxy" setting, then run this again.',
    );
  }
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stamp, lockHash());
}

/** Makes sure that packages and Node 24 are there; returns the path of Node 24. */
export function ensurePackages() {
  checkSystemNode();
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
  if (!isCurrent) installPackages();
  const node = node24();
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0 || !version.stdout.startsWith(`v${wantedNode}.`)) {
    fail(
      `Node ${wantedNode} did not arrive with the packages, so nothing can start. ` +
        'npm may have been told to ignore install scripts: run "npm rebuild node", then this again.',
    );
  }
  return node;
}
