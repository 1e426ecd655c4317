/** One image of AstroBin over the sample archive, as a person looks at it by mouse and by keyboard alone. */
import type { Locator, Page } from '@playwright/test';
import { sampleAstrobin } from '../support/launch/launch-environment.ts';
import type { SteeredArchive } from '../support/steered-archive.ts';
import { askedOf, findImage, isSolved, openImage } from './astrobin.ts';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';

const stageOf = (page: Page): Locator => page.getByRole('application', { name: 'Picture' });
const top = (page: Page): Locator => page.locator('img.ready').last();
const toolsOf = (page: Page): Locator => page.getByRole('toolbar', { name: 'Plate solution' });
const readingOf = (page: Page): Locator => page.locator('[data-sky-plate] .place');
const chartOf = (page: Page): Locator =>
  page.getByRole('img', { name: /^Grid of right ascension/ });
const modesOf = (page: Page): Locator => page.getByRole('radiogroup', { name: 'What is shown' });
const galaxy = (archive: SteeredArchive) =>
  findImage(
    archive,
    'subjects=M31&',
    (row) => isSolved(row) && (row.w * Number(row.pixscale)) / 3600 < 12,
  );

const chooseMode = (person: Person, mode: 'Image' | 'Solution' | 'Both'): Promise<void> =>
  person.chooseRadio(modesOf(person.page), mode);

flow(
  'an image is opened by its hash, for one request and two for its picture',
  async ({ way, begin, archive }) => {
    const row = await galaxy(archive);
    const { person } = await begin(way, { options: { env: sampleAstrobin(archive.base) } });
    await openImage(person, row.hash);
    const { page } = person;
    await expect(page.getByRole('heading', { level: 1, name: row.title })).toBeVisible();
    await expect(person.inspector.getByRole('link', { name: row.user })).toBeVisible();
    await expect(top(page)).toBeVisible();
    await chooseMode(person, 'Both');
    await expect(chartOf(page)).toBeVisible();
    expect(askedOf(archive).filter((path) => path.includes(row.hash))).toEqual([
      `/api/v1/image/${row.hash}/`,
      expect.stringMatching(new RegExp(`^/${row.hash}/0/rawthumb/(?:regular|hd)/$`)),
      expect.stringMatching(new RegExp(`^/cdn/thumbs/${row.hash}_0_(?:regular|hd)\\.jpg$`)),
    ]);
  },
);

flow('coordinates are read off a solved image and copied', async ({ way, begin, archive }) => {
  const row = await galaxy(archive);
  const { app, person } = await begin(way, { options: { env: sampleAstrobin(archive.base) } });
  await openImage(person, row.hash);
  const { page } = person;
  await expect(top(page)).toBeVisible();
  await chooseMode(person, 'Both');
  await expect(readingOf(page)).toHaveText(/^\d\d:\d\d:\d\d\.\d [+-]\d\d:\d\d:\d\d$/);
  const middle = (await readingOf(page).textContent()) ?? '';
  expect(secondsOf(middle).ra).toBeCloseTo(Number(row.ra) * 240, -1);
  if (way === 'mouse') {
    // M 31 itself, where its ring is.
    const ring = await chartOf(page).locator('.ring').first().boundingBox();
    if (ring === null) throw new Error('no ring');
    await page.mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2);
    await page.getByRole('button', { name: 'Copy these coordinates' }).click();
  } else {
    await person.tabTo(toolsOf(page).getByRole('button').first());
    const cross = toolsOf(page).getByRole('button', { name: 'Crosshair' });
    for (let at = 0; at < 6 && (await cross.evaluate((one) => one !== document.activeElement));)
      [at] = [at + 1, await person.press('ArrowRight')];
    await person.press('Enter');
    await expect(page.getByRole('application', { name: 'Crosshair' })).toBeFocused();
    await person.press('Shift+ArrowLeft', 'ArrowUp', 'Enter');
  }
  const calls = () => app.control.calls('clipboard.writeText');
  await expect.poll(async () => (await calls()).length).toBeGreaterThan(0);
  const copied = String((await calls()).at(-1)?.args[0]);
  expect(copied).toMatch(/^\d\d:\d\d:\d\d\.\d [+-]\d\d:\d\d:\d\d$/);
  expect(copied).not.toBe(middle);
  // 00h 42.7m +41 16, within a few pixels of the screen.
  if (way === 'mouse') {
    expect(Math.abs(secondsOf(copied).ra - 2562)).toBeLessThan(20);
    expect(Math.abs(secondsOf(copied).dec - (41 * 3600 + 16 * 60))).toBeLessThan(200);
  }
});

flow(
  'revisions are asked for when wanted, and one is put on the stage',
  async ({ way, begin, archive }) => {
    const row = await findImage(archive, '', (one) => isSolved(one) && one.revisions.length > 0);
    const { person } = await begin(way, { options: { env: sampleAstrobin(archive.base) } });
    await openImage(person, row.hash);
    const { page } = person;
    await expect(top(page)).toBeVisible();
    expect(askedOf(archive).some((path) => path.includes('imagerevision'))).toBe(false);
    await person.pressButton(page.getByRole('button', { name: /^Show the (?:\d+ )?revisions?$/ }));
    const revision = page.getByRole('button', { name: /^Revision B/ });
    await expect(revision).toBeVisible();
    await person.pressButton(revision);
    await expect(revision).toHaveAttribute('aria-pressed', 'true');
    await expect
      .poll(() => askedOf(archive).some((path) => path.startsWith(`/${row.hash}/B/rawthumb/`)))
      .toBe(true);
    await expect(top(page)).toBeVisible();
  },
);

flow('what lies in its field leads to NASA, and back', async ({ way, begin, archive }) => {
  const row = await galaxy(archive);
  const { person } = await begin(way, { options: { env: sampleAstrobin(archive.base) } });
  await openImage(person, row.hash);
  const { page } = person;
  await person.pressButton(page.getByRole('link', { name: 'NASA Images of Andromeda Galaxy' }));
  await expect
    .poll(() => archive.requests.some((asked) => /^GET \/search\?.*q=Andromeda/.test(asked)))
    .toBe(true);
  await person.back();
  await expect(page.getByRole('heading', { level: 1, name: row.title })).toBeVisible();
});

flow('an image that was read before opens without AstroBin', async ({ way, begin, archive }) => {
  const row = await galaxy(archive);
  const options = { env: sampleAstrobin(archive.base) };
  const first = await begin(way, { options });
  await openImage(first.person, row.hash);
  await expect(top(first.person.page)).toBeVisible();
  await first.app.close();
  await archive.goAway();
  const { person } = await begin(way, { options });
  const { page } = person;
  await expect(page.getByRole('heading', { level: 1, name: row.title })).toBeVisible();
  await expect(top(page)).toBeVisible();
  await chooseMode(person, 'Both');
  await expect(chartOf(page)).toBeVisible();
  await expect(stageOf(page)).toBeVisible();
  await archive.comeBack();
});

/** `00:42:44.3 +41:16:09` in seconds of time and of arc. */
function secondsOf(place: string): { ra: number; dec: number } {
  const [ra = '', dec = ''] = place.split(' ');
  const sum = (text: string): number =>
    text
      .replace(/^[+-]/, '')
      .split(':')
      .reduce((total, part) => total * 60 + Number(part), 0);
  return { ra: sum(ra), dec: (dec.startsWith('-') ? -1 : 1) * sum(dec) };
}
