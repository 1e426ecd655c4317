/** The record's stage and inspector as a person uses them, by mouse and by keyboard alone. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Locator, Page } from '@playwright/test';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';

const stageOf = (page: Page): Locator => page.getByRole('application', { name: 'Picture' });
const plateOf = (page: Page): Locator => page.locator('.plate');
const percentOf = (page: Page): Locator =>
  page.getByRole('toolbar', { name: 'Zoom' }).locator('output');
const top = (page: Page): Locator => page.locator('img.ready').last();

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('nothing to be seen');
  return box;
}

async function openRecord(person: Person, words: string, index = 0): Promise<void> {
  await person.search(words);
  await person.seesResults();
  await person.open(index);
  await expect(top(person.page)).toBeVisible();
}

flow('a picture is zoomed where one looks, moved, and fitted again', async ({ way, begin }) => {
  const { person } = await begin(way);
  await openRecord(person, 'nebula');
  const { page } = person;
  const fitted = await boxOf(top(page));
  const area = await boxOf(stageOf(page));
  const at = { x: area.x + area.width / 3, y: area.y + area.height / 2 };
  // Larger than the stage both ways, so that no edge holds the picture.
  if (way === 'mouse') {
    const zoom = page.getByRole('toolbar', { name: 'Zoom' });
    await zoom.getByRole('button', { name: '1:1' }).click();
    for (let step = 0; step < 3; step += 1)
      await zoom.getByRole('button', { name: 'Zoom in' }).click();
  }
  const under = async (): Promise<number> => {
    const box = await boxOf(top(page));
    return (at.x - box.x) / box.width;
  };
  if (way === 'mouse') {
    const [before, start] = [await under(), (await boxOf(top(page))).width];
    await page.mouse.move(at.x, at.y);
    for (let turn = 0; turn < 3; turn += 1) await page.mouse.wheel(0, -120);
    await expect.poll(async () => (await boxOf(top(page))).width).toBeGreaterThan(start * 1.5);
    expect(Math.abs((await under()) - before)).toBeLessThan(0.01);
    const zoomed = await boxOf(top(page));
    await page.mouse.down();
    await page.mouse.move(at.x - 70, at.y + 30, { steps: 4 });
    await page.mouse.up();
    expect((await boxOf(top(page))).x).toBeCloseTo(zoomed.x - 70, 0);
    await page.mouse.dblclick(at.x, at.y);
  } else {
    await person.tabTo(stageOf(page));
    await person.press('z');
    await expect(percentOf(page)).toHaveText('100 %');
    await expect(plateOf(page)).toContainText('Original');
    await person.press('+', '+', '+');
    await expect(percentOf(page)).toHaveText('300 %');
    const zoomed = await boxOf(top(page));
    await person.press('ArrowRight');
    await expect.poll(async () => (await boxOf(top(page))).x).toBeCloseTo(zoomed.x - 64, 0);
    await person.press('-', 'z');
  }
  // Files of a picture differ by the rounding of their sides.
  await expect
    .poll(async () => Math.abs((await boxOf(top(page))).width - fitted.width))
    .toBeLessThan(1);
});

flow(
  'a rendition is put on the stage, counts its own pixels, and is saved by its row',
  async ({ way, begin }) => {
    const { app, person } = await begin(way);
    await openRecord(person, 'galaxy');
    const { page } = person;
    await person.pressButton(page.getByRole('button', { name: 'Small', exact: true }));
    await expect(plateOf(page)).toContainText('Small, ');
    const stated = /Small, (\d+) × (\d+)/.exec((await plateOf(page).textContent()) ?? '');
    const shown = await boxOf(top(page));
    const percent = Number.parseInt((await percentOf(page).textContent()) ?? '', 10);
    expect(Math.round((shown.width / Number(stated?.[1])) * 100)).toBeCloseTo(percent, -1);
    await person.pressButton(page.getByRole('button', { name: 'Save small', exact: true }));
    await expect(page.getByRole('button', { name: 'Show small in its folder' })).toBeVisible({
      timeout: 30_000,
    });
    expect(readdirSync(app.downloadsDir).some((name) => /~small\.\w+$/.test(name))).toBe(true);
    await person.pressButton(page.getByRole('button', { name: 'Choose by zoom' }));
    await expect(page.getByRole('button', { name: 'Choose by zoom' })).toHaveCount(0);
  },
);

flow('a field of the metadata is found, counted and copied', async ({ way, begin }) => {
  const { app, person } = await begin(way);
  await openRecord(person, 'crater');
  const { page } = person;
  const filter = page.getByLabel('Filter the metadata');
  if (way === 'mouse') await filter.click();
  else await person.tabTo(filter);
  await page.keyboard.type('ImageWidth');
  await expect(page.getByText(/^1 of \d+ fields$/)).toBeVisible();
  const row = page.getByRole('grid', { name: 'Metadata' }).locator('[data-row="0"]');
  await expect(row.locator('mark')).toHaveText('ImageWidth');
  const value = (await row.locator('td').textContent())?.trim() ?? '';
  expect(value).toMatch(/^\d+$/);
  if (way === 'mouse') {
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Copy value/ }).click();
  } else {
    await person.press('Tab', 'Tab');
    await person.tabTo(row);
    await person.press('Control+c');
  }
  await expect(page.getByText(/ImageWidth was copied/)).toBeVisible();
  const calls = await app.control.calls('clipboard.writeText');
  expect(calls.at(-1)?.args[0]).toBe(value);
});

flow('the centre and a keyword of a record are searches', async ({ way, begin, archive }) => {
  const { person } = await begin(way);
  await openRecord(person, 'saturn');
  const { page } = person;
  await person.pressButton(page.getByTitle(/^Search NASA for the centre/));
  await expect
    .poll(() => archive.requests.some((asked) => /^GET \/search\?.*center=/.test(asked)))
    .toBe(true);
  await person.seesResults();
  await person.back();
  await expect(person.saveButton).toBeEnabled();
  await person.pressButton(person.inspector.getByTitle(/^Search for /).first());
  await expect
    .poll(() => archive.requests.some((asked) => /^GET \/search\?.*keywords=/.test(asked)))
    .toBe(true);
});

flow(
  'the next record leads past the edge of a page, and back to its place',
  async ({ way, begin }) => {
    const { person } = await begin(way);
    await person.search('sample');
    await person.seesResults();
    const { page } = person;
    const last = 98;
    if (way === 'mouse') {
      await person.grid.hover();
      await expect(async () => {
        if (await isInView(person.tile(last))) return;
        await page.mouse.wheel(0, (await person.firstSeen()) > last ? -200 : 400);
        throw new Error('not in view yet');
      }).toPass({ intervals: [100] });
      await person.tile(last).dblclick();
      await expect(person.saveButton).toBeEnabled();
    } else await person.open(last);
    await expect(page.getByText(/^Record 99 of/)).toBeVisible();
    for (const place of [100, 101, 102]) {
      if (way === 'mouse') await page.getByRole('button', { name: 'Next record' }).click();
      else await person.press(']');
      await expect(page.getByText(new RegExp(`^Record ${place} of`))).toBeVisible();
      await expect(person.saveButton).toBeEnabled();
    }
    if (way === 'mouse') await page.getByRole('button', { name: 'Previous record' }).click();
    else await person.press('[');
    await expect(page.getByText(/^Record 101 of/)).toBeVisible();
    await person.back();
    await expect(person.tile(last)).toBeInViewport();
  },
);

flow(
  'a record that was read before opens without the archive, and says its age',
  async ({ way, begin, archive, folder }) => {
    const first = await begin(way);
    await openRecord(first.person, 'aurora');
    const title = (await first.person.page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await expect(first.person.page.getByLabel('Filter the metadata')).toBeVisible();
    await first.app.close();
    await archive.goAway();
    age(folder, 2);
    const { person } = await begin(way);
    const { page } = person;
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByLabel('Filter the metadata')).toBeVisible();
    await expect(top(page)).toBeVisible();
    await expect(plateOf(page)).toContainText('shown from the cache, kept 2 days ago');
    await expect(page.getByText(/This is the record as kept/)).toBeVisible({ timeout: 60_000 });
    await archive.comeBack();
    await person.pressButton(
      page.getByRole('button', { name: /^(?:Try again|Check again)$/ }).first(),
    );
    await expect(page.getByText(/This is the record as kept/)).toHaveCount(0, { timeout: 60_000 });
  },
);

flow('an album of a record is opened, and its records lead on', async ({ way, begin, archive }) => {
  const words = ['galaxy', 'nebula', 'crater', 'moon', 'mars', 'sample'];
  const found = await findInAlbum(archive.base, words);
  const { person } = await begin(way);
  await openRecord(person, found.words, found.index);
  const { page } = person;
  const open = page.getByRole('link', { name: `Open the album ${found.album}` });
  await person.pressButton(open);
  await expect(page.getByRole('heading', { level: 1, name: `Album ${found.album}` })).toBeVisible();
  await person.seesResults();
  await person.open(0);
  await expect(page.getByText(/^Record 1 of/)).toBeVisible();
  if (way === 'mouse') await page.getByRole('button', { name: 'Next record' }).click();
  else await person.press(']');
  await expect(page.getByText(/^Record 2 of/)).toBeVisible();
  await person.back();
  await expect(page.getByRole('heading', { level: 1, name: `Album ${found.album}` })).toBeVisible();
});

async function isInView(tile: Locator): Promise<boolean> {
  if ((await tile.count()) === 0) return false;
  const [box, height] = [
    await tile.boundingBox(),
    await tile.evaluate(() => document.documentElement.clientHeight),
  ];
  return box !== null && box.y > 120 && box.y + box.height < height - 80;
}

/** Puts back the time at which everything kept was fetched. */
function age(folder: string, days: number): void {
  const db = new Database(join(folder, 'profile', 'cache.db'));
  const ms = days * 24 * 60 * 60 * 1000;
  db.prepare(
    'UPDATE responses SET fetched_at_ms = fetched_at_ms - ?, checked_at_ms = checked_at_ms - ?',
  ).run(ms, ms);
  db.close();
}

interface Listed {
  collection: { items: { data: { album?: string[] }[] }[] };
}

/** A search that lists a record of an album among its first ones. */
async function findInAlbum(base: string, searches: readonly string[]) {
  for (const words of searches) {
    const answer = await fetch(`${base}/search?q=${words}&page=1&page_size=100`);
    const { collection } = (await answer.json()) as Listed;
    const index = collection.items.findIndex(({ data }) => (data[0]?.album ?? []).length > 0);
    const album = collection.items[index]?.data[0]?.album?.[0];
    if (album !== undefined && index < 12) return { words, index, album };
  }
  throw new Error('no search of these lists a record of an album early on');
}
