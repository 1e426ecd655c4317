/** Stops of the tour in the NASA gallery: filters, a kept copy, all results and what could not be reached. */
import { command, search, seesResults, settle, tile, type Stop } from './steps.ts';

/** The archive counts as many hits as one past its wall would have. */
function pastTheWall(url: string, body: string): string {
  return url.startsWith('/search')
    ? body.replace(/"total_hits":\s*\d+/, '"total_hits":28486')
    : body;
}

/** The first record has gone since the copy was kept. */
function withoutFirst(url: string, body: string): string {
  if (!url.startsWith('/search')) return body;
  const answer = JSON.parse(body) as { collection: { items: unknown[] } };
  answer.collection.items.shift();
  return JSON.stringify(answer);
}

export const findingStops: readonly Stop[] = [
  {
    name: 'gallery-suggestions',
    go: async ({ page }) => {
      await search(page, 'nebula');
      await seesResults(page);
      await page
        .getByRole('group', { name: 'Filters' })
        .getByRole('button', { name: /^Centre/ })
        .click();
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'gallery-preview',
    go: async ({ page }) => {
      await tile(page, 2).click();
      await page.keyboard.press('Space');
      await page.getByRole('dialog', { name: /^Preview: / }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Space');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'gallery-wall',
    go: async ({ page, archive }) => {
      archive.rewrite = pastTheWall;
      await search(page, 'launch');
      await page.getByText('NASA lists the first 10,000 of 28,486.').first().waitFor();
      await seesResults(page);
    },
    leave: async ({ archive }) => {
      archive.rewrite = null;
    },
  },
  {
    name: 'gallery-listing',
    go: async ({ page, archive }) => {
      await search(page, 'planet');
      await seesResults(page);
      archive.isHeld = true;
      archive.holdOnly = /[?&]page=3\b/;
      await command(page, 'List all results');
      await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
      await page
        .getByText(/^[1-9][\d,]* of/)
        .first()
        .waitFor();
      await seesResults(page);
    },
  },
  {
    name: 'gallery-paused',
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByText(/^Paused at/).waitFor();
      await settle(page);
    },
    leave: async ({ archive }) => {
      archive.isHeld = false;
      archive.holdOnly = null;
    },
  },
  {
    name: 'gallery-partial',
    go: async ({ page, archive }) => {
      archive.failWith = { status: 500, body: '{"reason":"Internal error"}' };
      archive.failOnly = /[?&]page=2\b/;
      await search(page, 'earth');
      await seesResults(page);
      await command(page, 'List all results');
      await page.getByText(/could not be reached\.$/).waitFor({ timeout: 120_000 });
      await seesResults(page);
    },
  },
  {
    name: 'gallery-gaps',
    go: async ({ page }) => {
      await page.getByRole('link', { name: 'Show gaps' }).click();
      await page.getByRole('dialog').waitFor();
      await settle(page);
    },
    leave: async ({ page, archive }) => {
      archive.failWith = null;
      archive.failOnly = null;
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'gallery-all',
    go: async ({ page }) => {
      await page.getByRole('button', { name: /^Try / }).click();
      await page.getByText(/results, all listed/).waitFor({ timeout: 60_000 });
      await page.keyboard.press('Control+a');
      await page.getByText(/selected$/).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'gallery-newer',
    go: async ({ page, archive }) => {
      archive.maxAgeSeconds = 0;
      await search(page, 'saturn');
      await seesResults(page);
      await search(page, 'comet');
      await seesResults(page);
      archive.rewrite = withoutFirst;
      archive.isHeld = true;
      await search(page, 'saturn');
      await seesResults(page);
      archive.isHeld = false;
      await page.getByRole('link', { name: 'Newer results' }).waitFor();
      await settle(page);
    },
    leave: async ({ archive }) => {
      archive.rewrite = null;
    },
  },
  {
    name: 'gallery-copy',
    go: async ({ page, archive }) => {
      await archive.goAway();
      await search(page, 'comet');
      await page
        .getByText(/kept from/)
        .first()
        .waitFor({ timeout: 90_000 });
      await seesResults(page);
    },
    leave: async ({ page, archive }) => {
      await archive.comeBack();
      archive.maxAgeSeconds = null;
      await page
        .getByRole('button', { name: /^(Try|Check) again$/ })
        .first()
        .click();
      await page
        .getByText(/kept from/)
        .first()
        .waitFor({ state: 'hidden' });
    },
  },
];
