/** Real records of the NASA library, as recorded: browsed in the window, by mouse and by keyboard. */
import { capturesAbsent, capturesDir } from '../support/captures.ts';
import { startReplayServer } from '../support/replay/replay-server.ts';
import { expect, flow, test } from './flows.ts';

const captures = capturesDir();

test.describe('the recorded answers', () => {
  test.skip(captures === null, capturesAbsent);

  flow('real records are searched, opened and kept', async ({ way, begin }) => {
    const replay = await startReplayServer({ capturesDir: captures ?? '', rewriteHosts: true });
    try {
      const { person } = await begin(way, {
        options: { env: { ALMAGEST_NASA_IMAGES_API: replay.base } },
      });
      await person.search('apollo');
      await person.seesResults();
      await expect(person.page.getByText('6,130 results')).toBeVisible();
      await person.search('PIA24439');
      await person.seesResults();
      await person.open(0);
      const { page } = person;
      await expect(page.getByRole('heading', { name: 'Apollo Footprint' })).toBeVisible();
      await expect(page.getByRole('row', { name: /Original.*3294 × 3226.*1\.6/ })).toBeVisible();
      await expect(page.getByText(/fields with paths and logins are hidden/)).toBeVisible();
      await expect(page.getByText('rhalanis')).toHaveCount(0);
      await person.keep();
      await person.goTo('Everything kept');
      await expect(page.getByRole('gridcell', { name: 'Apollo Footprint' })).toBeVisible();
    } finally {
      await replay.close();
    }
  });
});
