/** A selection planned, started, interrupted, and whole on disk in the end. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, flow } from './flows.ts';

flow(
  'a selection is planned by another rule, outlasts a kill, and ends as a group on disk',
  async ({ way, begin, archive }) => {
    const first = await begin(way);
    const { page } = first.person;
    await first.person.search('galaxy');
    await first.person.seesResults();
    await first.person.select(0, 1, 2);
    if (way === 'keyboard') await first.person.press('Control+d');
    else await page.getByRole('button', { name: 'Download 3…' }).click();

    const dialog = page.getByRole('dialog', { name: /^Download 3 from/ });
    const rule = dialog.getByRole('combobox', { name: /^Of each record/ });
    if (way === 'keyboard') {
      await expect(rule).toBeFocused();
      await first.person.press('Enter');
      await expect(page.getByRole('option', { name: 'The largest', exact: true })).toBeVisible();
      await first.person.press('ArrowDown', 'Enter');
    } else {
      await rule.click();
      await page.getByRole('option', { name: 'The largest', exact: true }).click();
    }
    await expect(rule).toHaveText('The largest');
    archive.fileBytesPerSecond = 20_000;
    const add = dialog.getByRole('button', { name: 'Add 3 to downloads' });
    await expect(add).toBeVisible({ timeout: 30_000 });
    await first.person.pressButton(add);
    await expect(page.getByText('3 files added to downloads.')).toBeVisible();
    await first.app.kill();

    archive.fileBytesPerSecond = null;
    const { app, person } = await begin(way);
    await person.goTo('Downloads');
    const group = person.page.getByRole('row').filter({ hasText: 'galaxy' }).first();
    await expect(group).toContainText('3 of 3 files', { timeout: 30_000 });
    const names = readdirSync(app.downloadsDir);
    expect(names.filter((name) => /~\w+\.(jpg|png|tif)$/.test(name))).toHaveLength(3);
    expect(names.filter((name) => name.includes('.part'))).toEqual([]);
  },
);

flow('files are named by the template of the settings', async ({ way, begin }) => {
  const { app, person } = await begin(way);
  const { page } = person;
  await person.goTo('Settings');
  const names = page.getByRole('textbox', { name: 'File names' });
  await person.fill(names, '{archive}/{nope}');
  await expect(page.getByText(/^At character 12: There is no field “nope”/)).toBeVisible();
  await person.fill(names, '{archive}/{kind}/{id} by template');
  await expect(page.getByRole('group', { name: 'Examples' })).toContainText(
    'nasa-images/image/PIA00001 by template.jpg',
  );
  await person.press('Enter');

  await person.goTo('NASA Images');
  await person.search('galaxy');
  await person.seesResults();
  await person.open(0);
  await person.pressButton(person.saveButton);
  const folder = join(app.downloadsDir, 'nasa-images');
  await expect
    .poll(() => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []))
    .toContainEqual(expect.stringMatching(/ by template\.(jpg|png|tif|mp4)$/));
});
