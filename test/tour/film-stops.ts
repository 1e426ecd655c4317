/** Films with their captions, and the captions of all of them searched together. */
import type { Locator, Page } from 'playwright-core';
import { openRecord, search, seesResults, settle, type Stop } from './steps.ts';

const cues = (page: Page): Locator => page.getByRole('listbox', { name: 'Captions' });
const inspectorButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Inspector', exact: true });

/** Place of the first film of the search that the archive has no captions for. */
async function filmWithoutCaptions(base: string): Promise<number> {
  const answer = await fetch(`${base}/search?q=short%20film&page_size=100`);
  const { collection } = (await answer.json()) as {
    collection: { items: { data: { nasa_id: string; media_type: string }[] }[] };
  };
  for (const [index, { data }] of collection.items.entries()) {
    const [record] = data;
    if (record?.media_type !== 'video') continue;
    const captions = await fetch(`${base}/captions/${encodeURIComponent(record.nasa_id)}`);
    if (captions.status === 404) return index;
  }
  throw new Error('every film has captions');
}

/** Opens the film at this place of the sample archive's films, with its inspector in sight. */
async function openFilm(page: Page, index: number): Promise<void> {
  await search(page, 'short film');
  await seesResults(page);
  await openRecord(page, index);
  const tab = page.getByRole('tab', { name: 'Captions' });
  if (!(await tab.isVisible())) await inspectorButton(page).click();
  await tab.waitFor();
}

/** A drawer would lie over what comes next. */
async function closeDrawer(page: Page): Promise<void> {
  if (await page.evaluate(() => window.innerWidth < 1000)) await inspectorButton(page).click();
}

export const filmStops: readonly Stop[] = [
  {
    name: 'film',
    go: async ({ page }) => {
      await openFilm(page, 0);
      await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
      await cues(page).locator('[data-cue="3"]').click();
      await cues(page).locator('[aria-current="time"]').waitFor();
      await page.waitForFunction(() => document.querySelector('video')?.seeking === false);
      await settle(page);
    },
  },
  {
    name: 'film-search',
    go: async ({ page }) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('the');
      await page.keyboard.press('Enter');
      await cues(page).locator('mark').first().waitFor();
      await settle(page);
    },
  },
  {
    name: 'film-quote',
    go: async ({ page }) => {
      await page.keyboard.press('Escape');
      await cues(page).locator('[data-cue="3"]').click();
      await cues(page)
        .locator('[data-cue="4"]')
        .click({ modifiers: ['Shift'] });
      await page.getByRole('button', { name: 'Copy quote' }).click();
      await page.getByText(/^Quote of/).waitFor();
      await settle(page);
    },
  },
  {
    name: 'film-export',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Export the captions' }).click();
      await page.getByRole('menu').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'film-files',
    go: async ({ page }) => {
      await page.getByRole('tab', { name: 'Files' }).click();
      await page.getByRole('heading', { name: 'Renditions' }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByRole('tab', { name: 'Captions' }).click();
      await closeDrawer(page);
    },
  },
  {
    name: 'film-no-captions',
    go: async ({ page, archive }) => {
      await openFilm(page, await filmWithoutCaptions(archive.base));
      await page.getByRole('tab', { name: 'Captions' }).click();
      await page.getByRole('heading', { name: 'No captions for this video' }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => closeDrawer(page),
  },
  {
    name: 'captions-start',
    go: async ({ page }) => {
      await page.keyboard.press('Control+Shift+f');
      await page.getByText(/transcripts? kept on this computer/).waitFor();
      await settle(page);
    },
  },
  {
    name: 'captions-found',
    go: async ({ page }) => {
      await page.keyboard.type('the');
      await page.keyboard.press('Enter');
      await page.getByRole('listbox', { name: 'Captions found' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'captions-nothing-found',
    go: async ({ page }) => {
      await page.keyboard.press('Control+l');
      await page.keyboard.type('zebra crossing');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /^No caption has/ }).waitFor();
      await settle(page);
    },
  },
];
