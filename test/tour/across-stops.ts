/** What the three archives have in common: going to whatever is pasted, and their health. */
import type { Locator, Page } from 'playwright-core';
import { findHash } from './astrobin-image-stops.ts';
import { command, search, seesResults, settle, type Stop } from './steps.ts';

const goTo = (page: Page): Locator => page.getByRole('dialog', { name: 'Go to' });
const only = (page: Page): Locator => page.getByRole('radiogroup', { name: 'Which requests' });

export const acrossStops: readonly Stop[] = [
  {
    name: 'go-to-recent',
    go: async ({ page }) => {
      await page.keyboard.press('Control+g');
      await goTo(page).getByRole('group', { name: 'Recent' }).getByRole('option').first().waitFor();
      await settle(page);
    },
  },
  {
    name: 'go-to',
    go: async ({ page, archive }) => {
      await goTo(page)
        .getByRole('combobox')
        .fill(await findHash(archive));
      await goTo(page).getByRole('option').nth(1).waitFor();
      await settle(page);
    },
  },
  {
    name: 'go-to-nowhere',
    go: async ({ page }) => {
      await goTo(page).getByRole('combobox').fill('https://example.com/PIA24439');
      await goTo(page).getByText('example.com is no archive that Almagest knows.').waitFor();
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await goTo(page).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'health',
    go: async ({ page }) => {
      await search(page, 'moon');
      await seesResults(page);
      await command(page, 'Archive health');
      await page.getByRole('button', { name: 'Ask all now' }).click();
      await page.getByRole('row', { name: /PDS Registry/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'health-failed',
    go: async ({ page }) => {
      // The radio itself lies unseen under its words, which take the click.
      await only(page).getByRole('radio', { name: 'Slow and failed' }).click({ force: true });
      await page.getByRole('textbox', { name: 'Host, status or request' }).fill('504');
      await page
        .getByRole('grid', { name: /^Recent requests/ })
        .getByText('504 Gateway Timeout')
        .first()
        .waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Host, status or request' }).fill('');
      await only(page).getByRole('radio', { name: 'All' }).click({ force: true });
    },
  },
];
