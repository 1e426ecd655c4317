/** A film with its captions: played, read along, searched, quoted, saved, and found again among all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';

const list = ({ page }: Person): Locator => page.getByRole('listbox', { name: 'Captions' });
const row = (person: Person, index: number): Locator =>
  list(person).locator(`[data-cue="${index}"]`);
const field = ({ page }: Person): Locator =>
  page.getByRole('searchbox', { name: 'Search the captions', exact: true });
const position = ({ page }: Person): Locator => page.getByRole('slider', { name: 'Position' });
const seconds = async (person: Person): Promise<number> =>
  Number(await position(person).inputValue());

/** Opens the first film of the sample archive, which has captions. */
async function openFilm(person: Person): Promise<void> {
  await person.search('short film');
  await person.seesResults();
  await person.open(0);
  await expect(row(person, 2)).toBeVisible();
}

/** Into the list of captions by keys, at its beginning. */
async function intoList(person: Person): Promise<void> {
  await person.press('F6');
  await person.tabTo(list(person));
  await person.press('Home');
}

/** A long word of a caption, to search for. */
async function wordOf(person: Person, index: number): Promise<string> {
  const text = await row(person, index).locator('.words').innerText();
  const word = text.match(/\p{L}{4,}/gu)?.at(-1);
  if (word === undefined) throw new Error(`no long word in “${text}”`);
  return word;
}

flow('a film plays, and a caption leads to its time', async ({ way, begin }) => {
  const { person } = await begin(way);
  await openFilm(person);
  await expect(position(person)).toHaveAttribute('aria-valuetext', /^0:00 of \d+:\d\d$/);
  if (way === 'mouse') await person.page.getByRole('button', { name: 'Play', exact: true }).click();
  else await person.press('k');
  await expect.poll(() => seconds(person)).toBeGreaterThan(0.5);
  if (way === 'mouse') await row(person, 2).click();
  else {
    await intoList(person);
    await person.press('ArrowDown', 'ArrowDown', 'Enter');
  }
  await expect(row(person, 2)).toHaveAttribute('aria-current', 'time');
  await expect.poll(() => seconds(person)).toBeGreaterThan(4);
  if (way === 'mouse') await person.page.getByRole('button', { name: 'Pause' }).click();
  else await person.press('Space');
  await expect(person.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const held = await seconds(person);
  if (way === 'mouse') await person.page.getByRole('button', { name: '10 seconds back' }).click();
  else await person.press('j');
  await expect.poll(() => seconds(person)).toBeCloseTo(Math.max(0, held - 10), 1);
});

flow('the captions are searched, and the match plays', async ({ way, begin }) => {
  const { person } = await begin(way);
  await openFilm(person);
  const word = await wordOf(person, 2);
  if (way === 'mouse') await field(person).click();
  else await person.press('Control+f');
  await expect(field(person)).toBeFocused();
  await person.page.keyboard.type(word.toUpperCase());
  await expect(list(person).locator('mark').first()).toHaveText(new RegExp(word, 'i'));
  await expect(person.page.getByText(/^1 of \d+$/).first()).toBeVisible();
  const match = list(person)
    .locator('[data-cue]', { has: person.page.locator('mark') })
    .first();
  const index = Number(await match.getAttribute('data-cue'));
  if (way === 'mouse') await row(person, index).click();
  else await person.press('ArrowDown', 'Enter');
  await expect(row(person, index)).toHaveAttribute('aria-current', 'time');
});

flow('two captions are quoted with timecode, title and credit', async ({ way, begin }) => {
  const { app, person } = await begin(way);
  await openFilm(person);
  const words = async (index: number): Promise<string> =>
    (await row(person, index).locator('.words').innerText()).replace(/\s+/g, ' ').trim();
  const second = await words(2);
  if (way === 'mouse') {
    await row(person, 1).click();
    await row(person, 2).click({ modifiers: ['Shift'] });
    await person.page.getByRole('button', { name: 'Copy quote' }).click();
  } else {
    await intoList(person);
    await person.press('ArrowDown', 'Shift+ArrowDown', 'q');
  }
  await expect(person.page.getByText('Quote of 2 captions copied.')).toBeVisible();
  const [call] = await app.control.calls('clipboard.writeText');
  const copied = String(call?.args[0]);
  expect(copied).toContain(second);
  expect(copied).toMatch(/00:00:0\d, .*a short film.*NASA/);
});

flow('the captions are saved as a file and shown in its folder', async ({ way, begin }) => {
  const { app, person } = await begin(way);
  await openFilm(person);
  if (way === 'mouse') {
    await person.page.getByRole('button', { name: 'Export the captions' }).click();
    await person.page.getByRole('menuitem', { name: 'Save as SRT' }).click();
  } else await person.command('captions as srt', /Save the captions as SRT/);
  await expect(person.page.getByText(/^Captions saved to .*\.srt\.$/)).toBeVisible();
  const [name] = readdirSync(app.downloadsDir).filter((one) => one.endsWith('.srt'));
  const saved = readFileSync(join(app.downloadsDir, name ?? ''), 'utf8');
  expect(saved).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n/);
  await person.pressButton(person.page.getByRole('button', { name: 'Show in folder' }));
  await expect
    .poll(async () =>
      (await app.control.calls('shell.showItemInFolder')).map(({ args }) => args[0]),
    )
    .toEqual([join(app.downloadsDir, name ?? '')]);
});

