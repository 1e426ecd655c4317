/**
 * AstroBin's places in a real browser over a core in memory, when something is not as it should be: the day's limit, a
 * listing that breaks off, parameters that would not be heeded, a restart. Skipped with a printed reason where there is no
 * Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('astrobin-trouble.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const searchOf = (...params: [string, string][]) => ({ view: 'astrobin', params });
const dayRoute = { view: 'astrobin-day', kind: 'imageoftheday' };
const limitTitle = 'AstroBin’s limit for today is used up';

interface Place {
  route: unknown;
  memory: unknown;
}

describe.skipIf(!hasChromium)('trouble at AstroBin', () => {
  const { open, called } = useRenderer();
  const tile = (page: Page, index: number) =>
    page.getByRole('grid').locator(`[data-index="${index}"]`);
  const openAt = (route: object, knobs: Knobs = {}): Promise<Page> =>
    open({ route: JSON.stringify(route), ...knobs });

  const placeNow = (page: Page): Promise<Place | null> =>
    page.evaluate(() => {
      const state = JSON.parse(window.fakeCore?.uiState() ?? 'null') as {
        entries: { route: unknown; memory: unknown }[];
        index: number;
      } | null;
      return state?.entries[state.index] ?? null;
    });
  const memoryNow = async (page: Page) => JSON.stringify((await placeNow(page))?.memory ?? {});

  /** Another window, which begins where this one was. */
  async function restart(page: Page): Promise<Page> {
    const { route, memory } = (await placeNow(page)) ?? { route: {}, memory: {} };
    return open({ route: JSON.stringify(route), memory: JSON.stringify(memory) });
  }

  describe('the limit of the day', () => {
    test.each([
      ['the image of the day', dayRoute],
      ['a search', searchOf(['subjects', 'M 31'])],
      ['a user', { view: 'astrobin-user', username: 'Observer 4' }],
      ['the collections', { view: 'astrobin-collections', user: null }],
      ['a collection', { view: 'astrobin-collection', id: 2 }],
    ])(
      'is told in the place of %s, with when it goes on and what still works',
      async (_name, at) => {
        const page = await openAt(at, { left: '0' });
        await page.getByRole('heading', { name: limitTitle }).waitFor();
        await page.getByText(/It goes on at \d\d:\d\d, in /).waitFor();
        await page.getByRole('button', { name: 'Archive settings' }).waitFor();
        expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
        await page.getByRole('button', { name: 'Show what is kept' }).click();
        await until(async () => (await placeNow(page))?.route).toMatchObject({ view: 'library' });
      },
    );

    test('leaves what was kept in its place, with its age and no button that could not help', async () => {
      const page = await openAt(searchOf(), { left: '0', copy: 'same' });
      await page.getByText('Today’s limit of AstroBin is used up.').waitFor();
      await tile(page, 0).waitFor();
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      expect(await examineThemes(page)).toEqual([]);
      const day = await openAt(dayRoute, { left: '0', copy: 'same' });
      await day.getByText('Today’s limit of AstroBin is used up.').waitFor();
      await day.getByRole('heading', { level: 1, name: 'Orion Nebula #0' }).waitFor();
      expect(await examineThemes(day, ['dark', 'light'])).toEqual([]);
    });

    test('is told over an image that is kept, with when it goes on', async () => {
      const route = { view: 'record', ref: 'astrobin:h0003x', from: null };
      const page = await openAt(route, { left: '0', copy: 'same' });
      await page.getByText('Today’s limit of AstroBin is used up.').waitFor();
      await page.getByText(/It goes on at \d\d:\d\d, in /).waitFor();
      expect(await page.getByText('AstroBin didn’t answer.').count()).toBe(0);
    });

    test('is told of an image that was never read, with a way back', async () => {
      const from = { label: 'AstroBin’s newest', index: 3, source: searchOf() };
      const page = await openAt({ view: 'record', ref: 'astrobin:h0003x', from }, { left: '0' });
      await page
        .getByText(/AstroBin’s limit for today is used up/)
        .first()
        .waitFor();
      expect(await examineThemes(page, ['dark', 'light'])).toEqual([]);
    });
  });

  test('a listing of all that breaks off keeps what came, says why, and goes on', async () => {
    const page = await openAt(searchOf(['subjects', 'M 31']), { crawl: 'breaks' });
    await page.getByRole('button', { name: 'List all by dates…' }).click();
    await page.getByRole('button', { name: 'List all', exact: true }).click();
    await page.getByText('The listing stopped at 50 images.').waitFor();
    const bar = page.getByRole('status').filter({ hasText: 'The listing stopped' });
    expect(await bar.textContent()).toContain('AstroBin didn’t answer. We tried three times');
    await tile(page, 0).waitFor();
    expect(await examineThemes(page, ['dark', 'light'])).toEqual([]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('All 120 images listed.').waitFor();
    expect(await called(page, 'almagest:astrobin.openCrawl')).toHaveLength(2);
  });

  describe('parameters that would not be heeded', () => {
    test('nothing is sent, each mistake is told, and the search goes on without it', async () => {
      const page = await openAt(searchOf(['titel', 'Veil'], ['user', 'Observer 3']));
      await page.getByRole('heading', { name: 'This search can’t be sent as it is' }).waitFor();
      await page.getByText('Did you mean title?').waitFor();
      expect(await called(page, 'almagest:astrobin.images')).toEqual([]);
      expect(await examineThemes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Without titel' }).click();
      await tile(page, 0).and(page.getByLabel('Orion Nebula #0')).waitFor();
      expect((await placeNow(page))?.route).toEqual(searchOf(['user', 'Observer 3']));
    });

    test('a mistake in a form stays at its field, and what is shown stays too', async () => {
      const page = await openAt(searchOf(['title__iregex', '^The']));
      await tile(page, 0).waitFor();
      await page.getByRole('button', { name: /^Title: matches/ }).click();
      const form = page.getByRole('dialog', { name: 'Title' });
      const field = form.getByRole('textbox', { name: 'Title' });
      expect(await field.inputValue()).toBe('^The');
      await field.fill('(The');
      await field.press('Enter');
      await form.getByText('“(The” is no regular expression').waitFor();
      expect(await field.inputValue()).toBe('(The');
      expect(await called(page, 'almagest:astrobin.images')).toHaveLength(1);
      await tile(page, 0).waitFor();
    });
  });

  describe('a restart', () => {
    test('comes back to the day that was looked at', async () => {
      const page = await openAt(dayRoute);
      const strip = (one: Page) => one.getByRole('listbox');
      await strip(page).locator('[data-index="3"]').click();
      await page.getByRole('heading', { level: 1, name: 'Saturn at opposition #3' }).waitFor();
      await until(() => memoryNow(page)).toContain('"astrobin.day":3');
      const again = await restart(page);
      await again.getByRole('heading', { level: 1, name: 'Saturn at opposition #3' }).waitFor();
      const chosen = strip(again).locator('[aria-selected="true"]');
      await until(() => chosen.getAttribute('data-index')).toBe('3');
    });

    test.each([
      ['a search', searchOf(['user', 'Observer 3'], ['order_by', 'uploaded'])],
      ['a user', { view: 'astrobin-user', username: 'Observer 4' }],
    ])('comes back to %s, deep in its images', async (_name, at) => {
      const page = await openAt(at);
      await tile(page, 0).and(page.getByLabel(/#0$/)).focus();
      await page.keyboard.press('Control+End');
      // Past the first 25, where more are asked for.
      const index = Number(await page.locator('[data-index]:focus').getAttribute('data-index'));
      expect(index).toBeGreaterThan(25);
      await tile(page, index)
        .and(page.getByLabel(new RegExp(`#${String(index)}$`)))
        .waitFor();
      await page.keyboard.press('Control+Space');
      await until(() => memoryNow(page)).toContain(`"current":${String(index)}`);
      const selected = new RegExp(`"astrobin\\.selection":[^}]*\\b${String(index)}\\b`);
      await until(() => memoryNow(page)).toMatch(selected);
      const again = await restart(page);
      await tile(again, index).and(again.locator('[aria-selected="true"]')).waitFor();
      const hasFocus = () => tile(again, index).evaluate((one) => one === document.activeElement);
      await until(hasFocus).toBe(true);
      expect((await placeNow(again))?.route).toEqual(at);
    });

    test('comes back to a collection and to the list of them', async () => {
      const page = await openAt({ view: 'astrobin-collection', id: 2 });
      await tile(page, 4).click();
      await until(() => memoryNow(page)).toContain('"current":4');
      const again = await restart(page);
      await again.getByRole('heading', { name: 'Collection 2' }).waitFor();
      await tile(again, 4).and(again.locator('[aria-selected="true"]')).waitFor();
      const list = await openAt({ view: 'astrobin-collections', user: 'Observer 4' });
      await list.getByRole('button', { name: /^Collection 9/ }).waitFor();
      const back = await restart(list);
      await back.getByRole('heading', { name: 'Collections of Observer 4' }).waitFor();
    });
  });
});
