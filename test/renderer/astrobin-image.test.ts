/**
 * An image of AstroBin in the record view, in a real browser over a core in memory: what is drawn of its plate
 * solution, coordinates by pointer and by keys, what is asked for and when, every state, and axe in every theme.
 * Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { examineThemes } from '#test/support/axe.ts';
import { fakeAstrobinRef, fakeOdd } from '#test/support/fake-astrobin.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('astrobin-image.test.ts');

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const solved = 0;
const unsolved = 3;

describe.skipIf(!hasChromium)('an image of AstroBin', () => {
  const { address, open, called } = useRenderer();

  const stage = (page: Page) => page.getByRole('application', { name: 'Picture' });
  const inspector = (page: Page) => page.getByRole('complementary', { name: 'Record' });
  const modes = (page: Page) => page.getByRole('radiogroup', { name: 'What is shown' });
  const tools = (page: Page) => page.getByRole('toolbar', { name: 'Plate solution' });
  const plate = (page: Page) => page.locator('[data-sky-plate]');
  const chart = (page: Page) => page.getByRole('img', { name: /^Grid of right ascension/ });
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);
  const ready = (page: Page) => page.locator('img.ready').first();

  async function openImage(index: number, knobs: Knobs = {}, width?: number, height?: number) {
    const route = JSON.stringify({ view: 'record', ref: fakeAstrobinRef(index), from: null });
    return open({ route, ...knobs }, width, height);
  }
  async function openSolved(knobs: Knobs = {}, width?: number, height?: number): Promise<Page> {
    const page = await openImage(solved, knobs, width, height);
    await modes(page).waitFor();
    await ready(page).waitFor();
    return page;
  }
  /** The radio itself lies unseen under its word, which takes the click. */
  const choose = (page: Page, mode: 'Image' | 'Solution' | 'Both') =>
    modes(page).getByRole('radio', { name: mode }).click({ force: true });

  test('while its picture waits for AstroBin, the preview is shown and said to be one', async () => {
    const page = await open({ route: JSON.stringify({ view: 'astrobin', params: [] }) });
    const tile = page.getByRole('grid').locator('[data-index="0"]');
    await until(() =>
      tile.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBe(280);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/media\/(?!.*-280x)/, async (route) => {
      await held;
      await route.continue();
    });
    await tile.dblclick();
    const words = page.getByText('Preview. The picture is waiting for AstroBin');
    await words.waitFor();
    expect(await examineThemes(page, ['dark', 'light'])).toEqual([]);
    release();
    await ready(page).waitFor();
    expect(await words.count()).toBe(0);
    const bar = page.getByRole('toolbar', { name: 'Record' });
    const overflowing = await bar.evaluate((element) =>
      [element, ...element.querySelectorAll('button')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.textContent),
    );
    expect(overflowing).toEqual([]);
  });

  test('says whose it is, what may be done with it, how it was made and where it lies', async () => {
    const page = await openSolved();
    const pane = inspector(page);
    await pane.getByRole('heading', { level: 1, name: 'Orion Nebula #0' }).waitFor();
    for (const words of [
      'Observer 1',
      'CC BY-NC-SA',
      'FLI Proline 16803',
      'Planewave 17" CDK',
      'Backyard',
      '4.237° × 2.821°',
      '5.356″ per pixel',
      '94.436° east of north',
    ])
      await pane.getByText(words, { exact: true }).first().waitFor();
    await pane.getByText(/^00:42:51\.840\s+10\.716°$/).waitFor();
    await pane.getByText(/east is taken to lie to the left of north/).waitFor();
    await pane.getByText(/^AstroBin’s API gives no exposure details for this image\./).waitFor();
    const permits = pane.getByRole('list', { name: 'It permits' });
    expect(await permits.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/Passing it on\s*: yes/),
      expect.stringMatching(/Selling it\s*: no/),
      expect.stringMatching(/Changing it\s*: yes/),
    ]);
    await pane.getByRole('button', { name: 'Copy credit line' }).click();
    await until(() => copied(page)).toBe(
      'Observer 1, “Orion Nebula #0”, AstroBin h0000x, CC BY-NC-SA',
    );
  });

  test('asks for one picture, and for nothing that is not seen', async () => {
    const asked: string[] = [];
    const page = await open({});
    page.on('request', (request) => {
      if (request.url().includes('/media/')) asked.push(request.url());
    });
    const route = { view: 'record', ref: fakeAstrobinRef(solved), from: null };
    await page.goto(address({ route: JSON.stringify(route) }));
    await modes(page).waitFor();
    await ready(page).waitFor();
    await page.locator('.plate').getByText('HD, 1824').waitFor();
    expect(asked).toHaveLength(1);
    expect(await called(page, 'almagest:astrobin.revisions')).toEqual([]);
    expect(await called(page, 'almagest:astrobin.place')).toEqual([]);
    expect(await called(page, 'almagest:astrobin.image')).toEqual([]);
    expect(await called(page, 'almagest:records.sizes')).toEqual([]);
    await choose(page, 'Both');
    await chart(page).waitFor();
    expect(asked).toHaveLength(1);
    await tools(page)
      .getByRole('button', { name: /AstroBin’s own overlay/ })
      .click();
    await until(() => asked.length).toBe(2);
  });

  test('draws the grid, objects with their names and the compass over the picture', async () => {
    const page = await openSolved();
    expect(await chart(page).count()).toBe(0);
    await choose(page, 'Both');
    await chart(page).waitFor();
    expect(await chart(page).getAttribute('aria-label')).toContain('M 31, M 110, M 32, NGC 206');
    const figures = await chart(page).locator('.figure').allTextContents();
    expect(figures.map((one) => one.trim())).toEqual(expect.arrayContaining(['+41°', '+42°']));
    // North lies to the right where up is east.
    const signs = chart(page).locator('.sign');
    const [north, east] = [await signs.nth(0).boundingBox(), await signs.nth(1).boundingBox()];
    expect(north?.x ?? 0).toBeGreaterThan(east?.x ?? Number.NaN);
    expect(east?.y ?? 0).toBeLessThan(north?.y ?? Number.NaN);
    await tools(page).getByRole('button', { name: 'Grid of coordinates' }).click();
    await until(() => chart(page).locator('.line').count()).toBe(0);
    await tools(page).getByRole('button', { name: 'Objects and names' }).click();
    await until(() => chart(page).locator('.ring').count()).toBe(0);
  });

  test('the picture steps back behind its solution, and is inverted on its own', async () => {
    const page = await openSolved();
    const filter = () => ready(page).evaluate((image) => getComputedStyle(image).filter);
    expect(await filter()).toBe('none');
    await choose(page, 'Solution');
    await until(filter).toBe('brightness(0.45)');
    await choose(page, 'Both');
    await until(filter).toBe('none');
    const invert = tools(page).getByRole('button', { name: 'Invert the picture' });
    await invert.click();
    await until(filter).toBe('invert(1)');
    expect(await invert.getAttribute('aria-pressed')).toBe('true');
  });

  test('the grid stays on the picture while that is zoomed and moved', async () => {
    const page = await openSolved();
    await choose(page, 'Both');
    await chart(page).waitFor();
    const ring = chart(page).locator('.ring').nth(2);
    const part = async () => {
      const [mark, picture] = [await ring.boundingBox(), await ready(page).boundingBox()];
      if (mark === null || picture === null) throw new Error('out of sight');
      return (mark.x + mark.width / 2 - picture.x) / picture.width;
    };
    const before = await part();
    const area = await stage(page).boundingBox();
    await page.mouse.move((area?.x ?? 0) + 300, (area?.y ?? 0) + 340);
    await page.mouse.wheel(0, -120);
    await page.mouse.wheel(0, -120);
    await until(async () => Math.abs((await part()) - before)).toBeLessThan(0.003);
  });

  test('tells the place under the pointer, and a press leaves the crosshair there to be copied', async () => {
    const page = await openSolved();
    await choose(page, 'Both');
    await plate(page).getByText('in the middle, J2000').waitFor();
    await plate(page).getByText('00:42:51.8 +41:15:58').waitFor();
    const picture = await ready(page).boundingBox();
    if (picture === null) throw new Error('no picture');
    // M 32, by its place: 00 42.7 +40 52.
    const ring = await chart(page).locator('.ring').nth(2).boundingBox();
    if (ring === null) throw new Error('no ring');
    await page.mouse.move(ring.x + ring.width / 2, ring.y + ring.height / 2);
    await plate(page).getByText('under the pointer, J2000').waitFor();
    const place = (await plate(page).locator('.place').textContent()) ?? '';
    expect(place).toMatch(/^00:42:4\d\.\d \+40:5[12]:\d\d$/);
    await page.mouse.down();
    await page.mouse.up();
    await page.getByRole('button', { name: 'Copy these coordinates' }).click();
    await until(() => copied(page)).toBe(place);
    await plate(page).getByText('at the crosshair, J2000').waitFor();
  });

  test('by keys alone: modes, tools, and a crosshair that is moved and copied', async () => {
    const page = await openSolved();
    await modes(page).getByRole('radio', { name: 'Image' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await chart(page).waitFor();
    const button = tools(page).getByRole('button', { name: 'Crosshair' });
    await button.focus();
    await page.keyboard.press('Enter');
    const cross = page.getByRole('application', { name: 'Crosshair' });
    await until(() => cross.evaluate((one) => one === document.activeElement)).toBe(true);
    await plate(page).getByText('at the crosshair, J2000').waitFor();
    const place = () => plate(page).locator('.place').textContent();
    const before = await place();
    // Up is east here, so upwards right ascension grows and declination hardly changes.
    await page.keyboard.press('Shift+ArrowUp');
    await until(place).not.toBe(before);
    expect(((await place()) ?? '') > (before ?? '')).toBe(true);
    await page.keyboard.press('Enter');
    await until(() => copied(page)).toBe(await place());
    await page.keyboard.press('Escape');
    await until(() => cross.count()).toBe(0);
    await until(() => stage(page).evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test('by the keys of its commands: each mode, grid, names, light and crosshair', async () => {
    const page = await openSolved();
    const pressed = (name: string) =>
      tools(page).getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
    const mode = (name: string) => modes(page).getByRole('radio', { name }).isChecked();
    await page.keyboard.press('s');
    await until(() => mode('Solution')).toBe(true);
    await page.keyboard.press('s');
    await page.keyboard.press('s');
    await until(() => mode('Image')).toBe(true);
    // What is switched on over the picture alone is drawn at once.
    await page.keyboard.press('g');
    await chart(page).waitFor();
    await until(() => mode('Both')).toBe(true);
    await page.keyboard.press('g');
    await until(() => pressed('Grid of coordinates')).toBe('false');
    await page.keyboard.press('o');
    await until(() => pressed('Objects and names')).toBe('false');
    await page.keyboard.press('v');
    await until(() => pressed('Invert the picture')).toBe('true');
    await page.keyboard.press('h');
    const cross = page.getByRole('application', { name: 'Crosshair' });
    await until(() => cross.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('h');
    await until(() => cross.count()).toBe(0);
  });

  test('the palette opens the inspector for what stands there, and steps through the revisions', async () => {
    const page = await openSolved({ inspector: 'closed' });
    const run = async (title: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('dialog', { name: 'Commands' });
      await palette.getByRole('combobox').fill(title);
      await palette.getByRole('option', { name: title }).first().click();
      await until(() => palette.count()).toBe(0);
    };
    await run('Show the histogram');
    const pane = inspector(page);
    await pane.getByRole('img', { name: 'Histogram of the image, drawn by AstroBin' }).waitFor();
    await run('Show where it was taken');
    await pane.getByText('Hilltop, Switzerland, 1,200 m').waitFor();
    await run('Show the revisions');
    const later = pane.getByRole('button', { name: /^Revision B: With darks/ });
    await later.waitFor();
    await run('Next revision on the stage');
    await until(() => later.getAttribute('aria-pressed')).toBe('true');
    await run('Copy the centre’s coordinates');
    await until(() => copied(page)).toMatch(/^\d\d:\d\d:\d\d\.\d\d [+-]\d\d:\d\d:\d\d\.\d$/);
    expect(await called(page, 'almagest:astrobin.revisions')).toHaveLength(1);
  });

  test('of an image that is not solved its commands say so', async () => {
    const page = await openImage(unsolved);
    await ready(page).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('crosshair');
    const row = page.getByRole('option', { name: /^Crosshair/ });
    await until(() => row.getAttribute('aria-disabled')).toBe('true');
    await row.getByText('AstroBin gives no whole plate solution of this picture.').waitFor();
  });

  test('places and revisions are asked for when wanted; one of them is put on the stage', async () => {
    const page = await openSolved();
    const pane = inspector(page);
    await pane.getByRole('button', { name: 'Show the place' }).click();
    await pane.getByText('Hilltop, Switzerland, 1,200 m').waitFor();
    await pane.getByRole('button', { name: 'Show the revision' }).click();
    const later = pane.getByRole('button', { name: /^Revision B: With darks/ });
    await later.waitFor();
    const first = pane.getByRole('button', { name: /^First state/ });
    expect(await first.getAttribute('aria-pressed')).toBe('true');
    await later.click();
    await until(() => later.getAttribute('aria-pressed')).toBe('true');
    await ready(page).waitFor();
    await first.click();
    await until(() => first.getAttribute('aria-pressed')).toBe('true');
    expect(await called(page, 'almagest:astrobin.revisions')).toHaveLength(1);
  });

  test('charts are fetched on demand', async () => {
    const page = await openSolved();
    const pane = inspector(page);
    await pane.getByRole('button', { name: 'Show the histogram' }).click();
    await pane.getByRole('img', { name: 'Histogram of the image, drawn by AstroBin' }).waitFor();
    await pane.getByRole('button', { name: 'Show the map of the sky' }).click();
    await pane.getByRole('img', { name: /^Where the image lies/ }).waitFor();
  });

  test('leads to NASA by what lies in the field', async () => {
    const page = await openSolved();
    const related = inspector(page).getByRole('region', { name: 'Related' });
    const link = related.getByRole('link', { name: 'NASA Images of Andromeda Galaxy' });
    await related.getByText('same object: M 31').first().waitFor();
    await link.click();
    await until(async () => (await called(page, 'almagest:nasa.search')).length).toBeGreaterThan(0);
    expect((await called(page, 'almagest:nasa.search'))[0]).toMatchObject({
      query: { q: 'Andromeda Galaxy' },
    });
  });

  test('an image that is not solved offers no grid and says why', async () => {
    const page = await openImage(unsolved);
    await inspector(page).getByText('could not be solved').waitFor();
    await inspector(page)
      .getByText(/no grid can be drawn/)
      .waitFor();
    await ready(page).waitFor();
    expect(await modes(page).count()).toBe(0);
    expect(await tools(page).getByRole('button').count()).toBe(1);
  });

  test('an animated one, one without files and one without a hash are shown as they are', async () => {
    const moving = await openImage(fakeOdd.animated);
    await inspector(moving).getByText('Animated', { exact: true }).waitFor();
    const bare = await openImage(fakeOdd.noFiles);
    await bare.getByText('The archive lists no picture for this record.').waitFor();
    await inspector(bare).getByText('The archive lists no file.').waitFor();
    const old = await openImage(fakeOdd.noHash);
    await inspector(old).getByText('100232', { exact: true }).first().waitFor();
    await ready(old).waitFor();
  });

  test('without a key it says so and leads to the settings', async () => {
    const page = await openImage(solved, { key: 'none' });
    await page.getByRole('heading', { name: 'AstroBin can’t be asked without a key' }).waitFor();
    expect(await examineThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the settings' }).click();
    await page.getByRole('heading', { name: 'Archives' }).first().waitFor();
  });

  test('what was kept is shown with its age while the archive is asked, and without a key', async () => {
    const slow = await openImage(solved, { state: 'slow', copy: 'same' });
    await modes(slow).waitFor();
    await slow.getByText('shown from the cache, kept 2 days ago').waitFor();
    const locked = await openImage(solved, { key: 'none', copy: 'same' });
    await locked.getByText('AstroBin can’t be asked without a key.').waitFor();
    await locked.getByRole('button', { name: 'Open the settings' }).waitFor();
    await ready(locked).waitFor();
    expect(await examineThemes(locked, ['dark', 'light'])).toEqual([]);
  });

  test('failed and offline are told in words of AstroBin', async () => {
    const failed = await openImage(solved, { state: 'failed' });
    await failed.getByRole('heading', { name: 'The record could not be read' }).waitFor();
    const none = await open({
      route: JSON.stringify({ view: 'record', ref: 'astrobin:zzzzzz', from: null }),
    });
    await none.getByRole('heading', { name: 'AstroBin has no such record' }).waitFor();
    const offline = await openImage(solved, { state: 'offline', copy: 'same' });
    await offline.getByText('You’re offline.').waitFor();
    await modes(offline).waitFor();
  });

  test.each([
    [1280, 800],
    [800, 700],
    [400, 700],
  ])('has no fault of accessibility in any theme at %d px', async (width, height) => {
    const page = await openSolved({ inspector: 'closed' }, width, height);
    expect(await examineThemes(page)).toEqual([]);
    await choose(page, 'Both');
    await tools(page).getByRole('button', { name: 'Crosshair' }).click();
    await chart(page).waitFor();
    expect(await examineThemes(page)).toEqual([]);
    await page.keyboard.press('i');
    await inspector(page).getByRole('button', { name: 'Show the revision' }).click();
    await inspector(page)
      .getByRole('button', { name: /^Revision B/ })
      .waitFor();
    expect(await examineThemes(page)).toEqual([]);
  });
});
