/**
 * The gallery over a stored set of a million, in a real browser over a core in memory: what the keys, the scroll
 * bar and the rubber band reach, what is selected of it, and what stands in the document.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const route = JSON.stringify({ view: 'nasa', query: { q: 'stars' }, all: true });

describe.skipIf(!hasBrowser('gallery-million.test.ts'))('a gallery of a million', () => {
  const { open } = useRenderer();

  async function openSet(knobs: Knobs = {}, width?: number, height?: number): Promise<Page> {
    const page = await open({ route, total: '1000000', ...knobs }, width, height);
    await page.locator('[role=gridcell]').first().waitFor();
    await rowCount(page);
    return page;
  }

  /** The number of rows, once all of them are known. */
  async function rowCount(page: Page): Promise<number> {
    const grid = page.getByRole('grid');
    let rows = -1;
    await expect
      .poll(async () => (rows = Number(await grid.getAttribute('aria-rowcount'))), {
        timeout: 20_000,
      })
      .toBeGreaterThan(100_000);
    return rows;
  }
  const cell = (page: Page, index: number) =>
    page.locator(`[role=gridcell][data-index="${index}"]`);
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? null);
  const inView = (page: Page) =>
    page.evaluate(() => {
      const view = document.querySelector('.scroller')?.getBoundingClientRect();
      const all = [...document.querySelectorAll('[role=gridcell]')];
      const seen = all.filter((one) => {
        const box = one.getBoundingClientRect();
        return view !== undefined && box.bottom > view.top && box.top < view.bottom;
      });
      const indexes = seen.map((one) => Number(one.getAttribute('data-index')));
      return {
        first: Math.min(...indexes),
        last: Math.max(...indexes),
        seen: seen.length,
        all: all.length,
      };
    });
  /** By the scroll bar; resolves when what is there now is drawn and read. */
  async function scrollTo(page: Page, share: number) {
    await page.evaluate((part) => {
      const scroller = document.querySelector('.scroller');
      if (scroller === null) throw new Error('no grid');
      scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * part;
    }, share);
    await expect
      .poll(async () => (await inView(page)).seen, { timeout: 20_000 })
      .toBeGreaterThan(3);
    const seen = await inView(page);
    await cell(page, seen.first).locator('img, .missing').first().waitFor();
    return seen;
  }
  const keptSelections = (page: Page) =>
    page.evaluate(() =>
      window.fakeCore?.calls
        .filter(({ channel }) => channel.endsWith('library.keepSelection'))
        .map(({ args }) => (args as { selection: unknown }).selection),
    );

  test('keys reach the first and the last, and rows are counted right', async () => {
    const page = await openSet();
    const rows = await rowCount(page);
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('Control+End');
    expect(await focused(page)).toBe('999999');
    const last = page.locator('[role=row]', { has: cell(page, 999_999) });
    expect(await last.getAttribute('aria-rowindex')).toBe(String(rows));
    await cell(page, 999_999)
      .getByText(/, 999999$/)
      .waitFor();
    await page.keyboard.press('PageUp');
    const above = Number(await focused(page));
    expect(above).toBeLessThan(999_990);
    expect(above).toBeGreaterThan(999_900);
    await page.keyboard.press('Home');
    expect(await cell(page, Number(await focused(page))).getAttribute('aria-colindex')).toBe('1');
    await page.keyboard.press('Control+Home');
    expect(await focused(page)).toBe('0');
    expect(await page.locator('[role=row]').first().getAttribute('aria-rowindex')).toBe('1');
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  });

  test.each(['justified', 'square'])('the scroll bar reaches everything (%s)', async (layout) => {
    const page = await openSet({ layout });
    let before = -1;
    for (const share of [0.1, 0.31, 0.5, 0.77, 0.999, 1]) {
      const seen = await scrollTo(page, share);
      expect(seen.first).toBeGreaterThan(before);
      expect(seen.all).toBeLessThanOrEqual(3 * seen.seen);
      before = seen.first;
    }
    expect((await inView(page)).last).toBe(999_999);
    expect((await scrollTo(page, 0)).first).toBe(0);
  });

  test('another width and text size leave the same records at the top', async () => {
    const page = await openSet();
    await scrollTo(page, 0.62);
    await expect.poll(async () => (await inView(page)).first).toBeGreaterThan(100_000);
    await cell(page, (await inView(page)).first)
      .locator('img, .missing')
      .first()
      .waitFor();
    const { first } = await inView(page);
    for (const width of [900, 1500, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(async () => {
          const seen = await inView(page);
          return seen.first <= first && seen.last >= first;
        })
        .toBe(true);
    }
    await page.keyboard.press('Control+=');
    await rowCount(page);
    const seen = await inView(page);
    expect(seen.first).toBeLessThanOrEqual(first);
    expect(seen.last).toBeGreaterThanOrEqual(first);
  });

  test('all is selected, loaded or not, and kept as what it is', async () => {
    const page = await openSet();
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('Control+a');
    await page.getByText('1,000,000 selected').waitFor();
    await page.keyboard.press('Control+End');
    expect(await cell(page, 999_999).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Control+Space');
    await page.getByText('999,999 selected').waitFor();
    expect(await cell(page, 999_999).getAttribute('aria-selected')).toBe('false');
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(0);
    expect(await focused(page)).toBe('999999');
  });

  test('thousands are a range, chosen by two clicks', async () => {
    const page = await openSet();
    await cell(page, 3).click();
    const seen = await scrollTo(page, 0.02);
    // One that is whole in view: a click moves the others there first.
    const last = Math.round((seen.first + seen.last) / 2);
    await cell(page, last).click({ modifiers: ['Shift'] });
    const count = (last - 2).toLocaleString('en-GB');
    await page.getByText(`${count} selected`).waitFor();
    await page.getByRole('button', { name: 'Keep in the library' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: /Keep/ });
    if ((await confirm.count()) > 0) await confirm.click();
    await expect.poll(() => keptSelections(page)).toHaveLength(1);
    expect(await keptSelections(page)).toEqual([
      { kind: 'results', id: 'set1', except: [], ranges: [[3, last]] },
    ]);
  });

  test('a rubber band goes on at the edge of the view, over what it touches and no more', async () => {
    const page = await openSet();
    await scrollTo(page, 0.4);
    const view = await page.locator('.scroller').boundingBox();
    if (view === null) throw new Error('no grid');
    await page.mouse.move(view.x + 4, view.y + 60);
    await page.mouse.down();
    await page.mouse.move(view.x + 60, view.y + 200, { steps: 3 });
    await page.mouse.move(view.x + 60, view.y + view.height - 4, { steps: 3 });
    const selectedCount = async () =>
      Number(
        /[\d,]+/
          .exec((await page.getByText(/ selected$/).textContent()) ?? '')?.[0]
          .replaceAll(',', ''),
      );
    await page.getByText(/ selected$/).waitFor();
    await expect.poll(selectedCount, { timeout: 20_000 }).toBeGreaterThan(12);
    await page.mouse.move(view.x + 60, view.y + 300, { steps: 3 });
    await page.mouse.up();
    const rows = await page
      .locator('[role=row]')
      .evaluateAll((all) =>
        all.map((row) =>
          [...row.querySelectorAll('[role=gridcell]')].map(
            (one) => one.getAttribute('aria-selected') === 'true',
          ),
        ),
      );
    // The band is narrow: of each row only what lies at its left edge.
    for (const row of rows) expect(row.slice(1)).not.toContain(true);
    expect(rows.some(([left]) => left === true)).toBe(true);
    await page.keyboard.press('Escape');
  });

  test('a page that cannot be read says so on its tiles, and comes when tried again', async () => {
    const page = await openSet({ broken: '100' });
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    for (let press = 0; press < 30; press += 1) {
      if (Number(await focused(page)) >= 100) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.getByText('Could not be read').first().waitFor();
    const broken = cell(page, 104);
    await broken.waitFor();
    expect(await broken.getAttribute('aria-label')).toContain('The disk did not answer.');
    await broken.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByText('Could not be read').count()).toBe(0);
    await cell(page, 104).locator('.caption').waitFor();
  });

  test('a place deep in the list is there again after a restart', async () => {
    const memory = JSON.stringify({
      place: { index: 700_003, within: 0.25, current: 700_004, hadFocus: true },
      selection: [[700_000, 700_010]],
    });
    const page = await openSet({ memory });
    await expect.poll(() => focused(page)).toBe('700004');
    await page.getByText('11 selected').waitFor();
    const { first, last } = await inView(page);
    expect(first).toBeLessThanOrEqual(700_003);
    expect(last).toBeGreaterThan(700_003);
    await cell(page, 700_004).locator('.caption', { hasText: ', 700004' }).waitFor();
  });
});
