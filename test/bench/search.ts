/**
 * A search in the real window, on the sample archive: from the last byte of the archive's answer to the painted
 * results, and from the press of Enter to results painted from the kept copy, with the archive holding its
 * answer back. Painted means: the frame after the first one in which the tiles have their titles.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchApp } from '../support/launch/launch-app.ts';
import { startSteeredArchive, type SteeredArchive } from '../support/steered-archive.ts';
import { describeSpread, spreadOf } from './statistics.ts';

const root = resolve(import.meta.dirname, '../..');
const fromAnswerBarMs = 100;
const fromCopyBarMs = 50;
/** Searches, made in turn; the first ones warm up and are not counted. */
const words =
  'nebula saturn moon mars galaxy crater launch jupiter comet rocket aurora planet ring dune ocean ' +
  'storm volcano ice cluster star sun earth station shuttle rover probe telescope horizon surface cloud';
const warmUps = 3;

/** The archive in a process of its own, so that its work is not counted as ours. */
function startSampleProcess(): Promise<{ base: string; end(): void }> {
  const serve = join(root, 'src-main', 'sample', 'serve.ts');
  const child = spawn(process.execPath, [serve, '--size', '10000', '--seed', '7'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((started) => {
    child.stdout.once('data', (line: Buffer) =>
      started({ base: line.toString().trim(), end: () => child.kill() }),
    );
  });
}

/** Words with enough hits to fill the view, so that every search paints alike. */
async function fruitful(base: string): Promise<string[]> {
  const found: string[] = [];
  for (const word of words.split(' ')) {
    const answer = await fetch(`${base}/search?q=${word}&page_size=1`);
    const { collection } = (await answer.json()) as {
      collection: { metadata?: { total_hits?: number } };
    };
    if ((collection.metadata?.total_hits ?? 0) >= 30) found.push(word);
  }
  return found;
}

interface Painted {
  pressedAtMs: number;
  paintedAtMs: number;
}

/** Types a search, presses Enter and waits for the paint of its results. Times in Unix ms. */
async function search(page: Page, text: string): Promise<Painted> {
  await page.keyboard.press('Control+l');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  // Listening before the key is pressed.
  const painted = await page.evaluateHandle(
    (wanted) => ({
      wait: new Promise<Painted>((done) => {
        const now = () => performance.timeOrigin + performance.now();
        let pressedAtMs = 0;
        const press = (event: KeyboardEvent) => {
          if (event.key === 'Enter') pressedAtMs = now();
        };
        addEventListener('keydown', press, { capture: true });
        const look = () => {
          const heading = document.querySelector('h1')?.textContent ?? '';
          const cell = document.querySelector('[role=gridcell][data-index="0"]');
          const label = cell?.getAttribute('aria-label');
          const isThere = pressedAtMs > 0 && heading.includes(wanted) && label !== 'Not loaded yet';
          if (!isThere || cell === null) return;
          watch.disconnect();
          removeEventListener('keydown', press, { capture: true });
          // The task after a frame begins when that frame was handed over for painting.
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done({ pressedAtMs, paintedAtMs: now() });
            channel.port2.postMessage(null);
          });
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
    }),
    text,
  );
  await page.keyboard.press('Enter');
  const times = await painted.evaluate(({ wait }) => wait);
  await painted.dispose();
  return times;
}

/** The page is at rest: nothing of the search before is still being drawn. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((still) => requestIdleCallback(() => requestIdleCallback(still))),
  );
}

function lastAnswer(archive: SteeredArchive, text: string): number {
  const url = [...archive.answeredAtMs.keys()].findLast((one) =>
    new RegExp(`^/search\\?.*\\bq=${text}(&|$)`).test(one),
  );
  return archive.answeredAtMs.get(url ?? '') ?? Number.NaN;
}

const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
};

async function measure(
  archive: SteeredArchive,
  folder: string,
): Promise<{ fromAnswer: number[]; fromCopy: number[] }> {
  const queries = await fruitful(archive.base);
  const app = await launchApp({
    profileDir: join(folder, 'profile'),
    env: {
      ALMAGEST_NASA_IMAGES_API: archive.base,
      // The governor's pauses are not what is measured.
      ALMAGEST_RATE_NASA_API: '1000,1000,8',
      ALMAGEST_RATE_NASA_FILES: '1000,1000,8',
    },
  });
  const fromAnswer: number[] = [];
  const fromCopy: number[] = [];
  try {
    await app.page.getByRole('searchbox').first().waitFor();
    for (const text of queries) {
      const { paintedAtMs } = await search(app.page, text);
      fromAnswer.push(paintedAtMs - lastAnswer(archive, text));
      await rest(app.page);
    }
    archive.isHeld = true;
    for (const text of queries) {
      const { pressedAtMs, paintedAtMs } = await search(app.page, text);
      fromCopy.push(paintedAtMs - pressedAtMs);
      await rest(app.page);
    }
  } finally {
    archive.isHeld = false;
    await app.kill();
  }
  return { fromAnswer: fromAnswer.slice(warmUps), fromCopy: fromCopy.slice(warmUps) };
}

function report(name: string, values: readonly number[], barMs: number): boolean {
  const p95 = percentile(values, 0.95);
  process.stdout.write(
    `  ${name.padEnd(34)} p95 ${p95.toFixed(1)} ms, ${describeSpread(spreadOf(values), 'ms')}, bar ${barMs} ms\n`,
  );
  return p95 < barMs;
}

/** Prints the bench; true when both bars hold. */
export async function benchSearch(): Promise<boolean> {
  const sample = await startSampleProcess();
  const archive = await startSteeredArchive(sample.base);
  archive.maxAgeSeconds = 0;
  const folder = mkdtempSync(join(tmpdir(), 'almagest-bench-'));
  mkdirSync(join(folder, 'profile'), { recursive: true });
  writeFileSync(join(folder, 'profile', 'settings.json'), JSON.stringify({ welcomed: true }));
  try {
    const { fromAnswer, fromCopy } = await measure(archive, folder);
    process.stdout.write(`search, ${fromAnswer.length} searches; p95, median (least to most)\n`);
    const isQuick = report('last byte to painted results', fromAnswer, fromAnswerBarMs);
    const isQuickFromCopy = report('Enter to painted kept copy', fromCopy, fromCopyBarMs);
    return isQuick && isQuickFromCopy;
  } finally {
    await archive.close();
    sample.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
