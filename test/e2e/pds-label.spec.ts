/** The label of a product: walked, searched, read as text, asked by XPath, and what it leads to. */
import type { Locator } from '@playwright/test';
import { expect, flow } from './flows.ts';
import type { Person } from './person.ts';
import { askOne, product, quick, Registry, tailOf } from './registry.ts';

const tree = ({ page }: Person): Locator =>
  page.getByRole('treegrid', { name: 'Elements of the label' });
const source = ({ page }: Person): Locator =>
  page.getByRole('listbox', { name: 'Source of the label' });
const selected = (person: Person): Locator => tree(person).locator('[aria-selected="true"]');
const field = ({ page }: Person): Locator =>
  page.getByRole('searchbox', { name: /^(Search the label|XPath expression)$/ });

/** Opens the label of the product from its place in the tree. */
async function openLabel(person: Person): Promise<Registry> {
  const registry = new Registry(person);
  await registry.openProduct(product);
  const label = registry.inspector.getByRole('button', { name: 'Label', exact: true });
  await person.act('Control+Shift+l', label);
  await expect(tree(person).getByRole('row', { name: /Identification_Area/ })).toBeVisible();
  return registry;
}

/** Looks for something in the label. */
async function find(person: Person, text: string): Promise<void> {
  await person.act('Control+f', field(person));
  await expect(field(person)).toBeFocused();
  await person.press('Control+a');
  await person.page.keyboard.insertText(text);
}

/** The label as the archive has it. */
async function textOf(address: string): Promise<string> {
  return (await fetch(address)).text();
}

flow('words are looked for, and matches walked in their order', async ({ way, begin, archive }) => {
  const { properties } = await askOne(archive, product);
  const text = await textOf(properties['ops:Label_File_Info.ops:file_ref']?.[0] ?? '');
  const { person } = await begin(way, quick);
  await openLabel(person);
  await find(person, 'version_id');
  const count = text.match(/<[\w:]*version_id>/g)?.length ?? 0;
  expect(count).toBeGreaterThan(1);
  const place = (at: number) => person.page.getByText(`${at} of ${count}`, { exact: true }).first();
  await person.press('Enter');
  await expect(place(1)).toBeVisible();
  await expect(selected(person)).toContainText('version_id');
  const first = await selected(person).getAttribute('data-index');
  await person.act('F3', person.page.getByRole('button', { name: 'Next match' }));
  await expect(place(2)).toBeVisible();
  await expect(selected(person)).not.toHaveAttribute('data-index', first ?? '');
  await expect(selected(person)).toContainText('version_id');
  await person.act('Shift+F3', person.page.getByRole('button', { name: 'Previous match' }));
  await expect(place(1)).toBeVisible();
  await expect(selected(person)).toHaveAttribute('data-index', first ?? '');
});

flow(
  'an XPath gives its element, whose value and path are copied',
  async ({ way, begin, archive }) => {
    const { title } = await askOne(archive, product);
    const { app, person } = await begin(way, quick);
    await openLabel(person);
    await find(person, '//pds:Identification_Area/pds:title');
    await person.press('Enter');
    await expect(selected(person)).toContainText(title);
    const last = async () => (await app.control.calls('clipboard.writeText')).at(-1)?.args[0];
    await person.pressButton(person.inspector.getByRole('button', { name: 'Copy the value' }));
    await expect.poll(last).toBe(title);
    await person.act(
      'Control+Shift+x',
      person.inspector.getByRole('button', { name: 'Copy the XPath' }),
    );
    await expect.poll(last).toBe('/pds:Product_Observational/pds:Identification_Area/pds:title');
    await find(person, '//pds:title[');
    await expect(
      person.page.getByRole('alert').filter({ hasText: /^\s*Character 13/ }),
    ).toBeVisible();
  },
);

flow('the source shows the line of the element that is chosen', async ({ way, begin, archive }) => {
  const { properties } = await askOne(archive, product);
  const text = await textOf(properties['ops:Label_File_Info.ops:file_ref']?.[0] ?? '');
  const { person } = await begin(way, quick);
  await openLabel(person);
  await find(person, 'start_date_time');
  await person.press('Enter');
  await expect(selected(person)).toContainText('start_date_time');
  await person.pressButton(person.inspector.getByRole('link', { name: 'Show in the source' }));
  const line = source(person).locator('[aria-selected="true"]');
  await expect(line).toBeInViewport();
  const number = text.split('\n').findIndex((one) => one.includes('<start_date_time>')) + 1;
  expect(number).toBeGreaterThan(0);
  await expect(line).toHaveText(new RegExp(`^${number}\\s*<start_date_time>`));
  await person.pressButton(person.inspector.getByRole('link', { name: 'Show in the tree' }));
  await expect(selected(person)).toContainText('start_date_time');
});

flow('only matches are left, and the label is folded and opened', async ({ way, begin }) => {
  const { person } = await begin(way, quick);
  await openLabel(person);
  await find(person, 'version_id');
  const rows = tree(person).locator('[data-kind="node"]');
  await expect(tree(person).locator('mark').first()).toBeVisible();
  const other = tree(person).getByRole('row', { name: /^logical_identifier/ });
  await expect(other).toBeVisible();
  const only = person.page.getByRole('checkbox', { name: 'Only matches' });
  if (way === 'mouse') await only.click();
  else {
    await person.tabTo(only);
    await person.press('Space');
  }
  await expect(other).toBeHidden();
  await expect(rows.filter({ hasText: 'version_id' }).first()).toBeVisible();
  if (way === 'mouse') await only.click();
  else await person.press('Space');
  await expect(other).toBeVisible();
  await person.pressButton(person.page.getByRole('button', { name: 'Collapse all' }));
  await expect(other).toBeHidden();
  await person.pressButton(person.page.getByRole('button', { name: 'Expand', exact: true }));
  await person.chooseItem('Expand all');
  await expect(other).toBeVisible();
});

flow('products with the same value are found from the label', async ({ way, begin, archive }) => {
  const { properties } = await askOne(archive, product);
  const field = 'pds:Time_Coordinates.pds:start_date_time';
  const [start = ''] = properties[field] ?? [];
  const { person } = await begin(way, quick);
  const registry = await openLabel(person);
  await find(person, 'start_date_time');
  await person.press('Enter');
  await expect(person.inspector.getByText(field)).toBeVisible();
  await person.pressButton(person.inspector.getByRole('button', { name: /^Find products with/ }));
  await expect(registry.queryText).toHaveValue(new RegExp(`${field} eq "${start}"`));
  await registry.run();
  await expect(registry.results.getByTitle(product)).toBeVisible();
  await person.back();
  await expect(selected(person)).toContainText('start_date_time');
  await person.pressButton(person.page.getByRole('button', { name: 'Product', exact: true }));
  await registry.seesProduct(product);
  await expect(registry.node(product)).toContainText(tailOf(product).slice(-8));
});
