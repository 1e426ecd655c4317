/** AstroBin's places over the sample archive, as a person goes through them by mouse and by keyboard alone. */
import { Astrobin, atAstrobin, findImage, listOf, listsOf } from './astrobin.ts';
import { expect, flow } from './flows.ts';

flow(
  'the image of the day: to earlier days and back, and one is opened',
  async ({ way, begin, archive }) => {
    const { objects } = await listOf<{ date: string }>(archive, '/imageoftheday/', 'limit=25');
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const astrobin = new Astrobin(person);
    await astrobin.openDay();
    if (way === 'mouse') {
      const earlier = page.getByRole('button', { name: 'Earlier', exact: true });
      await earlier.click();
      await astrobin.seesDay(1);
      await earlier.click();
      await astrobin.seesDay(2);
      await page.getByRole('button', { name: 'Later', exact: true }).click();
    } else {
      await person.tabTo(astrobin.chosen);
      await person.press('ArrowRight');
      await astrobin.seesDay(1);
      await person.press('ArrowRight');
      await astrobin.seesDay(2);
      await person.press('ArrowLeft');
    }
    await astrobin.seesDay(1);
    await person.pressButton(page.getByRole('button', { name: 'Go to a day' }));
    const day = page.getByRole('dialog', { name: 'Go to a day' });
    await person.fill(day.getByRole('textbox', { name: 'Day' }), objects[6]?.date ?? '');
    await person.press('Enter');
    const title = await astrobin.seesDay(6);
    if (way === 'mouse') await page.getByRole('button', { name: 'Open', exact: true }).click();
    else {
      await person.tabTo(astrobin.chosen);
      await person.press('Enter');
    }
    await expect(person.saveButton).toBeEnabled();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await person.back();
    await astrobin.seesDay(6);
  },
);

flow('top picks and nominations are in the same place', async ({ way, begin, archive }) => {
  const { person } = await begin(way, atAstrobin(archive));
  const { page } = person;
  const astrobin = new Astrobin(person);
  await astrobin.openDay();
  const kinds = page.getByRole('radiogroup', { name: 'What is shown' });
  await person.chooseRadio(kinds, 'Top picks');
  await expect(page.getByText(/^Top pick, published \d/)).toBeVisible();
  const first = await astrobin.seesDay(0);
  if (way === 'mouse') await astrobin.strip.locator('[data-index="2"]').click();
  else {
    await person.tabTo(astrobin.chosen);
    await person.press('ArrowRight', 'ArrowRight');
  }
  expect(await astrobin.seesDay(2)).not.toBe(first);
  await person.chooseRadio(kinds, 'Nominations');
  await expect(page.getByText(/^Nominated as a top pick, published \d/)).toBeVisible();
  await person.back();
  await astrobin.seesDay(2);
});

flow(
  'a subject is narrowed by date and put in order, and its ceiling of 100 is said',
  async ({ way, begin, archive }) => {
    const narrowed = 'subjects=M1&uploaded__gte=2021-01-01&order_by=uploaded';
    const { objects } = await listOf(archive, '/image/', `${narrowed}&limit=1`);
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const astrobin = new Astrobin(person);
    await astrobin.search('M1');
    const ceiling = page.getByText('AstroBin stops at 100 images of a subject.');
    await expect(ceiling).toBeVisible();
    await expect(page.getByText('100 images, 25 loaded')).toBeVisible();

    const dates = await astrobin.openFilter(/^Uploaded/);
    await person.fill(dates.getByRole('textbox', { name: 'From' }), '2021');
    await person.press('Enter');
    await expect(dates).toBeHidden();
    const chip = astrobin.filters.getByRole('button', { name: /^Uploaded: from 1 January 2021/ });
    await expect(chip).toBeVisible();
    const order = await astrobin.openFilter(/^Order/);
    await person.chooseRadio(order.getByRole('radiogroup'), 'Oldest upload first');
    await person.pressButton(order.getByRole('button', { name: 'Apply' }));
    await expect(order).toBeHidden();
    await expect(person.tile(0)).toHaveAccessibleName(objects[0]?.title ?? '');
    expect(listsOf(archive).at(-1)).toMatch(/subjects=M.?1&.*uploaded__gte=2021-01-01/);

    const remove = /^Remove the filter Uploaded/;
    await person.pressButton(astrobin.filters.getByRole('button', { name: remove }));
    await expect(chip).toBeHidden();
    await person.seesResults();
    await expect(ceiling).toBeVisible();
  },
);

flow(
  'a subject is listed in slices of dates, and what they leave out is said',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const astrobin = new Astrobin(person);
    await astrobin.search('M1');
    await person.pressButton(page.getByRole('button', { name: 'List all by dates…' }));
    const dialog = page.getByRole('dialog', { name: 'List all images of this subject?' });
    await expect(dialog.getByText(/\d requests are left today/)).toBeVisible();
    await person.pressButton(dialog.getByRole('button', { name: 'List all', exact: true }));
    // The archive stops before it looks at dates: what is left out is said, with what it would take to find it.
    await expect(page.getByText('100 images listed, not all.')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Look through all' })).toBeVisible();
    await person.pressButton(page.getByRole('button', { name: 'Show the first 100 again' }));
    await expect(page.getByText('AstroBin stops at 100 images of a subject.')).toBeVisible();
  },
);

