/** The label of a product: as a tree, searched, as text, by XPath. */
import type { Locator, Page } from 'playwright-core';
import { restInspector, searchField, setInspector, settle, type Stop } from './steps.ts';

/** A bundle of the sample archive's registry. */
const bundle = 'urn:nasa:pds:sample_radiometer';

const rows = (page: Page): Locator =>
  page.getByRole('treegrid', { name: 'Elements of the label' }).getByRole('row');
/** The radio itself lies unseen under its word, which takes the click. */
const show = (page: Page, tab: 'Tree' | 'Source'): Promise<void> =>
  page.getByRole('radio', { name: tab }).click({ force: true });

export const pdsLabelStops: readonly Stop[] = [
  {
    name: 'pds-label',
    go: async ({ page }) => {
      await page.keyboard.press('Control+2');
      await page.keyboard.press('Control+l');
      await searchField(page).fill(bundle);
      await page.keyboard.press('Enter');
      await setInspector(page, true);
      await page
        .locator('[data-pane="inspector"]')
        .getByRole('button', { name: 'Label', exact: true })
        .click();
      await rows(page).nth(3).waitFor();
      await restInspector(page);
      await settle(page);
    },
  },
  {
    name: 'pds-label-search',
    go: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('version');
      await page.keyboard.press('Enter');
      await rows(page).locator('mark').first().waitFor();
      await settle(page);
    },
  },
  {
    name: 'pds-label-source',
    go: async ({ page }) => {
      await show(page, 'Source');
      await page
        .getByRole('listbox', { name: 'Source of the label' })
        .locator('[aria-selected="true"]')
        .waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await show(page, 'Tree');
      await rows(page).first().waitFor();
    },
  },
  {
    name: 'pds-label-xpath',
    go: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('//pds:title');
      await page.getByText('Match', { exact: true }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.press('Escape');
    },
  },
];
