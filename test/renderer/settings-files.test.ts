/**
 * The settings of files and downloads in a real browser over a core in memory. Skipped with a printed reason where
 * there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('settings-files.test.ts');

describe.skipIf(!hasChromium)('the settings of files', () => {
  const { open, called } = useRenderer();
  const route = JSON.stringify({ view: 'settings', section: 'files' });
  const names = (page: Page) => page.getByRole('textbox', { name: 'File names' });
  const patches = async (page: Page) =>
    (await called(page, 'almagest:settings.set')).map(
      (args) => (args as { patch: Record<string, unknown> }).patch,
    );

  test('a template is tried out while it is written, and put in force when it is one', async () => {
    const page = await open({ route });
    const examples = page.getByRole('group', { name: 'Examples' });
    await examples.getByText('id~rendition.ext').first().waitFor();
    await names(page).fill('{archive}/{nope}');
    await page.getByText('At character 12: There is no field “nope”', { exact: false }).waitFor();
    expect(await examples.count()).toBe(0);
    await names(page).press('Enter');
    expect(await patches(page)).toEqual([]);
    await names(page).fill('{archive}/{id}');
    await examples.getByText('archive/id').first().waitFor();
    await names(page).press('Enter');
    await expect.poll(() => patches(page)).toEqual([{ nameTemplate: '{archive}/{id}' }]);
    await page.getByRole('button', { name: 'As the archives name them' }).click();
    await expect.poll(async () => (await patches(page)).length).toBe(2);
    expect(await names(page).inputValue()).toBe('{id}~{rendition}.{ext}');
  });

  test('a field is put in where the caret is, by keys', async () => {
    const page = await open({ route });
    await names(page).fill('-');
    await names(page).press('Home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu');
    await menu.waitFor();
    await page.keyboard.type('{ye');
    await page.keyboard.press('Enter');
    await expect.poll(() => names(page).inputValue()).toBe('{year}-');
    await expect
      .poll(() => names(page).evaluate((field: HTMLInputElement) => field.selectionStart))
      .toBe('{year}'.length);
  });

  test('files at once, bandwidth and a timetable are chosen', async () => {
    const page = await open({ route });
    const choose = async (name: RegExp, value: string) => {
      await page.getByRole('combobox', { name }).click();
      await page.getByRole('option', { name: value, exact: true }).click();
    };
    await choose(/^Files at once:/, '3 files');
    await choose(/^Bandwidth:/, '2.0 MB/s');
    await page.getByRole('button', { name: 'Add a time' }).click();
    await page.getByLabel('End of time 1').fill('00:00');
    await page.getByLabel('End of time 1').press('Enter');
    await choose(/^Days of time 1:/, 'Saturday and Sunday');
    await choose(/^Limit of time 1:/, 'No limit');
    await expect
      .poll(async () => (await patches(page)).at(-1))
      .toEqual({
        bandwidthTimetable: [{ days: [0, 6], from: 480, to: 1440, bytesPerSecond: 0 }],
      });
    expect((await patches(page)).slice(0, 2)).toEqual([
      { downloadsAtOnce: 3 },
      { bandwidth: 2_000_000 },
    ]);
    expect(await examineThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove time 1' }).click();
    await page.getByText('The limit is the same at all times.').waitFor();
  });

  test('nothing is cut off in a narrow window, and axe finds nothing', async () => {
    const page = await open({ route }, 640, 800);
    await page.getByRole('button', { name: 'Add a time' }).click();
    const measure = page.locator('.measure');
    expect(await measure.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await examineThemes(page)).toEqual([]);
  });
});
