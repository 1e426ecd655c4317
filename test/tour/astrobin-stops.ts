/** AstroBin's places: the image of the day, a search, a user, a collection; and what they say without a key. */
import type { Page } from 'playwright-core';
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';
import { searchField, settle, tile, type Stop } from './steps.ts';

/** Pictures of AstroBin are asked for once they are seen. */
async function seesPictures(page: Page, of: string): Promise<void> {
  await page.locator(`${of} img`).first().waitFor();
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('.unseen')].every((one) => {
        const tile = one.getBoundingClientRect();
        const view = one.closest('.scroller, [role="listbox"]')?.getBoundingClientRect();
        if (view === undefined) return true;
        const isBeside = tile.right <= view.left || tile.left >= view.right;
        return isBeside || tile.bottom <= view.top || tile.top >= view.bottom;
      }),
    undefined,
    { timeout: 60_000 },
  );
  await settle(page);
}

async function searchAstrobin(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+3');
  await page.getByRole('listbox', { name: /newest first$/ }).waitFor();
  await page.keyboard.press('Control+l');
  await searchField(page).fill(words);
  await page.keyboard.press('Enter');
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(words);
  await page.getByRole('option', { name: words }).first().waitFor();
  await page.keyboard.press('Enter');
}

export const astrobinStops: readonly Stop[] = [
  {
    name: 'astrobin-no-key',
    go: async ({ page }) => {
      await page.keyboard.press('Control+3');
      await page.getByRole('heading', { name: 'AstroBin asks for a key of your own' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-key',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Enter the key…' }).click();
      await page.getByRole('dialog').getByLabel('API key').fill(sampleAstrobinKey);
      await page.getByRole('dialog').getByLabel('API secret').fill(sampleAstrobinSecret);
      await page.getByText('Until Almagest is closed').click();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByRole('button', { name: 'Save and check' }).click();
      await page.getByText(/^Image of the day, /).waitFor();
    },
  },
  {
    name: 'astrobin-day',
    go: async ({ page }) => {
      await page.keyboard.press('Control+3');
      await page.getByRole('listbox', { name: /newest first$/ }).waitFor();
      await page.getByText(/^Image of the day, /).waitFor();
      await page.locator('.stage .picture').waitFor();
      await seesPictures(page, '[role="listbox"]');
    },
  },
  {
    name: 'astrobin-search',
    go: async ({ page }) => {
      await searchAstrobin(page, 'nebula');
      await tile(page, 0).waitFor();
      await seesPictures(page, '[role="grid"]');
    },
  },
  {
    name: 'astrobin-selection',
    go: async ({ page }) => {
      await tile(page, 1).click();
      await page.getByText('1 selected').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'astrobin-filter',
    go: async ({ page }) => {
      await page
        .getByRole('group', { name: 'Filters' })
        .getByRole('button', { name: 'More' })
        .click();
      await page.getByRole('menuitem', { name: 'Published' }).click();
      const form = page.getByRole('dialog', { name: 'Published' });
      await form.getByRole('textbox', { name: 'From' }).fill('2021-14');
      await form.getByRole('textbox', { name: 'From' }).press('Enter');
      await form.getByText('is no day such as').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Published' }).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'astrobin-empty',
    go: async ({ page }) => {
      await searchAstrobin(page, 'subject:qqzz');
      await page.getByRole('heading', { name: /^Nothing in AstroBin for/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-subject',
    go: async ({ page }) => {
      // Part of a name is enough for the service: M 1, M 10 and so on, more than it lists in the smallest sample too.
      await searchAstrobin(page, 'M1');
      await page.getByText('AstroBin stops at 100 images of a subject.').waitFor();
      await seesPictures(page, '[role="grid"]');
    },
  },
  {
    name: 'astrobin-user',
    go: async ({ page }) => {
      await command(page, 'AstroBin: image of the day');
      await page.locator('.facts [role="link"]').first().click();
      await page.getByRole('button', { name: 'About' }).click();
      await seesPictures(page, '[role="grid"]');
    },
  },
  {
    name: 'astrobin-users',
    go: async ({ page }) => {
      await command(page, 'AstroBin: users');
      await page.getByRole('heading', { name: /^Find a user/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-collections',
    go: async ({ page }) => {
      await command(page, 'AstroBin: collections');
      await page
        .getByRole('button', { name: /\d images?/ })
        .first()
        .waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-collection',
    go: async ({ page }) => {
      await page
        .getByRole('button', { name: /\d images?/ })
        .first()
        .click();
      await tile(page, 0).waitFor();
      await seesPictures(page, '[role="grid"]');
    },
  },
];
