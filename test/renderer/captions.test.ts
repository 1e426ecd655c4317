/**
 * Captions beside a playing film and searched all together, in a real browser over a core in memory with a
 * real film. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('captions.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const filmRoute = (more: Record<string, unknown> = {}) =>
  JSON.stringify({ view: 'record', ref: 'nasa:GSFC_2017000009', from: null, ...more });
const captionsRoute = (text: string) => JSON.stringify({ view: 'captions', text });

describe.skipIf(!hasChromium)('captions', () => {
  const { open, called } = useRenderer();

  const list = (page: Page) => page.getByRole('listbox', { name: 'Captions' });
  const rows = (page: Page) => list(page).getByRole('option');
  const row = (page: Page, index: number) => list(page).locator(`[data-cue="${index}"]`);
  const current = (page: Page) =>
    list(page).locator('[aria-current="time"]').getAttribute('data-cue');
  const field = (page: Page) => page.getByRole('searchbox', { name: 'Search the captions' });
  const filmTime = (page: Page) =>
    page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);

  async function openFilm(knobs: Knobs = {}, route = filmRoute()): Promise<Page> {
    const page = await open({ route, ...knobs });
    await rows(page).first().waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 1);
    return page;
  }

  test('a click and Enter play from a cue, and the current one follows the film', async () => {
    const page = await openFilm();
    await row(page, 4).click();
    await until(() => filmTime(page)).toBeCloseTo(12.5, 1);
    await until(() => current(page)).toBe('4');
    await list(page).press('ArrowDown');
    await list(page).press('Enter');
    await until(() => filmTime(page)).toBeCloseTo(15.5, 1);
    await until(() => current(page)).toBe('5');
    await page.getByText('About two minutes. It felt like ten.').first().waitFor();
    await page.keyboard.press('Space');
    await until(() => filmTime(page)).toBeGreaterThan(15.7);
    await page.keyboard.press('Space');
  });

  test('the list stops following who looks elsewhere, and comes back by one act', async () => {
    const page = await openFilm({ captions: '400' });
    await list(page).focus();
    await page.keyboard.press('End');
    await row(page, 399).waitFor();
    await page.keyboard.press('l');
    await until(() => filmTime(page)).toBe(10);
    await row(page, 399).waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await until(() => current(page)).toBe('3');
    expect(await page.getByRole('button', { name: 'Back to now' }).count()).toBe(0);
    await list(page).hover();
    await page.mouse.wheel(0, 4000);
    await page.getByRole('button', { name: 'Back to now' }).waitFor();
    await page.getByRole('switch', { name: 'Follow playback' }).click();
    expect(await page.getByRole('button', { name: 'Back to now' }).count()).toBe(0);
  });

  test('of 20,000 only those in sight are there, and each can be reached', async () => {
    const page = await openFilm({ captions: '20000' });
    expect(await rows(page).count()).toBeLessThan(60);
    expect(await row(page, 0).getAttribute('aria-setsize')).toBe('20000');
    await list(page).focus();
    await page.keyboard.press('End');
    await row(page, 19_999).waitFor();
    expect(await row(page, 19_999).getAttribute('aria-posinset')).toBe('20000');
    await until(async () => {
      const [box, frame] = [await row(page, 19_999).boundingBox(), await list(page).boundingBox()];
      return box !== null && frame !== null && box.y + box.height <= frame.y + frame.height + 1;
    }).toBe(true);
    await page.keyboard.press('Home');
    await row(page, 0).waitFor();
    expect(await rows(page).count()).toBeLessThan(60);
  });

  test('a search marks, counts and leads on by Enter and F3, with ticks on the timeline', async () => {
    const page = await openFilm();
    await page.keyboard.press('Control+f');
    await until(() => field(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('CRATER');
    await page.getByText('1 of 6').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 6').first().waitFor();
    await page.keyboard.press('F3');
    await page.getByText('3 of 6').first().waitFor();
    await page.keyboard.press('Shift+F3');
    await page.keyboard.press('Shift+Enter');
    await page.getByText('1 of 6').first().waitFor();
    await until(() => list(page).locator('mark').first().textContent()).toBe('crater');
    expect(await page.locator('.rail .tick').count()).toBe(6);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(() => filmTime(page)).toBeCloseTo(3.5, 1);
    await field(page).fill('no such word');
    await page.getByText('No match').first().waitFor();
    await field(page).press('Escape');
    await until(() => field(page).inputValue()).toBe('');
    expect(await page.locator('.rail .tick').count()).toBe(0);
  });

  test('one cue is quoted, and several, with speaker, timecode, title and credit', async () => {
    const page = await openFilm();
    await row(page, 4).click();
    await until(() => current(page)).toBe('4');
    await page.keyboard.press('q');
    await page.getByText('Quote copied.').waitFor();
    expect(await copied(page)).toBe(
      '"How long did you see it?" (NARRATOR, 00:00:12, Airglow over Earth’s limb, NASA/JSC/Observer 9)',
    );
    await row(page, 6).click({ modifiers: ['Shift'] });
    await until(() => row(page, 5).getAttribute('aria-selected')).toBe('true');
    await page.getByRole('button', { name: 'Copy quote' }).click();
    await page.getByText('Quote of 3 captions copied.').waitFor();
    expect(await copied(page)).toContain('NARRATOR: How long did you see it? ANN DROID: About two');
    await list(page).focus();
    await page.keyboard.press('Escape');
    expect(await list(page).locator('[aria-selected="true"]').count()).toBe(0);
  });

  test('are saved as a file that is shown in its folder, and copied as a whole', async () => {
    const page = await openFilm();
    await page.getByRole('button', { name: 'Export the captions' }).click();
    await page.getByRole('menuitem', { name: 'Save as WebVTT' }).click();
    await page.getByText(/^Captions saved to .*\.vtt\.$/).waitFor();
    await page.getByRole('button', { name: 'Show in folder' }).click();
    await until(() => called(page, 'almagest:captions.showInFolder')).toHaveLength(1);
    await page.getByRole('button', { name: 'Export the captions' }).click();
    await page.getByRole('menuitem', { name: 'Copy the whole transcript' }).click();
    await page.getByText('Transcript copied: 30 captions.').waitFor();
    expect(await copied(page)).toContain('We had waited four years');
  });

  test('each state is said: none, empty, failed and tried again', async () => {
    const none = await open({ route: filmRoute(), captions: '0' });
    await none.getByRole('tab', { name: 'Captions' }).click();
    await none.getByRole('heading', { name: 'No captions for this video' }).waitFor();
    expect(
      await none
        .getByRole('button', { name: 'Captions on the picture' })
        .getAttribute('aria-disabled'),
    ).toBe('true');
    const empty = await open({ route: filmRoute(), captions: 'empty' });
    await empty.getByRole('heading', { name: 'The caption file is empty' }).waitFor();
    const failed = await open({ route: filmRoute(), captions: 'failed' });
    await failed.getByText('NASA sent a web page instead of captions.').waitFor();
    await failed.getByRole('button', { name: 'Try again' }).click();
    await until(() => called(failed, 'almagest:captions.get')).toHaveLength(2);
  });

  test('are read without the record and its film, from what was kept', async () => {
    const page = await open({ route: filmRoute(), state: 'offline', keptCaptions: 'yes' });
    await rows(page).first().waitFor();
    await page.getByText('30 captions, SRT, kept 2 days ago').waitFor();
    expect(await page.getByRole('tab').count()).toBe(1);
    await list(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('q');
    await until(() => copied(page)).toContain('This is the view from the orbiter');
  });

  test('all of them are searched together, and a hit opens its record at that time', async () => {
    const page = await open({ route: captionsRoute('crater') });
    const hits = page.getByRole('listbox', { name: 'Captions found' });
    await page.getByText('6 captions in 1 record, 14 transcripts searched').waitFor();
    await hits.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(() => filmTime(page)).toBeCloseTo(24.5, 1);
    await until(() => current(page)).toBe('8');
    await page.keyboard.press('Alt+ArrowLeft');
    await until(() => hits.locator('[aria-selected="true"]').getAttribute('data-hit')).toBe('1');
  });

  test('the search over all says what it searched, and is reached from anywhere', async () => {
    const page = await open({ route: JSON.stringify({ view: 'nasa', query: {} }) });
    await page.keyboard.press('Control+Shift+F');
    await page.getByText('14 transcripts kept on this computer').waitFor();
    const top = page.getByRole('searchbox').first();
    await until(() => top.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('zebra');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No caption has “zebra”' }).waitFor();
    await page.getByText('All 14 transcripts kept were searched.').waitFor();
  });
});
