/**
 * A tree with a node of a million members in a real browser, at each device scale and at a text zoom of 200 %: which
 * rows the scroll bar and the keys reach, and what stands in the document.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { builtTreePage } from '#test/support/built-renderer.ts';
import { inShortOrLong } from '#test/support/endurance.ts';
import { createRandom } from '#test/support/random-values.ts';
import {
  collectTrouble,
  serveRenderer,
  startChromium,
  type ServedRenderer,
} from '#test/support/renderer-harness.ts';
import { hasBrowser } from '#test/support/renderer-session.ts';
import { treeDriver } from '#test/support/tree-page/tree-driver.ts';

const members = 1_000_000;
/** Bundles and collections around the open node, and its own row. */
const lastRow = 9 + 3 + members - 1;

describe.skipIf(!hasBrowser('tree-million.test.ts'))('a node of a million', () => {
  const { inView, scrollBy, scrollTo, titleOf, at, waitForTitle } = treeDriver;
  let served: ServedRenderer;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serveRenderer(builtTreePage), startChromium()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function openMillion(deviceScaleFactor: number, textZoom: number) {
    const context = await browser.newContext({
      viewport: { width: 1016, height: 692 },
      deviceScaleFactor,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const trouble = collectTrouble(page);
    await page.goto(served.url({ members: String(members), textZoom: String(textZoom) }));
    await waitForTitle(page, 'InSight Radiometer Bundle');
    await page.evaluate(() => window.treeHooks.focusRow(0));
    await page.keyboard.press('ArrowRight');
    await waitForTitle(page, 'InSight RAD Derived Data Collection');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
      await page.keyboard.press(key);
    await expect.poll(() => titleOf(page, 4), { timeout: 10_000 }).toMatch(/_00000_/);
    return { page, context, trouble };
  }

  const sol = (row: number): string => `_${String(row - 4).padStart(5, '0')}_`;
  const scrollRange = (page: Page) =>
    page.evaluate(() => {
      const scroller = document.querySelector('[role=rowgroup]');
      return {
        height: scroller?.scrollHeight ?? 0,
        most: (scroller?.scrollHeight ?? 0) - (scroller?.clientHeight ?? 0),
      };
    });

  /** Goes to rows one after the other; says of each whether it is whole in the view, and has the focus. */
  const visit = (page: Page, rows: readonly number[]) =>
    page.evaluate(async (wanted) => {
      const found = [];
      for (const index of wanted) {
        window.treeHooks.focusRow(index);
        // What is far away may take some frames on a busy machine.
        for (let frame = 0; frame < 60; frame += 1) {
          await new Promise((done) => requestAnimationFrame(done));
          if (document.activeElement?.getAttribute('data-index') === String(index)) break;
        }
        const view = document.querySelector('[role=rowgroup]')?.getBoundingClientRect();
        const row = document.querySelector(`[data-index="${index}"]`);
        const box = row?.getBoundingClientRect();
        const seen = window.treeHooks.grid.visible;
        const inSight = seen === null ? 0 : seen.last - seen.first + 1;
        found.push({
          index,
          isFocused: row !== null && row === document.activeElement,
          isWhole:
            view !== undefined &&
            box !== undefined &&
            box.top >= view.top - 0.5 &&
            box.bottom <= view.bottom + 0.5,
          elements: document.querySelectorAll('[data-index]').length / inSight,
        });
      }
      return found;
    }, rows);

  const cases: readonly [scale: number, zoom: number][] = [
    [1, 100],
    [3, 200],
    [2, 100],
    [3, 100],
    [1, 200],
    [2, 200],
  ];
  test.each(cases.slice(0, inShortOrLong(2, cases.length)))(
    'every row is reached at device scale %i and text zoom %i',
    async (deviceScale, textZoom) => {
      const { page, context, trouble } = await openMillion(deviceScale, textZoom);
      const random = createRandom(deviceScale * 1000 + textZoom);
      expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe(
        String(lastRow + 2),
      );
      // Chromium draws nothing below this.
      expect((await scrollRange(page)).height * deviceScale).toBeLessThan(33_554_400);

      // By its position: any row, exactly, whole in the view.
      const wanted = Array.from({ length: 100 }, () => 4 + Math.floor(random() * members));
      const reached = await visit(page, wanted);
      expect(reached.filter(({ isWhole, isFocused }) => !isWhole || !isFocused)).toEqual([]);
      expect(Math.max(...reached.map(({ elements }) => elements))).toBeLessThanOrEqual(3);
      for (const one of wanted.slice(0, 8)) {
        await page.evaluate((index) => window.treeHooks.focusRow(index), one);
        await expect.poll(() => titleOf(page, one), { timeout: 10_000 }).toContain(sol(one));
      }

      // By the scroll bar: from end to end, in order, and row by row from there.
      const { most } = await scrollRange(page);
      let before = -1;
      for (const share of [0, 0.0001, 0.01, 0.2, 0.5, 0.77, 0.999, 1]) {
        const seen = await scrollTo(page, most * share);
        expect(seen.first).toBeGreaterThan(before);
        expect(seen.all).toBeLessThanOrEqual(3 * seen.seen);
        before = seen.first;
      }
      expect((await inView(page)).last).toBe(lastRow);
      expect(await titleOf(page, lastRow)).toBe('Chandrayaan-1 mini-RF Mosaics');

      // By the wheel: rows go by one after the other, also where the bar stands for many.
      const middle = await scrollTo(page, most / 2);
      for (let turn = 1; turn <= 5; turn += 1) {
        const seen = await scrollBy(page, 3 * middle.rowHeight);
        expect(seen.first).toBe(middle.first + 3 * turn);
      }

      // By keys.
      await page.evaluate(() => window.treeHooks.focusRow(3));
      await page.keyboard.press('End');
      expect(await at(page)).toBe(String(lastRow));
      await page.keyboard.press('PageUp');
      expect(Number(await at(page))).toBeLessThan(lastRow - 3);
      await page.keyboard.press('Home');
      expect(await at(page)).toBe('0');
      expect((await inView(page)).first).toBe(0);
      expect(trouble).toEqual([]);
      await context.close();
    },
    120_000,
  );

  test('the focus holds on to its row a million rows away', async () => {
    const { page, context } = await openMillion(2, 100);
    await page.evaluate(() => window.treeHooks.focusRow(400_000));
    await expect.poll(() => titleOf(page, 400_000), { timeout: 10_000 }).toContain(sol(400_000));
    const { most } = await scrollRange(page);
    for (const share of [0, 1, 0.3]) {
      const seen = await scrollTo(page, most * share);
      expect(await at(page)).toBe('400000');
      expect(seen.all).toBeLessThanOrEqual(3 * seen.seen);
      // It makes the list no taller than it is.
      expect((await scrollRange(page)).most).toBe(most);
    }
    await page.keyboard.press('ArrowUp');
    expect(await at(page)).toBe('399999');
    const seen = await inView(page);
    expect(seen.first).toBeLessThanOrEqual(399_999);
    expect(seen.last).toBeGreaterThanOrEqual(399_999);
    await context.close();
  });

  test('a jump of the bar asks for what is seen there, not for what went by', async () => {
    const { page, context } = await openMillion(1, 100);
    const { most } = await scrollRange(page);
    const before = await page.evaluate(() => window.treeHooks.made.asked.length);
    await page.evaluate(async (end) => {
      const scroller = document.querySelector('[role=rowgroup]');
      for (let step = 1; step <= 40 && scroller !== null; step += 1) {
        scroller.scrollTop = (end * step) / 50;
        await new Promise((done) => requestAnimationFrame(done));
      }
    }, most);
    await expect.poll(async () => (await inView(page)).pending, { timeout: 10_000 }).toBe(0);
    const asked = await page.evaluate((from) => window.treeHooks.made.asked.slice(from), before);
    const seen = await inView(page);
    const part = (row: number): number => Math.floor((row - 4) / 100) * 100;
    const last = `insight_rad/data_derived:${part(seen.last)}`;
    expect(asked.at(-1)).toBe(last);
    // A frame that took long may have let one part through.
    expect(asked.length).toBeLessThan(20);
    await context.close();
  });
});
