/**
 * The player in a real browser over a core in memory, with a real film of our own making. Skipped with a
 * printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { brokenFilmIndex, lostFilmIndex } from '#test/support/fake-records.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('player.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const route = (index: number) =>
  JSON.stringify({
    view: 'record',
    ref: `nasa:GSFC_2017${String(index).padStart(6, '0')}`,
    from: { label: '“stars”', index, source: { view: 'nasa', query: { q: 'stars' } } },
  });

describe.skipIf(!hasChromium)('the player', () => {
  // A medium that is not there, or is none, is what some of these are about.
  const session = useRenderer({ expected: /lost\.webm|status of 404/ });

  async function open(index: number): Promise<Page> {
    const page = await session.open({ route: route(index) });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  }

  const position = (page: Page) => page.getByRole('slider', { name: 'Position' });
  const said = (page: Page) => position(page).getAttribute('aria-valuetext');
  const seconds = async (page: Page) => Number(await position(page).inputValue());
  const film = (page: Page) =>
    page.evaluate(() => {
      const video = document.querySelector('video');
      return {
        time: video?.currentTime ?? -1,
        paused: video?.paused ?? true,
        rate: video?.playbackRate ?? 0,
        volume: video?.volume ?? -1,
        muted: video?.muted ?? false,
        width: video?.videoWidth ?? 0,
        source: video?.getAttribute('src') ?? '',
      };
    });
  const isReady = (page: Page) => until(() => said(page)).toBe('0:00 of 1:30');

  test('plays, pauses, leaps and steps by its keys', async () => {
    const page = await open(9);
    await isReady(page);
    await page.keyboard.press('k');
    await until(async () => (await film(page)).time).toBeGreaterThan(0.3);
    expect((await film(page)).width).toBe(320);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Space');
    await until(async () => (await film(page)).paused).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await until(async () => (await film(page)).time).toBeGreaterThan(20);
    const before = (await film(page)).time;
    await page.keyboard.press('j');
    await until(async () => (await film(page)).time).toBeCloseTo(before - 10, 1);
    const frame = Math.floor((await film(page)).time * 10 + 0.01);
    await page.keyboard.press('.');
    await until(async () => Math.floor((await film(page)).time * 10)).toBe(frame + 1);
    await page.keyboard.press(',');
    await until(async () => Math.floor((await film(page)).time * 10)).toBe(frame);
    await page.getByText(/, frame \d+$/).waitFor();
  });

  test('the arrows seek and change the volume inside the player only', async () => {
    const page = await open(9);
    await isReady(page);
    await page.locator('.screen').focus();
    await page.keyboard.press('ArrowRight');
    await until(() => seconds(page)).toBe(5);
    await page.keyboard.press('ArrowDown');
    await until(async () => (await film(page)).volume).toBe(0.9);
    await page.keyboard.press('End');
    await until(() => said(page)).toBe('1:30 of 1:30');
    await page.keyboard.press('Home');
    await page.getByRole('searchbox').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await seconds(page)).toBe(0);
  });

  test('speed, sound and the timeline are there by mouse', async () => {
    const page = await open(9);
    await isReady(page);
    await page.getByRole('button', { name: 'Speed: 1×' }).click();
    await page.getByRole('menuitemcheckbox', { name: '1.5×' }).click();
    await until(async () => (await film(page)).rate).toBe(1.5);
    await page.getByRole('button', { name: 'Sound off' }).click();
    await until(async () => (await film(page)).muted).toBe(true);
    const box = await position(page).boundingBox();
    if (box === null) throw new Error('no timeline');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.rail .plate').getByText('0:45').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await until(async () => (await film(page)).time).toBeCloseTo(45, 0);
    await page.locator('video').click();
    await until(async () => (await film(page)).paused).toBe(false);
  });

  test('another file goes on from the same place', async () => {
    const page = await open(9);
    await isReady(page);
    await page.keyboard.press('l');
    await page.keyboard.press('k');
    await until(async () => (await film(page)).time).toBeGreaterThan(10.2);
    await page.getByRole('button', { name: 'File played: medium' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Small/ }).click();
    await page.getByRole('button', { name: 'File played: small' }).waitFor();
    await until(async () => (await film(page)).paused).toBe(false);
    expect((await film(page)).time).toBeGreaterThan(10);
  });

  test('goes on where one was, and says where each record is', async () => {
    const page = await open(9);
    await isReady(page);
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await until(async () => (await film(page)).time).toBe(20);
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: /^Search the NASA/ }).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await until(() => said(page)).toBe('0:20 of 1:30');
    await until(async () => (await film(page)).time).toBe(20);
  });

  test('a file that is none is said, and another one plays', async () => {
    const page = await open(brokenFilmIndex);
    await page.getByText('Medium is of a kind that can’t be played here').waitFor();
    await page.getByRole('button', { name: 'Save medium, 612 MB' }).first().waitFor();
    await page.getByRole('button', { name: 'Try small, 88.0 MB' }).click();
    await isReady(page);
    await page.keyboard.press('k');
    await until(async () => (await film(page)).time).toBeGreaterThan(0.1);
  });

  test('a file that the archive lost is said, with a way on', async () => {
    const page = await open(lostFilmIndex);
    await page.getByText('The archive no longer has medium').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await page.getByRole('button', { name: 'Try small, 88.0 MB' }).waitFor();
  });
});
