import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const root = import.meta.dirname;

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
    plugins: [svelte()],
    build: {
      target: 'chrome140',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(root, 'src-renderer/index.html') } },
    },
  },
});
