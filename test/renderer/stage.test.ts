/**
 * The stage in a real browser with a picture of which every pixel is known: sharp at 1:1 on any screen, in
 * place when a larger file takes over, and honest about what is drawn. Skipped without Chromium.
 */
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chartMark, chartPixel, chartSize } from '#test/support/chart-picture.ts';
import { chartIndex } from '#test/support/fake-records.ts';
import {
  collectTrouble,
  findChromium,
  serveRenderer,
  startChromium,
  type ServedRenderer,
} from '#test/support/renderer-harness.ts';

const hasChromium = findChromium() !== undefined;
if (!hasChromium) console.log('stage.test.ts: skipped, no Chromium is installed');

const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const route = JSON.stringify({
  view: 'record',
  ref: `nasa:GSFC_2017${String(chartIndex).padStart(6, '0')}`,
  from: null,
});

interface Shot {
  width: number;
  height: number;
  pixel(x: number, y: number): [number, number, number];
}

describe.skipIf(!hasChromium)('the stage', () => {
  let served: ServedRenderer;
  let browser: Browser;
  let context: BrowserContext;
  let trouble: string[];
  let expectedTrouble: RegExp | null;

  beforeAll(async () => {
    [served, browser] = await Promise.all([serveRenderer(), startChromium()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  afterEach(async () => {
    await context.close();
    expect(trouble.filter((line) => expectedTrouble?.test(line) !== true)).toEqual([]);
  });

  /** `prepare` may hold or refuse files before the page asks for them. */
  async function open(
    deviceScaleFactor = 1,
    prepare: (page: Page) => Promise<unknown> = async () => undefined,
  ): Promise<Page> {
    expectedTrouble = null;
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    trouble = collectTrouble(page);
    await prepare(page);
    // Files that are held back would hold back the page's load event too.
    await page.goto(served.url({ route }), { waitUntil: 'domcontentloaded' });
    await page.locator('img.ready').first().waitFor();
    return page;
  }

  const percent = (page: Page) => page.getByRole('toolbar', { name: 'Zoom' }).locator('output');
  const plate = (page: Page) => page.locator('.plate');
  const drawn = (page: Page, name: string) =>
    until(() => plate(page).textContent()).toContain(name);

  /** What is on the screen between the plates of the stage, in pixels of the screen. */
  async function shoot(page: Page): Promise<{ shot: Shot; box: { x: number; y: number } }> {
    // Not `settle`: it would wait for files that are held back.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const stage = await page.getByRole('application', { name: 'Picture' }).boundingBox();
    if (stage === null) throw new Error('no stage');
    // Multiples of four, so that the clip begins on a whole pixel of every screen.
    const whole = (at: number): number => Math.ceil(at / 4) * 4;
    const clip = { x: whole(stage.x) + 4, y: whole(stage.y) + 120, width: 600, height: 320 };
    const png = await page.screenshot({ clip, scale: 'device' });
    const { data, info } = await sharp(png)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number): [number, number, number] => {
      const at = (y * info.width + x) * 3;
      return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
    };
    return { shot: { width: info.width, height: info.height, pixel }, box: clip };
  }

  /** The middle of what is red, in pixels of the screen; null where nothing is. */
  function findMark({
    width,
    height,
    pixel,
  }: Shot): { x: number; y: number; count: number } | null {
    let [sumX, sumY, count] = [0, 0, 0];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [red, green] = pixel(x, y);
        if (red - green < 100) continue;
        sumX += x;
        sumY += y;
        count += 1;
      }
    }
    return count === 0 ? null : { x: sumX / count, y: sumY / count, count };
  }

  /** Brings the mark to about the middle of what `shoot` sees, with the pointer there. */
  async function zoomAtMark(page: Page, turns: number): Promise<void> {
    const image = await page.locator('img.ready').last().boundingBox();
    if (image === null) throw new Error('no picture');
    const half = chartMark.side / 2;
    await page.mouse.move(
      image.x + ((chartMark.x + half) / chartSize.width) * image.width,
      image.y + ((chartMark.y + half) / chartSize.height) * image.height,
    );
    for (let turn = 0; turn < turns; turn += 1) await page.mouse.wheel(0, -120);
  }

  test.each([1, 1.25, 1.5, 2, 3])(
    'at 1:1 shows each pixel of the file as one of the screen, at scale %d',
    async (scale) => {
      const page = await open(scale);
      await page.keyboard.press('z');
      await until(() => percent(page).textContent()).toBe('100 %');
      await drawn(page, 'Original, 2400 × 1600');
      const dragged = await page.getByRole('application', { name: 'Picture' }).boundingBox();
      await page.mouse.move((dragged?.x ?? 0) + 300, (dragged?.y ?? 0) + 300);
      await page.mouse.down();
      // A distance that is no whole pixel of most screens.
      await page.mouse.move((dragged?.x ?? 0) + 300 + 13.4, (dragged?.y ?? 0) + 300 - 7.7);
      await page.mouse.up();
      const { shot } = await shoot(page);
      const offset = locate(shot);
      expect(offset, 'pixels of the file, unblurred and in order').not.toBeNull();
      let wrong = 0;
      for (let y = 0; y < shot.height; y += 1) {
        for (let x = 0; x < shot.width; x += 1) {
          const [red] = shot.pixel(x, y);
          const [wanted] = chartPixel((offset?.x ?? 0) + x, (offset?.y ?? 0) + y);
          if (Math.abs(red - wanted) > 1) wrong += 1;
        }
      }
      expect(wrong).toBe(0);
    },
    60_000,
  );

  /** Where in the chart the top left pixel of the shot lies, found by its first row. */
  function locate({ pixel }: Shot): { x: number; y: number } | null {
    const row = Array.from({ length: 24 }, (_, x) => pixel(x, 0)[0]);
    for (let y = 0; y < chartSize.height; y += 1) {
      for (let x = 0; x < chartSize.width; x += 1) {
        if (row.every((red, at) => Math.abs(red - chartPixel(x + at, y)[0]) <= 1)) return { x, y };
      }
    }
    return null;
  }

  test.each([1, 2])('a larger file takes over without a jump, at scale %d', async (scale) => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const page = await open(scale, (fresh) =>
      fresh.route('**/media/chart-2400.png', async (asked) => {
        await held;
        await asked.continue();
      }),
    );
    await zoomAtMark(page, 4);
    await until(() => plate(page).textContent()).toContain('fetching original');
    const before = await shoot(page);
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(window, { seen });
      const look = (): void => {
        seen.push(document.querySelectorAll('img.ready').length);
        requestAnimationFrame(look);
      };
      look();
    });
    release();
    await drawn(page, 'Original, 2400 × 1600');
    const after = await shoot(page);
    const [from, to] = [findMark(before.shot), findMark(after.shot)];
    expect(from).not.toBeNull();
    expect(Math.abs((to?.x ?? 0) - (from?.x ?? 0))).toBeLessThan(scale);
    expect(Math.abs((to?.y ?? 0) - (from?.y ?? 0))).toBeLessThan(scale);
    expect(Math.sqrt((to?.count ?? 0) / (from?.count ?? 1))).toBeCloseTo(1, 1);
    const blank = await page.evaluate(() =>
      (window as unknown as { seen: number[] }).seen.includes(0),
    );
    expect(blank, 'a frame without any picture').toBe(false);
  });

  test('a rendition is chosen for viewing, counts its own pixels, and moves nothing', async () => {
    const page = await open();
    await drawn(page, 'Medium');
    await zoomAtMark(page, 3);
    await drawn(page, 'Original');
    const zoom = Number.parseInt((await percent(page).textContent()) ?? '', 10);
    const before = findMark((await shoot(page)).shot);
    await page.getByRole('button', { name: 'Medium', exact: true }).click();
    await drawn(page, 'Medium, 1200 × 800');
    const after = findMark((await shoot(page)).shot);
    expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(1);
    expect(Number.parseInt((await percent(page).textContent()) ?? '', 10)).toBeCloseTo(
      zoom * 2,
      -1,
    );
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await until(() => percent(page).textContent()).toBe('100 %');
    expect(await plate(page).textContent()).toContain('Medium');
    await page.getByRole('button', { name: 'Choose by zoom' }).click();
    await until(() => percent(page).textContent()).toBe('50 %');
  });

  test('a larger file that fails is said with its reason, and tried again', async () => {
    let isGone = true;
    const page = await open(1, (fresh) =>
      fresh.route('**/media/chart-2400.png', (asked) =>
        isGone ? asked.fulfill({ status: 502 }) : asked.continue(),
      ),
    );
    expectedTrouble = /502/;
    await drawn(page, 'Medium');
    await page.keyboard.press('z');
    await until(() => plate(page).textContent()).toContain('Original: the archive didn’t answer');
    expect(await plate(page).textContent()).toContain('Medium, 1200 × 800');
    isGone = false;
    await plate(page).getByRole('button', { name: 'Try again' }).click();
    await drawn(page, 'Original, 2400 × 1600');
  });

  test('a file on its way says how much of it came', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const page = await open(1, (fresh) =>
      fresh.route('**/media/chart-2400.png', async (asked) => {
        await held;
        await asked.continue();
      }),
    );
    await drawn(page, 'Medium');
    await page.keyboard.press('z');
    await until(() => plate(page).textContent()).toContain('fetching original, 2.4 MB');
    await page.evaluate(() =>
      window.fakeCore?.emit('pictureProgress', {
        key: 'chart-2400.png' as never,
        receivedBytes: 600_000,
        totalBytes: 2_400_000,
      }),
    );
    await until(() => plate(page).textContent()).toContain('600 kB of 2.4 MB');
    expect(await page.getByRole('progressbar').first().getAttribute('aria-valuenow')).toBe('25');
    release();
    await drawn(page, 'Original, 2400 × 1600');
    await until(() => page.getByRole('progressbar').count()).toBe(0);
  });
});
