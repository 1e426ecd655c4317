/**
 * Someone at AstroBin: the image of the day, searches, users, collections, the key; and what the archive itself says, to
 * compare with.
 */
import type { Locator, Page } from '@playwright/test';
import { astrobinAsker, type AstrobinList } from '../support/astrobin-sample.ts';
import { sampleAstrobin } from '../support/launch/launch-environment.ts';
import type { LaunchOptions } from '../support/launch/launched-app.ts';
import type { SteeredArchive } from '../support/steered-archive.ts';
import { expect } from './flows.ts';
import type { Person } from './person.ts';

/** Launched with the key that the sample takes, or as given. */
export function atAstrobin(
  archive: SteeredArchive,
  env: Record<string, string | undefined> = {},
): { options: LaunchOptions } {
  return { options: { env: { ...sampleAstrobin(archive.base), ...env } } };
}

/** As someone comes who has no key yet. */
export const withoutKey = {
  ALMAGEST_ASTROBIN_KEY: undefined,
  ALMAGEST_ASTROBIN_SECRET: undefined,
} as const;

export interface ImageRow {
  hash: string | null;
  title: string;
  user: string;
  w: number;
  h: number;
  ra: string | null;
  dec: string | null;
  pixscale: string | null;
  radius: string | null;
  solution_status: string;
  revisions: string[];
}

/** What AstroBin was asked, without keys. */
export const askedOf = ({ requests }: SteeredArchive): string[] =>
  requests
    .filter((one) => one.startsWith('GET /astrobin/'))
    .map((one) => one.replace(/^GET \/astrobin/, '').replace(/\?.*$/, ''));

/** Lists of images that were asked for, with what they were narrowed by. */
export const listsOf = ({ requests }: SteeredArchive): string[] =>
  requests.filter((one) => one.startsWith('GET /astrobin/api/v1/image/?')).map(decodeURIComponent);

export const isSolved = ({ solution_status: status }: ImageRow): boolean =>
  ['SUCCESS', 'ADVANCED_SUCCESS'].includes(status);

/** Six letters may be a word, which the search field takes for one. */
const isPlain = (hash: string | null): boolean =>
  hash !== null && /\d/.test(hash) && /^[a-z].*[a-z]$/.test(hash);

/** What the archive lists, before the app asks for anything. */
export async function listOf<T = ImageRow>(
  archive: SteeredArchive,
  path: string,
  query: string,
): Promise<AstrobinList<T>> {
  const list = await astrobinAsker(() => `${archive.base}/astrobin`).json<AstrobinList<T>>(
    path,
    query,
  );
  archive.requests.length = 0;
  return list;
}

/** The first image that the archive lists and that fits. */
export async function findImage(
  archive: SteeredArchive,
  query: string,
  fits: (row: ImageRow) => boolean,
): Promise<ImageRow & { hash: string }> {
  for (let offset = 0; offset < 400; offset += 25) {
    const { objects } = await listOf(archive, '/image/', `${query}limit=25&offset=${offset}`);
    const found = objects.find((row) => isPlain(row.hash) && fits(row));
    if (found !== undefined) return { ...found, hash: found.hash ?? '' };
  }
  throw new Error(`the sample has no such image of "${query}"`);
}

/** Types an image's hash into the search of AstroBin, which opens it. */
export async function openImage(person: Person, hash: string): Promise<void> {
  await person.press('Control+3');
  await person.press('Control+l');
  await expect(person.searchField).toBeFocused();
  await person.press('Control+a');
  await person.page.keyboard.type(hash);
  await person.press('Enter');
  await expect(person.saveButton).toBeEnabled();
}

/** What a day's tile says after its date. */
const nameAfter = (label: string): string => label.slice(label.indexOf(': ') + 2);

export class Astrobin {
  readonly person: Person;
  readonly page: Page;

  constructor(person: Person) {
    this.person = person;
    this.page = person.page;
  }

  get strip(): Locator {
    return this.page.getByRole('listbox', { name: /newest first$/ });
  }

  get chosen(): Locator {
    return this.strip.locator('[aria-selected="true"]');
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get filters(): Locator {
    return this.page.getByRole('group', { name: 'Filters' });
  }

  get collections(): Locator {
    return this.page.locator('main').getByRole('button', { name: /\d images?\b/ });
  }

  /** The image of the day, as AstroBin's place begins. */
  async openDay(): Promise<void> {
    await this.person.goTo('AstroBin');
    await expect(this.page.getByText(/^Image of the day, \d/)).toBeVisible();
    await this.seesDay(0);
  }

  /** The day at this place of the strip is the one that is shown large; its title. */
  async seesDay(index: number): Promise<string> {
    await expect(this.chosen).toHaveAttribute('data-index', String(index));
    await expect(this.chosen).toHaveAccessibleName(/: ./);
    const title = nameAfter((await this.chosen.getAttribute('aria-label')) ?? '');
    await expect(this.heading).toHaveText(title);
    return title;
  }

  /** Goes to the search by words. */
  async search(words: string): Promise<void> {
    await this.person.goTo('AstroBin');
    await expect(this.strip).toBeVisible();
    await this.person.search(words);
    await this.person.seesResults();
  }

  /** Opens the form of a filter that stands in the bar. */
  async openFilter(name: RegExp): Promise<Locator> {
    await this.person.pressButton(this.filters.getByRole('button', { name }).first());
    const form = this.page.getByRole('dialog');
    await expect(form).toBeVisible();
    return form;
  }

  /** Opens a place below AstroBin's own in the sidebar, or by its command. */
  async openPlace(place: 'Users' | 'Search'): Promise<void> {
    if (this.person.way === 'mouse') {
      const sidebar = this.page.getByRole('navigation', { name: 'Places' });
      await sidebar.getByRole('button', { name: place, exact: true }).click();
    } else {
      const command = `AstroBin: ${place.toLowerCase()}`;
      await this.person.command(command, command);
    }
  }

  /** Opens the dialog for the key and sends what is given. */
  async giveKey(key: string, secret: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Enter the AstroBin key' });
    await expect(dialog).toBeVisible();
    await this.person.fill(dialog.getByLabel('API key'), key);
    await this.person.fill(dialog.getByLabel('API secret'), secret);
    await this.person.pressButton(dialog.getByRole('button', { name: 'Save and check' }));
  }
}
