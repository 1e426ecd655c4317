/**
 * The tree grid in a real browser, alone over a made archive: keys, mouse, roles and counts, a million members at
 * every device scale, and axe in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { examineThemes } from '#test/support/axe.ts';
import { builtTreePage } from '#test/support/built-renderer.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';
import { treeDriver } from '#test/support/tree-page/tree-driver.ts';

/** Waits as long as a busy machine may take. */
const soon = <V>(look: () => V | Promise<V>) => expect.poll(look, { timeout: 10_000 });

describe.skipIf(!hasBrowser('tree-grid.test.ts'))('a tree grid', () => {
  const { open } = useRenderer({ page: builtTreePage });
  const { row, focused, selected, titles, at, inView, titleOf, waitForTitle } = treeDriver;

  async function openTree(knobs: Record<string, string> = {}, width = 1016, height = 692) {
    const page = await open(knobs, width, height);
    await waitForTitle(page, 'InSight Radiometer Bundle');
    await page.evaluate(() => window.treeHooks.focusRow(0));
    return page;
  }
  const press = async (page: Page, ...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** The first bundle open, its third collection open, the keyboard on that. */
  async function openMembers(knobs: Record<string, string> = {}, width?: number, height?: number) {
    const page = await openTree(knobs, width, height);
    await press(page, 'ArrowRight');
    await waitForTitle(page, 'InSight RAD Derived Data Collection');
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight');
    await soon(() => titleOf(page, 4)).toMatch(/^hp3_rad_der_00000/);
    return page;
  }

  describe('keys', () => {
    test('right opens, then goes in; left goes to the parent, then closes', async () => {
      const page = await openMembers();
      expect(await at(page)).toBe('3');
      expect(await row(page, 3).getAttribute('aria-expanded')).toBe('true');
      await press(page, 'ArrowRight');
      expect(await at(page)).toBe('4');
      await press(page, 'ArrowLeft');
      expect(await at(page)).toBe('3');
      await press(page, 'ArrowLeft');
      expect(await row(page, 3).getAttribute('aria-expanded')).toBe('false');
      expect(await at(page)).toBe('3');
      await press(page, 'ArrowLeft');
      expect(await at(page)).toBe('0');
      await press(page, 'ArrowLeft', 'ArrowLeft');
      expect(await titles(page)).toHaveLength(9);
    });

    test('a closed node keeps what was loaded, and asks for nothing', async () => {
      const page = await openMembers();
      const asked = await page.evaluate(() => window.treeHooks.made.asked.length);
      await press(page, 'ArrowLeft', 'ArrowRight');
      expect(await titleOf(page, 4)).toMatch(/^hp3_rad_der_00000/);
      expect(await page.evaluate(() => window.treeHooks.made.asked.length)).toBe(asked);
    });

    test('cells: right on a leaf, Home and End in the row, the column kept, left and Escape back', async () => {
      const page = await openMembers();
      await press(page, 'ArrowDown', 'ArrowRight');
      expect(await focused(page)).toEqual({ index: '4', column: 'title' });
      await press(page, 'ArrowRight', 'ArrowRight');
      expect(await focused(page)).toEqual({ index: '4', column: 'members' });
      await press(page, 'ArrowDown');
      expect(await focused(page)).toEqual({ index: '5', column: 'members' });
      await press(page, 'End');
      expect(await focused(page)).toEqual({ index: '5', column: 'size' });
      await press(page, 'ArrowRight');
      expect(await focused(page)).toEqual({ index: '5', column: 'size' });
      await press(page, 'Home');
      expect(await focused(page)).toEqual({ index: '5', column: 'title' });
      await press(page, 'ArrowLeft');
      expect(await focused(page)).toEqual({ index: '5', column: null });
      await press(page, 'F2');
      expect(await focused(page)).toEqual({ index: '5', column: 'title' });
      await press(page, 'Control+Home');
      expect(await focused(page)).toEqual({ index: '0', column: 'title' });
      await press(page, 'Escape');
      expect(await focused(page)).toEqual({ index: '0', column: null });
      expect(await page.locator('[tabindex="0"]').count()).toBe(1);
    });

    test('pages, first and last', async () => {
      const page = await openMembers();
      await press(page, 'End');
      expect(await at(page)).toBe(String(9 + 3 + 1206 - 1));
      await press(page, 'Home', 'PageDown');
      const down = Number(await at(page));
      expect(down).toBeGreaterThan(15);
      expect(down).toBeLessThan(30);
      await press(page, 'PageUp');
      expect(await at(page)).toBe('0');
      await press(page, 'Control+End');
      expect(await titleOf(page, 1217)).toBe('Chandrayaan-1 mini-RF Mosaics');
    });

    test('a star opens the siblings', async () => {
      const page = await openTree();
      await press(page, '*');
      const tree = page.getByRole('treegrid');
      await waitForTitle(page, 'InSight RAD Raw Data Collection');
      expect(await at(page)).toBe('0');
      // What was pushed out of sight before it was asked for is loaded when it is seen.
      await press(page, 'End');
      await soon(() => tree.getAttribute('aria-rowcount')).toBe('37');
      const open = page.locator('[data-index][aria-level="1"]');
      const states = await open.evaluateAll((all) =>
        all.map((one) => one.getAttribute('aria-expanded')),
      );
      expect(new Set(states)).toEqual(new Set(['true']));
    });

    test('letters go to what starts with them, round the end', async () => {
      const page = await openTree();
      await press(page, 'm');
      expect(await at(page)).toBe('1');
      await press(page, 'a');
      expect(await at(page)).toBe('1');
      await press(page, 'r', 's', 'Space', '2', '0', '2', '0', 'Space', 'R', 'o');
      expect(await at(page)).toBe('4');
      await page.waitForFunction(
        (since) => performance.now() - since > 900,
        await page.evaluate(() => performance.now()),
      );
      await press(page, 'm', 'm');
      expect(await at(page)).toBe('1');
    });

    test('Enter opens a node, Space selects it', async () => {
      const page = await openTree();
      await press(page, 'ArrowDown', 'Enter');
      expect(await page.evaluate(() => window.treeHooks.events)).toEqual(['open 1']);
      await press(page, 'Control+ArrowDown', 'Space');
      expect(await selected(page)).toEqual([2]);
    });

    test('moves select, with Ctrl they only move, with Shift they extend', async () => {
      const page = await openTree();
      await press(page, 'ArrowDown');
      expect(await selected(page)).toEqual([1]);
      await press(page, 'Control+ArrowDown', 'Control+ArrowDown');
      expect([await selected(page), await at(page)]).toEqual([[1], '3']);
      await press(page, 'Control+Space');
      expect(await selected(page)).toEqual([1, 3]);
      await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
      expect(await selected(page)).toEqual([3, 4, 5]);
      await press(page, 'Shift+ArrowUp');
      expect(await selected(page)).toEqual([3, 4]);
      await press(page, 'Control+a');
      expect(await selected(page)).toHaveLength(9);
      // What comes by opening was not selected.
      await press(page, 'Control+Home', 'ArrowRight');
      await waitForTitle(page, 'InSight RAD Raw Data Collection');
      expect(await row(page, 1).getAttribute('aria-selected')).toBe('false');
    });

    test('where one row is selected at a time, nothing extends', async () => {
      const page = await openTree({ single: 'yes' });
      await press(page, 'ArrowDown', 'Shift+ArrowDown', 'Control+a');
      expect(await selected(page)).toEqual([2]);
      expect(await page.getByRole('treegrid').getAttribute('aria-multiselectable')).toBe('false');
    });
  });

  describe('the mouse', () => {
    test('selects, extends and toggles; the twisty opens and selects nothing', async () => {
      const page = await openTree();
      await row(page, 2).click();
      await row(page, 4).click({ modifiers: ['Shift'] });
      await row(page, 6).click({ modifiers: ['Control'] });
      expect(await selected(page)).toEqual([2, 3, 4, 6]);
      expect(await at(page)).toBe('6');
      await row(page, 0).locator('[data-twisty]').click();
      await waitForTitle(page, 'InSight RAD Raw Data Collection');
      expect(await selected(page)).toEqual([5, 6, 7, 9]);
      await row(page, 0).locator('[data-twisty]').click();
      expect(await selected(page)).toEqual([2, 3, 4, 6]);
    });

    test('a double click opens, on the twisty it does not', async () => {
      const page = await openTree();
      await row(page, 1).dblclick();
      await row(page, 2).locator('[data-twisty]').dblclick();
      expect(await page.evaluate(() => window.treeHooks.events)).toEqual(['open 1']);
    });
  });

  describe('for screen readers', () => {
    test('counts and places are right before anything is loaded', async () => {
      const page = await openTree({ known: 'yes', members: '1000000' });
      await press(page, 'ArrowRight');
      await waitForTitle(page, 'InSight RAD Derived Data Collection');
      await press(page, 'ArrowDown', 'ArrowRight');
      const tree = page.getByRole('treegrid');
      expect(await tree.getAttribute('aria-rowcount')).toBe('1000013');
      expect(await tree.getAttribute('aria-colcount')).toBe('5');
      await page.evaluate(() => window.treeHooks.focusRow(500_000));
      const far = await row(page, 500_000).evaluate((element) => ({
        role: element.getAttribute('role'),
        rowIndex: element.getAttribute('aria-rowindex'),
        level: element.getAttribute('aria-level'),
        place: element.getAttribute('aria-posinset'),
        size: element.getAttribute('aria-setsize'),
        expanded: element.getAttribute('aria-expanded'),
        kind: element.getAttribute('data-kind'),
      }));
      expect(far).toMatchObject({
        role: 'row',
        rowIndex: '500002',
        level: '3',
        place: '499999',
        size: '1000000',
        expanded: null,
      });
      await soon(() => titleOf(page, 500_000)).toMatch(/_499998_/);
    });

    test('what is loading says so, and keeps its element when it comes', async () => {
      const page = await open({ held: 'yes' }, 1016, 692);
      const first = row(page, 0);
      await first.waitFor();
      expect(await first.getAttribute('aria-busy')).toBe('true');
      expect(await first.textContent()).toContain('Loading');
      await page.evaluate(() => window.treeHooks.focusRow(0));
      const handle = await first.elementHandle();
      await page.evaluate(() => window.treeHooks.made.release());
      await waitForTitle(page, 'InSight Radiometer Bundle');
      expect(await handle?.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await first.getAttribute('aria-busy')).toBeNull();
    });

    test.each([
      ['nodes', {}],
      ['what failed', { failing: '0' }],
      ['more to come', { way: 'onward', members: '1206' }],
    ])('axe finds nothing in any theme (%s)', async (_what, knobs) => {
      const page = await openTree(knobs);
      await press(page, 'ArrowRight');
      await waitForTitle(page, 'InSight RAD Derived Data Collection');
      await press(page, 'ArrowDown', 'ArrowRight');
      await soon(async () => (await inView(page)).pending).toBe(0);
      expect(await examineThemes(page)).toEqual([]);
    });
  });

  describe('rows that are not nodes', () => {
    test('a part that failed says so in its rows, and comes when tried again', async () => {
      const page = await openMembers({ failing: '100' });
      await page.evaluate(() => window.treeHooks.focusRow(110));
      await row(page, 110).getByText('Could not be loaded.').waitFor();
      expect(await row(page, 110).textContent()).toContain('The registry did not answer.');
      expect(await row(page, 110).getAttribute('aria-posinset')).toBe('107');
      await page.evaluate(() => window.treeHooks.made.mend());
      await press(page, 'Enter');
      await soon(() => titleOf(page, 110)).toMatch(/_00106_/);
      expect(await at(page)).toBe('110');
    });

    test('by the mouse too', async () => {
      const page = await openTree({ failing: '0' });
      await press(page, 'ArrowRight');
      await waitForTitle(page, 'InSight RAD Raw Data Collection');
      await press(page, 'ArrowDown', 'ArrowRight');
      const again = row(page, 2).getByRole('button', { name: 'Try again' });
      await again.waitFor();
      await page.evaluate(() => window.treeHooks.made.mend());
      await again.click();
      await soon(() => titleOf(page, 2)).toMatch(/_00000_/);
    });

    test('what can only be read on grows as it is seen, and what is below stays below', async () => {
      const page = await openMembers({ way: 'onward' });
      expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('114');
      expect(await row(page, 4).getAttribute('aria-setsize')).toBe('1206');
      await page.evaluate(() => window.treeHooks.made.hold());
      await page.evaluate(() => window.treeHooks.focusRow(104));
      await row(page, 104).getByText('1,106 more, loading').waitFor();
      await page.evaluate(() => window.treeHooks.made.release());
      await soon(() => titleOf(page, 104)).toMatch(/_00100_/);
      expect(await at(page)).toBe('104');
      expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('214');
    });
  });

  describe('what is seen stays', () => {
    test('a node that loads above the view moves nothing in it', async () => {
      const page = await openTree();
      await press(page, 'ArrowRight');
      await waitForTitle(page, 'InSight RAD Derived Data Collection');
      await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight');
      await soon(() => titleOf(page, 4)).toMatch(/_00000_/);
      // From here on nobody has the focus, so the top row is what holds.
      await page.evaluate(() => {
        (document.activeElement as HTMLElement).blur();
        const scroller = document.querySelector('[role=rowgroup]');
        if (scroller !== null) scroller.scrollTop = 26 * 300 + 7;
      });
      // Until the rows of the new place are drawn, none is pending either.
      await soon(async () => (await inView(page)).firstTitle).toMatch(/_00296_/);
      const before = await inView(page);
      expect(before.first).toBe(300);
      await page.evaluate(() => window.treeHooks.tree.setExpanded(1, true));
      await soon(async () => (await inView(page)).first).toBe(301);
      expect((await inView(page)).firstTop).toBe(before.firstTop);
      expect((await inView(page)).firstTitle).toBe(before.firstTitle);
      await page.evaluate(() => window.treeHooks.tree.setExpanded(1, false));
      await soon(async () => (await inView(page)).first).toBe(300);
      expect((await inView(page)).firstTop).toBe(before.firstTop);
    });

    test('the focus outlives its row leaving the view, and keys go on from it', async () => {
      const page = await openMembers();
      await press(page, 'ArrowDown');
      const handle = await row(page, 4).elementHandle();
      for (const top of [2000, 9000, 26_000]) {
        await page.evaluate((to) => {
          const scroller = document.querySelector('[role=rowgroup]');
          if (scroller !== null) scroller.scrollTop = to;
        }, top);
        await soon(async () => (await inView(page)).first).toBe(Math.floor(top / 26));
        expect(await handle?.evaluate((element) => element === document.activeElement)).toBe(true);
      }
      await press(page, 'ArrowDown');
      expect(await at(page)).toBe('5');
      expect((await inView(page)).first).toBe(5);
    });

    test('a parent that closes takes the focus of what was in it', async () => {
      const page = await openMembers();
      await press(page, 'PageDown', 'PageDown');
      await page.evaluate(() => window.treeHooks.tree.setExpanded(3, false));
      await soon(() => at(page)).toBe('3');
      await press(page, 'ArrowDown');
      expect(await at(page)).toBe('4');
    });

    test('text zoom and a narrower window leave the same row at the top', async () => {
      const page = await openMembers();
      await page.evaluate(() => {
        (document.activeElement as HTMLElement).blur();
        const scroller = document.querySelector('[role=rowgroup]');
        if (scroller !== null) scroller.scrollTop = 26 * 700;
      });
      await soon(async () => (await inView(page)).first).toBe(700);
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await soon(async () => (await inView(page)).rowHeight).toBe(52);
      expect((await inView(page)).first).toBe(700);
      await page.setViewportSize({ width: 800, height: 600 });
      await soon(async () => (await inView(page)).first).toBe(700);
    });

    test('after a restart the place and the focus are the same', async () => {
      const page = await openMembers({ members: '1000000' });
      await page.evaluate(() => window.treeHooks.focusRow(700_004));
      await soon(() => titleOf(page, 700_004)).toMatch(/_700000_/);
      const { snapshot, place } = await page.evaluate(() => ({
        snapshot: JSON.stringify(window.treeHooks.tree.snapshot()),
        place: JSON.stringify(window.treeHooks.grid.place),
      }));
      const { first } = await inView(page);
      const again = await open({ members: '1000000', snapshot, place }, 1016, 692);
      await again.evaluate(() => window.treeHooks.focus());
      await soon(() => at(again)).toBe('700004');
      expect((await inView(again)).first).toBe(first);
      await soon(() => titleOf(again, 700_004)).toMatch(/_700000_/);
      const asked = await again.evaluate(() => window.treeHooks.made.asked);
      expect(asked).toEqual(
        ['insight_rad/data_derived:699900', 'insight_rad/data_derived:700000'].slice(-asked.length),
      );
    });
  });

  describe('little room', () => {
    test('columns go by their priority, and keep their numbers', async () => {
      const page = await openTree({}, 800, 700);
      const heads = () => page.getByRole('columnheader').allTextContents();
      const numbers = () =>
        page
          .getByRole('columnheader')
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-colindex')));
      expect(await heads()).toEqual(['Title', 'Members', 'Version', 'Size']);
      expect(await numbers()).toEqual(['1', '3', '4', '5']);
      await page.setViewportSize({ width: 420, height: 700 });
      await soon(heads).toEqual(['Title', 'Members', 'Version']);
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await soon(heads).toEqual(['Title']);
      await page.setViewportSize({ width: 1280, height: 700 });
      await soon(heads).toEqual(['Title', 'Identifier', 'Members', 'Version', 'Size']);
      expect(await page.getByRole('treegrid').getAttribute('aria-colcount')).toBe('5');
    });

    test('a cell whose column goes gives the focus to its row', async () => {
      const page = await openTree({}, 1016, 700);
      await press(page, 'F2', 'ArrowRight');
      expect(await focused(page)).toEqual({ index: '0', column: 'identifier' });
      await page.setViewportSize({ width: 800, height: 700 });
      await soon(() => focused(page)).toEqual({ index: '0', column: null });
    });
  });
});
