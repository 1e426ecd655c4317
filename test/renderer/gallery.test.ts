/**
 * The NASA gallery in a real browser, over a core in memory: keys, mouse, selection, filters, states, coming
 * back, and axe over every state in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';
import { examineThemes } from '#test/support/axe.ts';

const allStars = JSON.stringify({ view: 'nasa', query: { q: 'stars' }, all: true });
const stars = JSON.stringify({ view: 'nasa', query: { q: 'stars' } });

describe.skipIf(!hasBrowser('gallery.test.ts'))('the NASA gallery', () => {
  const { leave, open: openAny } = useRenderer();
  const open = (knobs: Knobs = {}, width?: number, height?: number): Promise<Page> =>
    openAny({ route: stars, ...knobs }, width, height);

  async function openResults(knobs: Knobs = {}, width = 1280, height = 800): Promise<Page> {
    const page = await open(knobs, width, height);
    await page.getByRole('gridcell', { name: 'The Moons are the Stars' }).first().waitFor();
    return page;
  }

  const cell = (page: Page, index: number) =>
    page.locator(`[role=gridcell][data-index="${index}"]`);
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? null);
  const selected = (page: Page) =>
    page
      .locator('[role=gridcell][aria-selected=true]')
      .evaluateAll((nodes) => nodes.map((node) => Number(node.getAttribute('data-index'))));
  const scrollTop = (page: Page) =>
    page.evaluate(() => document.querySelector('.scroller')?.scrollTop ?? -1);
  const searches = (page: Page) =>
    page.evaluate(
      () =>
        window.fakeCore?.calls.filter((call) => call.channel.endsWith('nasa.search')).length ?? 0,
    );

  test('one tab stop, and arrows, Home, End and pages move', async () => {
    const page = await openResults();
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    await cell(page, 0).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('1');
    await page.keyboard.press('ArrowDown');
    const below = Number(await focused(page));
    expect(below).toBeGreaterThan(1);
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('1');
    await page.keyboard.press('End');
    const rowEnd = Number(await focused(page));
    expect(await cell(page, rowEnd + 1).getAttribute('aria-colindex')).toBe('1');
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe('0');
    await page.keyboard.press('PageDown');
    expect(Number(await focused(page))).toBeGreaterThan(rowEnd);
    await page.keyboard.press('Control+Home');
    expect(await focused(page)).toBe('0');
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
  });

  test('keys select, extend, take all and clear', async () => {
    const page = await openResults({ total: '90' });
    await cell(page, 0).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Space');
    expect(await selected(page)).toEqual([0, 2]);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await selected(page)).toEqual([2, 3]);
    await page.keyboard.press('Control+a');
    await page.getByText('90 selected').waitFor();
    await page.keyboard.press('Escape');
    expect(await selected(page)).toEqual([]);
    expect(await focused(page)).toBe('3');
  });

  test('the mouse selects by click, ctrl, shift and a rubber band', async () => {
    const page = await openResults();
    await cell(page, 1).click();
    await cell(page, 3).click({ modifiers: ['Control'] });
    expect(await selected(page)).toEqual([1, 3]);
    await cell(page, 5).click({ modifiers: ['Shift'] });
    expect(await selected(page)).toEqual([3, 4, 5]);
    const first = await cell(page, 0).boundingBox();
    const second = await cell(page, 1).boundingBox();
    if (first === null || second === null) throw new Error('nothing to draw a band over');
    await page.mouse.move(first.x - 6, first.y - 6);
    await page.mouse.down();
    await page.mouse.move(second.x - 40, second.y + 20, { steps: 4 });
    await page.mouse.move(second.x + 20, second.y + 40, { steps: 4 });
    await page.mouse.up();
    expect(await selected(page)).toEqual([0, 1]);
    await page.mouse.click(first.x - 6, first.y + 30);
    expect(await selected(page)).toEqual([]);
  });

  test('the menu is for what is under the pointer, and keeps it', async () => {
    const page = await openResults();
    await cell(page, 2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Copy credit line/ }).waitFor();
    expect(await selected(page)).toEqual([2]);
    await page.getByRole('menuitem', { name: /Keep in the library/ }).click();
    await expect.poll(() => cell(page, 2).locator('.star').count()).toBe(1);
    await cell(page, 2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Remove from the library/ }).waitFor();
  });

  test('credit lines are copied, one for each record', async () => {
    const page = await openResults();
    await cell(page, 0).click();
    await page.keyboard.press('Control+Shift+c');
    await expect
      .poll(() => page.evaluate(() => window.fakeCore?.copied()))
      .toBe('NASA/GSFC/Observer 0, “The Moons are the Stars”, GSFC_2017000000');
    await cell(page, 2).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Copy 2 credit lines' }).first().click();
    await expect
      .poll(() => page.evaluate(() => window.fakeCore?.copied()))
      .toBe(
        'NASA/GSFC/Observer 0, “The Moons are the Stars”, GSFC_2017000000\n' +
          'NASA/JSC, “A Star-Formation Laboratory”, GSFC_2017000002',
      );
  });

  test('the selection is planned', async () => {
    const page = await openResults();
    await cell(page, 0).click();
    await cell(page, 1).click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Download 2…' }).click();
    await page.getByRole('heading', { name: 'Download 2 from “stars”' }).waitFor();
    const opened = await page.evaluate(() =>
      window.fakeCore?.calls.find((call) => call.channel.endsWith('plans.open')),
    );
    expect(opened?.args).toMatchObject({
      title: 'stars',
      selection: { kind: 'refs', refs: ['nasa:GSFC_2017000000', 'nasa:GSFC_2017000001'] },
    });
  });

  test('back restores scroll, selection and focus at once, and so does a restart', async () => {
    const page = await openResults();
    await cell(page, 0).focus();
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('PageDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowRight');
    const before = [await scrollTop(page), await focused(page), await selected(page)];
    const asked = await searches(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('grid').count()).toBe(0);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => focused(page)).toBe(before[1]);
    expect([await scrollTop(page), await focused(page), await selected(page)]).toEqual(before);
    expect(await searches(page)).toBe(asked);

    const saved = () => page.evaluate(() => window.fakeCore?.uiState() ?? '');
    // Both in the same text: an earlier one may have been saved on the way.
    await expect.poll(saved).toMatch(new RegExp(`"current":${before[1]}\\b[^]*"hadFocus":true`));
    const { entries } = JSON.parse(await saved()) as { entries: { memory: unknown }[] };
    await leave();
    const again = await openResults({ memory: JSON.stringify(entries[0]?.memory) });
    await expect.poll(() => focused(again)).toBe(before[1]);
    await expect.poll(() => scrollTop(again)).toBe(before[0]);
    expect(await selected(again)).toEqual(before[2]);
  });

  test('the focus stays on its record when the window changes its width', async () => {
    const page = await openResults();
    await cell(page, 0).focus();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowDown');
    const at = await focused(page);
    for (const width of [900, 1100, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => focused(page)).toBe(at);
    }
  });

  test('pages come as the view nears them, and few elements stand in the document', async () => {
    const page = await openResults({ total: '900' });
    for (let step = 0; step < 40; step += 1) {
      await page.mouse.move(500, 400);
      await page.mouse.wheel(0, 700);
      const counts = await page.evaluate(() => {
        const view = document.querySelector('.scroller')?.getBoundingClientRect();
        const cells = [...document.querySelectorAll('[role=gridcell]')];
        const seen = cells.filter((one) => {
          const box = one.getBoundingClientRect();
          return view !== undefined && box.bottom > view.top && box.top < view.bottom;
        });
        return { all: cells.length, seen: seen.length };
      });
      expect(counts.all).toBeLessThanOrEqual(3 * counts.seen);
    }
    await cell(page, 0).or(page.getByRole('gridcell').first()).focus();
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+End');
        return focused(page);
      })
      .toBe('899');
    await page.getByText('That is all: 900 records.').waitFor();
    const rows = await page.getByRole('grid').getAttribute('aria-rowcount');
    expect(await page.getByRole('row').last().getAttribute('aria-rowindex')).toBe(rows);
  });

  test('a mistaken year is told under its field and nothing is sent', async () => {
    const page = await openResults();
    await page.getByRole('button', { name: 'Years' }).click();
    const form = page.getByRole('dialog', { name: 'Years' });
    await form.getByRole('textbox', { name: 'From' }).fill('20x4');
    await page.keyboard.press('Enter');
    await form.getByText('“20x4” is not a year of 4 digits').waitFor();
    await form.getByRole('textbox', { name: 'From' }).fill('2004');
    await form.getByRole('textbox', { name: 'To' }).fill('1998');
    await page.keyboard.press('Enter');
    await form.getByText('1998 is before 2004').waitFor();
    expect(await searches(page)).toBe(1);
    await form.getByRole('textbox', { name: 'To' }).fill('2005');
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: 'Years: 2004 to 2005', exact: true });
    await chip.waitFor();
    await expect.poll(() => searches(page)).toBe(2);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => chip.count()).toBe(0);
  });

  test('every other parameter is behind More, and comes off again', async () => {
    const page = await openResults();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const items = await page.getByRole('menuitem').allTextContents();
    expect(items.map((item) => item.trim())).toEqual([
      'Location',
      'Photographer',
      'Second creator',
      'Title',
      'Description',
      'Alternative text',
      'NASA id',
    ]);
    await page.getByRole('menuitem', { name: 'NASA id' }).click();
    await page.getByRole('dialog', { name: 'NASA id' }).getByRole('textbox').fill('PIA12348');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'NASA id: PIA12348', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove the filter NASA id: PIA12348' }).click();
    await expect.poll(() => page.getByRole('button', { name: /PIA12348/ }).count()).toBe(0);
  });

  test('a filter offers values of the results, and its keys choose one', async () => {
    const page = await openResults();
    await page.getByRole('button', { name: 'Centre' }).click();
    const form = page.getByRole('dialog', { name: 'Centre' });
    const field = form.getByRole('combobox', { name: 'Centre' });
    await field.fill('gsf');
    const [only] = await form.getByRole('option').all();
    expect(await only?.textContent()).toContain('Goddard Space Flight Center');
    await page.keyboard.press('ArrowDown');
    expect(await field.getAttribute('aria-activedescendant')).toBe(await only?.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Centre: GSFC', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await expect.poll(() => page.getByRole('button', { name: /GSFC/ }).count()).toBe(0);
  });

  test('all results are listed, selected while they come, and kept as one', async () => {
    const page = await openResults({ total: '28486' });
    await cell(page, 0).focus();
    await page.keyboard.press('Control+a');
    await page.getByText('28,486 results, all listed').waitFor();
    await page.getByText('28,486 selected').waitFor();
    await page.getByRole('button', { name: 'Download 28,486…' }).waitFor();
    await page.keyboard.press('b');
    await page.getByText('28,486 records were added to the library.').waitFor();
    const kept = await page.evaluate(() =>
      window.fakeCore?.calls.filter((call) => call.channel.endsWith('library.keepSelection')),
    );
    expect(kept?.map((call) => call.args)).toEqual([
      { selection: { kind: 'results', id: 'set1', except: [], ranges: [[0, 28_485]] } },
    ]);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('NASA lists the first 10,000 of 28,486.').waitFor();
  });

  test('a kept copy stands while the archive is asked, and what is newer waits', async () => {
    const page = await open({ copy: 'older', delay: '700' });
    await cell(page, 3).and(page.getByLabel('Jupiter Marble')).waitFor();
    const first = await cell(page, 0).getAttribute('aria-label');
    expect(first).not.toBe('The Moons are the Stars');
    await page.getByRole('link', { name: 'Newer results' }).waitFor();
    expect(await cell(page, 0).getAttribute('aria-label')).toBe(first);
    await page.getByRole('link', { name: 'Newer results' }).click();
    await expect
      .poll(() => cell(page, 0).getAttribute('aria-label'))
      .toBe('The Moons are the Stars');
  });

  test('the layout changes for good', async () => {
    const page = await openResults();
    await page.getByRole('radio', { name: 'Square tiles' }).check({ force: true });
    await expect
      .poll(async () => {
        const boxes = await page
          .locator('.picture')
          .evaluateAll((nodes) =>
            nodes.map((node) => Math.abs(node.clientWidth - node.clientHeight)),
          );
        return Math.max(...boxes);
      })
      .toBeLessThanOrEqual(1);
  });

  test.each<[string, Knobs]>([
    ['results', { kept: '4', downloads: 'some' }],
    ['nothing found', { state: 'empty' }],
    ['failed', { state: 'failed' }],
    ['offline', { state: 'offline' }],
    ['loading', { state: 'slow' }],
    ['before the first search', { route: '{"view":"nasa","query":{}}' }],
    ['a copy without a network', { state: 'offline', copy: 'same' }],
    ['a list that is not whole', { set: 'partial', route: allStars }],
    ['a listing', { set: 'listing', route: allStars }],
  ])('axe finds nothing in any theme: %s', async (name, knobs) => {
    const page = await open({ theme: 'dark', ...knobs });
    if (name === 'results') {
      await cell(page, 2).click();
      await page.keyboard.press('Shift+ArrowRight');
      await page.getByText('2 selected').waitFor();
    } else await page.locator('h2, .skeleton').first().waitFor();
    expect(await examineThemes(page)).toEqual([]);
  });
});
