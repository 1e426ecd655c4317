// `npm run bench`: timings as ratios beside a peer in the same run. Arguments choose benches by name.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensurePackages, root } from './lib/packages.mjs';
import { runThrough } from './lib/run.mjs';
import { ensureChromium } from './lib/system.mjs';

const node = ensurePackages();
const chromium = ensureChromium();
ensureBuild();
const script = join(root, 'test', 'bench', 'main.ts');
process.exit(
  await runThrough(node, [script, ...process.argv.slice(2)], {
    env: { ALMAGEST_CHROMIUM: chromium },
  }),
);
