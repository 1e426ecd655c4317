// `npm test`: sets up what is missing, then every test that proves the product: unit, integration,
// conformance, renderer, and end to end through a real window. Arguments are handed to none of them.
import { rmSync } from 'node:fs';
import { failedTests } from './lib/failed-tests.mjs';
import { runOnNode } from './lib/run.mjs';
import { ensureBuild } from './lib/build.mjs';
import { ensureChromium, ensureTestTools } from './lib/system.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
const chromium = ensureChromium();
ensureTestTools();
const env = { ALMAGEST_CHROMIUM: chromium };
ensureBuild();

say('unit, integration, conformance and renderer tests…');
const results = 'node_modules/.cache/test-results.json';
rmSync(results, { force: true });
const unit = runOnNode(
  [
    ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
  ],
  { env },
);
say('end to end…');
const e2e = runOnNode(
  ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/playwright.config.ts'],
  { env },
);
// Once more at the very end: what failed early is far above by now.
if (unit !== 0) for (const line of failedTests(results)) say(line);
say(`tests: ${unit === 0 ? 'passed' : 'FAILED'}; end to end: ${e2e === 0 ? 'passed' : 'FAILED'}`);
process.exit(unit === 0 && e2e === 0 ? 0 : 1);
