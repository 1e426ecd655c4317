/** Queries in the registry's own language: built and written, mistaken, undone, saved, run, and what was found. */
import type { Locator } from '@playwright/test';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';
import { ask, asked, quick, Registry, tailOf } from './registry.ts';

const derived = 'urn:nasa:pds:sample_radiometer:data_derived:*';
const size = 'ops:Data_File_Info.ops:file_size';

const properties = ({ page }: Person): Locator => page.getByRole('combobox', { name: 'Property' });
const values = ({ page }: Person): Locator => page.getByRole('textbox', { name: 'Value' });
const offers = ({ page }: Person): Locator => page.getByRole('listbox', { name: 'Properties' });

/** Completes the name that the open list of a property's field offers first. */
async function takeOffer(person: Person, name: string): Promise<void> {
  const option = offers(person).getByRole('option').first();
  await expect(option).toContainText(name);
  if (person.way === 'mouse') await option.click();
  else await person.press('Enter');
  await expect(offers(person)).toBeHidden();
}

/** Chooses how a condition compares. */
async function compare(person: Person, name: string): Promise<void> {
  const select = person.page.getByLabel(/^Comparison/).last();
  await person.pressButton(select);
  const option = person.page.getByRole('option', { name, exact: true });
  await expect(option).toBeVisible();
  if (person.way === 'mouse') await option.click();
  else {
    for (let down = 0; down < 12; down += 1) {
      if ((await option.getAttribute('data-highlighted')) !== null) break;
      await person.press('ArrowDown');
    }
    await person.press('Enter');
  }
  await expect(option).toBeHidden();
}

/** Products of the archive for a query, one line. */
const found = (archive: Parameters<typeof ask>[0], q: string) =>
  ask(archive, `products?limit=500&fields=lid&q=${encodeURIComponent(q)}`);
/** Queries that were asked of lists. */
const queriesIn = (archive: Parameters<typeof ask>[0]) =>
  asked(archive, '/products?').filter((one) => /[?&]q=/.test(one));

flow(
  'a query is built, reads as its text, and finds what it says',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.openQuery();
    await expect(properties(person)).toBeFocused();
    await person.page.keyboard.insertText('lid');
    await person.press('Escape');
    await compare(person, 'is like');
    await person.fill(values(person), derived);
    const add = person.page.getByRole('button', { name: 'Add a condition', exact: true });
    await person.act('Control+Shift+E', add);
    await expect(properties(person).nth(1)).toBeFocused();
    await person.page.keyboard.type('Data_File_Info.ops:file_si');
    await takeOffer(person, size);
    await compare(person, 'is more than');
    await person.fill(values(person).nth(1), '2200');
    const q = `((lid like "${derived}")\nand (${size} gt 2200))`;
    await expect(registry.queryText).toHaveValue(q);
    const fitting = await found(archive, q.replaceAll('\n', ' '));
    expect(fitting.length).toBeGreaterThan(0);
    expect(fitting.length).toBeLessThan(120);
    archive.requests.length = 0;
    await registry.run();
    await expect(person.page.getByText(`${fitting.length} products`)).toBeVisible();
    expect(queriesIn(archive).join(' ')).toContain(`${size} gt 2200`);
    const shown =
      (await registry.result(0).getByRole('gridcell').first().getAttribute('title')) ?? '';
    expect(fitting.map(({ id }) => id)).toContain(shown);
  },
);

flow('a mistake is shown at its place before anything is sent', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.openQuery(`((lid like "${derived}")\nand (vid eq 1.0)\nand title like "x")`);
  await expect(person.page.getByRole('heading', { name: /^Line 3: / })).toBeHidden();
  await person.fill(registry.queryText, `((lid like "${derived}")\nand (vid eq 1.0)\nor title)`);
  const line = person.page.getByRole('heading', { name: 'Line 3: it cannot be read' });
  await expect(line).toBeVisible();
  await expect(person.page.getByText('Nothing was sent.')).toBeVisible();
  await expect(registry.runButton).toHaveAttribute('aria-disabled', 'true');
  await person.press('Control+Enter');
  await person.pressButton(line.getByRole('link'));
  const place = () =>
    registry.queryText.evaluate(
      (field: HTMLTextAreaElement) => field.value.slice(0, field.selectionStart).split('\n').length,
    );
  await expect.poll(place).toBe(3);
  expect(queriesIn(archive)).toEqual([]);
});

flow('a misspelt property is offered by its right name', async ({ way, begin }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  const right = 'pds:Time_Coordinates.pds:start_date_time';
  const wrong = right.replace('Coordinates', 'Coordinate');
  await registry.openQuery(`((lid like "${derived}")\nand (${wrong} ge "2019"))`);
  await expect(
    person.page.getByRole('heading', { name: 'Line 2: unknown property' }),
  ).toBeVisible();
  await expect(registry.runButton).toHaveAttribute('aria-disabled', 'true');
  const field = properties(person).nth(1);
  if (way === 'mouse') await field.click();
  else {
    await person.press('Home');
    await person.tabTo(field);
  }
  await expect(person.page.getByText('Did you mean:')).toBeVisible();
  await takeOffer(person, right);
  await expect(registry.queryText).toHaveValue(new RegExp(right));
  await registry.run();
  await expect(registry.result(0)).toContainText('rad_der');
});

