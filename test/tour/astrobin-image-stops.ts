/** One image of AstroBin: the picture, its plate solution, and both together. */
import type { Page } from 'playwright-core';
import { astrobinAsker } from '../support/astrobin-sample.ts';
import type { SteeredArchive } from '../support/steered-archive.ts';
import { restInspector, searchField, setInspector, settle, type Stop } from './steps.ts';

interface Row {
  hash: string | null;
  title: string;
  w: number;
  h: number;
  pixscale: string | null;
}

/** A solved image of the Andromeda Galaxy that nearly fills its frame; hashes hang on the sample's seed. */
export async function findHash({ base }: SteeredArchive): Promise<string> {
  const { json } = astrobinAsker(() => `${base}/astrobin`);
  const { objects } = await json<{ objects: Row[] }>('/image/', 'subjects=M31&limit=25');
  const fits = ({ hash, w, h, pixscale }: Row): boolean =>
    hash !== null &&
    /\d/.test(hash) &&
    /[a-z]/.test(hash) &&
    w > h &&
    (w * Number(pixscale)) / 3600 < 8;
  const found = objects.find(fits)?.hash ?? null;
  if (found === null) throw new Error('the sample has no solved image of M 31');
  return found;
}

const modes = (page: Page) => page.getByRole('radiogroup', { name: 'What is shown' });
/** The radio itself lies unseen under its word, which takes the click. */
const choose = (page: Page, mode: 'Image' | 'Solution' | 'Both'): Promise<void> =>
  modes(page).getByRole('radio', { name: mode }).click({ force: true });

export const astrobinImageStops: readonly Stop[] = [
  {
    name: 'astrobin-image',
    go: async ({ page, archive }) => {
      await page.keyboard.press('Control+3');
      await page.keyboard.press('Control+l');
      await searchField(page).fill(await findHash(archive));
      await page.keyboard.press('Enter');
      await modes(page).waitFor();
      await page.locator('img.ready').first().waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-image-solution',
    go: async ({ page }) => {
      await choose(page, 'Solution');
      await page.getByRole('img', { name: /^Grid of right ascension/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'astrobin-image-both',
    go: async ({ page }) => {
      await choose(page, 'Both');
      await page
        .getByRole('toolbar', { name: 'Plate solution' })
        .getByRole('button', { name: 'Crosshair' })
        .click();
      await page.getByText('at the crosshair, J2000').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'astrobin-image-related',
    go: async ({ page }) => {
      await setInspector(page, true);
      const related = page.getByRole('region', { name: 'Related' });
      await related.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await settle(page);
    },
    leave: async ({ page }) => restInspector(page),
  },
];
