import { expect, flow, test } from './flows.ts';
import { Person } from './person.ts';

flow('the first start offers the sample archive, and it works at once', async ({ way, begin }) => {
  const { person } = await begin(way, {
    settings: { welcomed: false },
    options: { env: { ALMAGEST_NASA_IMAGES_API: undefined } },
  });
  const { page } = person;
  const sample = page.getByRole('radio', { name: /The sample archive/ });
  await expect(sample).toBeVisible();
  if (way === 'mouse') await sample.click();
  else {
    await person.tabTo(page.getByRole('radio', { checked: true }));
    await person.press('ArrowDown');
  }
  await expect(sample).toBeChecked();
  await person.pressButton(page.getByRole('button', { name: 'Open Almagest' }));
  await person.search('galaxy');
  await person.seesResults();
  await expect(page.getByText('Sample archive')).toBeVisible();
});

flow('another download folder is chosen and used', async ({ way, begin, folder }) => {
  const { app, person } = await begin(way, { options: { env: { ALMAGEST_DOWNLOADS: undefined } } });
  const chosen = `${folder}/elsewhere`;
  await app.control.answerDialog('showOpenDialog', { canceled: false, filePaths: [chosen] });
  await person.command('download folder', /Change the download folder/);
  await person.goTo('Settings');
  await expect(person.page.getByText('elsewhere').first()).toBeVisible();
});

test('a second start brings the first window back', async ({ begin }) => {
  const { app } = await begin('mouse');
  await app.control.secondInstance([]);
  await expect.poll(async () => (await app.control.windowState())?.visible).toBe(true);
  await expect(new Person(app.page, 'mouse').searchField).toBeVisible();
});
