/**
 * Runs in vitest. One browser and one tab for the tests of a file: each test gets a document of its own with
 * nothing left in its storage, and must end without a word of trouble on the page's console. The tab stays, since
 * a process that has read the page's code once reads it in half the time.
 */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Knobs } from './fake-core.ts';
import {
  collectTrouble,
  findChromium,
  serveRenderer,
  startChromium,
  type ServedRenderer,
} from './renderer-harness.ts';

/** False, with a printed reason, where there is no Chromium. */
export function hasBrowser(file: string): boolean {
  const has = findChromium() !== undefined;
  if (!has) console.log(`${file}: skipped, no Chromium is installed`);
  return has;
}

export interface RendererSession {
  /** Opens the page with these knobs of the fake core; resolves when the frame is there. */
  open(knobs?: Knobs, width?: number, height?: number): Promise<Page>;
  /** Opens any address in a page that is watched and closed like the others. */
  openAt(address: string): Promise<Page>;
  address(knobs?: Knobs): string;
  /** What a fake core was asked on one channel (`almagest:domain.method`), oldest first. */
  called(page: Page, channel: string): Promise<unknown[]>;
  /** Leaves the present page; the next `open` starts with empty storage. */
  leave(): Promise<void>;
}

/**
 * Call inside `describe`: it puts the set-up and the end of each test in place. `expected` is trouble that the
 * tests make on purpose; `page` builds another page than the app's.
 */
export function useRenderer({
  expected,
  page: makePage,
}: { expected?: RegExp; page?: () => Promise<string> } = {}): RendererSession {
  let served: ServedRenderer;
  let browser: Browser;
  /** One for all tests, so that the browser keeps what it has compiled of the page's code. */
  let context: BrowserContext;
  let tab: { page: Page; trouble: string[]; clear: () => Promise<void> } | null = null;
  let isLeft = true;

  const openTab = async () => {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { origin } = new URL(served.url());
    const what = { origin, storageTypes: 'local_storage' };
    const clear = async (): Promise<void> => {
      await session.send('Storage.clearDataForOrigin', what);
    };
    return { page, trouble: collectTrouble(page), clear };
  };

  const leave = async (): Promise<void> => {
    if (tab === null || isLeft || tab.page.isClosed()) return;
    isLeft = true;
    // Leaves the page first: what it stores as it goes must not be found by the next.
    await tab.page.goto(new URL('/favicon.ico', served.url()).href).catch(() => undefined);
    await tab.clear();
  };

  beforeAll(async () => {
    [served, browser] = await Promise.all([serveRenderer(makePage), startChromium()]);
    context = await browser.newContext({ reducedMotion: 'reduce' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  afterEach(async () => {
    await leave();
    const said = tab?.trouble.splice(0) ?? [];
    expect(said.filter((line) => expected?.test(line) !== true)).toEqual([]);
  });

  const newDocument = async (): Promise<Page> => {
    await leave();
    if (tab === null || tab.page.isClosed()) tab = await openTab();
    isLeft = false;
    return tab.page;
  };

  return {
    address: (knobs) => served.url(knobs),
    leave,
    async open(knobs = {}, width = 1280, height = 800) {
      const page = await newDocument();
      await page.setViewportSize({ width, height });
      await page.goto(served.url(knobs));
      await page.locator('#main').waitFor();
      return page;
    },
    async openAt(address) {
      const page = await newDocument();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(address);
      return page;
    },
    called: (page, channel) =>
      page.evaluate(
        (wanted) =>
          window.fakeCore?.calls
            .filter((call) => call.channel === wanted)
            .map((call): unknown => call.args) ?? [],
        channel,
      ),
  };
}
