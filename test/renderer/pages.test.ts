/**
 * The record and the library in a real browser over a core in memory: by keyboard, and axe
 * over each of their states in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { settle } from '#test/support/renderer-harness.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const recordRoute = (index: number) =>
  JSON.stringify({
    view: 'record',
    ref: `nasa:GSFC_2017${String(index).padStart(6, '0')}`,
    from: { label: '“stars”', index, source: { view: 'nasa', query: { q: 'stars' } } },
  });
const libraryRoute = (text = '') => JSON.stringify({ view: 'library', text });

describe.skipIf(!hasBrowser('pages.test.ts'))('pages', () => {
  const { address, called: asked, open } = useRenderer();

  const called = (page: Page, name: string) => asked(page, `almagest:${name}`);

  const openRecord = async (index: number, knobs: Knobs = {}) => {
    const page = await open({ route: recordRoute(index), ...knobs });
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };
  const picture = (page: Page) => page.getByRole('application', { name: 'Picture' });
  const percent = (page: Page) => page.getByRole('toolbar', { name: 'Zoom' }).locator('output');

  describe('a record', () => {
    test('is zoomed and moved by keys; the larger file takes over in the same place', async () => {
      const page = await openRecord(2);
      await until(() => percent(page).textContent()).toBe('17 %');
      const seen = page.locator('img.ready').last();
      await page.keyboard.press('Z');
      await until(() => percent(page).textContent()).toBe('100 %');
      await until(() => page.locator('.plate').textContent()).toContain('Original, 4200 × 3000');
      expect(await seen.getAttribute('alt')).toBe('A Star-Formation Laboratory');
      expect(await page.locator('img[alt="A Star-Formation Laboratory"]').count()).toBe(1);
      await picture(page).focus();
      const before = await seen.boundingBox();
      await page.keyboard.press('ArrowRight');
      await until(async () => (await seen.boundingBox())?.x).toBe((before?.x ?? 0) - 64);
      await page.keyboard.press('-');
      await until(() => percent(page).textContent()).toBe('67 %');
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await until(() => percent(page).textContent()).toBe('150 %');
      await page.keyboard.press('Z');
      await until(() => percent(page).textContent()).toBe('17 %');
    });

    test('the wheel zooms about the pointer, and a drag moves the picture', async () => {
      const page = await openRecord(2);
      await until(() => percent(page).textContent()).toBe('17 %');
      const area = await picture(page).boundingBox();
      const at = { x: (area?.x ?? 0) + 200, y: (area?.y ?? 0) + 300 };
      const place = async () => {
        const box = await page.locator('img.ready').last().boundingBox();
        if (box === null) throw new Error('no picture');
        return { x: (at.x - box.x) / box.width, y: (at.y - box.y) / box.height };
      };
      const before = await place();
      await page.mouse.move(at.x, at.y);
      for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, -200);
      await until(async () =>
        Number.parseInt((await percent(page).textContent()) ?? '', 10),
      ).toBeGreaterThan(60);
      const after = await place();
      expect(after.x).toBeCloseTo(before.x, 2);
      expect(after.y).toBeCloseTo(before.y, 2);
      await page.mouse.down();
      await page.mouse.move(at.x + 50, at.y - 40, { steps: 3 });
      await page.mouse.up();
      const moved = await page.locator('img.ready').last().boundingBox();
      expect((await place()).x).toBeLessThan(after.x);
      await page.mouse.dblclick(at.x, at.y);
      await until(() => percent(page).textContent()).toBe('17 %');
      expect(moved).not.toBeNull();
    });

    test('is kept, removed and brought back by keys', async () => {
      const page = await openRecord(2);
      const kept = page.getByRole('button', { name: /^Kept in the library/ });
      await page.keyboard.press('b');
      await kept.waitFor();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Keep in the library' }).waitFor();
      await page.getByText('1 record left the library. Files on disk stay.').waitFor();
      await page.keyboard.press('Control+z');
      await kept.waitFor();
    });

    test('its toolbars are walked by arrow keys', async () => {
      const page = await openRecord(2);
      const zoom = page.getByRole('toolbar', { name: 'Zoom' });
      await zoom.getByRole('button', { name: 'Zoom in' }).focus();
      await page.keyboard.press('End');
      await until(() => zoom.locator(':focus').getAttribute('aria-label')).toBe('1:1');
      await page.keyboard.press('ArrowRight');
      await until(() => zoom.locator(':focus').getAttribute('aria-label')).toBe('Zoom out');
    });

    test('leads to the ones before and after, and says why where there is none', async () => {
      const page = await openRecord(1);
      await page.getByText('Record 2 of 6,478').waitFor();
      await page.keyboard.press(']');
      await page.getByRole('heading', { level: 1, name: 'A Star-Formation Laboratory' }).waitFor();
      await page.getByText('Record 3 of 6,478').waitFor();
      await page.keyboard.press('[');
      await page.getByText('Record 2 of 6,478').waitFor();
      await page.keyboard.press('[');
      await page.getByText('Record 1 of 6,478').waitFor();
      const previous = page.getByRole('button', { name: 'Previous record' });
      expect(await previous.getAttribute('aria-disabled')).toBe('true');
      await previous.focus();
      await page.getByText('This is the first record of the list.').first().waitFor();
      await page.keyboard.press('[');
      await page.getByText('Record 1 of 6,478').waitFor();
    });

    test('is saved by its key, with progress, and shown in its folder', async () => {
      const page = await openRecord(2);
      await page.getByRole('button', { name: 'Save original, 14.6 MB' }).waitFor();
      await page.keyboard.press('Control+Alt+d');
      await page.getByRole('progressbar', { name: 'Saving original' }).waitFor();
      await page.getByText('Saved GSFC_2017000002~orig.jpg').waitFor();
      await page.getByRole('button', { name: 'Show original in its folder' }).click();
      expect(await called(page, 'downloads.save')).toEqual([
        { ref: 'nasa:GSFC_2017000002', rendition: 'orig' },
      ]);
      expect(await called(page, 'downloads.showInFolder')).toHaveLength(1);
    });

    test('one rendition is saved from its row, and cancelled there', async () => {
      const page = await openRecord(2);
      await page.getByRole('button', { name: 'Save large' }).click();
      await page.getByRole('button', { name: 'Cancel saving large' }).click();
      await page.getByRole('button', { name: 'Save large' }).waitFor();
      expect(await called(page, 'downloads.cancel')).toHaveLength(1);
    });

    test('its metadata is filtered and marked; private fields come when asked for', async () => {
      const page = await openRecord(2);
      const field = page.getByRole('searchbox', { name: 'Filter the metadata' });
      await field.fill('image');
      await page.getByText('2 of 8 fields').waitFor();
      expect(await page.locator('mark').allTextContents()).toEqual(['Image', 'Image']);
      await field.fill('');
      expect(await page.getByText('observer.twelve').count()).toBe(0);
      await page.getByRole('link', { name: 'Show', exact: true }).click();
      await page.getByText('observer.twelve').waitFor();
    });

    test('its credit and identifier are copied, its links open outside', async () => {
      const page = await openRecord(2);
      await page.keyboard.press('Control+Shift+C');
      await page.getByText('Credit line copied.').waitFor();
      expect(await called(page, 'app.copyText')).toEqual([{ text: 'NASA/JSC' }]);
      await page.getByRole('link', { name: /^nasa\.gov/ }).click();
      await page.keyboard.press('Control+o');
      await until(() => called(page, 'app.openExternal')).toHaveLength(2);
    });

    test('a keyword searches for it', async () => {
      const page = await openRecord(2);
      await page.getByRole('button', { name: 'Hubble', exact: true }).click();
      await until(async () => (await called(page, 'nasa.search')).at(-1)).toMatchObject({
        query: { keywords: 'Hubble' },
      });
    });

    test('missing parts are said, and asked for again', async () => {
      const page = await openRecord(6);
      await page.getByText('The metadata is missing.').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await until(() => called(page, 'records.get')).toHaveLength(2);
    });
  });

  test('a sound is played, sought and paused by its keys', async () => {
    const page = await openRecord(1000);
    const position = page.getByRole('slider', { name: 'Position' });
    const seconds = async () => Number(await position.inputValue());
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await until(() => position.getAttribute('aria-valuetext')).toBe('0:00 of 0:10');
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await until(seconds).toBeGreaterThan(0.2);
    await page.keyboard.press('k');
    await page.keyboard.press('l');
    await until(() => position.getAttribute('aria-valuetext')).toBe('0:10 of 0:10');
    await page.keyboard.press('j');
    await until(seconds).toBeLessThan(0.1);
    await page.getByRole('searchbox').first().press('l');
    expect(await seconds()).toBeLessThan(0.1);
  });

  describe('the library', () => {
    const cells = (page: Page) => page.getByRole('gridcell');

    test('gives up what is removed by key, and takes it back', async () => {
      const page = await open({ route: libraryRoute(), kept: '12' });
      await page.getByText('12 records.').waitFor();
      const first = cells(page).first();
      const name = await first.getAttribute('aria-label');
      await first.focus();
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('Delete');
      await page.getByText('11 records.').waitFor();
      expect(await page.getByRole('gridcell', { name: name ?? '', exact: true }).count()).toBe(0);
      expect(await page.getByText('1 selected').count()).toBe(0);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('12 records.').waitFor();
      await page.getByRole('gridcell', { name: name ?? '', exact: true }).waitFor();
    });

    test('opens a record, steps on in it and comes back to its place', async () => {
      const page = await open({ route: libraryRoute(), kept: '12' });
      const second = cells(page).nth(1);
      const name = (await second.getAttribute('aria-label')) ?? '';
      await second.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByText('Record 2 of 12').waitFor();
      await page.keyboard.press(']');
      await page.getByText('Record 3 of 12').waitFor();
      await page.getByRole('button', { name: 'Back to Everything kept' }).click();
      await page.getByRole('heading', { level: 1, name: 'Everything kept' }).waitFor();
    });

    test('says what to do when it is empty, and when nothing matches', async () => {
      const page = await open({ route: libraryRoute() });
      await page.getByRole('heading', { name: 'Nothing kept yet' }).waitFor();
      await page.goto(address({ route: libraryRoute('zzz'), kept: '3' }));
      await page.getByRole('heading', { name: 'Nothing kept has “zzz”' }).waitFor();
      await page.getByRole('button', { name: 'Show everything kept' }).click();
      await page.getByText('3 records.').waitFor();
    });
  });

  const states: [string, Knobs, number?][] = [
    ['record with a gap', { route: recordRoute(6) }],
    ['film', { route: recordRoute(9) }],
    ['record being read', { route: recordRoute(2), state: 'slow' }],
    ['record not read', { route: recordRoute(2), state: 'failed' }],
    ['record narrow', { route: recordRoute(2) }, 800],
    ['library', { route: libraryRoute(), kept: '42' }],
    ['library without a match', { route: libraryRoute('zzz'), kept: '2' }],
  ];
  test.each(states)('axe finds nothing: %s', async (_name, knobs, width = 1280) => {
    const page = await open(knobs, width, width === 800 ? 700 : 800);
    await settle(page);
    expect(await examineThemes(page)).toEqual([]);
  });
});
