import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';

const filtersOf = (person: Person) => person.page.getByRole('group', { name: 'Filters' });

/** Opens the form of a filter that stands in the bar. */
async function openFilter(person: Person, name: RegExp): Promise<void> {
  await person.pressButton(filtersOf(person).getByRole('button', { name }).first());
  await expect(person.page.getByRole('dialog')).toBeVisible();
}

flow('a filter offers what the results hold', async ({ way, begin, archive }) => {
  const { person } = await begin(way);
  await person.search('nebula');
  await person.seesResults();
  await openFilter(person, /^Centre/);
  const offered = person.page.getByRole('listbox').getByRole('option');
  await expect(offered.first()).toContainText(/record/);
  const value = (await offered.first().locator('.value').textContent()) ?? '';
  expect(value).not.toBe('');
  if (way === 'mouse') await offered.first().click();
  else await person.press('ArrowDown', 'Enter');
  await expect(
    filtersOf(person).getByRole('button', { name: `Centre: ${value}`, exact: true }),
  ).toBeVisible();
  await person.seesResults();
  expect(archive.requests.some((asked) => asked.includes(`center=${value}`))).toBe(true);
});

flow('several filters come off one by one and all at once', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('planet');
  await person.seesResults();
  await openFilter(person, /^Media type/);
  const image = person.page.getByRole('checkbox', { name: 'Image' });
  if (way === 'mouse') await image.click();
  else {
    await person.tabTo(image);
    await person.press('Space');
  }
  await person.pressButton(person.page.getByRole('button', { name: 'Apply' }));
  await expect(
    filtersOf(person).getByRole('button', { name: 'Media type: Image', exact: true }),
  ).toBeVisible();
  await openFilter(person, /^Years/);
  await person.page.keyboard.type('1990');
  await person.press('Enter');
  const years = filtersOf(person).getByRole('button', { name: 'Years: from 1990', exact: true });
  await expect(years).toBeVisible();
  await person.seesResults();
  await person.pressButton(
    filtersOf(person).getByRole('button', { name: 'Remove the filter Years: from 1990' }),
  );
  await expect(years).toBeHidden();
  await person.seesResults();
  await person.pressButton(filtersOf(person).getByRole('link', { name: 'Clear filters' }));
  await expect(filtersOf(person).getByRole('button', { name: /Media type: Image/ })).toBeHidden();
  await person.seesResults();
});

flow('a misspelt word is offered in its usual spelling', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('nebulla');
  await expect(
    person.page.getByRole('heading', { name: 'Nothing in NASA Images for “nebulla”' }),
  ).toBeVisible();
  await person.pressButton(person.page.getByRole('button', { name: 'Search for “nebula”' }));
  await expect(person.searchField).toHaveValue('nebula');
  await person.seesResults();
});

flow(
  'nonsense in every filter finds nothing and breaks nothing',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way);
    await person.search('moon');
    await person.seesResults();
    const nonsense = '\u202e%00<b>\u{1f6f0}&#;"\\ \u0301';
    for (const name of ['Location', 'Title', 'Description', 'Alternative text', 'NASA id']) {
      await person.pressButton(
        filtersOf(person).getByRole('button', { name: 'More', exact: true }),
      );
      const item = person.page.getByRole('menuitem', { name, exact: true });
      await expect(item).toBeVisible();
      if (way === 'mouse') await item.click();
      else {
        for (let down = 0; down < 12; down += 1) {
          if (await item.evaluate((one) => one === document.activeElement)) break;
          await person.press('ArrowDown');
        }
        await person.press('Enter');
      }
      await expect(person.page.getByRole('dialog', { name }).locator('input')).toBeFocused();
      await person.page.keyboard.insertText(nonsense);
      await person.press('Enter');
      await expect(person.page.getByRole('dialog', { name })).toBeHidden();
    }
    await expect(
      person.page.getByRole('heading', { name: /^Nothing in NASA Images/ }),
    ).toBeVisible();
    expect(archive.requests.every((asked) => !asked.includes('<b>'))).toBe(true);
    await person.pressButton(person.page.getByRole('button', { name: 'Clear 5 filters' }));
    await person.seesResults();
  },
);

flow('the menu of a picture acts on it, or on all that are selected', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('saturn');
  await person.seesResults();
  const openMenu = async (index: number) => {
    if (way === 'mouse') await person.tile(index).click({ button: 'right' });
    else {
      await person.toTile(index);
      await person.press('Shift+F10');
    }
    await expect(person.page.getByRole('menu')).toBeVisible();
  };
  const choose = async (name: string | RegExp) => {
    const item = person.page.getByRole('menuitem', { name });
    if (way === 'mouse') await item.click();
    else {
      for (let down = 0; down < 20; down += 1) {
        if (await item.evaluate((one) => one === document.activeElement)) break;
        await person.press('ArrowDown');
      }
      await person.press('Enter');
    }
    await expect(person.page.getByRole('menu')).toBeHidden();
  };
  await openMenu(1);
  await choose('Copy link');
  await expect(person.page.getByText('1 link copied.')).toBeVisible();
  await person.select(0, 2);
  await openMenu(2);
  await choose(/^Keep in the library/);
  await expect(person.inspector.getByText('2 of 2 kept')).toBeVisible();
  await person.press('Escape');
  await openMenu(0);
  await choose(/^Centre: /);
  await person.seesResults();
  await expect(filtersOf(person).getByRole('button', { name: /^Centre: / })).toBeVisible();
});

