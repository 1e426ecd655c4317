/**
 * Someone at the PDS Registry: its tree, the inspector of a product, queries; and what the archive itself says, to
 * compare with. Products are told by their lidvids, which rows and links carry.
 */
import type { Locator, Page } from '@playwright/test';
import type { SteeredArchive } from '../support/steered-archive.ts';
import { expect } from './flows.ts';
import type { Person } from './person.ts';

/** The governor's pauses are for the real archive. */
export const quick = {
  options: { env: { ALMAGEST_RATE_PDS_API: '500,500,8', ALMAGEST_RATE_PDS_FILES: '500,500,8' } },
};

const agency = 'urn:nasa:pds';
export const bundle = `${agency}:sample_radiometer::2.1`;
export const collection = `${agency}:sample_radiometer:data_derived::7.0`;
/** Revised once: 1.0 is superseded. */
export const revised = `${agency}:sample_radiometer:data_derived:rad_der_00016_20181213`;
export const product = `${revised}::2.0`;
export const tailOf = (lidvid: string): string => lidvid.replace(/::.*$/, '').replace(/^.*:/, '');

export interface Item {
  id: string;
  title: string;
  properties: Record<string, string[]>;
}

/** What the archive answers to a path, as a list. */
export async function ask(archive: SteeredArchive, path: string): Promise<Item[]> {
  const answer = await fetch(`${archive.base}/pds/registry/1/${path}`, {
    headers: { accept: 'application/json' },
  });
  const body = (await answer.json()) as Item | { data: Item[] };
  return 'data' in body ? body.data : [body];
}

export async function askOne(archive: SteeredArchive, lidvid: string): Promise<Item> {
  const [item] = await ask(archive, `products/${lidvid}`);
  if (item === undefined) throw new Error(`the sample has no ${lidvid}`);
  return item;
}

/** Requests at the registry that have this in their address, decoded. */
export function asked(archive: SteeredArchive, part: string): string[] {
  return archive.requests
    .filter((request) => request.includes('/pds/registry/'))
    .map((request) => decodeURIComponent(request.replaceAll('+', ' ')))
    .filter((request) => request.includes(part));
}

export class Registry {
  readonly person: Person;
  readonly page: Page;

  constructor(person: Person) {
    this.person = person;
    this.page = person.page;
  }

  get tree(): Locator {
    return this.page.getByRole('treegrid', { name: /^Bundles/ });
  }

  get nodes(): Locator {
    return this.tree.locator('[data-kind="node"]');
  }

  /** The row of a product; with a place in several parents, the first. */
  node(lidvid: string): Locator {
    return this.nodes.filter({ has: this.page.locator(`[title="${lidvid}"]`) }).first();
  }

  get chosen(): Locator {
    return this.tree.locator('[aria-selected="true"]');
  }

  get inspector(): Locator {
    return this.person.inspector;
  }

  /** Opens the tree of all bundles. */
  async open(): Promise<void> {
    await this.person.goTo('PDS Registry');
    await expect(this.nodes.first()).toBeVisible();
  }

  /** Types or pastes something into the search field. */
  async look(text: string): Promise<void> {
    const { person } = this;
    await person.act('Control+l', person.searchField);
    await expect(person.searchField).toBeFocused();
    await person.press('Control+a');
    await this.page.keyboard.insertText(text);
    await person.press('Enter');
  }

  /** Chooses a row that is in view. */
  async choose(lidvid: string): Promise<void> {
    const row = this.node(lidvid);
    await expect(row).toBeVisible();
    if (this.person.way === 'mouse') await row.locator('[data-column="title"] .content').click();
    else {
      await this.person.into(this.tree);
      const indexOf = async (one: Locator) => Number(await one.getAttribute('data-index'));
      const steps = (await indexOf(row)) - (await indexOf(this.tree.locator(':focus').first()));
      const key = steps < 0 ? 'Control+ArrowUp' : 'Control+ArrowDown';
      for (let step = 0; step < Math.abs(steps); step += 1) await this.person.press(key);
      await this.person.press('Space');
    }
    await expect(row).toHaveAttribute('aria-selected', 'true');
  }

  /** Opens a node of the tree, which is in view. */
  async expand(lidvid: string): Promise<void> {
    const row = this.node(lidvid);
    await expect(row).toBeVisible();
    if (this.person.way === 'mouse') await row.locator('[data-twisty]').click();
    else {
      await this.choose(lidvid);
      await this.person.press('ArrowRight');
    }
    await expect(row).toHaveAttribute('aria-expanded', 'true');
    await expect(row).not.toHaveAttribute('aria-busy', 'true');
  }

  /** A product in its place, with what is known of it in the inspector. */
  async seesProduct(lidvid: string): Promise<void> {
    await expect(this.node(lidvid)).toHaveAttribute('aria-selected', 'true');
    await expect(this.inspector.getByText(lidvid, { exact: true })).toBeVisible();
  }

  /** Opens a product's place by its identifier. */
  async openProduct(lidvid: string): Promise<void> {
    await this.open();
    await this.look(lidvid);
    await this.seesProduct(lidvid);
  }

  /** Shows a part of the inspector. */
  async showTab(name: RegExp): Promise<void> {
    const tab = this.inspector.getByRole('tab', { name });
    if (this.person.way === 'mouse') await tab.click();
    else {
      await this.person.tabTo(this.inspector.getByRole('tab', { selected: true }));
      for (let step = 0; step < 3; step += 1) {
        if ((await tab.getAttribute('aria-selected')) === 'true') break;
        await this.person.press('ArrowRight');
      }
    }
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  get queryText(): Locator {
    return this.page.getByRole('textbox', { name: 'The query as text' });
  }

  get results(): Locator {
    return this.page.getByRole('grid', { name: 'Products found' });
  }

  result(index: number): Locator {
    return this.results.locator(`[data-row="${index}"]`);
  }

  get runButton(): Locator {
    return this.page.getByRole('button', { name: 'Run', exact: true });
  }

  /** Opens an empty query, or one of this text. */
  async openQuery(text = ''): Promise<void> {
    const { person, page } = this;
    if (person.way === 'mouse') {
      const places = page.getByRole('navigation', { name: 'Places' });
      await places.getByRole('button', { name: 'Query', exact: true }).click();
    } else await person.command('PDS query', 'PDS query');
    await person.pressButton(page.getByRole('button', { name: 'An empty query' }));
    await expect(this.queryText).toBeVisible();
    if (text === '') return;
    await person.fill(this.queryText, text);
    await expect(this.queryText).toHaveValue(text);
  }

  async run(): Promise<void> {
    await expect(this.runButton).not.toHaveAttribute('aria-disabled', 'true');
    await this.person.act('Control+Enter', this.runButton);
    await expect(this.result(0)).toBeVisible();
  }
}
