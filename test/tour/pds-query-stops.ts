/** Queries of the registry: the first page, one that is built, its results, and a mistake with what helps. */
import type { Page } from 'playwright-core';
import { settle, type Stop } from './steps.ts';

const query =
  '((lid like "urn:nasa:pds:sample_radiometer*")\n' +
  'and (pds:Time_Coordinates.pds:start_date_time ge "2000-01-01T00:00:00Z"))';

async function openQuery(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('PDS query');
  await page.getByRole('option', { name: 'PDS query' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Query', exact: true }).waitFor();
}

export const pdsQueryStops: readonly Stop[] = [
  {
    name: 'pds-query-start',
    go: async ({ page }) => {
      await openQuery(page);
      await page.getByRole('heading', { name: /^Ask the registry/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'pds-query',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'An empty query' }).click();
      await page.getByRole('textbox', { name: 'The query as text' }).fill(query);
      await page.getByRole('group', { name: /start_date_time is at or after/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'pds-query-results',
    go: async ({ page }) => {
      await page.keyboard.press('Control+Enter');
      const table = page.getByRole('grid', { name: 'Products found' });
      await table.locator('[data-row="0"]').click();
      await settle(page);
    },
  },
  {
    name: 'pds-query-mistake',
    go: async ({ page }) => {
      const field = page.getByRole('combobox', { name: 'Property' }).nth(1);
      await field.click();
      await field.fill('pds:Time_Coordinate.pds:start_date_time');
      await page.getByText('Did you mean:').waitFor();
      await page.getByRole('heading', { name: 'Line 2: unknown property' }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByText('Did you mean:').waitFor({ state: 'hidden' });
    },
  },
];
