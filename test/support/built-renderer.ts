/**
 * Runs in plain Node 24. The renderer as the browser tests serve it: the product's own build where it is fresh
 * (`npm test` makes it first), else one made here and kept by the hash of what went into it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { inputHash } from '../../scripts/lib/build.mjs';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules', '.cache', 'almagest-renderer');
const keptMs = 24 * 60 * 60 * 1000;

async function hashOf(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
      hash.update(`${path.slice(root.length)}\0`).update(await readFile(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Folders of earlier contents go after a day: another run may still serve one. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > keptMs) await rm(path, { recursive: true, force: true });
  }
}

/** Builds into a folder named by its content; two at once both build, and the first one's is used. */
async function buildOnce(
  name: string,
  inputs: readonly string[],
  make: (outDir: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(cache, `${name}-${await hashOf(inputs)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  await removeOld();
  const fresh = await mkdtemp(join(cache, 'new-'));
  await make(fresh);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}

/** Absolute folder with the page's files. */
export async function builtPage(): Promise<string> {
  const stamp = join(root, 'out', '.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputHash()) {
    return join(root, 'out', 'renderer');
  }
  return buildOnce('page', ['src-renderer', 'src-preload'], (outDir) =>
    build({
      configFile: false,
      root: join(root, 'src-renderer'),
      base: './',
      logLevel: 'error',
      plugins: [svelte({ configFile: false })],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome140',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    }),
  );
}

/** Absolute folder with a page that shows a tree grid alone. */
export function builtTreePage(): Promise<string> {
  const inputs = ['src-renderer', 'src-preload/contract', 'test/support/tree-page'];
  return buildOnce('tree-page', inputs, (outDir) =>
    build({
      configFile: false,
      root: join(root, 'test/support/tree-page'),
      base: './',
      logLevel: 'error',
      plugins: [svelte({ configFile: false })],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome140',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    }),
  );
}

/** Absolute folder with `fake-core.js`, which stands where the bridge would. */
export function builtFakeCore(): Promise<string> {
  return buildOnce('fake-core', ['src-preload', 'test/support'], (outDir) =>
    build({
      configFile: false,
      root,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome140',
        minify: false,
        copyPublicDir: false,
        lib: {
          entry: join(root, 'test/support/fake-core-entry.ts'),
          formats: ['iife'],
          name: 'fakeCoreEntry',
          fileName: () => 'fake-core.js',
        },
      },
    }),
  );
}
