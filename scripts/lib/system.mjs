// Runs on the system's Node (20 or later), without any package.
// Finds Chromium, Xvfb and the tools that tests compare with; installs them only as root on Debian, elsewhere says
// what is needed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, say } from './say.mjs';

function which(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && existsSync(path)) return path;
  }
  return null;
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chromiumPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of an installed Chromium or Chrome, or null. */
export function findChromium() {
  const given = process.env['ALMAGEST_CHROMIUM'];
  if (given !== undefined && given !== '') return existsSync(given) ? given : null;
  for (const name of chromiumNames) {
    const path = which(name);
    if (path !== null) return path;
  }
  return chromiumPaths.find((path) => existsSync(path)) ?? null;
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get') !== null;
}

function aptInstall(packages) {
  say(`installing ${packages.join(', ')} from Debian’s packages…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 'inherit'], env }).status;
  apt(['update', '-qq']);
  return apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]) === 0;
}

/** Path of Chromium, installing it where that is possible; ends with a message where it is not. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (canInstall() && aptInstall(['chromium'])) {
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  return fail(
    'Chromium is needed and was not found. Nothing was changed. Install it (Debian and Ubuntu: ' +
      'apt-get install chromium; macOS: brew install --cask chromium), or name one in ' +
      'ALMAGEST_CHROMIUM, then run this again.',
  );
}

/** Path of Xvfb, or null where it is neither there nor installable. */
export function ensureXvfb() {
  const found = which('Xvfb');
  if (found !== null || process.platform !== 'linux') return found;
  return canInstall() && aptInstall(['xvfb']) ? which('Xvfb') : null;
}

/** The command and its package: other engines, which read what we hand over to them, and the reader of XML. */
const testTools = [
  ['aria2c', 'aria2'],
  ['curl', 'curl'],
  ['wget', 'wget'],
  ['wget2', 'wget2'],
  ['xmllint', 'libxml2-utils'],
];

/** Installs what tests compare with, where that is possible; elsewhere those tests skip, and say so. */
export function ensureTestTools() {
  const missing = testTools.filter(([command]) => which(command) === null);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (canInstall() && aptInstall(packages)) return;
  say(`not on this machine, so the tests that need them skip: ${packages.join(', ')}`);
}

/** True where a window can be shown. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
