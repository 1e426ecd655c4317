import { expect, flow } from './flows.ts';

flow(
  'a search shows pictures, the count and the archive’s words',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way);
    await person.search('nebula');
    await person.seesResults();
    const asked = archive.requests.find((request) => request.startsWith('GET /search?q=nebula'));
    expect(asked).toBeDefined();
    const total = (await (await fetch(`${archive.base}/search?q=nebula`)).json()) as {
      collection: { metadata: { total_hits: number } };
    };
    const count = new Intl.NumberFormat('en-GB').format(total.collection.metadata.total_hits);
    await expect(person.page.getByText(`${count} results`)).toBeVisible();
    const picture = person.grid.locator('img').first();
    await expect(picture).toHaveJSProperty('complete', true);
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      100,
    );
  },
);

flow('a filter narrows the search and comes off again', async ({ way, begin, archive }) => {
  const { person } = await begin(way);
  await person.search('nebula');
  await person.seesResults();
  const filters = person.page.getByRole('group', { name: 'Filters' });
  await person.pressButton(filters.getByRole('button', { name: /^Years/ }));
  const form = person.page.getByRole('dialog').or(person.page.getByRole('menu'));
  const from = form.getByLabel('From', { exact: true });
  await expect(from).toBeVisible();
  if (way === 'mouse') await from.click();
  else await person.tabTo(from);
  await person.page.keyboard.type('20x4');
  await person.press('Enter');
  await expect(person.page.getByText('“20x4” is not a year of 4 digits')).toBeVisible();
  expect(archive.requests.some((request) => request.includes('20x4'))).toBe(false);
  await person.press('Control+a');
  await person.page.keyboard.type('2004');
  await person.press('Enter');
  await expect.poll(() => archive.requests.at(-1) ?? '').not.toBe('');
  await expect
    .poll(() => archive.requests.some((request) => request.includes('year_start=2004')))
    .toBe(true);
  await person.seesResults();
  await person.command('clear filters', /Clear filters/);
  await expect(filters.getByRole('button', { name: /^Years/ })).toBeVisible();
  await person.seesResults();
});

flow('nothing found is said with a way on', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('zzqx wvvk');
  await expect(
    person.page.getByRole('heading', { name: 'Nothing in NASA Images for “zzqx wvvk”' }),
  ).toBeVisible();
  await person.pressButton(person.page.getByRole('button', { name: 'Change the words' }));
  await expect(person.searchField).toBeFocused();
});

flow('an archive that fails is tried again by a press', async ({ way, begin, archive }) => {
  const { person } = await begin(way);
  archive.failWith = { status: 504, body: '<html><h1>Gateway timeout</h1></html>' };
  await person.search('saturn');
  await expect(person.page.getByRole('heading', { name: 'NASA didn’t answer' })).toBeVisible({
    timeout: 30_000,
  });
  archive.failWith = null;
  await person.pressButton(person.page.getByRole('button', { name: 'Try again' }));
  await person.seesResults();
});

flow('the end of the list is reached and more pages come', async ({ way, begin, archive }) => {
  const { person } = await begin(way);
  await person.search('nebula');
  await person.seesResults();
  if (way === 'keyboard') {
    await person.toTile(0);
    for (let pages = 0; pages < 40; pages += 1) {
      await person.press('PageDown');
      if (archive.requests.some((request) => /[?&]page=3\b/.test(request))) break;
    }
  } else {
    await person.grid.hover();
    for (let turns = 0; turns < 200; turns += 1) {
      await person.page.mouse.wheel(0, 3000);
      await person.page.evaluate(() => new Promise(requestAnimationFrame));
      if (archive.requests.some((request) => /[?&]page=3\b/.test(request))) break;
    }
  }
  await expect
    .poll(() => archive.requests.some((request) => /[?&]page=3\b/.test(request)))
    .toBe(true);
  await expect(person.page.getByText(/results, [23]00 loaded/)).toBeVisible();
});

flow('several are selected, described and kept at once', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('planet');
  await person.seesResults();
  await person.select(0, 1, 3);
  await expect(person.page.getByText('3 selected')).toBeVisible();
  await expect(person.inspector.getByRole('heading', { name: '3 records' })).toBeVisible();
  await person.keep();
  await person.goTo('Everything kept');
  await expect(person.page.getByText('3 records. Snapshots')).toBeVisible();
});
