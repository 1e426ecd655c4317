import { expect, flowsOf, testOn } from './flows.ts';
import type { Person } from './person.ts';

/** The governor's pauses are for the real archive. */
const quick = { env: { ALMAGEST_RATE_NASA_API: '500,500,8' } };
/** Every record of the sample has this word. */
const everything = 'sample';
const lump = 10_300;

const flow = flowsOf(testOn(12_500));
const lumpFlow = flowsOf(testOn(12_500, lump));

async function listAll(person: Person, name = /^List all [\d,]+$/): Promise<void> {
  await person.pressButton(person.page.getByRole('link', { name }).first());
}

const complete = (person: Person) => person.page.getByText(/results, all listed/);

flow('every result past the wall is listed, selected and kept', async ({ way, begin, archive }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(everything);
  await person.seesResults();
  await expect(person.page.getByText('NASA lists the first 10,000 of 12,500.')).toBeVisible();
  await listAll(person, /^List all 12,500$/);
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
  await expect(person.page.getByText('12,500 results, all listed')).toBeVisible();
  expect(archive.requests.every((asked) => !/[?&]page=(10[1-9]|1[1-9]\d)\b/.test(asked))).toBe(
    true,
  );
  // The very last one is there to be seen.
  await person.intoGrid();
  await person.press('Control+End');
  const last = person.tile(12_499);
  await expect(last).toBeFocused();
  await expect(last).not.toHaveAccessibleName('Not loaded yet');
  await person.press('Control+a');
  await expect(person.page.getByText('12,500 selected')).toBeVisible();
  await person.keep();
  await expect(person.page.getByText('12,500 records were added to the library.')).toBeVisible({
    timeout: 120_000,
  });
});

flow('a listing is paused, goes on, and is there after a restart', async ({ way, begin }) => {
  // So slow that it can be paused halfway.
  const slow = { env: { ALMAGEST_RATE_NASA_API: '25,5,2' } };
  const first = await begin(way, { options: slow });
  await first.person.search(everything);
  await first.person.seesResults();
  await listAll(first.person);
  const pause = first.person.page.getByRole('button', { name: 'Pause', exact: true });
  await expect(pause).toBeVisible();
  await expect(first.person.page.getByText(/^[1-9][\d,]* of 12,500/).first()).toBeVisible();
  await first.person.pressButton(pause);
  const paused = first.person.page.getByText(/^Paused at [\d,]+ of 12,500\.$/);
  await expect(paused).toBeVisible();
  await first.app.close();

  const { person } = await begin(way, { options: quick });
  await person.seesResults();
  await expect(
    person.page
      .getByText(/^Paused at [\d,]+ of 12,500\.$/)
      .or(complete(person))
      .first(),
  ).toBeVisible();
  const resume = person.page.getByRole('button', { name: 'Resume', exact: true });
  if (await resume.isVisible()) await person.pressButton(resume);
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
});

flow('parts that fail are named and tried again', async ({ way, begin, archive }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(everything);
  await person.seesResults();
  archive.failWith = { status: 500, body: '{"reason":"Internal error"}' };
  archive.failOnly = /[?&]page=7\b/;
  await listAll(person);
  await expect(person.page.getByText(/could not be reached\.$/)).toBeVisible({ timeout: 120_000 });
  await person.pressButton(person.page.getByRole('link', { name: 'Show gaps' }));
  const dialog = person.page.getByRole('dialog', { name: /results? (are|is) missing$/ });
  await expect(dialog.getByRole('row').nth(1)).toBeVisible();
  await expect(dialog.getByRole('row').nth(1)).toContainText(/of [\d,]+/);
  archive.failWith = null;
  await person.pressButton(dialog.getByRole('button', { name: /^Try / }));
  await expect(dialog).toBeHidden();
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
});

lumpFlow('what nothing tells apart is said, with how many', async ({ way, begin }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(everything);
  await person.seesResults();
  await listAll(person);
  await expect(
    person.page.getByText(
      `${new Intl.NumberFormat('en-GB').format(12_500 - (lump - 10_000))} of 12,500. 300 could not be reached.`,
    ),
  ).toBeVisible({ timeout: 120_000 });
  await expect(person.page.getByText(/nothing tells the records apart/)).toBeVisible();
  await person.pressButton(person.page.getByRole('link', { name: 'Show gaps' }));
  const dialog = person.page.getByRole('dialog', { name: '300 results are missing' });
  await expect(dialog.getByText('300 of 10,300')).toBeVisible();
  await person.press('Escape');
  await expect(dialog).toBeHidden();
});

flow('a stored list is looked through without a network', async ({ way, begin, archive }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(everything);
  await person.seesResults();
  await listAll(person);
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
  await archive.goAway();
  await person.intoGrid();
  await person.press('Control+End');
  await expect(person.tile(12_499)).toBeFocused();
  await expect(person.tile(12_499)).not.toHaveAccessibleName('Not loaded yet');
  const name = await person.tile(12_499).getAttribute('aria-label');
  await person.press('Space');
  await expect(person.page.getByRole('dialog', { name: `Preview: ${name ?? ''}` })).toBeVisible();
  await person.press('Space');
  await person.back();
  await expect(person.page.getByText('NASA lists the first 10,000 of 12,500.')).toBeVisible();
  await archive.comeBack();
});
