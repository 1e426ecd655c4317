// `npm run endurance`: the long forms of what `npm test` runs in short: random messages
// from the page, kills, the pace and the key of AstroBin, a tree of a million rows.
import { ensureBuild } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runOnNode } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { ensureChromium } from './lib/system.mjs';

ensurePackages();
const env = { ALMAGEST_CHROMIUM: ensureChromium(), ALMAGEST_ENDURANCE: '1' };
ensureBuild();

say('kills…');
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'];
const kills = runOnNode([...vitest, 'test/integration/library/kill.test.ts'], { env });
say(
  'the pace of AstroBin over views, terminals and restarts; its key after a run of everything, in the window too…',
);
const kept = ['test/integration/terminal/astrobin-pace.test.ts'];
kept.push('test/integration/terminal/astrobin-secrets.test.ts');
kept.push('test/integration/shell/window-secrets.test.ts');
const terminal = runOnNode([...vitest, ...kept], { env });
say('a tree of a million, at every scale and zoom…');
const tree = runOnNode([...vitest, 'test/renderer/tree-million.test.ts'], { env });
say('random messages from the page…');
const playwright = ['node_modules/@playwright/test/cli.js', 'test'];
const config = ['--config', 'test/playwright.config.ts'];
const hostile = runOnNode([...playwright, 'hostile-page.spec.ts', ...config], { env });
const words = (code) => (code === 0 ? 'passed' : 'FAILED');
say(
  `kills: ${words(kills)}; pace and key: ${words(terminal)}; tree: ${words(tree)}; messages: ${words(hostile)}`,
);
process.exit([kills, terminal, tree, hostile].every((code) => code === 0) ? 0 : 1);
