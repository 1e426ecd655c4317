// Types, lint, import rules, format, unit tests: what must hold before every commit.
// --static leaves the unit tests out (CI runs them in `npm test`).
import { ensurePackages } from './lib/packages.mjs';
import { runAside, runOnNode } from './lib/run.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
// The longest first.
const steps = [
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
const unitTests = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'];
unitTests.push('test/unit', 'test/renderer');

const failed = [];
const passed = [];
const note = (name, code) => (code === 0 ? passed : failed).push(name);

// Each of them keeps one core busy: two at a time, each printed when it has ended.
const waiting = [...steps];
const work = async () => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const [name, args] = step;
    const { code, output } = await runAside(args);
    say(`${name}: ${code === 0 ? 'good' : 'FAILED'}`);
    process.stdout.write(output);
    note(name, code);
  }
};
await Promise.all([work(), work()]);
if (!process.argv.includes('--static')) {
  say('unit tests…');
  note('unit tests', runOnNode(unitTests));
}

if (failed.length > 0) {
  say(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
say(`${passed.join(', ')}: all good`);
