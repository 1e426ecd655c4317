/** The key of AstroBin: without one, with a wrong one, entered, kept over a restart, taken away; and the day's limit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';
import { askedOf, Astrobin, atAstrobin, withoutKey } from './astrobin.ts';
import { expect, flow } from './flows.ts';

flow(
  'without a key it is said what one is for; a wrong one is refused, the right one shows images',
  async ({ way, begin, archive }) => {
    const { app, person } = await begin(way, atAstrobin(archive, withoutKey));
    const { page } = person;
    const astrobin = new Astrobin(person);
    await person.goTo('AstroBin');
    const none = page.getByRole('heading', { name: 'AstroBin asks for a key of your own' });
    await expect(none).toBeVisible();
    await person.pressButton(page.getByRole('button', { name: 'Where to get one' }));
    const opened = () => app.control.calls('shell.openExternal');
    await expect.poll(async () => (await opened()).length).toBe(1);
    expect(String((await opened())[0]?.args[0])).toMatch(/^https:\/\/www\.astrobin\.com\//);
    expect(askedOf(archive), 'nothing is sent without a key').toEqual([]);

    await person.pressButton(page.getByRole('button', { name: 'Enter the key…' }));
    const dialog = page.getByRole('dialog', { name: 'Enter the AstroBin key' });
    const guards = dialog.getByRole('radiogroup');
    await person.chooseRadio(guards, 'Until Almagest is closed');
    await astrobin.giveKey('0123456789abcdef', 'fedcba9876543210');
    await expect(dialog.getByText(/AstroBin didn’t accept these/)).toBeVisible();
    await astrobin.giveKey(sampleAstrobinKey, sampleAstrobinSecret);
    await expect(dialog).toBeHidden();
    await expect(page.getByText('AstroBin accepts the key.')).toBeVisible();
    await expect(none).toBeHidden();
    await astrobin.seesDay(0);
  },
);

flow(
  'a key that is kept outlives a restart, and is taken away again',
  async ({ way, begin, archive, folder }) => {
    const first = await begin(way, atAstrobin(archive, withoutKey));
    const { page } = first.person;
    await first.person.command('AstroBin key', 'Enter the AstroBin key…');
    const dialog = page.getByRole('dialog', { name: 'Enter the AstroBin key' });
    await first.person.chooseRadio(dialog.getByRole('radiogroup'), 'As plain text in your profile');
    const agree = dialog.getByRole('checkbox');
    if (way === 'mouse') await dialog.getByText('Store them as plain text').click();
    else {
      await first.person.tabTo(agree);
      await first.person.press('Space');
    }
    await expect(agree).toBeChecked();
    await new Astrobin(first.person).giveKey(sampleAstrobinKey, sampleAstrobinSecret);
    await expect(page.getByText('AstroBin accepts the key.')).toBeVisible();
    await first.app.close();

    const { person, app } = await begin(way, atAstrobin(archive, withoutKey));
    const astrobin = new Astrobin(person);
    await astrobin.openDay();
    await person.goTo('Settings');
    await person.pressButton(person.page.getByRole('button', { name: 'Archives', exact: true }));
    await expect(
      person.page.getByText('Stored as plain text in your profile').first(),
    ).toBeVisible();
    await person.pressButton(person.page.getByRole('button', { name: 'Forget', exact: true }));
    const question = person.page.getByRole('dialog', { name: 'Forget the AstroBin key?' });
    await person.pressButton(question.getByRole('button', { name: 'Forget', exact: true }));
    await expect(
      person.page.getByText('The AstroBin key was forgotten on this computer.'),
    ).toBeVisible();
    await expect(person.page.getByText('None yet').first()).toBeVisible();

    // What was read before still shows, with its age.
    await astrobin.openPlace('Search');
    await expect(
      person.page.getByRole('heading', { name: 'AstroBin asks for a key of your own' }),
    ).toBeVisible();
    await app.close();
    const profile = join(folder, 'profile');
    const files = readdirSync(profile, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1');
      expect(text.includes(sampleAstrobinSecret), file.name).toBe(false);
    }
  },
);

flow(
  'the limit of the day is told, kept over a restart, and what was read still shows',
  async ({ way, begin, archive }) => {
    // One request is all there is for today.
    const env = { ALMAGEST_RATE_ASTROBIN: '50,100,4,1' };
    const first = await begin(way, atAstrobin(archive, env));
    await new Astrobin(first.person).openPlace('Search');
    await first.person.seesResults();
    await first.app.close();

    const { person } = await begin(way, atAstrobin(archive, env));
    const { page } = person;
    await person.seesResults();
    const asked = askedOf(archive).length;
    await person.search('nebula');
    await expect(
      page.getByRole('heading', { name: 'AstroBin’s limit for today is used up' }),
    ).toBeVisible();
    await expect(page.getByText(/It goes on at \d\d:\d\d, in /)).toBeVisible();
    await person.pressButton(page.getByRole('button', { name: /^AstroBin at its limit until/ }));
    const hosts = page.getByRole('table', { name: 'Hosts and how they answered' });
    await expect(hosts.getByText('At its limit')).toBeVisible();
    await expect(hosts.getByText(/1 a day, 0 left until \d\d:\d\d/)).toBeVisible();
    expect(askedOf(archive)).toHaveLength(asked);
    await person.back();
    await person.back();
    await person.seesResults();
  },
);
