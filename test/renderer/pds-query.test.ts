/**
 * Queries of the registry by mouse and keyboard, in a real browser over a core in memory. Skipped with a printed reason
 * where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { examineThemes } from '#test/support/axe.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('pds-query.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const three =
  '((lid like "urn:nasa:pds:insight_rad:*")\n' +
  'and (pds:Identification_Area.pds:product_class eq "Product_Observational")\n' +
  'and (pds:Time_Coordinates.pds:start_date_time ge "2019-04-01T00:00:00Z"))';

describe.skipIf(!hasChromium)('queries of the registry', () => {
  const { open, called } = useRenderer();

  const text = (page: Page) => page.getByRole('textbox', { name: 'The query as text' });
  const properties = (page: Page) => page.getByRole('combobox', { name: 'Property' });
  const values = (page: Page) => page.getByRole('textbox', { name: 'Value' });
  const offers = (page: Page) => page.getByRole('listbox', { name: 'Properties' });
  const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });
  const table = (page: Page) => page.getByRole('grid', { name: 'Products found' });
  const row = (page: Page, index: number) => table(page).locator(`[data-row="${index}"]`);
  const hasFocus = (one: Locator) => one.evaluate((element) => element === document.activeElement);
  const lists = (page: Page) => called(page, 'almagest:pds.list');
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);

  async function openQuery(q: string, knobs: Knobs = {}, width = 1280): Promise<Page> {
    const page = await open({ route: JSON.stringify({ view: 'pds-query', q }), ...knobs }, width);
    await page.getByRole('heading', { name: 'Query', exact: true }).waitFor();
    return page;
  }

  async function runIt(page: Page): Promise<void> {
    await page.keyboard.press('Control+Enter');
    await page.getByText('1,206 products').waitFor();
  }

  test('an example is a beginning: it stands in builder and text, and runs by one key', async () => {
    const page = await openQuery('');
    expect(await run(page).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: /^Everything of one bundle/ }).click();
    await until(() => text(page).inputValue()).toBe('(lid like "urn:nasa:pds:insight_rad:*")');
    expect(await properties(page).inputValue()).toBe('lid');
    expect(await values(page).inputValue()).toBe('urn:nasa:pds:insight_rad:*');
    await runIt(page);
    expect(await lists(page)).toMatchObject([
      { of: { kind: 'query', q: 'lid like "urn:nasa:pds:insight_rad:*"' }, from: 0 },
    ]);
  });

  test('a query is built by keys alone, names completed', async () => {
    const page = await openQuery('');
    await page.keyboard.press('Control+Shift+E');
    await until(() => hasFocus(properties(page))).toBe(true);
    await page.keyboard.type('start_da');
    await offers(page).getByRole('option').first().waitFor();
    expect(await offers(page).getByRole('option').first().textContent()).toContain(
      'pds:Time_Coordinates.pds:start_date_time',
    );
    await page.getByText('1,042 properties, read 3 h ago').waitFor();
    await page.keyboard.press('Enter');
    await until(() => properties(page).inputValue()).toBe(
      'pds:Time_Coordinates.pds:start_date_time',
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'is at or after' }).waitFor();
    await page.keyboard.type('is at or after');
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    await until(() => hasFocus(values(page))).toBe(true);
    await page.keyboard.type('2019');
    await until(() => text(page).inputValue()).toBe(
      '((pds:Time_Coordinates.pds:start_date_time ge "2019"))',
    );
  });

  test('text and builder follow each other as one types, and the caret stays', async () => {
    const page = await openQuery(three);
    await text(page).focus();
    await text(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(21, 21));
    await page.keyboard.type('X');
    await until(() => values(page).first().inputValue()).toContain('X');
    expect(await text(page).evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(
      22,
    );
    await values(page).nth(1).click();
    await page.keyboard.press('Home');
    await page.keyboard.type('New');
    await until(() => text(page).inputValue()).toContain('eq "NewProduct_Observational"');
    expect(
      await values(page)
        .nth(1)
        .evaluate((one: HTMLInputElement) => one.selectionStart),
    ).toBe(3);
  });

  test('half-typed text keeps its place, and nothing is sent', async () => {
    const page = await openQuery(three);
    await text(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' and (lid li');
    await page.getByRole('heading', { name: /^Line 3: it cannot be read/ }).waitFor();
    await page.getByText('The text cannot be read yet').waitFor();
    expect(await properties(page).count()).toBe(3);
    expect(await hasFocus(text(page))).toBe(true);
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type('ke "urn:*"))');
    await until(() => properties(page).count()).toBe(4);
    expect(await lists(page)).toEqual([]);
  });

  test('an unknown property is marked in both, and the suggestion taken by Enter', async () => {
    const page = await openQuery(three);
    await runIt(page);
    const field = properties(page).nth(2);
    await field.click();
    await field.fill('pds:Time_Coordinate.pds:start_date_time');
    await page.getByText('The registry has no such property. Did you mean:').waitFor();
    await page.getByRole('heading', { name: 'Line 3: unknown property' }).waitFor();
    await page.getByText('your last results below are untouched').waitFor();
    await page.getByText('from the last run, just now, before this change').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('.line.error').count()).toBe(1);
    expect(await run(page).getAttribute('aria-disabled')).toBe('true');
    await field.press('Enter');
    await until(() => field.inputValue()).toBe('pds:Time_Coordinates.pds:start_date_time');
    await until(() => run(page).getAttribute('aria-disabled')).toBe(null);
    expect(await lists(page)).toHaveLength(1);
  });

  test('Escape keeps what was typed; the text side offers the same by mouse', async () => {
    const page = await openQuery('(pds:Time_Coordinate.pds:start_date_time ge "2019")');
    const field = properties(page);
    await field.click();
    await page.getByText('Did you mean:').waitFor();
    await field.press('Escape');
    await page.getByText('Did you mean:').waitFor({ state: 'hidden' });
    expect(await field.inputValue()).toBe('pds:Time_Coordinate.pds:start_date_time');
    await page.getByRole('link', { name: 'Use pds:Time_Coordinates.pds:start_date_time' }).click();
    await until(() => field.inputValue()).toBe('pds:Time_Coordinates.pds:start_date_time');
  });

  test('undo and redo go through builder and text alike', async () => {
    const page = await openQuery('(lid like "a*")');
    await values(page).click();
    await page.keyboard.press('End');
    await page.keyboard.type('bc');
    await until(() => text(page).inputValue()).toBe('((lid like "a*bc"))');
    await page.keyboard.press('Control+z');
    await until(() => text(page).inputValue()).toBe('(lid like "a*")');
    expect(await values(page).inputValue()).toBe('a*');
    await page.keyboard.press('Control+Shift+z');
    await until(() => values(page).inputValue()).toBe('a*bc');
    await page.getByRole('button', { name: 'Add a group', exact: true }).focus();
    await page.keyboard.press('Control+z');
    await until(() => values(page).inputValue()).toBe('a*');
  });

  test('groups: added, joined, negated, moved into and out of, removed', async () => {
    const page = await openQuery('((vid eq 1) and (vid eq 2))');
    await page.getByRole('button', { name: 'Add a group', exact: true }).click();
    await until(() => hasFocus(properties(page).nth(2))).toBe(true);
    await page.keyboard.type('lid');
    await page.keyboard.press('Escape');
    await values(page).nth(2).fill('x');
    await page.getByRole('button', { name: 'Add a condition to this group' }).click();
    await until(() => properties(page).count()).toBe(4);
    await page.keyboard.type('title');
    await values(page).nth(3).fill('y');
    await until(() => text(page).inputValue()).toBe(
      '((vid eq 1)\nand (vid eq 2)\nand ((lid eq "x")\n  or (title eq "y")))',
    );
    await page.getByRole('button', { name: 'Take the products for which' }).click();
    await until(() => text(page).inputValue()).toContain('and not ((lid eq "x")');
    const handle = page.getByRole('button', { name: 'Move: vid is 2', exact: true });
    await handle.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await until(() => text(page).inputValue()).toContain('and not ((vid eq 2)\n  or (lid eq "x")');
    expect(await hasFocus(handle)).toBe(true);
    await page.keyboard.press('Alt+ArrowUp');
    await until(() => text(page).inputValue()).toContain('\nand (vid eq 2)\nand not ((lid');
    await page.keyboard.press('Delete');
    await until(() => text(page).inputValue()).not.toContain('vid eq 2');
    await page.getByRole('button', { name: 'Remove this group' }).click();
    await until(() => text(page).inputValue()).toBe('((vid eq 1))');
  });

  test('a condition is dragged to another place', async () => {
    const page = await openQuery('((vid eq 1) and (vid eq 2) and (vid eq 3))');
    const from = await page
      .getByRole('button', { name: 'Move: vid is 1', exact: true })
      .boundingBox();
    const to = await page
      .getByRole('button', { name: 'Move: vid is 3', exact: true })
      .boundingBox();
    if (from === null || to === null) throw new Error('not drawn');
    await page.mouse.move(from.x + 8, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 8, to.y + to.height - 4, { steps: 5 });
    await page.locator('.after').waitFor();
    await page.mouse.up();
    await until(() => text(page).inputValue()).toBe('((vid eq 2)\nand (vid eq 3)\nand (vid eq 1))');
  });

  test('results are walked by keys, copied and opened in the tree', async () => {
    const page = await openQuery(three);
    await runIt(page);
    await row(page, 0).click();
    await page.keyboard.press('End');
    await row(page, 1205).waitFor();
    await until(() => hasFocus(row(page, 1205))).toBe(true);
    await until(() => row(page, 1205).textContent()).toContain('rad_der_0001205');
    expect(await row(page, 1205).getAttribute('aria-rowindex')).toBe('1207');
    expect(await table(page).getAttribute('aria-rowcount')).toBe('1207');
    const drawn = await table(page).locator('[data-row]').count();
    expect(drawn).toBeLessThan(40);
    await page.keyboard.press('Control+c');
    await until(() => copied(page)).toBe('urn:nasa:pds:made_0:data_derived:rad_der_0001205::1.0');
    // The tree asks for lists of its own, as far as it gets before one goes back.
    const queries = async () =>
      (await lists(page)).filter((one) => (one as { of: { kind: string } }).of.kind === 'query');
    const asked = (await queries()).length;
    await page.keyboard.press('Enter');
    await until(() => page.title()).not.toContain('Query');
    await page.keyboard.press('Alt+ArrowLeft');
    await until(() => row(page, 1205).getAttribute('aria-selected')).toBe('true');
    expect(await queries()).toHaveLength(asked);
  });

  test('a million rows: the last one is reached, and few are in the page', async () => {
    const page = await openQuery(three, { members: '1000000' });
    await page.keyboard.press('Control+Enter');
    await page.getByText('1,000,000 products').waitFor();
    await row(page, 0).click();
    await page.keyboard.press('End');
    await until(() => row(page, 999_999).textContent()).toContain('rad_der_0999999');
    expect(await table(page).locator('[data-row]').count()).toBeLessThan(40);
    await page.keyboard.press('ArrowUp');
    await until(() => hasFocus(row(page, 999_998))).toBe(true);
    await page.keyboard.press('Home');
    await until(() => hasFocus(row(page, 0))).toBe(true);
  });

  test('columns are chosen, and stay with the query', async () => {
    const page = await openQuery(three);
    await runIt(page);
    await page.getByRole('button', { name: 'Columns…' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Title' }).click();
    await page.getByRole('columnheader', { name: 'Title' }).waitFor();
    await page.getByRole('button', { name: 'Columns…' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Target' }).click();
    await page.getByRole('columnheader', { name: 'Target' }).waitFor({ state: 'hidden' });
  });

  test('rows that could not be had are said and tried again', async () => {
    const page = await openQuery(three, { failedFrom: '100' });
    await runIt(page);
    await row(page, 0).click();
    await page.keyboard.press('End');
    await page.getByText('Some rows could not be had.').waitFor();
    await until(() => row(page, 1205).textContent()).toContain('Not loaded');
    const before = (await lists(page)).length;
    await page.getByRole('link', { name: 'Try again' }).click();
    await until(async () => (await lists(page)).length).toBeGreaterThan(before);
  });

  test('a query is saved, changed, opened again, replaced and removed with a way back', async () => {
    const page = await openQuery(three);
    await page.keyboard.press('Control+s');
    await until(() => hasFocus(page.getByRole('textbox', { name: 'Name' }))).toBe(true);
    await page.keyboard.type('InSight RAD');
    await page.keyboard.press('Enter');
    await page.getByText('Saved as “InSight RAD”', { exact: true }).waitFor();
    await values(page).first().fill('urn:nasa:pds:other:*');
    await page.getByText('Saved as “InSight RAD”, changed').waitFor();
    await page.keyboard.press('Control+Shift+o');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^InSight RAD/ })
      .click();
    await until(() => text(page).inputValue()).toBe(three);
    await page.getByText('Saved as “InSight RAD”', { exact: true }).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await until(() => values(page).first().inputValue()).toBe('urn:nasa:pds:other:*');
    await page.keyboard.press('Control+Shift+o');
    await page.getByRole('button', { name: /^Remove “InSight RAD”/ }).click();
    await page.getByText('Nothing is saved yet.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.keyboard.press('Control+Shift+o');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^InSight RAD/ })
      .waitFor();
  });

  test('is copied as a command and as text', async () => {
    const page = await openQuery('(title eq "it\'s")');
    await page.getByRole('button', { name: 'Copy as command' }).click();
    await until(() => copied(page)).toBe(
      "almagest search pds-registry --q 'title eq \"it'\\''s\"' --all",
    );
    await page.getByRole('button', { name: 'Copy the query' }).click();
    await until(() => copied(page)).toBe('(title eq "it\'s")');
  });

  test('“or” in the grammar of 1.3 is explained; the current service needs no word', async () => {
    const page = await openQuery('((vid eq 1) or (vid eq 2))');
    await page.getByText('not (vid ne 1 and vid ne 2)').waitFor();
    await page.getByText('The grammar of version 1.3, pds.nasa.gov/api/registry/1').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('“or” was asked with “not” and “and”.').waitFor();
    const current = await openQuery('((vid eq 1) or (vid eq 2))', { dialect: 'current' });
    await current.getByText('The grammar of the current service').waitFor();
    expect(await current.getByText('answers “or” wrongly').count()).toBe(0);
    await current.getByLabel('Comparison: is').first().click();
    await current.getByRole('option', { name: 'exists', exact: true }).waitFor();
  });

  test('each state is said: refused, empty, failed, without properties', async () => {
    const refused = await openQuery('(title eq "refused")');
    await refused.keyboard.press('Control+Enter');
    await refused.getByRole('heading', { name: 'The registry refused this query' }).waitFor();
    await refused.getByText(/^The given search string/).waitFor();
    const empty = await openQuery('(title eq "nothing")');
    await empty.keyboard.press('Control+Enter');
    await empty.getByRole('heading', { name: 'No product fits this query' }).waitFor();
    await empty.getByText(/check capitals and spelling of “nothing”/).waitFor();
    const failed = await openQuery('(titl eq "x")', { state: 'failed' });
    await failed.getByText('Names are not checked').waitFor();
    await failed.keyboard.press('Control+Enter');
    await failed.getByRole('heading', { name: 'The registry could not be asked' }).waitFor();
    const slow = await openQuery('(title eq "x")', { state: 'slow' });
    await slow.keyboard.press('Control+Enter');
    await slow.getByText('Asking the registry').waitFor();
    await slow.getByRole('button', { name: 'Cancel' }).click();
    await slow.getByText('Results stand here once').waitFor();
  });

  test('query, results and place are there again after a restart', async () => {
    const memory = JSON.stringify({
      pdsQuery: {
        run: { q: 'lid like "a*"', ranAtMs: Date.now() - 14 * 60_000 },
        row: 52,
        top: 50,
        columns: ['size'],
      },
    });
    const page = await openQuery('(lid like "ab*")', { memory, keptResults: 'yes' });
    await page.getByText('from the last run, 14 minutes ago, before this change').waitFor();
    await until(() => row(page, 52).getAttribute('aria-selected')).toBe('true');
    await until(async () => (await row(page, 50).boundingBox())?.y ?? 0).toBeGreaterThan(400);
    expect(await page.getByRole('columnheader').count()).toBe(2);
    expect(await lists(page)).toEqual([]);
  });

  test('no fault of accessibility, wide, narrow, and at twice the text', async () => {
    const wide = await openQuery(three.replace('Coordinates', 'Coordinate'));
    await properties(wide).nth(2).click();
    await offers(wide).waitFor();
    expect(await examineThemes(wide)).toEqual([]);
    const narrow = await openQuery('((vid eq 1) or not ((lid like "x") and (vid eq 3)))', {}, 800);
    await narrow.keyboard.press('Control+Enter');
    await table(narrow).waitFor();
    expect(await examineThemes(narrow, ['light'])).toEqual([]);
    const large = await openQuery(three, { textZoom: '200' });
    await run(large).waitFor();
    const isCut = await large.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(isCut).toBe(false);
    expect(await examineThemes(large, ['dark'])).toEqual([]);
    const start = await openQuery('');
    expect(await examineThemes(start)).toEqual([]);
  });
});
