import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';

const root = import.meta.dirname;

/** The entry draws the window as it was left; the app's code is fetched beside it, not after it. */
const fetchAppWithPage: Plugin = {
  name: 'fetch-app-with-page',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const app = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/app/start.ts') === true);
      if (app === undefined) return [];
      // Its styles come with it: here they would keep the entry from running.
      return [app.fileName, ...app.imports].map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
        injectTo: 'head' as const,
      }));
    },
  },
};

/** Everything is bundled for a quick start, but for packages with native parts. */
const native = ['electron', 'better-sqlite3', 'sharp'];

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      minify: true,
      sourcemap: true,
      rolldownOptions: {
        external: [...native],
        input: {
          index: resolve(root, 'src-main/index.ts'),
          terminal: resolve(root, 'src-main/terminal/main.ts'),
          'sample-worker': resolve(root, 'src-main/sample/sample-worker.ts'),
          'captions-worker': resolve(root, 'src-main/captions/captions-worker.ts'),
          'checkpoint-worker': resolve(root, 'src-main/cache/checkpoint-worker.ts'),
          'hash-worker': resolve(root, 'src-main/downloads/hash-worker.ts'),
          'label-worker': resolve(root, 'src-main/formats/label/label-worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron'],
        input: { index: resolve(root, 'src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    base: './',
    plugins: [svelte(), fetchAppWithPage],
    build: {
      target: 'chrome140',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: resolve(root, 'src-renderer/index.html') },
        // What several views share is one file: each file of the start costs main a turn.
        output: {
          codeSplitting: {
            groups: [
              // The entry needs these and nothing else before it draws.
              {
                name: 'opening',
                test: /opening-picture|media-url|app\/theme|preload-helper/,
                priority: 2,
              },
              { name: 'shared', minShareCount: 2, priority: 1 },
            ],
          },
        },
      },
    },
  },
});
