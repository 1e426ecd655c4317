/** The registry's tree: products found in it by their identifiers, walked to, narrowed, missing and without a network. */
import { expect, flow } from './flows.ts';
import {
  ask,
  asked,
  askOne,
  bundle,
  collection,
  product,
  quick,
  Registry,
  revised,
  tailOf,
} from './registry.ts';

flow('a lidvid that is pasted shows its product in its place', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  const { title, properties } = await askOne(archive, product);
  await registry.openProduct(product);
  await expect(person.page.getByText(`The place of ${tailOf(product)} in the tree.`)).toBeVisible();
  await expect(registry.node(bundle)).toHaveAttribute('aria-expanded', 'true');
  await expect(registry.node(collection)).toHaveAttribute('aria-level', '2');
  await expect(registry.node(product)).toHaveAttribute('aria-level', '3');
  await expect(registry.inspector.getByRole('heading', { name: title })).toBeVisible();
  const [name = ''] = properties['ops:Data_File_Info.ops:file_name'] ?? [];
  const [md5 = ''] = properties['ops:Data_File_Info.ops:md5_checksum'] ?? [];
  await expect(registry.inspector.getByTitle(name)).toBeVisible();
  await expect(registry.inspector.getByText(`md5 ${md5}`)).toBeVisible();
  expect(asked(archive, product)).not.toEqual([]);
});

flow('a bundle is walked down to a product, and back leads to it', async ({ way, begin }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.open();
  await registry.expand(bundle);
  await registry.expand(collection);
  const row = registry.nodes.and(person.page.locator('[aria-level="3"]')).nth(4);
  const lidvid = (await row.locator('.identifier').getAttribute('title')) ?? '';
  await registry.choose(lidvid);
  await expect(registry.inspector.getByText(lidvid, { exact: true })).toBeVisible();
  const before = await row.boundingBox();
  const label = registry.inspector.getByRole('button', { name: 'Label', exact: true });
  await person.act('Control+Shift+l', label);
  await expect(person.page.getByRole('treegrid', { name: /label/ })).toBeVisible();
  await person.back();
  await registry.seesProduct(lidvid);
  await expect.poll(() => registry.node(lidvid).boundingBox()).toEqual(before);
});

flow(
  'a collection of more than a page is gone through to its last',
  async ({ way, begin, archive }) => {
    const members = await ask(archive, `products/${collection}/members?limit=500&fields=lid`);
    expect(members.length).toBeGreaterThan(100);
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.open();
    await registry.expand(bundle);
    await registry.expand(collection);
    const last = registry.nodes.and(
      person.page.locator(`[aria-level="3"][aria-posinset="${members.length}"]`),
    );
    if (way === 'mouse') {
      await registry.tree.hover();
      await expect(async () => {
        await person.page.mouse.wheel(0, 2_000);
        await expect(last).toBeVisible({ timeout: 200 });
      }).toPass();
    } else {
      await person.press('End');
    }
    await expect(last).toBeVisible();
    const lidvid = (await last.locator('.identifier').getAttribute('title')) ?? '';
    expect(members.map(({ id }) => id)).toContain(lidvid);
    await registry.choose(lidvid);
    await registry.seesProduct(lidvid);
    // Every page of the list was asked for at most once.
    const pages = asked(archive, `${collection}/members?`).filter(
      (one) => !one.includes('limit=500'),
    );
    expect(new Set(pages).size).toBe(pages.length);
  },
);

flow('targets narrow the bundles by their names, and come off', async ({ way, begin, archive }) => {
  const mars = 'urn:nasa:pds:context:target:planet.mars';
  const q = encodeURIComponent(`(ref_lid_target eq "${mars}")`);
  const fitting = await ask(archive, `classes/bundles?limit=50&fields=lid&q=${q}`);
  const all = await ask(archive, 'classes/bundles?limit=50&fields=lid');
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.open();
  const filters = person.page.getByRole('group', { name: 'Filters of the bundles' });
  await person.pressButton(filters.getByRole('button', { name: 'Target', exact: true }));
  await expect(person.page.getByRole('combobox', { name: 'Find a target' })).toBeFocused();
  await person.page.keyboard.insertText('Mars');
  const offered = person.page.getByRole('listbox').getByRole('option');
  await expect(offered).toHaveText([/^Mars/]);
  if (way === 'mouse') await offered.click();
  else await person.press('ArrowDown', 'Enter');
  await expect(person.page.getByText(`${fitting.length} bundles`)).toBeVisible();
  for (const { id } of fitting) await expect(registry.node(id)).toBeVisible();
  expect(asked(archive, mars)).not.toEqual([]);
  await person.pressButton(
    filters.getByRole('button', { name: 'Remove the filter Target: Mars', exact: true }),
  );
  await expect(person.page.getByText(`${all.length} bundles`)).toBeVisible();
});

