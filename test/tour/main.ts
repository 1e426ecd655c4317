/**
 * The tour: a walk through every view and state on the sample archive, dark and light, wide and narrow, that
 * writes a picture at each stop and prints its path.
 *   node test/tour/main.ts [--out DIR] [--theme dark|light|contrast] [--width 1280|800] [--only NAME,NAME]
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSampleServer } from '#main/sample/sample-server.ts';
import { stops } from './stops.ts';
import { walkAll, type Theme } from './walk.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'tour' },
    theme: { type: 'string' },
    width: { type: 'string' },
    only: { type: 'string' },
  },
});

const only = values.only?.split(',').filter((name) => name !== '') ?? [];
const names = ['welcome', ...stops.map(({ name }) => name)];
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `almagest: no stop is called ${unknown.join(', ')}. There are:\n${names.join('\n')}\n`,
  );
  process.exit(2);
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 800, height: 700 },
].filter(({ width }) => values.width === undefined || String(width) === values.width);
const themes = (['dark', 'light', 'contrast'] as const).filter((theme) =>
  // High contrast is shown in full by the accessibility test; the tour shows it where asked.
  values.theme === undefined ? theme !== 'contrast' : theme === values.theme,
);

async function tour(theme: Theme, size: (typeof sizes)[number], sample: string): Promise<number> {
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const suffix = size.width === 1280 ? '' : `-${size.width}`;
  let count = 0;
  await walkAll({
    sample,
    theme,
    size,
    only,
    at: async ({ name }, app) => {
      const path = join(folder, `${name}${suffix}.${theme}.png`);
      await app.page.screenshot({ path });
      process.stdout.write(`${path}\n`);
      count += 1;
    },
    failed: async ({ name }, app) => {
      const path = join(folder, `failed-${name}${suffix}.${theme}.png`);
      await app.page.screenshot({ path });
      process.stderr.write(`almagest: the window at that moment: ${path}\n`);
    },
  });
  return count;
}

const sample = await startSampleServer({
  size: 10_000,
  seed: 1543,
  workerUrl: new URL('../../src-main/sample/sample-worker.ts', import.meta.url),
});
let count = 0;
try {
  for (const size of sizes) {
    for (const theme of themes) count += await tour(theme, size, sample.base);
  }
} finally {
  await sample.close();
}
process.stderr.write(`almagest: ${count} pictures in ${resolve(values.out)}\n`);