flow('Space shows a record large, and the arrows go on from there', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('galaxy');
  await person.seesResults();
  if (way === 'mouse') {
    await person.tile(1).click({ button: 'right' });
    await person.page.getByRole('menuitem', { name: /^Preview/ }).click();
  } else {
    await person.toTile(1);
    await person.press('Space');
  }
  const look = person.page.getByRole('dialog', { name: /^Preview: / });
  await expect(look).toBeVisible();
  const first = await look.getByRole('heading').textContent();
  if (way === 'mouse') await look.getByRole('button', { name: 'Next record' }).click();
  else await person.press('ArrowRight');
  await expect(look.getByRole('heading')).not.toHaveText(first ?? '');
  if (way === 'mouse') await look.getByRole('button', { name: 'Close the preview' }).click();
  else await person.press('Space');
  await expect(look).toBeHidden();
  await expect(person.tile(2)).toBeFocused();
});

flow('back and forward lead to the exact place', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('nebula');
  await person.seesResults();
  await person.intoGrid();
  for (let pages = 0; pages < 3; pages += 1) await person.press('PageDown');
  const focused = person.grid.locator(':focus');
  const index = Number(await focused.getAttribute('data-index'));
  expect(index).toBeGreaterThan(10);
  await expect(person.tile(index)).not.toHaveAccessibleName('Not loaded yet');
  await person.press('Control+Space');
  await expect(person.tile(index)).toHaveAttribute('aria-selected', 'true');
  const before = await person.firstSeen();

  await person.search('moon');
  await person.seesResults();
  await person.back();
  await expect(person.searchField).toHaveValue('nebula');
  await expect(person.tile(index)).toBeInViewport();
  await expect(person.tile(index)).toHaveAttribute('aria-selected', 'true');
  expect(await person.firstSeen()).toBe(before);
  if (way === 'mouse') {
    await person.page.getByRole('button', { name: 'Forward', exact: true }).click();
  } else await person.press('Alt+ArrowRight');
  await expect(person.searchField).toHaveValue('moon');
  await person.seesResults();
});

flow('a search made before is there without a network', async ({ way, begin, archive }) => {
  archive.maxAgeSeconds = 0;
  const first = await begin(way);
  await first.person.search('crater');
  await first.person.seesResults();
  const name = await first.person.tile(0).getAttribute('aria-label');
  await first.app.close();
  await archive.goAway();

  const { person } = await begin(way);
  await expect(person.searchField).toHaveValue('crater');
  await expect(person.tile(0)).toHaveAccessibleName(name ?? '');
  const banner = person.page
    .getByRole('status')
    .filter({ hasText: /NASA didn’t answer|You’re offline/ })
    .first();
  await expect(banner).toBeVisible({ timeout: 60_000 });
  await expect(banner).toContainText(/kept from/);
  await archive.comeBack();
  await person.pressButton(banner.getByRole('button', { name: /Try again|Check again/ }));
  await expect(banner).toBeHidden({ timeout: 30_000 });
  await expect(person.tile(0)).toHaveAccessibleName(name ?? '');
});

flow('newer results wait until they are asked for', async ({ way, begin, archive }) => {
  archive.maxAgeSeconds = 0;
  const first = await begin(way);
  await first.person.search('comet');
  await first.person.seesResults();
  const [old, next] = [
    await first.person.tile(0).getAttribute('aria-label'),
    await first.person.tile(1).getAttribute('aria-label'),
  ];
  await first.app.close();
  // The archive lists one record less at its beginning since then.
  archive.rewrite = (url, body) => {
    if (!url.startsWith('/search')) return body;
    const answer = JSON.parse(body) as { collection: { items: unknown[] } };
    answer.collection.items.shift();
    return JSON.stringify(answer);
  };
  archive.isHeld = true;
  const { person } = await begin(way);
  await expect(person.tile(0)).toHaveAccessibleName(old ?? '');
  archive.isHeld = false;
  const newer = person.page.getByRole('link', { name: 'Newer results' });
  await expect(newer).toBeVisible();
  await expect(person.tile(0)).toHaveAccessibleName(old ?? '');
  await person.pressButton(newer);
  await expect(person.tile(0)).toHaveAccessibleName(next ?? '');
  await expect(newer).toBeHidden();
});
