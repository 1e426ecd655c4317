/**
 * AstroBin's places in a real browser over a core in memory: mouse and keys, every state, what is asked and what is
 * not, and axe in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('astrobin.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const dayRoute = (kind = 'imageoftheday') => JSON.stringify({ view: 'astrobin-day', kind });
const searchRoute = (params: [string, string][] = []) =>
  JSON.stringify({ view: 'astrobin', params });
const userRoute = (username: string) => JSON.stringify({ view: 'astrobin-user', username });

describe.skipIf(!hasChromium)('AstroBin', () => {
  const { open, called } = useRenderer();

  const strip = (page: Page) => page.getByRole('listbox');
  const chosenDay = (page: Page) => strip(page).locator('[aria-selected="true"]');
  const grid = (page: Page) => page.getByRole('grid');
  const tile = (page: Page, index: number) => grid(page).locator(`[data-index="${index}"]`);
  const asked = (page: Page, name: string) => called(page, `almagest:astrobin.${name}`);
  const routeNow = (page: Page) =>
    page.evaluate(() => {
      const state = JSON.parse(window.fakeCore?.uiState() ?? 'null') as {
        entries: { route: unknown }[];
        index: number;
      } | null;
      return state?.entries[state.index]?.route ?? null;
    });

  async function openDay(knobs: Knobs = {}, width?: number): Promise<Page> {
    const page = await open({ route: dayRoute(), ...knobs }, width);
    await page.getByRole('heading', { level: 1, name: 'Orion Nebula #0' }).waitFor();
    return page;
  }
  async function openSearch(params: [string, string][] = [], knobs: Knobs = {}): Promise<Page> {
    const page = await open({ route: searchRoute(params), ...knobs });
    await tile(page, 0).and(page.getByLabel('Orion Nebula #0')).waitFor();
    return page;
  }

  describe('the image of the day', () => {
    test('is shown large with author, equipment and licence; earlier days are walked by keys', async () => {
      const page = await openDay();
      await page.getByText('Image of the day, 1 March 2022').waitFor();
      await page.getByText('FLI Proline 16803, Planewave 17" CDK').waitFor();
      await page.getByText('CC BY-NC-SA').waitFor();
      await chosenDay(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { level: 1, name: 'Andromeda #1' }).waitFor();
      await until(() => chosenDay(page).getAttribute('data-index')).toBe('1');
      await until(() => routeNow(page)).toMatchObject({ at: 'astrobin:h0001x' });
      await page.keyboard.press('b');
      await page.getByRole('button', { name: 'Collected' }).waitFor();
      await page.keyboard.press('Enter');
      await until(() => routeNow(page)).toMatchObject({
        view: 'record',
        ref: 'astrobin:h0001x',
        from: { label: 'the image of the day', index: 1 },
      });
      await page.keyboard.press('Alt+ArrowLeft');
      await page.getByRole('heading', { level: 1, name: 'Andromeda #1' }).waitFor();
      await until(() => chosenDay(page).getAttribute('data-index')).toBe('1');
    });

    test('only days in view whose image is not known are asked for, one by one', async () => {
      const page = await openDay();
      await strip(page).locator('[data-index="4"][aria-label*="Lagoon #4"]').waitFor();
      const refs = async () =>
        (await asked(page, 'image')).map((args) => (args as { ref: string }).ref);
      expect(await refs()).not.toContain('astrobin:h0014x');
      expect(await refs()).not.toContain('astrobin:h0001x');
      expect(await asked(page, 'picks')).toHaveLength(1);
    });

    test('a day is gone to by its date, and a mistaken one says so', async () => {
      const page = await openDay();
      await page.getByRole('button', { name: 'Go to a day' }).click();
      const field = page.getByRole('textbox', { name: 'Day' });
      await field.fill('2022-13-01');
      await field.press('Enter');
      await page.getByText('is no day such as').waitFor();
      await field.fill('2022-01-20');
      await field.press('Enter');
      await page.getByText('Image of the day, 20 January 2022').waitFor();
      await until(() => chosenDay(page).getAttribute('data-index')).toBe('40');
    });

    test('top picks and nominations are in the same place, and Ctrl 3 leads there', async () => {
      const page = await open({ route: JSON.stringify({ view: 'nasa', query: {} }) });
      await page.keyboard.press('Control+3');
      await page.getByRole('heading', { level: 1, name: 'Orion Nebula #0' }).waitFor();
      await page.getByText('Nominations', { exact: true }).click();
      await page.getByText(/^Nominated as a top pick/).waitFor();
      expect(await routeNow(page)).toBeTruthy();
      await until(() => routeNow(page)).toEqual({
        view: 'astrobin-day',
        kind: 'toppicknomination',
      });
    });

    test.each([1280, 800, 400])('has no axe violations at %i px', async (width) => {
      const page = await openDay({}, width);
      expect(await examineThemes(page)).toEqual([]);
    });
  });

  describe('search', () => {
    test('25 images are asked for, and 25 more when one comes to their end', async () => {
      const page = await openSearch();
      await page.getByText('240 images, 25 loaded').waitFor();
      expect(await asked(page, 'images')).toHaveLength(1);
      await tile(page, 0).focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Control+End');
      await page.getByText('240 images, 50 loaded').waitFor();
    });

    test('words of the field are a subject, a user or a title', async () => {
      const page = await openSearch();
      const field = page.getByRole('searchbox');
      await field.fill('ic434 user:Observer 3');
      await field.press('Enter');
      await until(() => routeNow(page)).toEqual({
        view: 'astrobin',
        params: [
          ['subjects', 'IC 434'],
          ['user', 'Observer 3'],
        ],
        typed: ['user'],
      });
      await until(() => field.inputValue()).toBe('IC 434 user:Observer 3');
      await page.getByRole('button', { name: 'Profile of Observer 3' }).waitFor();
      await field.fill('Horsehead');
      await field.press('Enter');
      await until(() => routeNow(page)).toEqual({
        view: 'astrobin',
        params: [['title__icontains', 'Horsehead']],
      });
    });

    test('a filter is set by its form and taken off by its mark', async () => {
      const page = await openSearch();
      const chips = page.getByRole('group', { name: 'Filters' });
      await chips.getByRole('button', { name: 'Uploaded' }).click();
      await page.getByRole('textbox', { name: 'From' }).fill('2021-14');
      await page.getByRole('textbox', { name: 'From' }).press('Enter');
      await page.getByText('is no day such as').waitFor();
      await page.getByRole('textbox', { name: 'From' }).fill('2021');
      await page.getByRole('textbox', { name: 'Until' }).fill('2021-06');
      await page.getByRole('textbox', { name: 'Until' }).press('Enter');
      await until(() => routeNow(page)).toEqual({
        view: 'astrobin',
        params: [
          ['uploaded__gte', '2021-01-01'],
          ['uploaded__lt', '2021-07-01'],
        ],
      });
      await chips.getByRole('button', { name: /^Remove/ }).click();
      await until(() => routeNow(page)).toEqual({ view: 'astrobin', params: [] });
    });

    test('the 100 of a subject are said, and all are listed when that is wanted', async () => {
      const page = await openSearch([['subjects', 'M 31']]);
      await page.getByText('AstroBin stops at 100 images of a subject.').waitFor();
      await page.getByRole('button', { name: 'List all by dates…' }).click();
      await page.getByText(/439 requests are left today/).waitFor();
      await page.getByRole('button', { name: 'List all', exact: true }).click();
      await page.getByText('All 120 images listed.').waitFor();
      await page.getByText('9 requests so far').waitFor();
      await page.getByRole('button', { name: 'Show the first 100 again' }).click();
      await page.getByText('100 images, 25 loaded').waitFor();
    });

    test('an image is opened with its neighbours, and back is the very place', async () => {
      const page = await openSearch();
      await tile(page, 3).dblclick();
      await until(() => routeNow(page)).toMatchObject({ view: 'record', ref: 'astrobin:h0003x' });
      await page.getByText('4 of 240').waitFor();
      expect(await asked(page, 'images')).toHaveLength(1);
      await page.keyboard.press('Alt+ArrowLeft');
      await tile(page, 3).and(page.locator('[aria-selected="true"]')).waitFor();
      expect(await asked(page, 'images')).toHaveLength(1);
    });

    test('has no axe violations, with a selection and with a form', async () => {
      const page = await openSearch([['subjects', 'M 31']]);
      await tile(page, 1).click();
      await page.getByText('1 selected').waitFor();
      expect(await examineThemes(page)).toEqual([]);
      await page
        .getByRole('group', { name: 'Filters' })
        .getByRole('button', { name: 'Uploaded' })
        .click();
      await page.getByRole('textbox', { name: 'From' }).waitFor();
      expect(await examineThemes(page, ['dark'])).toEqual([]);
    });
  });

  describe('users and collections', () => {
    test('a profile has its facts, images and collections; an unknown name says what to do', async () => {
      const page = await open({ route: userRoute('Observer 4') });
      await page.getByText(/A made-up name, 34 images/).waitFor();
      await page.getByRole('button', { name: 'About' }).click();
      await page.getByText('Under dark skies.').waitFor();
      await tile(page, 0).waitFor();
      expect(await examineThemes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Collections', exact: true }).click();
      await page.getByRole('button', { name: /^Collection 2/ }).click();
      await page.getByText(/12 images/).waitFor();
      await tile(page, 0).and(page.getByLabel('Andromeda #6')).waitFor();
      expect(await examineThemes(page)).toEqual([]);
      await tile(page, 0).dblclick();
      await until(() => routeNow(page)).toMatchObject({
        view: 'record',
        from: { label: 'the collection Collection 2', index: 0 },
      });
    });

    test('select all of a user says what it leaves out', async () => {
      const page = await open({ route: userRoute('Observer 4') }, 900, 600);
      await page.getByRole('gridcell', { name: /#/ }).first().waitFor();
      await page.keyboard.press('Control+a');
      await page
        .getByText(/The 25 that are loaded are selected\. Listing all \d+ would take \d+ request/)
        .waitFor();
    });

    test('a user is found by name, among names that were met', async () => {
      const page = await openSearch();
      await page.getByRole('button', { name: 'Users' }).click();
      await page.getByRole('button', { name: 'Observer 3' }).waitFor();
      expect(await examineThemes(page)).toEqual([]);
      await page.getByRole('textbox', { name: 'User name' }).fill('Nobody at all');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'AstroBin has no user “Nobody at all”' }).waitFor();
      await page.getByRole('button', { name: 'Look for another name' }).click();
      await page.getByRole('textbox', { name: 'User name' }).waitFor();
    });
  });

  describe('without a key', () => {
    test('every place says what works all the same, and a key that is entered is used at once', async () => {
      const page = await open({ route: dayRoute(), key: 'none' });
      await page.getByRole('heading', { name: 'AstroBin asks for a key of your own' }).waitFor();
      expect(await examineThemes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Enter the key…' }).click();
      await page.getByLabel('API key').fill('made-up');
      await page.getByLabel('API secret').fill('made-up-too');
      expect(await examineThemes(page, ['dark'])).toEqual([]);
      await page.getByRole('button', { name: 'Save and check' }).click();
      await page.getByRole('heading', { level: 1, name: 'Orion Nebula #0' }).waitFor();
      expect(await asked(page, 'storeKeys')).toEqual([
        { key: 'made-up', secret: 'made-up-too', guard: 'keyring' },
      ]);
    });

    test('a key that is not accepted is checked or replaced; a lost one is entered again', async () => {
      const page = await open({ route: searchRoute(), key: 'bad' });
      await page.getByRole('heading', { name: 'AstroBin didn’t accept the key' }).waitFor();
      await page.getByRole('button', { name: 'Check the key' }).click();
      await page.getByText('AstroBin didn’t accept the key. What you’ve kept').waitFor();
      const other = await open({ route: userRoute('Observer 1'), key: 'lost' });
      await other.getByRole('heading', { name: /has to be entered again/ }).waitFor();
      expect(await examineThemes(other, ['dark'])).toEqual([]);
    });

    test('without a keyring nothing is stored as plain text before one agrees', async () => {
      const page = await open({ route: searchRoute(), key: 'none', keyring: 'none' });
      await page.getByRole('button', { name: 'Enter the key…' }).click();
      await page.getByLabel('API key').fill('abcd');
      await page.getByLabel('API secret').fill('efgh');
      await page.getByText('As plain text in your profile').click();
      await page.getByRole('button', { name: 'Save and check' }).click();
      await page.getByText('Nothing is stored as plain text until you agree.').waitFor();
      expect(await asked(page, 'storeKeys')).toEqual([]);
      await page.getByText('Store them as plain text').click();
      await page.getByRole('button', { name: 'Save and check' }).click();
      await tile(page, 0).waitFor();
    });

    test('a key that can be none is told at its field, and nothing is sent', async () => {
      const page = await open({ route: searchRoute(), key: 'none' });
      await page.getByRole('button', { name: 'Enter the key…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('API key').fill('abc def');
      await dialog.getByLabel('API secret').fill('clé-secrète');
      await page.getByRole('button', { name: 'Save and check' }).click();
      await dialog.getByText('There are no blanks in it.').waitFor();
      await dialog.getByText('It has plain letters, digits and signs only.').waitFor();
      expect(await dialog.locator('[aria-invalid="true"]').count()).toBe(2);
      expect(await examineThemes(page)).toEqual([]);
      await dialog.getByLabel('API key').fill('abc');
      await dialog.getByLabel('API secret').fill('a'.repeat(3000));
      await page.getByRole('button', { name: 'Save and check' }).click();
      const length = dialog.getByText('It has 4 to 200 characters.');
      await length.nth(1).waitFor();
      expect(await asked(page, 'storeKeys')).toEqual([]);
    });

    test('what was kept is shown with its age', async () => {
      const page = await open({ route: searchRoute(), key: 'none', copy: 'same' });
      await page.getByText('No AstroBin key.').waitFor();
      await tile(page, 0).waitFor();
      expect(await examineThemes(page, ['dark'])).toEqual([]);
    });
  });

  test('the settings have the key and a budget that can only be lowered', async () => {
    const page = await open({ route: JSON.stringify({ view: 'settings', section: 'archives' }) });
    await page.getByText('Stored in this computer’s keyring').first().waitFor();
    await page.getByText(/439 left today/).waitFor();
    const field = page.getByRole('textbox', { name: 'Use fewer' });
    await field.fill('600');
    await field.press('Enter');
    await page.getByText('A whole number from 0 to 500.').waitFor();
    await page.getByRole('button', { name: 'Fewer a day' }).click();
    await until(() => field.inputValue()).toBe('450');
    expect(await examineThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await page.getByText('None yet').first().waitFor();
  });

  test.each([
    ['empty', /^AstroBin lists no images/],
    ['failed', 'AstroBin didn’t answer'],
    ['offline', 'You’re offline'],
  ])('a search that is %s says so', async (state, name) => {
    const page = await open({ route: searchRoute(), state });
    await page.getByRole('heading', { name }).first().waitFor();
    expect(await examineThemes(page, ['dark', 'light'])).toEqual([]);
  });
});
