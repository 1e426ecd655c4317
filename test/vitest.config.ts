import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const root = resolve(import.meta.dirname, '..');
const testsOf = (...folders: string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  root,
  plugins: [svelte()],
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A condition is awaited as long on a busy machine; one that holds costs nothing.
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'whole', include: testsOf('integration', 'renderer') },
      },
      {
        extends: true,
        // They start nothing and leave nothing behind, so that files share what was read once: half the time.
        test: { name: 'parts', include: testsOf('unit', 'conformance'), isolate: false },
      },
    ],
  },
});
