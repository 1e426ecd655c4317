/**
 * The registry of commands, walked: every command is offered by the palette in some place, and can be given a key in the
 * settings. (That the menu has each is in test/unit/shell/menu-template.test.ts.)
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { commandIds, commandSpecs } from '#contract/commands.ts';
import { fakeAstrobinRef } from '#test/support/fake-astrobin.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { fakeCard } from '#test/support/fake-records.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('registry.test.ts');

const imageRef = fakeCard(0).record.ref;
const filmRef = fakeCard(9).record.ref;
const labelRef = 'pds:urn:nasa:pds:made_0:data_derived:rad_der_0000000::1.0';

/** Thirteen windows, one after the other, on a machine that may be slow. */
const manyPagesMs = 180_000;

/** A place of each kind, and what must be there before its commands are. */
const places: [
  route: Record<string, unknown>,
  knobs: Knobs,
  ready: (page: Page) => Promise<void>,
][] = [
  [
    { view: 'nasa', query: { q: 'moon' } },
    {},
    (page) => page.getByRole('gridcell').first().waitFor(),
  ],
  [
    { view: 'nasa', query: { q: 'moon' }, all: true },
    {},
    (page) => page.getByRole('gridcell').first().waitFor(),
  ],
  [
    { view: 'record', ref: imageRef, from: null },
    {},
    (page) => page.getByRole('button', { name: /Zoom in/ }).waitFor(),
  ],
  [{ view: 'record', ref: filmRef, from: null }, {}, (page) => page.locator('video').waitFor()],
  [
    { view: 'record', ref: fakeAstrobinRef(0), from: null },
    {},
    (page) => page.getByRole('button', { name: /Zoom in/ }).waitFor(),
  ],
  [{ view: 'pds', filter: {} }, {}, (page) => page.locator('[data-index="0"]').waitFor()],
  [
    { view: 'pds-query', q: 'lid like "urn:nasa:*"' },
    {},
    (page) => page.getByRole('button', { name: /^Run/ }).waitFor(),
  ],
  [
    { view: 'pds-label', ref: labelRef },
    {},
    (page) => page.getByRole('treegrid').locator('[data-index="0"]').waitFor(),
  ],
  [{ view: 'captions', text: 'orbit' }, {}, (page) => page.locator('main').waitFor()],
  [{ view: 'library', text: '' }, {}, (page) => page.locator('main').waitFor()],
  [{ view: 'downloads' }, {}, (page) => page.locator('main').waitFor()],
  [
    { view: 'astrobin-day', kind: 'imageoftheday' },
    {},
    (page) => page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' }),
  ],
  [
    { view: 'astrobin', params: [['subjects', 'M31']] },
    {},
    (page) => page.getByRole('gridcell').first().waitFor(),
  ],
];

describe.skipIf(!hasChromium)('the registry of commands', () => {
  const { open } = useRenderer();

  async function offered(page: Page): Promise<string[]> {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('option').first().waitFor();
    return palette
      .getByRole('option')
      .evaluateAll((options) => options.map(({ textContent }) => textContent));
  }

  test(
    'the palette offers each of them in some place',
    async () => {
      const found: string[] = [];
      for (const [route, knobs, ready] of places) {
        const page = await open({ route: JSON.stringify(route), ...knobs });
        await ready(page);
        found.push(...(await offered(page)));
        await page.close();
      }
      const missing = commandIds.filter(
        (id) =>
          id !== 'app.palette' && !found.some((text) => text.includes(commandSpecs[id].title)),
      );
      expect(missing).toEqual([]);
    },
    manyPagesMs,
  );

  test('the settings list each of them with its key or a way to give it one', async () => {
    const page = await open({ route: JSON.stringify({ view: 'settings', section: 'shortcuts' }) });
    await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
    for (const id of commandIds) {
      const { title } = commandSpecs[id];
      expect([id, await page.getByText(title, { exact: true }).count()]).not.toEqual([id, 0]);
    }
  });
});
