/**
 * "Go to" in a real browser over a core in memory: what a text leads to, by mouse and keys, and axe in every theme.
 * Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { examineThemes } from '#test/support/axe.ts';
import { fakeAstrobinRef } from '#test/support/fake-astrobin.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { fakeCard } from '#test/support/fake-records.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('go-to.test.ts');

describe.skipIf(!hasChromium)('go to', () => {
  const { called, open } = useRenderer();
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Go to' });
  const field = (page: Page) => dialog(page).getByRole('combobox');
  const routeNow = (page: Page) =>
    page.evaluate(() => {
      const state = JSON.parse(window.fakeCore?.uiState() ?? 'null') as {
        entries: { route: unknown }[];
        index: number;
      } | null;
      return state?.entries[state.index]?.route ?? null;
    });

  async function openDialog(
    route: Record<string, unknown> = { view: 'downloads' },
    knobs: Knobs = {},
  ): Promise<Page> {
    const page = await open({ route: JSON.stringify(route), ...knobs });
    await page.locator('main').waitFor();
    await page.keyboard.press('Control+g');
    await field(page).waitFor();
    return page;
  }

  test('what an identifier names is opened by Enter, and the dialog is gone', async () => {
    const page = await openDialog();
    await page.keyboard.type('nasa:PIA24439');
    await dialog(page)
      .getByRole('option', { name: /PIA24439/ })
      .waitFor();
    await dialog(page).getByText('NASA record').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => routeNow(page)).toMatchObject({ view: 'record', ref: 'nasa:PIA24439' });
    expect(await dialog(page).count()).toBe(0);
  });

  test('a lidvid leads to the tree, the page of a user to that user', async () => {
    const page = await openDialog();
    await field(page).fill('urn:nasa:pds:made_0:data_derived::1.0');
    await dialog(page).getByRole('option').first().click();
    await expect.poll(() => routeNow(page)).toMatchObject({ view: 'pds' });
    await page.keyboard.press('Control+g');
    await field(page).fill('https://app.astrobin.com/u/alice');
    await dialog(page).getByRole('option', { name: 'AstroBin user “alice”' }).click();
    await expect.poll(() => routeNow(page)).toEqual({ view: 'astrobin-user', username: 'alice' });
  });

  test('what names nothing says why, and Enter does nothing', async () => {
    const page = await openDialog();
    await field(page).fill('https://example.com/PIA24439');
    await dialog(page)
      .getByText(/no archive that Almagest knows/)
      .waitFor();
    await page.keyboard.press('Enter');
    expect(await dialog(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog(page).count()).toBe(0);
  });

  test('a number that may be of either is offered for both, those of the archive here first', async () => {
    const page = await openDialog({ view: 'astrobin-user', username: '' });
    await field(page).fill('57782');
    const options = dialog(page).getByRole('option');
    await expect.poll(() => options.count()).toBe(3);
    expect(await options.nth(0).textContent()).toContain('AstroBin image');
    expect(await options.nth(1).textContent()).toContain('57782');
    expect(await options.nth(2).textContent()).toContain('Search AstroBin for “57782”');
    await page.keyboard.press('ArrowUp');
    expect(await options.nth(2).getAttribute('aria-selected')).toBe('true');
  });

  test('where one was before stands below an empty field, the latest first', async () => {
    const { ref, id } = fakeCard(0).record;
    const page = await open({ route: JSON.stringify({ view: 'record', ref, from: null }) });
    await page.getByRole('button', { name: /Zoom in/ }).waitFor();
    await page.keyboard.press('Control+5');
    await page.keyboard.press('Control+g');
    await dialog(page)
      .getByRole('option', { name: new RegExp(id) })
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => routeNow(page)).toMatchObject({ view: 'record', ref });
  });

  test('Ctrl Enter opens a record and saves its original, which was told before', async () => {
    const { ref } = fakeCard(0).record;
    const page = await openDialog();
    await field(page).fill(ref);
    await dialog(page)
      .getByText(/opens it, asks NASA for its files, and saves the original or the largest/)
      .waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => routeNow(page)).toMatchObject({ view: 'record', ref });
    await expect
      .poll(() => called(page, 'almagest:downloads.save'))
      .toEqual([{ ref, rendition: 'orig' }]);
    expect(await dialog(page).count()).toBe(0);
  });

  test('of a record that was seen it names the file; one that comes already is only opened', async () => {
    const ref = fakeAstrobinRef(0);
    const page = await openDialog({ view: 'downloads' }, { copy: 'same' });
    await field(page).fill(ref);
    const words = dialog(page).getByText(/opens it and saves “[^”]+”/);
    await words.waitFor();
    expect(await field(page).getAttribute('aria-describedby')).toBe(await words.getAttribute('id'));
    expect(await examineThemes(page, ['dark', 'light'])).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => routeNow(page)).toMatchObject({ view: 'record', ref });
    await expect.poll(async () => (await called(page, 'almagest:downloads.save')).length).toBe(1);
    await page.keyboard.press('Control+g');
    await field(page).fill(ref);
    await dialog(page)
      .getByText(/only opens it/)
      .waitFor();
  });

  test('what is no record has nothing to save, and what fails is told in words', async () => {
    const page = await openDialog({ view: 'downloads' }, { state: 'failed' });
    await field(page).fill('https://images.nasa.gov/album/Apollo-at-50');
    await dialog(page).getByRole('option').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog(page)
      .getByText(/^Only a record has files to download\./)
      .waitFor();
    expect(await dialog(page).count()).toBe(1);
    await field(page).fill('nasa:PIA24439');
    await dialog(page)
      .getByRole('option', { name: /PIA24439/ })
      .waitFor();
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/Nothing was saved of “PIA24439”/)
      .first()
      .waitFor();
  });

  test('axe finds nothing in any theme', async () => {
    const page = await openDialog();
    await field(page).fill('PIA24439');
    await dialog(page).getByRole('option').first().waitFor();
    expect(await examineThemes(page)).toEqual([]);
  });
});
