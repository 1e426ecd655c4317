// `npm test`: sets up what is missing, then every test that proves the product: unit, integration,
// conformance, renderer, and end to end through a real window. Arguments are handed to none of them.
import { runOnNode } from './lib/run.mjs';
import { ensureBuild } from './lib/build.mjs';
import { ensureChromium } from './lib/system.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
const chromium = ensureChromium();
const env = { ALMAGEST_CHROMIUM: chromium };
ensureBuild();

say('unit, integration, conformance and renderer tests…');
const unit = runOnNode(
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'],
  { env },
);
say('end to end…');
const e2e = runOnNode(
  ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/playwright.config.ts'],
  { env },
);
say(`tests: ${unit === 0 ? 'passed' : 'FAILED'}; end to end: ${e2e === 0 ? 'passed' : 'FAILED'}`);
process.exit(unit === 0 && e2e === 0 ? 0 : 1);
