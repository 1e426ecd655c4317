import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, flow } from './flows.ts';

flow('a record opens, zooms, and leads on and back to the very place', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('crater');
  await person.seesResults();
  const title = await person.tile(2).getAttribute('aria-label');
  const next = await person.tile(3).getAttribute('aria-label');
  await person.open(2);
  const { page } = person;
  await expect(page.getByRole('heading', { name: title ?? '' })).toBeVisible();
  await expect(page.getByText(/^Record 3 of/)).toBeVisible();

  const zoom = page.getByRole('toolbar', { name: 'Zoom' });
  const picture = page.getByRole('application', { name: 'Picture' }).locator('img').first();
  await expect(picture).toBeVisible();
  const width = async (): Promise<number> => (await picture.boundingBox())?.width ?? 0;
  const fitted = await width();
  if (way === 'mouse') await zoom.getByRole('button', { name: 'Zoom in' }).click();
  else await person.press('+');
  await expect.poll(width).toBeGreaterThan(fitted * 1.05);
  if (way === 'mouse') await zoom.getByRole('button', { name: 'Fit' }).click();
  else await person.press('-');
  await expect.poll(width).toBeLessThan(fitted * 1.02);

  if (way === 'mouse') await page.getByRole('button', { name: 'Next record' }).click();
  else await person.press(']');
  await expect(page.getByRole('heading', { name: next ?? '' })).toBeVisible();
  await expect(page.getByText(/^Record 4 of/)).toBeVisible();
  await person.back();
  await expect(person.tile(2)).toBeVisible();
});

flow('the metadata is filtered and private fields stay hidden', async ({ way, begin }) => {
  const { person } = await begin(way);
  await person.search('crater');
  await person.seesResults();
  await person.open(0);
  const filter = person.page.getByLabel('Filter the metadata');
  await expect(filter).toBeVisible();
  await expect(person.page.getByText('SourceFile')).toHaveCount(0);
  if (way === 'mouse') await filter.click();
  else await person.tabTo(filter);
  await person.page.keyboard.type('size');
  await expect(person.page.getByText(/\d+ of \d+ fields/)).toBeVisible();
});

flow(
  'a file is saved whole, with its sidecar, and shown in its folder',
  async ({ way, begin, archive }) => {
    const { app, person } = await begin(way);
    await person.search('galaxy');
    await person.seesResults();
    await person.open(0);
    if (way === 'mouse') await person.saveButton.click();
    else await person.press('Control+Alt+d');
    await expect(person.page.getByRole('button', { name: 'Show in folder' }).first()).toBeVisible({
      timeout: 30_000,
    });

    const names = readdirSync(app.downloadsDir);
    const file = names.find((name) => /~orig\.(jpg|png|tif)$/.test(name));
    expect(file).toBeDefined();
    expect(names.filter((name) => name.includes('.part'))).toEqual([]);
    const saved = readFileSync(join(app.downloadsDir, file ?? ''));
    const sidecar = JSON.parse(
      readFileSync(join(app.downloadsDir, `${file}.json`), 'utf8'),
    ) as Record<string, unknown>;
    const sum = createHash('sha256').update(saved).digest('hex');
    expect(JSON.stringify(sidecar)).toContain(sum);
    const asked = archive.requests.find((request) => request.includes('~orig.'));
    const source = await fetch(new URL(asked?.slice(4) ?? '', archive.base));
    expect(Buffer.from(await source.arrayBuffer()).equals(saved)).toBe(true);

    await person.goTo('Downloads');
    const row = person.page.getByRole('row').filter({ hasText: '~orig' });
    await expect(row).toBeVisible();
    await expect(row.getByText('No checksum')).toBeVisible();
  },
);

flow('a download is cancelled and leaves nothing behind', async ({ way, begin, archive }) => {
  const { app, person } = await begin(way);
  archive.fileBytesPerSecond = null;
  await person.search('galaxy');
  await person.seesResults();
  await person.open(1);
  archive.fileBytesPerSecond = 40_000;
  if (way === 'mouse') await person.saveButton.click();
  else await person.press('Control+Alt+d');
  await expect
    .poll(() => existsSync(app.downloadsDir) && readdirSync(app.downloadsDir).length > 0)
    .toBe(true);
  await person.goTo('Downloads');
  const files = person.page.getByRole('treegrid', { name: 'Downloads by group' });
  const row = files.getByRole('row').filter({ hasText: 'Downloading' });
  await expect(row).toBeVisible();
  if (way === 'mouse') await row.click();
  else {
    await person.into(files);
    await person.press('End');
  }
  await person.pressButton(person.inspector.getByRole('button', { name: 'Cancel', exact: true }));
  await expect(person.page.getByText('Cancelled').first()).toBeVisible();
  await expect.poll(() => readdirSync(app.downloadsDir)).toEqual([]);
});

flow('the credit line and the identifier are copied', async ({ way, begin }) => {
  const { app, person } = await begin(way);
  await person.search('saturn');
  await person.seesResults();
  const title = (await person.tile(0).getAttribute('aria-label')) ?? 'no title';
  await person.open(0);
  if (way === 'mouse')
    await person.page.getByRole('button', { name: 'Copy credit', exact: true }).click();
  else await person.press('Control+Shift+c');
  await expect.poll(async () => (await app.control.calls('clipboard.writeText')).length).toBe(1);
  const [call] = await app.control.calls('clipboard.writeText');
  expect(String(call?.args[0])).toContain(title);
});
