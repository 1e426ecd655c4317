// `npm start`: opens the window. Real Electron where its binary is there or reachable; else the preview
// runtime on an installed Chromium. Without a display: says so and runs the tour.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensurePackages, root } from './lib/packages.mjs';
import { runThrough } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { ensureChromium, hasDisplay } from './lib/system.mjs';

const waitForElectronMs = 60_000;

/** Path of Electron's binary where it was unpacked, or null. */
function electronBinary() {
  const package_ = join(root, 'node_modules', 'electron');
  const pathFile = join(package_, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(package_, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

const marker = join(root, 'node_modules', '.cache', 'electron-unreachable');
const rememberUnreachableMs = 24 * 60 * 60 * 1000;

/** The host was asked in the last day and did not answer: asking at each start would only cost time. */
function wasUnreachable() {
  return existsSync(marker) && Date.now() - statSync(marker).mtimeMs < rememberUnreachableMs;
}

function fetchElectron(node) {
  const wanted = process.env['ALMAGEST_RUNTIME'];
  if (wanted === 'preview' || (wanted !== 'electron' && wasUnreachable())) return null;
  say('looking for Electron’s binary…');
  const run = spawnSync(node, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: waitForElectronMs,
  });
  const binary = run.status === 0 ? electronBinary() : null;
  if (binary === null) {
    mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
    writeFileSync(marker, '');
  }
  return binary;
}

const node = ensurePackages();
ensureBuild();
if (!hasDisplay()) {
  say(
    'there is no display here, so no window can open. Running the tour instead: it walks through every view and writes pictures.',
  );
  ensureChromium();
  process.exit(
    await runThrough(node, [join(root, 'test', 'tour', 'main.ts'), ...process.argv.slice(2)]),
  );
}
const electron = electronBinary() ?? fetchElectron(node);
if (electron !== null) {
  process.exit(await runThrough(electron, [root, ...process.argv.slice(2)]));
}
say(
  'Electron’s binary is not here and its release host did not answer: opening in the preview runtime on Chromium. Set ALMAGEST_RUNTIME=electron to look again.',
);
const chromium = ensureChromium();
const runtime = join(root, 'test', 'support', 'preview-runtime', 'main.ts');
process.exit(
  await runThrough(node, [runtime, join(root, 'out', 'main', 'index.js')], {
    env: { ALMAGEST_CHROMIUM: chromium },
  }),
);
