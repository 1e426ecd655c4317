/**
 * The scripted walk through every view and state. The tour takes a picture at each stop; the accessibility
 * test examines each. One person walks in order: every stop begins where the one before it ended.
 */
import type { Page } from 'playwright-core';
import { acrossStops } from './across-stops.ts';
import { astrobinStops } from './astrobin-stops.ts';
import { astrobinImageStops } from './astrobin-image-stops.ts';
import { downloadStops } from './download-stops.ts';
import { filmStops } from './film-stops.ts';
import { findingStops } from './finding-stops.ts';
import { pdsLabelStops } from './pds-label-stops.ts';
import { pdsQueryStops } from './pds-query-stops.ts';
import { pdsStops } from './pds-stops.ts';
import {
  openRecord,
  restInspector,
  search,
  searchField,
  seesResults,
  setInspector,
  settle,
  tile,
  type Stop,
} from './steps.ts';

export type { Stop, Walk } from './steps.ts';

/** The radio itself lies unseen under its icon, which takes the click. */
async function chooseLayout(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name }).first().click({ force: true });
}

/** A record that no other stop opens. */
const agedSearch = 'comet';
const agedPlace = 5;

export const stops: readonly Stop[] = [
  {
    name: 'search-start',
    go: async ({ page }) => {
      await page.keyboard.press('Control+1');
      await page.getByRole('heading', { name: /^Search the NASA/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'gallery-loading',
    go: async ({ page, archive }) => {
      archive.isHeld = true;
      await search(page, 'nebula');
      await page.getByText('Asking NASA…').first().waitFor();
    },
    leave: async ({ page, archive }) => {
      archive.isHeld = false;
      await seesResults(page);
    },
  },
  {
    name: 'gallery',
    go: async ({ page }) => {
      await search(page, 'sample');
      await seesResults(page);
    },
  },
  {
    name: 'gallery-selection',
    go: async ({ page }) => {
      await tile(page, 1).click();
      await tile(page, 2).click({ modifiers: ['Control'] });
      await tile(page, 4).click({ modifiers: ['Control'] });
      await page.getByText('3 selected').waitFor();
      await settle(page);
    },
  },
  {
    name: 'gallery-menu',
    go: async ({ page }) => {
      await tile(page, 2).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await page.keyboard.press('b');
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'gallery-filter',
    go: async ({ page }) => {
      await page
        .getByRole('group', { name: 'Filters' })
        .getByRole('button', { name: /^Years/ })
        .click();
      await page.getByLabel('From', { exact: true }).fill('20x4');
      await page.getByLabel('From', { exact: true }).press('Enter');
      await page.getByText('is not a year').waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByLabel('From', { exact: true }).fill('1998');
      await page.getByLabel('To', { exact: true }).fill('2016');
      await page.getByLabel('To', { exact: true }).press('Enter');
      await page.getByText('1998 to 2016').first().waitFor();
      await seesResults(page);
    },
  },
  {
    name: 'gallery-square',
    go: async ({ page }) => {
      await chooseLayout(page, 'Square tiles');
      await settle(page);
    },
    leave: async ({ page }) => {
      await chooseLayout(page, 'Justified rows');
      await settle(page);
    },
  },
  {
    name: 'gallery-empty',
    go: async ({ page }) => {
      await search(page, 'apolo footprnt');
      await page.getByRole('heading', { name: /^Nothing in NASA Images/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'gallery-failed',
    go: async ({ page, archive }) => {
      archive.failWith = {
        status: 504,
        body: '<html><body><h1>504 Gateway Time-out</h1></body></html>',
      };
      await search(page, 'mars');
      await page.getByRole('heading', { name: 'NASA didn’t answer' }).waitFor({ timeout: 60_000 });
      await settle(page);
    },
    leave: async ({ page, archive }) => {
      archive.failWith = null;
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await seesResults(page);
    },
  },
  ...findingStops,
  {
    name: 'record',
    go: async ({ page }) => {
      await search(page, 'galaxy');
      await seesResults(page);
      await openRecord(page, 0);
    },
  },
  {
    name: 'record-zoomed',
    go: async ({ page }) => {
      await page.keyboard.press('z');
      await page.getByRole('toolbar', { name: 'Zoom' }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('z');
    },
  },
  {
    name: 'record-inspector',
    go: async ({ page }) => {
      const field = page.getByLabel('Filter the metadata');
      await setInspector(page, true);
      await field.fill('image');
      await field.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.getByLabel('Filter the metadata').fill('');
      await restInspector(page);
    },
  },
  {
    name: 'record-rendition',
    go: async ({ page }) => {
      // Beside the picture, where the inspector is not a drawer over it.
      if (!(await page.getByRole('button', { name: 'Small', exact: true }).isVisible())) return;
      await page.getByRole('button', { name: 'Small', exact: true }).click();
      await page.getByRole('button', { name: 'Choose by zoom' }).waitFor();
      const row = page.getByRole('grid', { name: 'Metadata' }).locator('[data-row="2"]');
      await row.focus();
      await settle(page);
    },
  },
  {
    name: 'record-loading',
    go: async ({ page, archive }) => {
      await search(page, 'saturn');
      await seesResults(page);
      archive.isHeld = true;
      await tile(page, 1).dblclick();
      await page.getByRole('toolbar', { name: 'Zoom' }).waitFor();
      await settle(page);
    },
    leave: async ({ page, archive }) => {
      archive.isHeld = false;
      await page.getByRole('button', { name: /^Save/ }).first().waitFor();
    },
  },
  {
    name: 'album',
    go: async ({ page }) => {
      await page.keyboard.press('Control+1');
      const open = page.getByRole('link', { name: /^Open the album/ });
      await search(page, 'galaxy');
      await seesResults(page);
      await openRecord(page, 0);
      await setInspector(page, true);
      for (let index = 0; index < 40; index += 1) {
        if (index > 0) {
          await page.keyboard.press(']');
          // Not in view where the window is narrow.
          await page
            .getByText(new RegExp(`^Record ${index + 1} of`))
            .waitFor({ state: 'attached' });
        }
        const inspector = page.locator('[data-pane="inspector"]');
        await inspector
          .getByRole('heading', { name: 'Metadata' })
          .or(inspector.getByRole('tab', { name: 'Metadata' }))
          .first()
          .waitFor();
        if ((await open.count()) > 0) break;
      }
      await open.first().click();
      await page.getByRole('heading', { level: 1, name: /^Album/ }).waitFor();
      await seesResults(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Alt+ArrowLeft');
      await page.getByLabel('Filter the metadata').waitFor({ state: 'attached' });
      await restInspector(page);
    },
  },
  {
    name: 'record-saving',
    go: async ({ page, archive }) => {
      await search(page, 'crater');
      await seesResults(page);
      await openRecord(page, 1);
      archive.fileBytesPerSecond = 60_000;
      await page.keyboard.press('Control+Alt+d');
      await page
        .getByText(/^Saving/)
        .first()
        .waitFor();
    },
  },
  ...filmStops,
  ...pdsStops,
  ...pdsLabelStops,
  ...pdsQueryStops,
  ...astrobinStops,
  ...astrobinImageStops,
  ...acrossStops,
  ...downloadStops,
  {
    name: 'library',
    go: async ({ page }) => {
      await page.keyboard.press('Control+4');
      await seesResults(page);
      await tile(page, 0).click();
      await settle(page);
    },
  },
  {
    name: 'library-nothing-found',
    go: async ({ page }) => {
      await page.keyboard.press('Control+l');
      await searchField(page).fill('qqzz');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /^Nothing kept has/ }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'library-empty',
    go: async ({ page }) => {
      await page.keyboard.press('Alt+ArrowLeft');
      await seesResults(page);
      await page.keyboard.press('F6');
      await tile(page, 0).click();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.getByRole('heading', { name: 'Nothing kept yet' }).waitFor();
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Control+z');
      await seesResults(page);
    },
  },
  ...['Files', 'Archives', 'Appearance', 'Shortcuts', 'Cache and data'].map((section): Stop => ({
    name: `settings-${section.toLowerCase().replaceAll(' ', '-')}`,
    go: async ({ page }) => {
      await page.keyboard.press('Control+,');
      const sections = page.getByRole('navigation', { name: 'Sections of the settings' });
      await sections.getByText(section, { exact: true }).click();
      await page.getByRole('heading', { name: section }).first().waitFor();
      await settle(page);
    },
  })),
  {
    name: 'palette',
    go: async ({ page }) => {
      await search(page, 'nebula');
      await seesResults(page);
      await tile(page, 1).click();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
      await page.keyboard.type('co');
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'text-200',
    go: async ({ page }) => {
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('Control+=');
      await seesResults(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Control+0');
      await settle(page);
    },
  },
  {
    name: 'offline',
    go: async ({ page, archive }) => {
      // A record that is past its age at once: it is opened again without the archive.
      archive.maxAgeSeconds = 0;
      await search(page, agedSearch);
      await seesResults(page);
      await openRecord(page, agedPlace);
      archive.maxAgeSeconds = null;
      await archive.goAway();
      await search(page, 'ganymede');
      await page
        .getByRole('heading', { name: /didn’t answer|offline/ })
        .waitFor({ timeout: 60_000 });
      await settle(page);
    },
  },
  {
    name: 'record-offline',
    go: async ({ page }) => {
      await search(page, agedSearch);
      await seesResults(page);
      await openRecord(page, agedPlace);
      await page.getByText(/This is the record as kept/).waitFor({ timeout: 60_000 });
      await settle(page);
    },
    leave: async ({ archive }) => archive.comeBack(),
  },
];
