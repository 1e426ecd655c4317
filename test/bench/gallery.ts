/**
 * The gallery over a stored result set of a million, through the real bridge: what is reachable, how many elements
 * stand in the document, and how it scrolls beside a plain page of the same pictures at the same places.
 *
 * `ALMAGEST_BENCH_CASES` chooses windows by a part of their name; `ALMAGEST_BENCH_FOLDER` names a folder in which
 * the filled profile stays for the next run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium as playwright, type CDPSession, type Page } from 'playwright-core';
import { launchApp, type LaunchedApp } from '../support/launch/launch-app.ts';
import { startChromium } from '../support/preview-runtime/cdp/chromium.ts';
import { galleryCases, type GalleryCase } from './gallery/cases.ts';
import { fillStoredSet, models, titleOf } from './gallery/fill.ts';
import {
  buildPeer,
  reachItem,
  scrollAndWatch,
  scrollBack,
  surveyTiles,
  viewOf,
  type ReachedItem,
  type TileBox,
  type WatchedScroll,
} from './gallery/probe.ts';
import { figuresOf, ratio, type ScrollFigures } from './gallery/verdict.ts';

const root = resolve(import.meta.dirname, '../..');
const count = 1_000_000;
const seed = 7;
const query = { q: 'stored' };
const rounds = 3;
const mostElements = 3;
const mostRatio = 1.2;
const longestTaskMs = 50;
const plan = { scroller: '.scroller', tile: '[data-index]', pxPerSecond: 2000, distance: 8000 };
const peerPlan = { ...plan, scroller: '.peer', tile: '.tile' };

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The sample archive in a process of its own, so that its work is not counted as ours. */
function startSample(port: number): Promise<{ base: string; end(): void }> {
  const child = spawn(
    process.execPath,
    [
      join(root, 'src-main', 'sample', 'serve.ts'),
      ...['--size', String(models), '--seed', String(seed), '--port', String(port)],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((started, failed) => {
    child.once('exit', () => failed(new Error('the sample archive did not start')));
    child.stdout.once('data', (line: Buffer) =>
      started({ base: line.toString().trim(), end: () => child.kill() }),
    );
  });
}

/** A profile that was left at the stored set, at the archive's address. */
function fillProfile(folder: string, base: string): void {
  const profileDir = join(folder, 'profile');
  const marker = join(folder, 'filled.txt');
  if (existsSync(marker)) return;
  mkdirSync(profileDir, { recursive: true });
  const startedMs = performance.now();
  fillStoredSet({ profileDir, base, seed, query, count });
  const route = { view: 'nasa', query, all: true };
  const uiState = { version: 1, entries: [{ route, memory: {} }], index: 0, frame: {} };
  writeFileSync(join(profileDir, 'settings.json'), JSON.stringify({ welcomed: true }));
  writeFileSync(
    join(profileDir, 'window.json'),
    JSON.stringify({ uiState: JSON.stringify(uiState) }),
  );
  writeFileSync(marker, new URL(base).port);
  print(`  filled ${count} rows in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
}

interface Stage {
  app: LaunchedApp;
  page: Page;
  session: CDPSession;
}

const metricsOf = ({ width, height, scale }: GalleryCase) => ({
  ...{ width, height, deviceScaleFactor: scale, mobile: false },
});

async function dress({ page, session }: Stage, look: GalleryCase): Promise<void> {
  await session.send('Emulation.setDeviceMetricsOverride', metricsOf(look));
  await page.evaluate(
    async (patch) => {
      const { almagest } = window as unknown as {
        almagest: { settings: { set(args: object): Promise<{ ok: boolean }> } };
      };
      const answer = await almagest.settings.set({ patch });
      if (!answer.ok) throw new Error('the settings were not taken');
    },
    { textZoom: look.zoom, galleryLayout: look.layout },
  );
  await page.waitForFunction(
    (most) => {
      const grid = document.querySelector('[role=grid]');
      return Number(grid?.getAttribute('aria-rowcount')) > 0 && window.innerWidth === most;
    },
    look.width,
    { timeout: 60_000 },
  );
}

/** By keyboard: the first and the last of all. Returns the places where the focus was. */
async function walkToEnds(page: Page): Promise<string[]> {
  const places: string[] = [];
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  for (const keys of ['Control+End', 'Control+Home']) {
    await page.keyboard.press(keys);
    places.push(
      await page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? 'none'),
    );
  }
  return places;
}

interface Reached {
  failed: string[];
  elements: number;
  steps: number;
}

async function reachAll(page: Page): Promise<Reached> {
  const reached: Reached = { failed: [], elements: 0, steps: 0 };
  const [last, first] = await walkToEnds(page);
  if (first !== '0' || last !== String(count - 1)) {
    reached.failed.push(`the keys led to ${String(first)} and ${String(last)}`);
  }
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const wanted = [0, count - 1];
  // The same places in every run, spread without a pattern.
  for (let at = 1; at <= 100; at += 1) wanted.push((at * 618_033_989) % count);
  for (const index of wanted) {
    const found: ReachedItem = await page.evaluate(reachItem, { index, count });
    reached.elements = Math.max(reached.elements, found.elements);
    reached.steps += found.steps;
    if (!found.isReached || found.caption !== titleOf(index) || !found.hasPicture) {
      reached.failed.push(`${index}: ${JSON.stringify(found)}`);
    }
  }
  return reached;
}

/** A browser of its own with the same flags: what the peer costs is not paid by the app, nor the other way round. */
async function openPeer(
  stage: Stage,
  look: GalleryCase,
): Promise<{ page: Page; end(): Promise<void> }> {
  const chromium = startChromium({
    ...{ headless: true, debuggingPort: true, deviceScaleFactor: undefined },
    ...{ width: look.width, height: look.height },
  });
  const endpoint = await chromium.endpoint();
  if (endpoint === null) throw new Error('the peer has no door');
  const browser = await playwright.connectOverCDP(endpoint, { noDefaults: true, isLocal: true });
  const [context] = browser.contexts();
  const page = context?.pages()[0];
  if (context === undefined || page === undefined) throw new Error('the peer has no page');
  // The origin answers only those who know it.
  await context.addCookies(await stage.page.context().cookies());
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', metricsOf(look));
  return {
    page,
    end: async () => {
      await browser.close();
      await chromium.end();
    },
  };
}

type View = Awaited<ReturnType<typeof readView>>;

/** Anew for each scroll, so that its pictures have to come as ours have. */
async function loadPeer(
  peer: Page,
  tiles: TileBox[],
  { view, document }: { view: View; document: string },
): Promise<void> {
  if (tiles.every((tile) => tile.source === '')) throw new Error('no picture is in sight');
  await peer.goto(document);
  const args = [tiles, { ...view, distance: plan.distance }].map((value) => JSON.stringify(value));
  await peer.evaluate(`(${buildPeer.toString()})(${args.join(', ')})`);
}

const readView = (page: Page) => page.evaluate(viewOf, plan.scroller);

interface Compared {
  ours: ScrollFigures;
  theirs: ScrollFigures;
}

/** Scrolls both in turn, so that a machine that slows down slows both. */
async function compare(stage: Stage, look: GalleryCase): Promise<Compared> {
  const { page } = stage;
  await page.evaluate(reachItem, { index: 412_345, count });
  const view = await readView(page);
  const tiles = await page.evaluate(surveyTiles, plan);
  // A document of the same origin without scripts of its own. Pictures are sandboxed: there nothing would run.
  const document = await page.evaluate(
    () => globalThis.document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')?.href ?? '',
  );
  const peer = await openPeer(stage, look);
  const ours: WatchedScroll[] = [];
  const theirs: WatchedScroll[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await loadPeer(peer.page, tiles, { view, document });
      theirs.push(await peer.page.evaluate(scrollAndWatch, peerPlan));
      ours.push(await page.evaluate(scrollAndWatch, plan));
      await page.evaluate(scrollBack, plan);
    }
  } finally {
    await peer.end();
  }
  const figures = (scrolls: WatchedScroll[]) => figuresOf(scrolls, tiles, view.height);
  return { ours: figures(ours), theirs: figures(theirs) };
}

function isWithin({ ours, theirs }: Compared, { failed, elements }: Reached): boolean {
  return (
    failed.length === 0 &&
    Math.max(elements, ours.mostElements) <= mostElements &&
    ours.longTasks.every((ms) => ms <= longestTaskMs) &&
    ratio(ours.dropped, theirs.dropped) <= mostRatio &&
    ratio(ours.blank, theirs.blank) <= mostRatio &&
    ratio(ours.p95Ms, theirs.p95Ms) <= mostRatio
  );
}

function report({ ours, theirs }: Compared, reached: Reached): void {
  const beside = (name: string, pick: (one: ScrollFigures) => number, digits = 0): string => {
    const [a, b] = [pick(ours), pick(theirs)];
    return `${name} ${a.toFixed(digits)} : ${b.toFixed(digits)} = ${ratio(a, b).toFixed(2)}`;
  };
  const longest = Math.max(0, ...ours.longTasks);
  const longestTheirs = Math.max(0, ...theirs.longTasks);
  print(
    `    reached ${102 - reached.failed.length} of 102 in ${reached.steps} scrolls; elements for each in view ` +
      `${Math.max(reached.elements, ours.mostElements).toFixed(2)}`,
  );
  for (const line of reached.failed.slice(0, 3)) print(`    not reached ${line}`);
  print(
    `    ours : plain page, ${ours.frames} and ${theirs.frames} frames; ${beside('dropped', (one) => one.dropped)}; ` +
      `${beside('blank', (one) => one.blank)}; ${beside('p95 ms', (one) => one.p95Ms, 1)}`,
  );
  print(
    `    tasks over 50 ms: ${ours.longTasks.length} (longest ${longest.toFixed(0)}); of the plain page ` +
      `${theirs.longTasks.length} (longest ${longestTheirs.toFixed(0)})`,
  );
}

async function openStage(folder: string, base: string): Promise<Stage> {
  const lifted = '1000,1000,16';
  const app = await launchApp({
    profileDir: join(folder, 'profile'),
    env: {
      ALMAGEST_NASA_IMAGES_API: base,
      ALMAGEST_RATE_NASA_API: lifted,
      ALMAGEST_RATE_NASA_FILES: lifted,
    },
  });
  await app.page.locator('[role=gridcell]').first().waitFor({ timeout: 60_000 });
  const session = await app.page.context().newCDPSession(app.page);
  return { app, page: app.page, session };
}

/** Prints the bench; true when all bars hold. */
export async function benchGallery(): Promise<boolean> {
  const kept = process.env['ALMAGEST_BENCH_FOLDER'];
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'almagest-bench-'));
  const marker = join(folder, 'filled.txt');
  const sample = await startSample(existsSync(marker) ? Number(readFileSync(marker, 'utf8')) : 0);
  let areWithin = true;
  try {
    print(`gallery, ${count} records, ${rounds} scrolls of ${plan.distance} px each, in turn`);
    fillProfile(folder, sample.base);
    const stage = await openStage(folder, sample.base);
    try {
      for (const look of galleryCases(process.env['ALMAGEST_BENCH_CASES'])) {
        await dress(stage, look);
        const startedMs = performance.now();
        const reached = await reachAll(stage.page);
        print(`  ${look.name}: walked in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
        const compared = await compare(stage, look);
        report(compared, reached);
        areWithin &&= isWithin(compared, reached);
      }
    } finally {
      await stage.app.kill();
    }
  } finally {
    sample.end();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return areWithin;
}