flow('captions are read when the film is not at hand', async ({ way, begin, archive }) => {
  const { app, person } = await begin(way);
  archive.fileBytesPerSecond = 30_000;
  await openFilm(person);
  await person.back();
  await person.seesResults();
  await archive.goAway();
  await person.open(0);
  await expect(row(person, 2)).toBeVisible();
  await expect(
    person.page.getByText(/file server didn’t answer|You’re offline/).first(),
  ).toBeVisible({ timeout: 60_000 });
  if (way === 'mouse') await row(person, 1).click();
  else {
    await intoList(person);
    await person.press('ArrowDown');
  }
  if (way === 'mouse') await person.page.getByRole('button', { name: 'Copy quote' }).click();
  else await person.press('q');
  await expect.poll(async () => (await app.control.calls('clipboard.writeText')).length).toBe(1);
});

flow('all captions that were read are searched together', async ({ way, begin }) => {
  const { person } = await begin(way);
  const { page } = person;
  await openFilm(person);
  const word = await wordOf(person, 2);
  if (way === 'mouse') {
    const sidebar = page.getByRole('navigation', { name: 'Places' });
    await sidebar.getByRole('button', { name: 'Captions' }).click();
    await expect(page.getByText('1 transcript kept on this computer')).toBeVisible();
    await page.getByRole('button', { name: 'Type the words' }).click();
  } else await person.press('Control+Shift+f');
  await expect(person.searchField).toBeFocused();
  await page.keyboard.type(word);
  await person.press('Enter');
  const hits = page.getByRole('listbox', { name: 'Captions found' });
  const hit = hits.getByRole('option').first();
  await expect(hit).toContainText(new RegExp(word, 'i'));
  const time = await hit.locator('.time').innerText();
  if (way === 'mouse') await hit.click();
  else {
    await person.tabTo(hits);
    await person.press('Enter');
  }
  await expect(page.getByRole('heading', { level: 1, name: /a short film/ })).toBeVisible();
  await expect(list(person).locator('[aria-current="time"] .time')).toHaveText(time);
  await person.back();
  await expect(hits).toBeVisible();

  await person.search('zebra crossing');
  await expect(
    page.getByRole('heading', { name: 'No caption has “zebra crossing”' }),
  ).toBeVisible();
});

flow('a film goes on where one was', async ({ way, begin }) => {
  const { person } = await begin(way);
  await openFilm(person);
  await expect(position(person)).toHaveAttribute('aria-valuetext', /^0:00 of/);
  if (way === 'mouse') await person.page.getByRole('button', { name: '10 seconds on' }).click();
  else await person.press('l');
  await expect.poll(() => seconds(person)).toBeCloseTo(10, 1);
  await person.goTo('NASA Images');
  await person.seesResults();
  await person.open(0);
  await expect(position(person)).toHaveAttribute('aria-valuetext', /^0:10 of/);
});
