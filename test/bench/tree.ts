/**
 * A tree with a node of a million members, scrolled, jumped through and walked by keys in a real browser, at each
 * device scale and text zoom: tasks that keep the page from drawing, and elements that stand in it.
 */
import type { Browser, Page } from 'playwright-core';
import { builtTreePage } from '#test/support/built-renderer.ts';
import { serveRenderer, startChromium } from '#test/support/renderer-harness.ts';
import { treeDriver } from '#test/support/tree-page/tree-driver.ts';
import { scrollAndWatch, type WatchedScroll } from './gallery/probe.ts';

const members = 1_000_000;
const longestTaskMs = 50;
const mostElements = 3;
const plan = {
  scroller: '[role=rowgroup]',
  tile: '[data-index]',
  pxPerSecond: 3000,
  distance: 9000,
};
const looks = [1, 2, 3].flatMap((scale) => [100, 200].map((zoom) => ({ scale, zoom })));
/** Parts of the whole at which a stretch is scrolled. */
const places = [0, 0.25, 0.5, 0.75, 0.98];

async function openMillion(browser: Browser, address: string, scale: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  await page.goto(address);
  await treeDriver.waitForTitle(page, 'InSight Radiometer Bundle');
  await page.evaluate(() => window.treeHooks.focusRow(0));
  await page.keyboard.press('ArrowRight');
  await treeDriver.waitForTitle(page, 'InSight RAD Derived Data Collection');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
    await page.keyboard.press(key);
  await page.getByText('_00000_').first().waitFor();
  return page;
}

/** By the scroll bar to a part of the whole, then on from there. */
async function scrollAt(page: Page, share: number): Promise<WatchedScroll> {
  await page.evaluate((part) => {
    const scroller = document.querySelector('[role=rowgroup]');
    if (scroller !== null) scroller.scrollTop = part * scroller.scrollHeight;
  }, share);
  return page.evaluate(scrollAndWatch, plan);
}

/** The same watch while keys are pressed: a page of rows each time, and from end to end. */
async function walkByKeys(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { benchTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
    window.treeHooks.focusRow(4);
  });
  for (let press = 0; press < 40; press += 1) await page.keyboard.press('PageDown');
  for (const key of ['End', 'Home', 'End', 'PageUp', 'ArrowUp']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  return page.evaluate(() => (window as unknown as { benchTasks: number[] }).benchTasks);
}

/** True where no task was too long and no case held too many elements. */
export async function benchTree(): Promise<boolean> {
  process.stdout.write(`tree, a node of ${members}\n`);
  const [served, browser] = await Promise.all([serveRenderer(builtTreePage), startChromium()]);
  let isWithin = true;
  try {
    for (const { scale, zoom } of looks) {
      const address = served.url({ members: String(members), textZoom: String(zoom) });
      const page = await openMillion(browser, address, scale);
      const scrolls: WatchedScroll[] = [];
      for (const share of places) scrolls.push(await scrollAt(page, share));
      const scrolling = scrolls.flatMap(({ longTasks }) => longTasks);
      const walking = await walkByKeys(page);
      const elements = Math.max(...scrolls.map((one) => one.mostElements));
      const longest = Math.max(0, ...scrolling, ...walking);
      isWithin &&= longest <= longestTaskMs && elements <= mostElements;
      process.stdout.write(
        `  scale ${scale}, text ${zoom} %: ${scrolls.reduce((sum, { frames }) => sum + frames.length, 0)} frames; ` +
          `tasks over ${longestTaskMs} ms: ${scrolling.length} scrolling, ${walking.length} by keys ` +
          `(longest ${longest.toFixed(0)}); elements for each in view ${elements.toFixed(2)}\n`,
      );
      await page.context().close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
  return isWithin;
}
