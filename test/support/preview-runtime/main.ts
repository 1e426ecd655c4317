/**
 * Runs in plain Node 24. The preview runtime: runs the unmodified bundles of an Electron app with a stand-in for
 * 'electron', whose window is a page of an installed Chromium. See docs/architecture.md. It shows our code, never
 * Electron: what it does not emulate throws.
 */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

// Before anything else is read: the runtime is TypeScript, and the app's bundles are large.
enableCompileCache(
  resolve(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'almagest-compile'),
);

import('./run.ts')
  .then(({ run }) => run())
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
