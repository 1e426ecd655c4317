/** The registry's tree and the inspector of a product, with what they say where there is nothing. */
import type { Locator, Page } from 'playwright-core';
import { restInspector, searchField, setInspector, settle, type Stop } from './steps.ts';

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: /^Bundles/ });
/** Loaded rows of a level, from 1; which bundles there are is the archive's affair. */
const nodes = (page: Page, level: number): Locator =>
  tree(page).locator(`[data-kind="node"][aria-level="${level}"]`);
const heading = (page: Page, name: RegExp): Locator => page.getByRole('heading', { name });

async function look(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+l');
  await searchField(page).fill(text);
  await page.keyboard.press('Enter');
}

/** The first node of a level, opened by the keyboard, which is on it already. */
async function openInto(page: Page, level: number): Promise<void> {
  await page.keyboard.press('ArrowRight');
  await nodes(page, level).first().waitFor();
}

export const pdsStops: readonly Stop[] = [
  {
    name: 'pds-tree',
    go: async ({ page }) => {
      await page.keyboard.press('Control+2');
      await nodes(page, 1).first().waitFor();
      await page
        .getByText(/bundles?$/)
        .first()
        .waitFor();
      await settle(page);
    },
  },
  {
    name: 'pds-tree-open',
    go: async ({ page }) => {
      await nodes(page, 1).first().click();
      await openInto(page, 2);
      await page.keyboard.press('ArrowDown');
      await openInto(page, 3);
      await settle(page);
    },
  },
  {
    name: 'pds-product',
    go: async ({ page }) => {
      await nodes(page, 3).first().click();
      await setInspector(page, true);
      await page.getByRole('tab', { name: 'Overview' }).waitFor();
      await heading(page, /^Versions$/).waitFor();
      await page.getByText('newest', { exact: true }).first().waitFor();
      await settle(page);
    },
    leave: async ({ page }) => restInspector(page),
  },
  {
    name: 'pds-filter',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Target', exact: true }).click();
      await page.getByRole('option').first().waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'pds-superseded',
    go: async ({ page }) => {
      await page.getByRole('switch', { name: 'Superseded' }).click();
      await page.getByRole('switch', { name: 'Superseded', checked: true }).waitFor();
      await nodes(page, 3).first().waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByRole('switch', { name: 'Superseded' }).click();
      await nodes(page, 1).first().waitFor();
    },
  },
  {
    name: 'pds-not-found',
    go: async ({ page }) => {
      await look(page, 'urn:nasa:pds:no_such_bundle:data:product::1.0');
      await heading(page, /^The registry has no such product$/).waitFor();
      await settle(page);
    },
  },
  {
    name: 'pds-empty',
    go: async ({ page }) => {
      await look(page, 'zebra crossing');
      await heading(page, /^No bundle has “zebra crossing”$/).waitFor();
      await settle(page);
    },
  },
];
