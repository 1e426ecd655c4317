/**
 * A label in its view, in a real browser over a core in memory: by mouse and by keyboard, its states, its place after
 * a restart, and a label of a million rows. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 10_000 });

const ref = 'pds:urn:nasa:pds:made_0:data_derived:rad_der_0000000::1.0';
const route = JSON.stringify({ view: 'pds-label', ref });
const memoryOf = (label: Record<string, unknown>) => JSON.stringify({ label });

describe.skipIf(!hasBrowser('label.test.ts'))('a label', () => {
  const { open, called } = useRenderer();

  const tree = (page: Page) => page.getByRole('treegrid', { name: 'Elements of the label' });
  const rows = (page: Page) => tree(page).getByRole('row');
  const row = (page: Page, name: string) =>
    rows(page).filter({ has: page.locator(`[title="${name}"]`) });
  const source = (page: Page) => page.getByRole('listbox', { name: 'Source of the label' });
  const inspector = (page: Page) => page.locator('[data-pane="inspector"]');
  const field = (page: Page) => page.getByRole('searchbox', { name: /Search the label|XPath/ });
  const selected = (page: Page) =>
    tree(page).locator('[role=row][aria-selected=true]').locator('[title]').first().textContent();
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);
  const focusedIndex = (page: Page) =>
    page.evaluate(() =>
      document.activeElement?.closest('[data-index]')?.getAttribute('data-index'),
    );

  async function openLabel(knobs: Knobs = {}, width?: number, height?: number): Promise<Page> {
    const page = await open({ route, ...knobs }, width, height);
    await rows(page).first().waitFor();
    return page;
  }
  async function find(page: Page, text: string): Promise<void> {
    await page.keyboard.press('Control+f');
    await until(() => field(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type(text);
  }

  test('is unfolded and folded by the mouse, and what is selected is told at the side', async () => {
    const page = await openLabel();
    await until(() => selected(page)).toBe('Product_Observational');
    await row(page, 'Time_Coordinates').locator('[data-twisty]').click();
    await row(page, 'start_date_time').click();
    await inspector(page).getByText('2019-04-01T00:32:17.929Z').first().waitFor();
    await inspector(page).getByText('/pds:Time_Coordinates').waitFor();
    await page.keyboard.press('Control+c');
    await until(() => copied(page)).toBe('2019-04-01T00:32:17.929Z');
    await row(page, 'Observation_Area').dblclick();
    await until(() => row(page, 'start_date_time').count()).toBe(0);
    await until(() => selected(page)).toBe('Observation_Area');
    expect(await row(page, 'Observation_Area').getAttribute('aria-expanded')).toBe('false');
  });

  test('is walked by the keyboard alone', async () => {
    const page = await openLabel();
    await find(page, '');
    await page.keyboard.press('ArrowDown');
    await until(() => focusedIndex(page)).toBe('0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await until(() => selected(page)).toBe('logical_identifier');
    await page.keyboard.press('ArrowLeft');
    await until(() => selected(page)).toBe('Identification_Area');
    await page.keyboard.press('ArrowLeft');
    await until(() => row(page, 'version_id').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await until(() => selected(page)).toBe('Observation_Area');
    await page.keyboard.press('ArrowRight');
    await until(() => selected(page)).toBe('Time_Coordinates');
    await page.keyboard.press('*');
    await row(page, 'insight:Observation_Information').waitFor();
    await page.keyboard.press('m');
    await until(() => selected(page)).toBe('Mission_Area');
    await page.keyboard.press('End');
    await until(() => selected(page)).toBe('Table_Character');
    await page.keyboard.press('Enter');
    await row(page, 'Record_Character').waitFor();
    expect(await row(page, 'Record_Character').getAttribute('aria-level')).toBe('4');
  });

  test('is searched: counted, marked, gone through by Enter and F3, and reduced to what matches', async () => {
    const page = await openLabel();
    await find(page, 'sol');
    await page.getByText('1 of 8').first().waitFor();
    await until(() => selected(page)).toBe('insight:start_sol_number');
    await until(() => tree(page).locator('mark').count()).toBe(8);
    await page.keyboard.press('Enter');
    await page.getByText('2 of 8').first().waitFor();
    await page.keyboard.press('F3');
    await page.getByText('3 of 8').first().waitFor();
    await page.keyboard.press('Shift+F3');
    await page.keyboard.press('Shift+Enter');
    await page.getByText('1 of 8').first().waitFor();
    await page.getByText('Only matches').click();
    await until(() => rows(page).count()).toBe(10);
    await field(page).fill('no such word');
    await page.getByRole('heading', { name: 'No row has “no such word”' }).waitFor();
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await row(page, 'Product_Observational').waitFor();
    await field(page).press('Escape');
    await until(() => field(page).inputValue()).toBe('');
  });

  test('is asked by XPath, match by match, with mistakes placed', async () => {
    const page = await openLabel();
    await find(page, '//pds:field_location/@unit');
    await page.getByText('1 of 42').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 42').first().waitFor();
    await inspector(page).getByText('/pds:Field_Character[2]').waitFor();
    await field(page).fill('/pds:Product_Observational/[1]');
    await page.getByRole('alert').filter({ hasText: 'Character 28' }).waitFor();
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    await field(page).fill('//title');
    await page.getByText('need the prefix pds').waitFor();
    await page.getByRole('button', { name: 'XPath', exact: true }).click();
    await field(page).fill('count(//pds:Field_Character)');
    await page.locator('#label-finding').getByText('42').waitFor();
  });

  test('gives paths in both spellings, values, and the query that finds the same', async () => {
    const page = await openLabel();
    await find(page, 'start_sol');
    await inspector(page).getByText('00122').first().waitFor();
    await inspector(page)
      .getByRole('button', { name: 'Copy the XPath' })
      .or(inspector(page).getByRole('button', { name: 'Copy the XPath', exact: true }))
      .first()
      .click();
    await until(() => copied(page)).toMatch(/\/insight:start_sol_number$/);
    await inspector(page).getByText('local-name()', { exact: true }).click();
    await page.keyboard.press('Control+Shift+x');
    await until(() => copied(page)).toMatch(/^\/\*\[local-name\(\)='Product_Observational'\]/);
    await inspector(page).getByRole('button', { name: 'Copy the name of the field' }).click();
    await until(() => copied(page)).toBe(
      'insight:Observation_Information.insight:start_sol_number',
    );
    await inspector(page).getByRole('button', { name: 'Find products with 00122' }).click();
    await until(() =>
      page.evaluate(() => JSON.parse(window.fakeCore?.uiState() ?? '{}') as unknown),
    ).toMatchObject({
      entries: [
        {},
        {
          route: {
            view: 'pds-query',
            q: '(insight:Observation_Information.insight:start_sol_number eq "00122")',
          },
        },
      ],
    });
    await until(() => called(page, 'almagest:labels.close')).toEqual([{ id: 1 }]);
  });

  test('is read as text, with the same element selected in both', async () => {
    const page = await openLabel();
    await find(page, 'sol');
    await page.getByText('1 of 8').first().waitFor();
    await page.getByRole('radio', { name: 'Source' }).click({ force: true });
    const line = source(page).locator('[aria-selected=true]');
    await line.filter({ hasText: 'start_sol_number>00122' }).waitFor();
    await until(() => source(page).locator('mark').count()).toBeGreaterThan(8);
    await page.keyboard.press('F3');
    await line.filter({ hasText: 'stop_sol_number>00203' }).waitFor();
    await source(page).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await inspector(page).getByText('607350696-25494').first().waitFor();
    await source(page).getByText('SURFACE MISSION').click();
    await inspector(page).getByText('insight:mission_phase_name').first().waitFor();
    await inspector(page).getByRole('link', { name: 'Show in the tree' }).click();
    await until(() => selected(page)).toBe('insight:mission_phase_name');
    await source(page).waitFor({ state: 'detached' });
  });

  test('is folded to a level from its menu, and all at once', async () => {
    const page = await openLabel();
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await until(() => rows(page).count()).toBe(5);
    await page.getByRole('button', { name: 'Expand', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Down to level 3' }).click();
    await row(page, 'start_date_time').waitFor();
    await page.getByRole('button', { name: 'Expand', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Expand all' }).click();
    await until(async () => Number(await tree(page).getAttribute('aria-rowcount'))).toBeGreaterThan(
      250,
    );
    await page.keyboard.press('Control+k');
    await page.keyboard.type('collapse all of the label');
    await page.keyboard.press('Enter');
    await until(() => rows(page).count()).toBe(5);
  });

  test('is at the same place after a restart', async () => {
    const path =
      '/pds:Product_Observational/pds:Observation_Area/pds:Time_Coordinates/pds:stop_date_time';
    const memory = memoryOf({
      tab: 'tree',
      style: 'local-name',
      text: 'date',
      path,
      folds: { depth: 1, paths: [['/pds:Product_Observational/pds:Reference_List', true]] },
    });
    const page = await openLabel({ memory });
    await until(() => selected(page)).toBe('stop_date_time');
    expect(await field(page).inputValue()).toBe('date');
    await row(page, 'External_Reference').waitFor();
    expect(await row(page, 'Identification_Area').getAttribute('aria-expanded')).toBe('false');
    await inspector(page).getByText("*[local-name()='stop_date_time']").waitFor();
    await until(() => tree(page).locator('mark').count()).toBeGreaterThan(1);
  });

  test('that comes piece by piece shows how far it is, and grows', async () => {
    const page = await openLabel({ label: 'endless' });
    await page.getByRole('progressbar', { name: 'Reading the label' }).waitFor();
    await page.getByText(/reading, .* of 15\.5 kB/).waitFor();
    const whole = await openLabel({ label: 'reading' });
    await whole.getByText('15,475 B, read 4 minutes ago').waitFor();
    await row(whole, 'Table_Character').waitFor();
    expect(await whole.getByRole('progressbar').count()).toBe(0);
  });

  test('that could not be read whole, or comes from a copy, or is odd, says so', async () => {
    const cut = await openLabel({ label: 'cut' });
    await cut.getByText('Line 74, column 23').waitFor();
    await row(cut, 'Identification_Area').waitFor();
    await cut.getByRole('button', { name: 'Read again' }).click();
    await until(() => called(cut, 'almagest:labels.open')).toHaveLength(2);
    const kept = await openLabel({ label: 'kept' });
    await kept.getByText('This is the label as kept 2 days ago.').waitFor();
    const odd = await openLabel({ label: 'odd' });
    await odd.getByText('it was read as the latter').waitFor();
    await inspector(odd).getByText('Encoding windows-1252').waitFor();
  });

  test('that cannot be had says what happened and what can be done', async () => {
    for (const [knobs, title] of [
      [{ label: 'gone' }, 'This label is not there'],
      [{ label: 'refused' }, 'The label could not be read'],
      [{ state: 'offline' }, 'You’re offline'],
    ] as const) {
      const page = await open({ route, ...knobs });
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByRole('button', { name: 'Read again' }).waitFor();
      await page.getByRole('button', { name: 'Back to the product' }).last().click();
      await until(() => page.evaluate(() => window.fakeCore?.uiState() ?? '')).toContain(
        '"view":"pds"',
      );
    }
    const page = await open({ route, state: 'slow' });
    await page.getByRole('status', { name: 'Reading the label' }).waitFor();
  });

  test.each([
    ['made', {}],
    ['cut', { label: 'cut' }],
    ['kept', { label: 'kept' }],
    ['refused', { label: 'refused' }],
    ['read as text', { memory: memoryOf({ tab: 'source', text: 'sol' }) }],
    ['asked by XPath', { memory: memoryOf({ text: '//pds:title' }) }],
    ['asked wrongly', { memory: memoryOf({ text: '/pds:a/[' }) }],
  ] as const)('gives axe nothing to say in any theme: %s', async (_name, knobs) => {
    const page = await open({ route, ...knobs });
    await page
      .getByRole('treegrid')
      .or(page.getByRole('listbox', { name: 'Source of the label' }))
      .or(page.getByRole('alert'))
      .first()
      .waitFor();
    expect(await examineThemes(page)).toEqual([]);
  });

  describe('of a million rows', () => {
    const count = (page: Page) => rows(page).count();

    test('has no more in the document than a few screens, and every row is reached', async () => {
      const page = await openLabel({ label: 'million' });
      expect(await tree(page).getAttribute('aria-rowcount')).toBe('1000000');
      await rows(page).first().click();
      await page.keyboard.press('End');
      await until(() => selected(page)).toBe('sample');
      await inspector(page).getByText('999999').first().waitFor();
      const last = tree(page).locator('[role=row][aria-rowindex="1000000"]');
      expect(await last.getAttribute('aria-posinset')).toBe('999998');
      expect(await count(page)).toBeLessThanOrEqual(3 * 27);
      await page.keyboard.press('PageUp');
      await until(async () => Number(await focusedIndex(page))).toBeLessThan(999_990);
      await page.keyboard.press('ArrowLeft');
      await until(() => selected(page)).toBe('Table');
      await until(() => focusedIndex(page)).toBe('1');
      await page.keyboard.press('ArrowLeft');
      await until(() => tree(page).getAttribute('aria-rowcount')).toBe('2');
    });

    test('is scrolled by its bar and searched to any row', async () => {
      const page = await openLabel({ label: 'million' });
      const scroller = tree(page).locator('.scroller');
      let before = -1;
      for (const share of [0.2, 0.5, 0.9, 1]) {
        await scroller.evaluate((element, part) => {
          element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
        }, share);
        const firstRow = async () => Number(await rows(page).first().getAttribute('data-index'));
        // Until a frame has drawn them, the rows are those of the place before.
        const last = before;
        await until(firstRow).toBeGreaterThan(last);
        await until(() => tree(page).locator('[data-kind=pending]').count()).toBe(0);
        const first = await firstRow();
        expect(await count(page)).toBeLessThanOrEqual(3 * 27);
        before = first;
      }
      await find(page, '654321');
      await inspector(page).getByText('654321').first().waitFor();
      await until(() => tree(page).locator('[data-index="654321"] mark').textContent()).toBe(
        '654321',
      );
      await page.getByRole('radio', { name: 'Source' }).click({ force: true });
      await source(page).locator('[aria-selected=true]').getByText('654321').waitFor();
      expect(await source(page).getByRole('option').count()).toBeLessThanOrEqual(3 * 36);
      await source(page).focus();
      await page.keyboard.press('End');
      await source(page).getByText('Product_Observational').waitFor();
    });
  });
});