flow('steps are undone and done again in builder and text alike', async ({ way, begin }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  const first = `(lid like "${derived}")`;
  await registry.openQuery(first);
  await person.fill(values(person), 'urn:esa:*');
  const second = '((lid like "urn:esa:*"))';
  await expect(registry.queryText).toHaveValue(second);
  const group = person.page.getByRole('button', { name: 'Add a group', exact: true });
  await person.act('Control+Shift+G', group);
  await expect(properties(person)).toHaveCount(2);
  await person.press('Control+z');
  await expect(registry.queryText).toHaveValue(second);
  await person.press('Control+z');
  await expect(registry.queryText).toHaveValue(first);
  await expect(values(person)).toHaveValue(derived);
  await person.press('Control+Shift+z');
  await expect(registry.queryText).toHaveValue(second);
  await expect(values(person)).toHaveValue('urn:esa:*');
});

flow('a condition goes into a group and the group is negated', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  const text =
    '((lid like "a*")\nand (vid eq "1.0")\nand ((title like "x*")\n  or (title like "y*")))';
  await registry.openQuery(text);
  const handle = person.page.getByRole('button', { name: 'Move: vid is 1.0', exact: true });
  if (way === 'mouse') {
    const target = person.page.getByRole('button', { name: /^Move: title is like x/ });
    const [from, to] = [await handle.boundingBox(), await target.boundingBox()];
    if (from === null || to === null) throw new Error('not drawn');
    await person.page.mouse.move(from.x + 8, from.y + 10);
    await person.page.mouse.down();
    await person.page.mouse.move(to.x + 8, to.y + 4, { steps: 4 });
    await person.page.mouse.up();
  } else {
    await person.tabTo(handle);
    await person.press('Alt+ArrowDown');
    await expect(handle).toBeFocused();
  }
  await expect(registry.queryText).toHaveValue(
    /and \(\(vid eq "1\.0"\)\n {2}or \(title like "x\*"\)/,
  );
  await person.pressButton(
    person.page.getByRole('button', { name: /^Take the products for which/ }),
  );
  await expect(registry.queryText).toHaveValue(/and not \(\(vid eq "1\.0"\)/);
  expect(queriesIn(archive)).toEqual([]);
});

flow('a saved query is there after a restart, and runs', async ({ way, begin, archive }) => {
  const first = await begin(way, quick);
  const before = new Registry(first.person);
  const q = `(lid like "${derived}")`;
  await before.openQuery(q);
  await first.person.act('Control+s', first.person.page.getByRole('button', { name: 'Save' }));
  await expect(first.person.page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await first.person.page.keyboard.insertText('Derived');
  await first.person.press('Enter');
  await expect(first.person.page.getByText('Saved as “Derived”', { exact: true })).toBeVisible();
  await first.person.fill(before.queryText, '(lid like "urn:esa:*")');
  await expect(first.person.page.getByText('Saved as “Derived”, changed')).toBeVisible();
  await first.app.kill();

  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.person.goTo('PDS Registry');
  if (way === 'mouse') {
    const places = person.page.getByRole('navigation', { name: 'Places' });
    await places.getByRole('button', { name: 'Query', exact: true }).click();
  } else await person.command('PDS query', 'PDS query');
  await person.act('Control+Shift+O', person.page.getByRole('button', { name: 'Open' }));
  const dialog = person.page.getByRole('dialog', { name: 'Saved queries' });
  await person.pressButton(dialog.getByRole('button', { name: /^Derived/ }));
  await expect(registry.queryText).toHaveValue(q);
  await registry.run();
  const fitting = await found(archive, q);
  await expect(person.page.getByText(`${fitting.length} products`)).toBeVisible();
});

flow(
  'a result is opened in the tree, and back leads to the results',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.openQuery(`(lid like "${derived}")`);
    await registry.run();
    const row = registry.result(3);
    const lidvid = (await row.getByRole('gridcell').first().getAttribute('title')) ?? '';
    expect(lidvid).not.toBe('');
    if (way === 'mouse') await row.dblclick();
    else {
      await person.tabTo(registry.result(0));
      await person.press('ArrowDown', 'ArrowDown', 'ArrowDown');
      await expect(row).toBeFocused();
      await person.press('Enter');
    }
    await registry.seesProduct(lidvid);
    const queries = queriesIn(archive).length;
    await person.back();
    await expect(row).toHaveAttribute('aria-selected', 'true');
    await expect(row).toContainText(tailOf(lidvid).slice(-8));
    expect(queriesIn(archive)).toHaveLength(queries);
  },
);

flow('the command that is copied lists the same in a shell', async ({ way, begin }) => {
  const { app, person } = await begin(way, quick);
  const registry = new Registry(person);
  const q = `(title like "it's*")`;
  await registry.openQuery(q);
  await person.pressButton(person.page.getByRole('button', { name: 'Copy as command' }));
  await expect
    .poll(async () => (await app.control.calls('clipboard.writeText')).map(({ args }) => args[0]))
    .toEqual([`almagest search pds-registry --q 'title like "it'\\''s*"' --all`]);
});

flow(
  '“or” finds what either finds, though this registry answers it wrongly',
  async ({ way, begin, archive }) => {
    const mars = 'urn:nasa:pds:context:target:planet.mars';
    const moon = 'urn:nasa:pds:context:target:satellite.earth.moon';
    const one = (target: string) =>
      `(product_class eq "Product_Bundle" and ref_lid_target eq "${target}")`;
    const either = [...(await found(archive, one(mars))), ...(await found(archive, one(moon)))];
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.openQuery(
      `((product_class eq "Product_Bundle")\nand ((ref_lid_target eq "${mars}")\n  or (ref_lid_target eq "${moon}")))`,
    );
    await expect(person.page.getByText('This registry answers “or” wrongly')).toBeVisible();
    await registry.run();
    await expect(person.page.getByText(`${either.length} products`)).toBeVisible();
    for (const { id } of either) {
      await expect(
        registry.results.getByRole('gridcell').and(person.page.getByTitle(id)),
      ).toBeVisible();
    }
  },
);
