/**
 * The window beside an empty window in the same runtime: memory, and time from launch to the first painted
 * gallery. Runs alternate, so that a machine that slows down slows both. The window is all of its processes
 * (main, page, GPU, network), shared pages counted once by their share: that is what it costs its user. The
 * page's process alone is printed beside it; much of that one is Chromium's own code, which an empty page does
 * not even read.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSteeredArchive } from '../support/steered-archive.ts';
import { launchApp, type LaunchedApp } from '../support/launch/launch-app.ts';
import { processTree } from './processes.ts';
import { describeSpread, spreadOf } from './statistics.ts';

const root = resolve(import.meta.dirname, '../..');
const rounds = 7;
const query = 'nebula';

interface Reading {
  /** ms from the start of the process to the first paint that counts. */
  paintMs: number;
  pagePssBytes: number;
  allPssBytes: number;
}

/** The renderer process of our own page: the one with the most memory of its kind. */
function readMemory(pid: number): { page: number; all: number } {
  const tree = processTree(pid);
  const renderers = tree.filter(({ commandLine }) => commandLine.includes('--type=renderer'));
  const page = Math.max(0, ...renderers.map(({ pssBytes }) => pssBytes));
  return { page, all: tree.reduce((sum, { pssBytes }) => sum + pssBytes, 0) };
}

/** Unix ms of the first contentful paint. */
const firstPaint = (): Promise<number> =>
  new Promise((found) => {
    const look = (): void => {
      const [entry] = performance.getEntriesByName('first-contentful-paint');
      if (entry !== undefined) found(performance.timeOrigin + entry.startTime);
      else requestAnimationFrame(look);
    };
    look();
  });

/** Unix ms at which the first picture of the gallery was painted, as the browser itself tells it. */
const firstPicture = (): Promise<number> =>
  new Promise((found) => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { url, renderTime, loadTime } = entry as PerformanceEntry & {
          url: string;
          renderTime: number;
          loadTime: number;
        };
        if (url.includes('/media/')) found(performance.timeOrigin + (renderTime || loadTime));
      }
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });

async function measure(
  launch: () => Promise<LaunchedApp>,
  paint: () => Promise<number>,
): Promise<Reading> {
  const startedAtMs = Date.now();
  const app = await launch();
  try {
    const paintedAtMs = await app.page.evaluate(paint);
    // Both are read once all that was asked for is there and the page has come to rest.
    await app.page.waitForFunction(() =>
      [...document.images]
        .filter((image) => image.checkVisibility())
        .every((image) => image.complete),
    );
    await app.page.evaluate(
      () => new Promise((rest) => requestIdleCallback(() => requestIdleCallback(rest))),
    );
    const { page, all } = readMemory(app.pid);
    return { paintMs: paintedAtMs - startedAtMs, pagePssBytes: page, allPssBytes: all };
  } finally {
    await app.kill();
  }
}

/** A profile that was left at a search, so that the window opens on a gallery. */
async function prepareProfile(folder: string, base: string): Promise<void> {
  const profile = join(folder, 'profile');
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ welcomed: true }));
  const app = await launchApp({ profileDir: profile, env: { ALMAGEST_NASA_IMAGES_API: base } });
  await app.page.getByRole('searchbox').first().fill(query);
  await app.page.keyboard.press('Enter');
  await app.page.locator('[data-index="0"] img').waitFor();
  // It is left as a person leaves it: with its pictures in sight.
  await app.page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await app.close();
}

/** The archive in a process of its own, so that its work is not counted as ours. */
function startSampleProcess(): Promise<{ base: string; end(): void }> {
  const child = spawn(
    process.execPath,
    [join(root, 'src-main', 'sample', 'serve.ts'), '--size', '10000', '--seed', '7'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((started) => {
    child.stdout.once('data', (line: Buffer) =>
      started({ base: line.toString().trim(), end: () => child.kill() }),
    );
  });
}

/** Prints the bench; true when both bars hold. */
export async function benchWindow(): Promise<boolean> {
  const sample = await startSampleProcess();
  const archive = await startSteeredArchive(sample.base);
  const folder = mkdtempSync(join(tmpdir(), 'almagest-bench-'));
  const ours: Reading[] = [];
  const empty: Reading[] = [];
  try {
    await prepareProfile(folder, archive.base);
    for (let round = 0; round < rounds; round += 1) {
      empty.push(
        await measure(
          () => launchApp({ entry: join(root, 'test', 'bench', 'empty-app', 'main.mjs') }),
          firstPaint,
        ),
      );
      ours.push(
        await measure(
          () =>
            launchApp({
              profileDir: join(folder, 'profile'),
              env: { ALMAGEST_NASA_IMAGES_API: archive.base },
            }),
          firstPicture,
        ),
      );
    }
  } finally {
    await archive.close();
    sample.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const pick = (key: keyof Reading, from: Reading[]) => spreadOf(from.map((one) => one[key]));
  const ratioOf = (key: 'allPssBytes' | 'pagePssBytes') =>
    spreadOf(ours.map((one, at) => one[key] / (empty[at]?.[key] ?? 1)));
  const ratio = ratioOf('allPssBytes');
  const pageRatio = ratioOf('pagePssBytes');
  const more = spreadOf(ours.map((one, at) => one.paintMs - (empty[at]?.paintMs ?? 0)));
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const mebi = 1024 ** 2;
  print(`window, ${rounds} rounds each, in turn; median (least to most)`);
  print(`  page process, empty      ${describeSpread(pick('pagePssBytes', empty), 'MiB', mebi)}`);
  print(`  page process, gallery    ${describeSpread(pick('pagePssBytes', ours), 'MiB', mebi)}`);
  print(`  all processes, empty     ${describeSpread(pick('allPssBytes', empty), 'MiB', mebi)}`);
  print(`  all processes, gallery   ${describeSpread(pick('allPssBytes', ours), 'MiB', mebi)}`);
  print(
    `  memory, gallery : empty  ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}), bar 1.5`,
  );
  print(`  of the page's process    ${pageRatio.median.toFixed(2)}, not a bar`);
  print(`  launch to paint, empty   ${describeSpread(pick('paintMs', empty), 'ms')}`);
  print(`  launch to first picture  ${describeSpread(pick('paintMs', ours), 'ms')}`);
  print(`  more than empty          ${describeSpread(more, 'ms')}, bar 400`);
  return ratio.median <= 1.5 && more.median <= 400;
}
