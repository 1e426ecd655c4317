import { expect, flowsOf, testOn } from './flows.ts';
import type { SteeredArchive } from '../support/steered-archive.ts';
import type { Person } from './person.ts';
import { lumpSample, wideSample } from './samples.ts';

/** The governor's pauses are for the real archive. */
const quick = { env: { ALMAGEST_RATE_NASA_API: '500,500,8' } };
/** Most records of the sample have this word. */
const wide = 'sample';
/** Records that no slice reaches: the archive lists 10,000 of the lump. */
const unreachable = lumpSample.lump - 10_000;
/** A listing of more than a hundred pages on a busy machine. */
const longMs = 240_000;

const flow = flowsOf(testOn(wideSample), longMs);
const lumpFlow = flowsOf(testOn(lumpSample), longMs);

const inWords = (count: number): string => new Intl.NumberFormat('en-GB').format(count);

/** What the archive itself counts. */
async function totalOf(archive: SteeredArchive): Promise<number> {
  const answer = await fetch(`${archive.base}/search?q=${wide}&page_size=1`);
  const { collection } = (await answer.json()) as {
    collection: { metadata: { total_hits: number } };
  };
  return collection.metadata.total_hits;
}

async function listAll(person: Person, name = /^List all [\d,]+$/): Promise<void> {
  await person.pressButton(person.page.getByRole('link', { name }).first());
}

const complete = (person: Person) => person.page.getByText(/results, all listed/);

flow('every result past the wall is listed, selected and kept', async ({ way, begin, archive }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(wide);
  await person.seesResults();
  const total = await totalOf(archive);
  expect(total).toBeGreaterThan(10_000);
  const words = inWords(total);
  await expect(person.page.getByText(`NASA lists the first 10,000 of ${words}.`)).toBeVisible();
  await listAll(person, new RegExp(`^List all ${words}$`));
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
  await expect(person.page.getByText(`${words} results, all listed`)).toBeVisible();
  expect(archive.requests.every((asked) => !/[?&]page=(10[1-9]|1[1-9]\d)\b/.test(asked))).toBe(
    true,
  );
  // The very last one is there to be seen.
  await person.intoGrid();
  await person.press('Control+End');
  const last = person.tile(total - 1);
  await expect(last).toBeFocused();
  await expect(last).not.toHaveAccessibleName('Not loaded yet');
  await person.press('Control+a');
  await expect(person.page.getByText(`${words} selected`)).toBeVisible();
  await person.keep();
  await expect(person.page.getByText(`${words} records were added to the library.`)).toBeVisible({
    timeout: 120_000,
  });
});

flow(
  'a listing is paused, goes on, and is there after a restart',
  async ({ way, begin, archive }) => {
    const total = inWords(await totalOf(archive));
    // So slow that it can be paused halfway.
    const slow = { env: { ALMAGEST_RATE_NASA_API: '25,5,2' } };
    const first = await begin(way, { options: slow });
    await first.person.search(wide);
    await first.person.seesResults();
    await listAll(first.person);
    const pause = first.person.page.getByRole('button', { name: 'Pause', exact: true });
    await expect(pause).toBeVisible();
    await expect(
      first.person.page.getByText(new RegExp(`^[1-9][\\d,]* of ${total}`)).first(),
    ).toBeVisible();
    await first.person.pressButton(pause);
    const paused = first.person.page.getByText(new RegExp(`^Paused at [\\d,]+ of ${total}\\.$`));
    await expect(paused).toBeVisible();
    await first.app.close();

    const { person } = await begin(way, { options: quick });
    await person.seesResults();
    await expect(
      person.page
        .getByText(new RegExp(`^Paused at [\\d,]+ of ${total}\\.$`))
        .or(complete(person))
        .first(),
    ).toBeVisible();
    const resume = person.page.getByRole('button', { name: 'Resume', exact: true });
    if (await resume.isVisible()) await person.pressButton(resume);
    await expect(complete(person)).toBeVisible({ timeout: 120_000 });
  },
);

flow('parts that fail are named and tried again', async ({ way, begin, archive }) => {
  const { person } = await begin(way, { options: quick });
  await person.search(wide);
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

lumpFlow('what nothing tells apart is said, with how many', async ({ way, begin, archive }) => {
  const total = await totalOf(archive);
  const { person } = await begin(way, { options: quick });
  await person.search(wide);
  await person.seesResults();
  await listAll(person);
  await expect(
    person.page.getByText(
      `${inWords(total - unreachable)} of ${inWords(total)}. ${unreachable} could not be reached.`,
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
  const total = await totalOf(archive);
  const { person } = await begin(way, { options: quick });
  await person.search(wide);
  await person.seesResults();
  await listAll(person);
  await expect(complete(person)).toBeVisible({ timeout: 120_000 });
  await archive.goAway();
  await person.intoGrid();
  await person.press('Control+End');
  await expect(person.tile(total - 1)).toBeFocused();
  await expect(person.tile(total - 1)).not.toHaveAccessibleName('Not loaded yet');
  const name = await person.tile(total - 1).getAttribute('aria-label');
  await person.press('Space');
  await expect(person.page.getByRole('dialog', { name: `Preview: ${name ?? ''}` })).toBeVisible();
  await person.press('Space');
  await person.back();
  await expect(
    person.page.getByText(`NASA lists the first 10,000 of ${inWords(total)}.`),
  ).toBeVisible();
  await archive.comeBack();
});
