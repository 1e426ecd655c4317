/** A product in the inspector: its files saved and checked, what names it copied, what it leads to. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, flow } from './flows.ts';
import { askOne, bundle, collection, product, quick, Registry, tailOf } from './registry.ts';

flow('a file is saved, its md5 verified, with its sidecar', async ({ way, begin, archive }) => {
  const { properties } = await askOne(archive, product);
  const [md5 = ''] = properties['ops:Data_File_Info.ops:md5_checksum'] ?? [];
  const { app, person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.openProduct(product);
  await person.act('Control+Alt+d', registry.inspector.getByRole('button', { name: /^Save data/ }));
  await expect(registry.inspector.getByText('Verified', { exact: true })).toBeVisible();
  const names = readdirSync(app.downloadsDir).sort();
  const [file = ''] = names;
  const saved = readFileSync(join(app.downloadsDir, file));
  expect(createHash('md5').update(saved).digest('hex')).toBe(md5);
  const sidecar = readFileSync(join(app.downloadsDir, `${file}.json`), 'utf8');
  for (const part of [product, md5]) expect(sidecar).toContain(part);
  expect(file).toContain(tailOf(product));
  expect(names).toEqual([file, `${file}.json`]);
});

flow('identifier, citation and address are copied', async ({ way, begin, archive }) => {
  const { title } = await askOne(archive, bundle);
  const { app, person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.openProduct(bundle);
  // In the search field this key copies what is marked there.
  if (way === 'keyboard') await person.into(registry.tree);
  const last = async () => String((await app.control.calls('clipboard.writeText')).at(-1)?.args[0]);
  await person.act(
    'Control+i',
    registry.inspector.getByRole('button', { name: 'Copy the LIDVID' }),
  );
  await expect.poll(last).toBe(bundle);
  const cite = registry.inspector.getByRole('button', { name: 'Cite', exact: true });
  await expect(cite).not.toHaveAttribute('aria-disabled', 'true');
  await person.act('Control+Shift+c', cite);
  await expect.poll(last).toContain(title);
  const address = registry.inspector.getByRole('button', { name: /^Copy the address of / }).first();
  await person.pressButton(address);
  await expect.poll(last).toContain(archive.base);
  expect((await fetch(await last())).status).toBe(200);
});

flow(
  'a product that another one names is shown in its own place',
  async ({ way, begin, archive }) => {
    const { properties } = await askOne(archive, product);
    const [named = ''] = properties['ref_lid_document'] ?? [];
    const { person } = await begin(way, quick);
    const registry = new Registry(person);
    await registry.openProduct(product);
    await registry.showTab(/^References/);
    await person.pressButton(
      registry.inspector.getByRole('link', { name: tailOf(named), exact: true }),
    );
    const { id } = await askOne(archive, named);
    await registry.seesProduct(id);
    await person.back();
    await expect(registry.node(product)).toHaveAttribute('aria-selected', 'true');
    await expect(
      registry.inspector.getByRole('link', { name: tailOf(named), exact: true }),
    ).toBeVisible();
  },
);

flow('a property is found and taken to a query', async ({ way, begin, archive }) => {
  const { properties } = await askOne(archive, product);
  const name = 'ops:Data_File_Info.ops:md5_checksum';
  const [md5 = ''] = properties[name] ?? [];
  const { app, person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.openProduct(product);
  await registry.showTab(/^Properties/);
  await person.fill(
    registry.inspector.getByRole('searchbox', { name: 'Filter the properties' }),
    name,
  );
  await expect(registry.inspector.getByText(/^1 of \d+$/)).toBeVisible();
  const row = registry.inspector.getByRole('row', { name: md5 });
  if (way === 'mouse') await row.click({ button: 'right' });
  else {
    await person.tabTo(row);
    await person.press('Shift+F10');
  }
  await person.chooseItem('Copy as a condition of a query');
  const condition = `${name} eq "${md5}"`;
  await expect
    .poll(async () => (await app.control.calls('clipboard.writeText')).map(({ args }) => args[0]))
    .toEqual([condition]);
  await registry.openQuery(`(${condition})`);
  await registry.run();
  await expect(registry.result(0)).toContainText(tailOf(product));
  await expect(registry.results).toHaveAttribute('aria-rowcount', '2');
});

flow('members of a collection are found by a query', async ({ way, begin, archive }) => {
  const { person } = await begin(way, quick);
  const registry = new Registry(person);
  await registry.openProduct(collection);
  if (way === 'mouse') await registry.node(collection).click({ button: 'right' });
  else {
    await person.into(registry.tree);
    await person.press('Shift+F10');
  }
  await person.chooseItem('Find its members by a query');
  await expect(registry.queryText).toHaveValue(new RegExp(collection));
  await registry.run();
  const { properties } = await askOne(archive, collection);
  const [records = '0'] = properties['pds:Inventory.pds:records'] ?? [];
  await expect(person.page.getByText(`${records} products`)).toBeVisible();
});

flow(
  'a product is kept, is there after a restart without the archive, and leads to its place',
  async ({ way, begin, archive }) => {
    const { title } = await askOne(archive, product);
    const first = await begin(way, quick);
    const before = new Registry(first.person);
    await before.openProduct(product);
    const keep = before.inspector.getByRole('button', { name: 'Keep in the library' });
    await first.person.pressButton(keep);
    await expect(before.inspector.getByRole('button', { name: /^Kept in/ })).toBeVisible();
    await first.app.kill();

    await archive.goAway();
    const { person } = await begin(way, quick);
    await person.goTo('Everything kept');
    await expect(person.tile(0)).toHaveAccessibleName(title);
    if (way === 'mouse') await person.tile(0).dblclick();
    else {
      await person.toTile(0);
      await person.press('Enter');
    }
    const registry = new Registry(person);
    await registry.seesProduct(product);
    const kept = registry.inspector.getByRole('button', { name: /^Kept in/ });
    await person.pressButton(kept);
    await expect(
      registry.inspector.getByRole('button', { name: 'Keep in the library' }),
    ).toBeVisible();
    await person.goTo('Everything kept');
    await expect(person.page.getByRole('heading', { name: /Nothing/ })).toBeVisible();
  },
);