flow(
  'what AstroBin would not take is told before anything is sent',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const astrobin = new Astrobin(person);
    await astrobin.search('nebula');
    const first = (await person.tile(0).getAttribute('aria-label')) ?? '';
    const form = await astrobin.openFilter(/^Title: nebula/);
    await person.chooseOption(form.getByLabel(/^How the words are looked for/), 'matches');
    const words = form.getByRole('textbox', { name: 'Title' });
    await person.fill(words, 'nebula (in');
    await person.press('Enter');
    await expect(form.getByText(/“nebula \(in” is no regular expression/)).toBeVisible();
    await expect(words).toHaveValue('nebula (in');
    expect(listsOf(archive).filter((one) => one.includes('regex'))).toEqual([]);
    await expect(person.tile(0)).toHaveAccessibleName(first);

    await person.fill(words, '^The .*nebula');
    await person.press('Enter');
    await expect(form).toBeHidden();
    await expect(person.tile(0)).toHaveAccessibleName(/^The .*nebula/i);
    expect(listsOf(archive).at(-1)).toContain('title__iregex=^The');
    await expect(page.getByRole('button', { name: /^Title: matches “\^The/ })).toBeVisible();
  },
);

flow('a user is found by their exact name, with their images', async ({ way, begin, archive }) => {
  const { user } = await findImage(archive, '', () => true);
  const name = encodeURIComponent(user);
  const { meta } = await listOf(archive, '/image/', `user=${name}&limit=1`);
  const { person } = await begin(way, atAstrobin(archive));
  const { page } = person;
  const astrobin = new Astrobin(person);
  await astrobin.openPlace('Users');
  const field = page.getByRole('textbox', { name: 'User name' });
  await person.fill(field, 'nobody.of.this.name');
  await person.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'AstroBin has no user “nobody.of.this.name”' }),
  ).toBeVisible();
  await person.pressButton(page.getByRole('button', { name: 'Look for another name' }));
  await person.fill(field, user);
  await person.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: user })).toBeVisible();
  await expect(
    page.getByText(new RegExp(`\\b${meta.total_count} images?\\b`)).first(),
  ).toBeVisible();
  const about = page.getByRole('button', { name: 'About' });
  await person.pressButton(about);
  await expect(about).toHaveAttribute('aria-expanded', 'true');
  await person.seesResults();
  const title = (await person.tile(0).getAttribute('aria-label')) ?? '';
  await person.open(0);
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  // The author stands beside the image, and leads back to all of theirs.
  await person.pressButton(person.inspector.getByRole('link', { name: user, exact: true }));
  await expect(page.getByRole('heading', { level: 1, name: user })).toBeVisible();
  await person.seesResults();
});

flow(
  'a collection and an image in it are opened, and back is the very place',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    const { collections } = new Astrobin(person);
    await person.command('AstroBin: collections', 'AstroBin: collections');
    await expect(collections.first()).toBeVisible();
    // More are asked for where the list is looked at to its end.
    if (way === 'mouse') await collections.nth(24).scrollIntoViewIfNeeded();
    else await person.tabTo(collections.nth(24));
    await expect.poll(() => collections.count()).toBeGreaterThan(25);
    const texts = await collections.allTextContents();
    const at = texts.findIndex((text, index) => index > 24 && /\b[3-9] images/.test(text));
    expect(at, 'a collection of several images').toBeGreaterThan(24);
    await person.pressButton(collections.nth(at));
    await expect(person.tile(1)).not.toHaveAccessibleName('Not loaded yet');
    const title = (await person.tile(1).getAttribute('aria-label')) ?? '';
    await person.open(1);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page.getByText(/^(?:Record )?2 of \d/)).toBeVisible();
    await person.back();
    await expect(person.tile(1)).toHaveAccessibleName(title);
    if (way === 'mouse') await expect(person.tile(1)).toHaveAttribute('aria-selected', 'true');
    else await expect(person.tile(1)).toBeFocused();
    await person.back();
    await expect(collections.nth(at)).toHaveText(texts[at] ?? '');
    await expect(collections.nth(at)).toBeInViewport();
  },
);

flow('a search comes back after a restart, at its place', async ({ way, begin, archive }) => {
  const place = 30;
  const first = await begin(way, atAstrobin(archive));
  await new Astrobin(first.person).search('nebula');
  await first.person.intoGrid();
  const { grid } = first.person;
  for (let down = 0; down < 40; down += 1) {
    if (Number(await grid.locator(':focus').getAttribute('data-index')) >= place) break;
    await first.person.press('PageDown');
  }
  const index = Number(await grid.locator(':focus').getAttribute('data-index'));
  await expect(first.person.tile(index)).not.toHaveAccessibleName('Not loaded yet');
  await first.person.press('Control+Space');
  const name = (await first.person.tile(index).getAttribute('aria-label')) ?? '';
  await first.app.close();

  const { person } = await begin(way, atAstrobin(archive));
  await expect(person.searchField).toHaveValue('nebula');
  await expect(person.tile(index)).toHaveAccessibleName(name);
  await expect(person.tile(index)).toBeInViewport();
  await expect(person.tile(index)).toHaveAttribute('aria-selected', 'true');
  await expect(person.tile(index)).toBeFocused();
});