flow(
  'days narrow the bundles; what is no day is said before it is asked',
  async ({ way, begin, archive }) => {
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.open();
    const filters = person.page.getByRole('group', { name: 'Filters of the bundles' });
    await person.pressButton(filters.getByRole('button', { name: 'Observed', exact: true }));
    const form = person.page.getByRole('dialog', { name: 'Observed' });
    await person.fill(form.getByRole('textbox', { name: 'Until' }), '2000-13');
    await person.press('Enter');
    await expect(form.getByText('“2000-13” is not a day.')).toBeVisible();
    expect(asked(archive, '2000')).toEqual([]);
    await person.press('Control+a');
    await person.page.keyboard.insertText('2000-12');
    await person.press('Enter');
    await expect(form).toBeHidden();
    await expect.poll(() => asked(archive, '2000-12-31').length).toBeGreaterThan(0);
    const strider = 'urn:nasa:pds:sample_strider_nav::2.0';
    await expect(registry.node('urn:nasa:pds:sample_ferry_uvs::2.0')).toBeVisible();
    await expect(registry.node(strider)).toBeHidden();
    await person.pressButton(filters.getByRole('button', { name: /^Remove the filter Observed/ }));
    await expect(registry.node(strider)).toBeVisible();
  },
);

flow('an older version is marked as such, and leads on to the newest', async ({ way, begin }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.open();
  await registry.expand(bundle);
  const older = collection.replace('7.0', '2.0');
  await expect(registry.node(collection)).toBeVisible();
  await expect(registry.node(older)).toBeHidden();
  await person.act('Control+Shift+s', person.page.getByRole('switch', { name: 'Superseded' }));
  await expect(registry.node(older)).toContainText('superseded');
  await expect(registry.node(collection)).not.toContainText('superseded');
  await registry.choose(older);
  const newest = registry.inspector.getByRole('link', { name: 'Collection 7.0' });
  await expect(
    registry.inspector.getByRole('listitem').filter({ hasText: 'Collection 7.0' }),
  ).toContainText('newest');
  await person.pressButton(newest);
  await registry.seesProduct(collection);
});

flow('a product that is not there is said, with ways on', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.open();
  await registry.look(`${revised}::9.0`);
  await expect(
    person.page.getByRole('heading', { name: 'The registry has no such product' }),
  ).toBeVisible();
  await expect(person.page.getByText(`It was asked for ${revised}::9.0`)).toBeVisible();
  await person.pressButton(
    person.page.getByRole('button', { name: 'Look for its newest version' }),
  );
  await registry.seesProduct(product);
  // What cannot be an identifier is said without asking.
  const deep = `${revised}:a:b`;
  await registry.look(`${deep}::1.0`);
  await expect(person.page.getByText('It has 8 parts between colons')).toBeVisible();
  expect(asked(archive, deep)).toEqual([]);
});

flow('an answer that fails within the tree is asked for again', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.open();
  await registry.expand(bundle);
  await expect(registry.node(collection)).toBeVisible();
  archive.failWith = { status: 400, body: '{"message":"Not now"}' };
  await registry.expand(collection);
  const failed = registry.tree.locator('[data-kind="failed"]');
  await expect(failed).toBeVisible();
  archive.failWith = null;
  if (way === 'mouse') await failed.getByRole('button', { name: 'Try again' }).click();
  else await person.press('ArrowDown', 'Enter');
  await expect(failed).toBeHidden();
  await expect(registry.nodes.and(person.page.locator('[aria-level="3"]')).first()).toBeVisible();
});

flow('what was open is there without a network, with its age', async ({ way, begin, archive }) => {
  archive.maxAgeSeconds = 0;
  const first = await begin(way, quick);
  const before = new Registry(first.person);
  await before.open();
  await before.expand(bundle);
  await before.choose(collection);
  await expect(before.inspector.getByText(collection, { exact: true })).toBeVisible();
  await expect(before.inspector.getByText('newest', { exact: true })).toBeVisible();
  await first.app.close();
  await archive.goAway();

  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.seesProduct(collection);
  await expect(registry.node(bundle)).toHaveAttribute('aria-expanded', 'true');
  const banner = person.page.getByRole('status').filter({ hasText: /kept/ }).first();
  await expect(banner).toContainText(/The registry didn’t answer|You’re offline/);
  await archive.comeBack();
  await person.pressButton(banner.getByRole('button', { name: /Try again|Check again/ }));
  await expect(banner).toBeHidden();
  await registry.seesProduct(collection);
});
