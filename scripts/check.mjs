// Types, lint, import rules, format, unit tests: what must hold before every commit.
// --static leaves the unit tests out (CI runs them in `npm test`).
import { runOnNode } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const steps = [
  ['types', ['node_modules/typescript/bin/tsc', '-b']],
  [
    'types of components',
    [
      'node_modules/svelte-check/bin/svelte-check',
      '--tsconfig',
      'src-renderer/tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ],
  ],
  [
    'lint',
    [
      'node_modules/eslint/bin/eslint.js',
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint',
    ],
  ],
  [
    'import rules',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      'test/dependency-cruiser.config.mjs',
      'src-main',
      'src-preload',
      'src-renderer',
    ],
  ],
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];
if (!process.argv.includes('--static')) {
  steps.push([
    'unit tests',
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'test/vitest.config.ts',
      'test/unit',
      'test/renderer',
    ],
  ]);
}

const failed = [];
for (const [name, args] of steps) {
  say(`${name}…`);
  if (runOnNode(args) !== 0) failed.push(name);
}
if (failed.length > 0) {
  say(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
say(`${steps.map(([name]) => name).join(', ')}: all good`);
