import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  plugins: [svelte()],
  test: {
    include: ['test/{unit,integration,conformance,renderer}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A condition is awaited as long on a busy machine; one that holds costs nothing.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    reporters: ['default'],
  },
});
