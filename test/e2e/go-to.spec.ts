/** Go to: whatever is pasted leads to the record that it names, in any of the three archives. */
import { capturesAbsent, capturesDir } from '../support/captures.ts';
import { startReplayServer } from '../support/replay/replay-server.ts';
import { sampleAstrobin } from '../support/launch/launch-environment.ts';
import type { SteeredArchive } from '../support/steered-archive.ts';
import { atAstrobin, findImage } from './astrobin.ts';
import { expect, flow, test } from './flows.ts';
import type { Person } from './person.ts';
import { product, quick, Registry } from './registry.ts';

const everywhere = (archive: SteeredArchive) => ({
  options: { env: { ...sampleAstrobin(archive.base), ...quick.options.env } },
});

const dialogOf = ({ page }: Person) => page.getByRole('dialog', { name: 'Go to' });

/** Opens the dialog, with what is pasted in its field. */
async function paste(person: Person, text: string): Promise<void> {
  const dialog = dialogOf(person);
  if (!(await dialog.isVisible())) {
    if (person.way === 'mouse') await person.command('Go to', 'Go to…');
    else await person.press('Control+g');
  }
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await person.press('Control+a');
  await person.page.keyboard.insertText(text);
}

/** Follows the first of the places that the text may lead to. */
async function follow(person: Person, text: string): Promise<void> {
  await paste(person, text);
  const first = dialogOf(person).getByRole('option').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await person.act('Enter', first);
  await expect(dialogOf(person)).toBeHidden();
}

const nasaIdOf = async ({ base }: SteeredArchive): Promise<{ id: string; title: string }> => {
  const answer = await fetch(`${base}/search?q=moon&media_type=image&page_size=1`);
  const { collection } = (await answer.json()) as {
    collection: { items: { data: { nasa_id: string; title: string }[] }[] };
  };
  const [data] = collection.items[0]?.data ?? [];
  if (data === undefined) throw new Error('the sample has no image of the moon');
  return { id: data.nasa_id, title: data.title };
};

flow(
  'addresses and identifiers of each archive lead to what they name',
  async ({ way, begin, archive }) => {
    const nasa = await nasaIdOf(archive);
    const image = await findImage(archive, '', () => true);
    const { person } = await begin(way, everywhere(archive));
    const { page } = person;
    const registry = new Registry(person);
    const sees = (title: string) =>
      expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeAttached();
    await follow(person, `https://images.nasa.gov/details/${encodeURIComponent(nasa.id)}`);
    await sees(nasa.title);
    await expect(person.saveButton).toBeEnabled();
    await follow(person, product);
    await registry.seesProduct(product);
    await follow(person, image.hash);
    await sees(image.title);
    await expect(person.saveButton).toBeEnabled();
    await follow(person, `https://app.astrobin.com/u/${encodeURIComponent(image.user)}`);
    await sees(image.user);
    await follow(person, `https://www.astrobin.com/${image.hash}/?nc=all`);
    await sees(image.title);
    // Each of them was a step: back leads through them.
    await person.back();
    await sees(image.user);
  },
);

flow(
  'what names nothing is told in words, and the place beneath stays as it was',
  async ({ way, begin, archive }) => {
    const image = await findImage(archive, '', () => true);
    const { person } = await begin(way, atAstrobin(archive));
    const { page } = person;
    await person.search('crater');
    await person.seesResults();
    await person.select(1);
    const dialog = dialogOf(person);
    await paste(person, 'https://example.com/PIA24439');
    await expect(dialog.getByText('example.com is no archive that Almagest knows.')).toBeVisible();
    await person.press('Enter');
    await expect(dialog).toBeVisible();
    await paste(person, 'urn:nasa');
    await expect(dialog.getByText(/is no identifier of the PDS registry/)).toBeVisible();
    await person.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(person.tile(1)).toHaveAttribute('aria-selected', 'true');

    // A name that is well formed and names nothing is known only once its archive has answered.
    await follow(person, 'astrobin:zz0zz0');
    await expect(page.getByRole('heading', { name: 'AstroBin has no such record' })).toBeVisible();
    await person.back();
    await expect(person.tile(1)).toHaveAttribute('aria-selected', 'true');

    // The search field takes what is pasted there too, whichever archive it searches.
    if (way === 'mouse') await person.searchField.click();
    else await person.press('Control+l');
    await person.press('Control+a');
    await page.keyboard.insertText(`astrobin.com/${image.hash}/`);
    await person.press('Enter');
    await expect(
      page.getByRole('heading', { level: 1, name: image.title, exact: true }),
    ).toBeAttached();
  },
);

test.describe('the recorded answers', () => {
  const captures = capturesDir();
  test.skip(captures === null, capturesAbsent);

  flow('a PIA number leads to its record, and stands among the recent', async ({ way, begin }) => {
    const replay = await startReplayServer({ capturesDir: captures ?? '', rewriteHosts: true });
    try {
      const { person } = await begin(way, {
        options: { env: { ALMAGEST_NASA_IMAGES_API: replay.base } },
      });
      const { page } = person;
      const heading = page.getByRole('heading', { level: 1, name: 'Apollo Footprint' });
      await follow(person, 'pia 24439');
      await expect(heading).toBeAttached();
      await expect(person.saveButton).toBeEnabled();
      await person.goTo('Downloads');
      await paste(person, '');
      const recent = dialogOf(person).getByRole('group', { name: 'Recent' }).getByRole('option');
      await expect(recent.first()).toContainText('Apollo Footprint');
      await person.act('Enter', recent.first());
      await expect(heading).toBeAttached();
    } finally {
      await replay.close();
    }
  });
});
