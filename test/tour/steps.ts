/** Pure. What the stops of the tour are made of. */
import type { Locator, Page } from 'playwright-core';
import type { SteeredArchive } from '../support/steered-archive.ts';

export interface Walk {
  page: Page;
  archive: SteeredArchive;
  /** Where files are saved, for stops that need one to be there. */
  downloadsDir: string;
}

export interface Stop {
  /** File name of the picture, and name of the test. */
  name: string;
  go(walk: Walk): Promise<void>;
  /** Puts the window back into a state from which the walk goes on. */
  leave?(walk: Walk): Promise<void>;
}

export const searchField = (page: Page): Locator => page.getByRole('searchbox').first();
export const tile = (page: Page, index: number): Locator =>
  page.getByRole('grid').locator(`[data-index="${index}"]`);

export async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+l');
  await searchField(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Every picture in view is there (or has failed), so that the stop shows what a person sees. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      [...document.images]
        .filter((image) => image.checkVisibility())
        .every((image) => image.complete),
    undefined,
    // Without the archive a picture fails only after all its tries.
    { timeout: 60_000 },
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // What fades in or slides is seen when it has arrived.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined),
  );
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
}

export async function seesResults(page: Page): Promise<void> {
  await tile(page, 0).waitFor();
  await page
    .locator('[data-index="0"][aria-label="Not loaded yet"]')
    .waitFor({ state: 'detached' });
  await settle(page);
}

export async function openRecord(page: Page, index: number): Promise<void> {
  await tile(page, index).dblclick();
  await page
    .getByRole('heading', { name: 'Renditions' })
    .or(page.getByRole('button', { name: 'Inspector' }))
    .first()
    .waitFor();
  await page.getByRole('button', { name: /^Save/ }).first().waitFor();
  await settle(page);
}

/** Opens or closes the inspector, by the state that its button shows; the pane's content comes later. */
export async function setInspector(page: Page, isOpen: boolean): Promise<void> {
  const button = page.getByRole('button', { name: 'Inspector', exact: true });
  await button.waitFor();
  if ((await button.getAttribute('aria-pressed')) !== String(isOpen)) await button.click();
  await page.locator('[data-pane="inspector"]').waitFor({ state: isOpen ? 'visible' : 'hidden' });
}

/** The inspector where it lies beside the view; a drawer that would lie over what comes next is closed. */
export async function restInspector(page: Page): Promise<void> {
  if (await page.evaluate(() => window.innerWidth < 1000)) await setInspector(page, false);
}

/** Runs a command of the palette by its words. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill(words);
  await page.getByRole('option', { name: words }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Plans the first so many results of a search, up to where they can be added to the queue. */
export async function planDownload(page: Page, text: string, count: number): Promise<void> {
  await search(page, text);
  await seesResults(page);
  await tile(page, 0).click();
  for (let more = 1; more < count; more += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.getByText(`${count} selected`).waitFor();
  await page.keyboard.press('Control+d');
  await page.getByRole('button', { name: /^Add \d+ to downloads/ }).waitFor();
}
