import { expect, flow } from './flows.ts';

flow(
  'a kept record is there after a restart, can be removed and brought back',
  async ({ way, begin, archive }) => {
    const first = await begin(way);
    await first.person.search('saturn');
    await first.person.seesResults();
    const title = (await first.person.tile(0).getAttribute('aria-label')) ?? '';
    await first.person.open(0);
    await first.person.keep();
    await expect(first.person.page.getByRole('button', { name: /^Kept/ })).toBeVisible();
    // A kill, not a quit: what was acknowledged must be on disk already.
    await first.app.kill();

    // A kept record is a snapshot: it needs no archive.
    await archive.goAway();
    const { person } = await begin(way);
    await person.goTo('Everything kept');
    await expect(person.page.getByRole('gridcell', { name: title })).toBeVisible();
    await person.select(0);
    if (way === 'keyboard') await person.press('Delete');
    else {
      await person.page
        .getByRole('button', { name: 'Remove from the library' })
        .filter({ visible: true })
        .first()
        .click();
    }
    await expect(person.page.getByRole('heading', { name: 'Nothing kept yet' })).toBeVisible();
    if (way === 'keyboard') await person.press('Control+z');
    else await person.page.getByRole('button', { name: 'Undo' }).click();
    await expect(person.page.getByRole('gridcell', { name: title })).toBeVisible();
    await archive.comeBack();
  },
);

flow(
  'after a restart the search, its place and the theme are as they were',
  async ({ way, begin }) => {
    const first = await begin(way);
    await first.person.command('theme light', /Theme: light/);
    await expect(first.person.page.locator(':root')).toHaveAttribute('data-theme', 'light');
    await first.person.search('nebula');
    await first.person.seesResults();
    if (way === 'keyboard') {
      await first.person.toTile(0);
      for (let pages = 0; pages < 4; pages += 1) await first.person.press('PageDown');
    } else {
      await first.person.grid.hover();
      for (let turns = 0; turns < 4; turns += 1) {
        await first.person.page.mouse.wheel(0, 500);
        await first.person.page.evaluate(() => new Promise(requestAnimationFrame));
      }
    }
    await expect.poll(() => first.person.firstSeen()).toBeGreaterThan(3);
    // The place settles when the scrolling does.
    let index = -1;
    await expect
      .poll(async () => {
        const before = index;
        index = await first.person.firstSeen();
        return before === index;
      })
      .toBe(true);
    const name = await first.person.tile(index).getAttribute('aria-label');
    await first.person.page.waitForFunction(() =>
      [...document.images].every((image) => image.complete),
    );
    await first.app.close();

    const { person } = await begin(way);
    await expect(person.page.locator(':root')).toHaveAttribute('data-theme', 'light');
    await expect(person.searchField).toHaveValue('nebula');
    const restored = person.tile(index);
    await expect(restored).toBeVisible();
    await expect(restored).toHaveAccessibleName(name ?? '');
    await expect(restored).toBeInViewport();
  },
);
