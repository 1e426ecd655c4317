/**
 * The registry's tree, its filters and the inspector of a product, in a real browser over a core in memory: mouse and
 * keys, every state, a restart, and axe in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('pds-tree.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const routeOf = (more: Record<string, unknown> = {}) =>
  JSON.stringify({ view: 'pds', filter: {}, ...more });
const at = (id: string) => routeOf({ at: `pds:${id}` });
const mars = 'urn:nasa:pds:context:target:planet.mars';
const collection = 'urn:nasa:pds:made_0:data_derived';
const productId = (number: number) => `${collection}:rad_der_${String(number).padStart(7, '0')}`;

describe.skipIf(!hasChromium)('the PDS tree', () => {
  const { open, called } = useRenderer();

  const tree = (page: Page) => page.getByRole('treegrid', { name: 'Bundles, collections and' });
  const rows = (page: Page) => tree(page).locator('[data-index]');
  const row = (page: Page, index: number): Locator => tree(page).locator(`[data-index="${index}"]`);
  const rowOf = (page: Page, name: RegExp) => tree(page).getByRole('row', { name }).first();
  const inspector = (page: Page) => page.getByRole('complementary', { name: 'Product' });
  const chosen = (page: Page) => tree(page).locator('[aria-selected="true"]');
  const focusedIndex = (page: Page) =>
    page.evaluate(() =>
      document.activeElement?.closest('[data-index]')?.getAttribute('data-index'),
    );
  const lists = async (page: Page, kind: string) =>
    (await called(page, 'almagest:pds.list')).filter(
      (args) => (args as { of: { kind: string } }).of.kind === kind,
    );
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);
  const routeNow = (page: Page) =>
    page.evaluate(() => {
      const state = JSON.parse(window.fakeCore?.uiState() ?? 'null') as {
        entries: { route: unknown; memory: unknown }[];
        index: number;
      } | null;
      return state?.entries[state.index] ?? null;
    });

  async function openTree(knobs: Knobs = {}, width?: number, height?: number): Promise<Page> {
    const page = await open({ route: routeOf(), ...knobs }, width, height);
    await row(page, 0).waitFor();
    return page;
  }
  async function openAt(id: string, knobs: Knobs = {}): Promise<Page> {
    const page = await open({ route: at(id), ...knobs });
    await chosen(page).waitFor();
    return page;
  }
  /** The first bundle and its first collection, by the keyboard. */
  async function openNodes(page: Page): Promise<void> {
    await row(page, 0).click();
    await page.keyboard.press('ArrowRight');
    await rowOf(page, /Collection data_derived/).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await rowOf(page, /rad_der_0000000/).waitFor();
  }

  test('lists bundles with their count; opening a node costs one request and tells its members', async () => {
    const page = await openTree();
    await page.getByText('214 bundles').waitFor();
    expect(await tree(page).getAttribute('aria-rowcount')).toBe('215');
    expect(await row(page, 0).getByRole('gridcell').nth(2).textContent()).toContain('–');
    await row(page, 0).locator('[data-twisty]').click();
    await rowOf(page, /Collection data_derived/).waitFor();
    expect(await row(page, 0).getByRole('gridcell').nth(2).textContent()).toContain('3');
    await row(page, 1).locator('[data-twisty]').click();
    await rowOf(page, /rad_der_0000000/).waitFor();
    expect(await row(page, 1).getByRole('gridcell').nth(2).textContent()).toContain('1,206');
    expect(await row(page, 2).getAttribute('aria-setsize')).toBe('1206');
    expect(await lists(page, 'members')).toHaveLength(2);
    const id = row(page, 2).getByRole('gridcell').nth(1);
    expect((await id.textContent())?.trim()).toBe('rad_der_0000000');
    expect(await id.locator('[title]').getAttribute('title')).toBe(`${productId(0)}::1.0`);
  });

  test('is walked by keys alone, from a row to its inspector, its parent and its label', async () => {
    const page = await openTree();
    await openNodes(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await until(() => focusedIndex(page)).toBe('3');
    await inspector(page).getByRole('heading', { name: 'rad_der_0000001' }).waitFor();
    await page.keyboard.press('Control+i');
    await until(() => copied(page)).toBe(`${productId(1)}::1.0`);
    await page.keyboard.press('Alt+ArrowUp');
    await until(() => focusedIndex(page)).toBe('1');
    await inspector(page).getByRole('heading', { name: 'Made Collection data_derived' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await until(() => chosen(page).getAttribute('data-index')).toBe('2');
    await page.keyboard.press('Enter');
    await until(() =>
      page.evaluate(() => document.activeElement?.getAttribute('data-pane') ?? null),
    ).toBe('inspector');
    await page.keyboard.press('Control+Shift+l');
    await until(async () => (await routeNow(page))?.route).toEqual({
      view: 'pds-label',
      ref: `pds:${productId(0)}::1.0`,
    });
  });

  test('a node of 1,000,000 is reached to its end with few rows in the page', async () => {
    const page = await openTree({ members: '1000000' });
    await openNodes(page);
    await page.keyboard.press('End');
    await until(() => focusedIndex(page)).toBe(String(214 + 3 + 1_000_000 - 1));
    await page.keyboard.press('Home');
    await until(() => focusedIndex(page)).toBe('0');
    await page.keyboard.press('ArrowDown');
    // Left from inside the million leads to its node.
    await tree(page)
      .locator('[role="rowgroup"]')
      .evaluate((element) => {
        element.scrollTop = element.scrollHeight / 2;
      });
    await until(async () =>
      Number(await rows(page).last().getAttribute('data-index')),
    ).toBeGreaterThan(300_000);
    const middle = rows(page).nth(10);
    await until(() => middle.getAttribute('data-kind')).toBe('node');
    expect(await middle.getAttribute('aria-setsize')).toBe('1000000');
    await middle.click();
    await page.keyboard.press('ArrowLeft');
    await until(() => focusedIndex(page)).toBe('1');
    const seen = Math.ceil(700 / 26);
    expect(await rows(page).count()).toBeLessThanOrEqual(3 * seen);
  });

  test('a list that can only be gone on with says how many more there are', async () => {
    // What comes into view is asked for at once, so its words stand only as long as no answer comes.
    const page = await openTree({ skip: 'no', hangFrom: '100' });
    await openNodes(page);
    await tree(page)
      .locator('[role="rowgroup"]')
      .evaluate((element) => {
        element.scrollTop = 98 * 26;
      });
    await page.getByText('Loading 1,106 more').waitFor();
    expect(await lists(page, 'members')).toHaveLength(3);
  });

  test('a row that could not be loaded is tried again', async () => {
    const page = await openTree({ fail: 'members' });
    await row(page, 0).locator('[data-twisty]').click();
    await rowOf(page, /Collection data_raw/).waitFor();
    await rowOf(page, /Collection data_raw/)
      .locator('[data-twisty]')
      .click();
    await page.getByText('Could not be loaded.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await rowOf(page, /rad_der_0000000/).waitFor();
  });

  test('superseded versions are shown on wish, marked, by switch and by key', async () => {
    const page = await openAt(collection);
    await rowOf(page, /rad_der_0000003/).waitFor();
    expect(await tree(page).getByText('superseded').count()).toBe(0);
    await page.getByRole('switch', { name: 'Superseded' }).click();
    await until(() => tree(page).getByText('superseded').count()).toBe(2);
    await until(() => row(page, 1).textContent()).toContain('1,208');
    await until(() => row(page, 5).textContent()).toContain('1.9');
    await page.keyboard.press('Control+Shift+s');
    await until(() => tree(page).getByText('superseded').count()).toBe(0);
  });

  describe('filters', () => {
    test('a target is found by typing and chosen by keys; its name stays after a restart', async () => {
      const page = await openTree();
      await page.getByRole('button', { name: 'Target' }).click();
      const field = page.getByRole('combobox', { name: 'Find a target' });
      await page.getByRole('option', { name: /Bennu/ }).waitFor();
      await field.fill('bennu');
      await until(() => page.getByRole('option').count()).toBe(1);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Target: (101955) Bennu', exact: true }).waitFor();
      await until(async () => JSON.stringify((await routeNow(page))?.memory)).toContain('Bennu');
      const entry = await routeNow(page);
      expect(entry?.route).toMatchObject({
        filter: { target: 'urn:nasa:pds:context:target:asteroid.101955_bennu' },
      });
      const again = await open({
        route: JSON.stringify(entry?.route),
        memory: JSON.stringify(entry?.memory),
      });
      await again.getByRole('button', { name: 'Target: (101955) Bennu', exact: true }).waitFor();
    });

    test('days are checked before anything is asked; chips come off again', async () => {
      const page = await openTree();
      await page.getByRole('button', { name: 'Observed' }).click();
      const from = page.getByRole('textbox', { name: 'From' });
      await from.fill('2019-13');
      await page.keyboard.press('Enter');
      await page.getByText('“2019-13” is not a day.').waitFor();
      await from.fill('2019-04');
      await page.getByRole('textbox', { name: 'Until' }).fill('2019');
      await page.keyboard.press('Enter');
      await page
        .getByRole('button', { name: /^Observed: 1 April 2019 to 31 December 2019$/ })
        .waitFor();
      expect((await lists(page, 'bundles')).at(-1)).toMatchObject({
        of: { filter: { from: '2019-04-01', until: '2019-12-31' } },
      });
      await page.getByRole('button', { name: /^Remove the filter Observed/ }).click();
      await until(async () => (await routeNow(page))?.route).toEqual({ view: 'pds', filter: {} });
    });

    test('choices that could not be read are tried again', async () => {
      const page = await openTree({ fail: 'context' });
      await page.getByRole('button', { name: 'Instrument' }).click();
      await page.getByText('The choices could not be read.').waitFor();
      await page
        .getByRole('button', { name: 'Try again' })
        .or(page.getByRole('link', { name: 'Try again' }))
        .click();
      await until(async () => (await lists(page, 'context')).length).toBe(2);
    });

    test('words of the top bar narrow it; nothing that fits says what is on', async () => {
      const page = await openTree();
      const field = page.getByRole('searchbox').first();
      await field.fill('nothing of this');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'No bundle has “nothing of this”' }).waitFor();
      const both = await open({
        route: routeOf({ filter: { text: 'nothing', target: mars, from: '2019-01-01' } }),
      });
      await both.getByText(/2 filters are on: Mars and From 1 January 2019/).waitFor();
      await both.getByRole('button', { name: 'Clear 2 filters' }).click();
      await until(async () => (await routeNow(both))?.route).toEqual({
        view: 'pds',
        filter: { text: 'nothing' },
      });
    });
  });

  describe('the place of a product', () => {
    test('is open down to it, and the rest of its collection by one act', async () => {
      const page = await openAt(productId(7));
      await until(() => chosen(page).getAttribute('data-index')).toBe('2');
      await page.getByText('1,205 more in this collection').click();
      await rowOf(page, /rad_der_0000000/).waitFor();
      await until(() => row(page, 1).textContent()).toContain('1,206');
      // It is chosen again where its row is in the list.
      await until(() => chosen(page).textContent()).toContain('rad_der_0000007');
      expect(await chosen(page).getAttribute('aria-posinset')).toBe('8');
    });

    test('in two collections is shown in both, and each leads on', async () => {
      const page = await openAt(productId(3));
      await page.getByText('rad_der_0000003 is in 2 places of the tree').waitFor();
      expect(
        await tree(page)
          .getByRole('row', { name: /rad_der_0000003/ })
          .count(),
      ).toBe(2);
      await inspector(page).getByRole('link', { name: 'data_raw' }).click();
      await until(async () => (await routeNow(page))?.route).toMatchObject({
        at: 'pds:urn:nasa:pds:made_0:data_raw::14.0',
      });
      await inspector(page).getByRole('heading', { name: 'Made Collection data_raw' }).waitFor();
      await page.keyboard.press('Alt+ArrowLeft');
      await page.getByText('rad_der_0000003 is in 2 places of the tree').waitFor();
    });

    test('of what is pasted into the top bar: a lid finds its newest version', async () => {
      const page = await openTree();
      await page
        .getByRole('searchbox')
        .first()
        .fill(`pds:${productId(2)}`);
      await page.keyboard.press('Enter');
      await until(() => chosen(page).textContent()).toContain('1.10');
      await inspector(page).getByRole('link', { name: 'Product 1.9' }).click();
      await until(() => chosen(page).textContent()).toContain('1.9');
      expect(await chosen(page).textContent()).toContain('superseded');
    });

    test('that there is not says so and what to do', async () => {
      const page = await open({ route: at('urn:nasa:pds:made_0:data_derived:missing::2.0') });
      await page.getByRole('heading', { name: 'The registry has no such product' }).waitFor();
      await page.getByRole('button', { name: 'Look for its newest version' }).click();
      await page.getByRole('button', { name: 'Open the collection data_derived' }).click();
      await until(() => chosen(page).textContent()).toContain('Made Collection data_derived');
    });

    test('of what is no identifier is refused with how one is written, and nothing is asked', async () => {
      const page = await open({ route: at('urn:nasa:pds:made_0:a/b') });
      await page.getByRole('heading', { name: 'This is not an identifier of a product' }).waitFor();
      await page.getByText(/It holds “\/”/).waitFor();
      expect(await called(page, 'almagest:pds.product')).toEqual([]);
      await page.getByRole('button', { name: 'Change the identifier' }).click();
      const field = page.getByRole('searchbox').first();
      await until(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    });
  });

  describe('the inspector', () => {
    test('says what can and cannot be had of each file', async () => {
      const page = await openAt(productId(5));
      await inspector(page)
        .getByText('Can’t be fetched: “/data/archive/rad_der_0000005.tab”')
        .waitFor();
      const save = inspector(page).getByRole('button', { name: 'Save data' });
      expect(await save.getAttribute('aria-disabled')).toBe('true');
      const upgraded = await openAt(productId(6));
      await inspector(upgraded).getByText('It is asked for over https instead.').waitFor();
      const checked = await openAt(productId(7));
      await inspector(checked)
        .getByText(/fetched over http and kept only if its md5 matches/)
        .waitFor();
      const bare = await openAt(productId(8));
      await inspector(bare).getByText('Size not stated').waitFor();
      await inspector(bare).getByText('No md5 stated').waitFor();
    });

    test('saves data and label by their names, and shows how far each is', async () => {
      const page = await openAt(productId(9));
      await inspector(page).getByRole('button', { name: 'Save 3 files, 8.8 MB' }).click();
      await until(async () => (await called(page, 'almagest:downloads.save')).length).toBe(3);
      await inspector(page).getByText('No checksum').first().waitFor();
      await page.keyboard.press('Control+Shift+d');
      await until(async () => (await called(page, 'almagest:downloads.save')).at(-1)).toEqual({
        ref: `pds:${productId(9)}::1.0`,
        rendition: 'rad_der_0000009.xml',
      });
      await inspector(page)
        .getByRole('link', { name: 'Show rad_der_0000009.xml in its folder' })
        .waitFor();
    });

    test('cites: as the label asks, else by title and identifier', async () => {
      const page = await openAt('urn:nasa:pds:made_4');
      await inspector(page).getByText('10.17189/1517568').waitFor();
      await inspector(page).getByText('1 Apr 2019 00:32 UTC, open end').waitFor();
      await inspector(page).getByRole('button', { name: 'Cite' }).click();
      await until(() => copied(page)).toContain('Observer, A.');
      const product = await openAt(productId(1));
      await inspector(product).getByRole('button', { name: 'Cite' }).click();
      await product.getByText(/The label gives no citation/).waitFor();
      expect(await copied(product)).toContain(`${productId(1)}::1.0`);
    });

    test('lists properties with a filter, and copies values and names by keys and menu', async () => {
      const page = await openAt(productId(1));
      await inspector(page).getByRole('tab', { name: 'Properties 66' }).click();
      const field = inspector(page).getByRole('searchbox', { name: 'Filter the properties' });
      await field.fill('calibration of');
      await inspector(page).getByText('1 of 66').waitFor();
      const first = inspector(page).getByRole('grid').locator('[data-row="0"]');
      await first.focus();
      await page.keyboard.press('Control+c');
      await until(() => copied(page)).toBe(
        'First release.\nCalibration of the second year.\nSecond release.',
      );
      await field.fill('');
      await inspector(page).getByText('8 more values').click();
      await inspector(page).getByText('FIELD_13').waitFor();
      await inspector(page).getByText('insight:Made_Class_0').waitFor();
      await first.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Copy as a condition of a query' }).click();
      await until(() => copied(page)).toBe('pds:Target_Identification.pds:name eq "Mars"');
    });

    test('references lead to their places, targets to their bundles', async () => {
      const page = await openAt(productId(1));
      await inspector(page).getByRole('tab', { name: 'References 6' }).click();
      await inspector(page).getByRole('link', { name: 'document' }).click();
      await until(async () => (await routeNow(page))?.route).toMatchObject({
        at: 'pds:urn:nasa:pds:made_1:document',
      });
      await inspector(page).getByRole('tab', { name: 'Overview' }).click();
      await inspector(page).getByRole('link', { name: 'Mars', exact: true }).click();
      await until(async () => (await routeNow(page))?.route).toEqual({
        view: 'pds',
        filter: { target: mars },
      });
    });

    test('the rest is right where what holds it, or its versions, could not be read', async () => {
      const page = await openAt(productId(1), { fail: 'parents' });
      await page.getByText('its place in the tree is not known').waitFor();
      await inspector(page).getByText('What holds it could not be read.').waitFor();
      const failed = await openTree({ fail: 'product' });
      await row(failed, 0).click();
      await inspector(failed).getByRole('heading', { name: 'Made Radiometer Bundle 0' }).waitFor();
      await inspector(failed)
        .getByText(/The registry didn’t answer for this product/)
        .waitFor();
    });

    test('a menu on a row opens, copies and finds', async () => {
      const page = await openAt(collection);
      await row(page, 1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy the file’s address' }).click();
      await until(() => copied(page)).toBe('https://pds.example/data_derived.xml');
      await row(page, 1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Find its members by a query' }).click();
      await until(async () => (await routeNow(page))?.route).toEqual({
        view: 'pds-query',
        q: `ops:Provenance.ops:parent_collection_identifier eq "${collection}::14.0"`,
      });
    });

    test('is a drawer in a narrow window, closed at first', async () => {
      const page = await open({ route: at(productId(1)) }, 800, 700);
      await chosen(page).waitFor();
      expect(await inspector(page).count()).toBe(0);
      expect(await tree(page).getByRole('columnheader', { name: 'Identifier' }).count()).toBe(0);
      await chosen(page).dblclick();
      await inspector(page).getByRole('heading', { name: 'rad_der_0000001' }).waitFor();
      await page.keyboard.press('Escape');
      await until(() => inspector(page).count()).toBe(0);
    });
  });

  test('place, open nodes, selection and page of the inspector are there after a restart', async () => {
    const page = await openTree();
    await openNodes(page);
    await rowOf(page, /rad_der_0000004/).click();
    await inspector(page)
      .getByRole('tab', { name: /^References/ })
      .click();
    await tree(page).locator('[role="rowgroup"]').hover();
    await page.mouse.wheel(0, 60);
    await until(async () => JSON.stringify((await routeNow(page))?.memory)).toContain('"index":2');
    await until(async () => JSON.stringify((await routeNow(page))?.memory)).toContain('references');
    const entry = await routeNow(page);
    const again = await open({ route: routeOf(), memory: JSON.stringify(entry?.memory) });
    await rowOf(again, /rad_der_0000004/).waitFor();
    await until(() => chosen(again).textContent()).toContain('rad_der_0000004');
    await inspector(again).getByRole('heading', { name: 'rad_der_0000004' }).waitFor();
    await until(() =>
      inspector(again)
        .getByRole('tab', { name: /^References/ })
        .getAttribute('aria-selected'),
    ).toBe('true');
    await until(() =>
      tree(again)
        .locator('[role="rowgroup"]')
        .evaluate(({ scrollTop }) => scrollTop),
    ).toBe(60);
    expect(await row(again, 1).getAttribute('aria-expanded')).toBe('true');
  });

  describe('states', () => {
    test('a kept copy is shown with its age, then the registry’s answer', async () => {
      const slow = await openTree({ state: 'slow', copy: 'older' });
      await slow.getByText('40 bundles, from 2 days ago').waitFor();
      const page = await openTree({ copy: 'older', delay: '600' });
      await page.getByText('214 bundles').waitFor();
      await until(() => tree(page).getAttribute('aria-rowcount')).toBe('215');
    });

    test('offline, the tree is the one that was kept, and says so', async () => {
      const page = await openTree({ state: 'offline', copy: 'same' });
      await page.getByText('The tree as kept 2 days ago').waitFor();
      await page.getByRole('button', { name: 'Check again' }).waitFor();
      const none = await open({ route: routeOf(), state: 'offline' });
      await none.getByRole('heading', { name: 'You’re offline' }).waitFor();
    });

    test('a failure says what it means and what to do, and is tried again', async () => {
      const page = await open({ route: routeOf(), state: 'failed' });
      await page.getByRole('heading', { name: 'The registry didn’t answer' }).waitFor();
      await page.getByText('Next try by itself in').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await until(async () => (await lists(page, 'bundles')).length).toBeGreaterThan(1);
    });

    test('gaps and notes are said in a quiet line', async () => {
      const page = await openTree({
        unreadable: '2',
        notes: 'Superseded versions are listed by lid only.',
      });
      await page.getByText('2 rows could not be read').waitFor();
      await page.getByText('Superseded versions are listed by lid only.').waitFor();
    });
  });

  const product9 = { route: at(productId(9)) };
  test.each<[string, Knobs, number, (page: Page) => Promise<void>]>([
    [
      'the tree',
      { route: routeOf({ filter: { target: mars } }) },
      1280,
      async (page) => row(page, 0).click(),
    ],
    [
      'a place',
      { ...product9, notes: 'A note.', unreadable: '1' },
      1280,
      async (page) => chosen(page).waitFor(),
    ],
    [
      'properties',
      product9,
      1280,
      async (page) => page.getByRole('tab', { name: /^Properties/ }).click(),
    ],
    [
      'references',
      product9,
      1280,
      async (page) => page.getByRole('tab', { name: /^References/ }).click(),
    ],
    ['a drawer', product9, 800, async (page) => chosen(page).dblclick()],
    [
      'text at 200 %',
      { ...product9, textZoom: '200' },
      1280,
      async (page) => chosen(page).waitFor(),
    ],
    [
      'choices',
      { route: routeOf() },
      1280,
      async (page) => {
        await page.getByRole('button', { name: 'Target' }).click();
        await page.getByRole('option', { name: /Mercury/ }).waitFor();
        await page.keyboard.press('ArrowDown');
      },
    ],
    [
      'superseded',
      { route: at(collection) },
      1280,
      async (page) => {
        await page.getByRole('switch', { name: 'Superseded' }).click();
        await tree(page).getByText('superseded').first().waitFor();
      },
    ],
    [
      'nothing found',
      { route: at('urn:nasa:pds:nothing') },
      1280,
      async (page) => page.getByRole('heading', { name: /no such product/ }).waitFor(),
    ],
    [
      'loading',
      { route: routeOf(), state: 'slow' },
      1280,
      async (page) => page.getByText('Asking the registry…').first().waitFor(),
    ],
  ])('axe finds nothing in any theme: %s', async (_name, knobs, width, act) => {
    const page = await open(knobs, width, 800);
    await act(page);
    expect(await examineThemes(page)).toEqual([]);
  });
});
