/** The plan of a download, and the queue with its groups. */
import { planDownload, settle, type Stop } from './steps.ts';

export const downloadStops: readonly Stop[] = [
  {
    name: 'download-plan',
    go: async ({ page, archive }) => {
      archive.fileBytesPerSecond = null;
      await planDownload(page, 'moon', 12);
      await settle(page);
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'downloads',
    go: async ({ page, archive }) => {
      archive.fileBytesPerSecond = null;
      await planDownload(page, 'moon', 4);
      await page.getByRole('button', { name: /^Add \d+ to downloads/ }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+5');
      const queue = page.getByRole('treegrid', { name: 'Downloads by group' });
      await queue.getByRole('row').filter({ hasText: 'moon' }).first().waitFor();
      await queue.getByText('No checksum').first().waitFor();
      await queue.getByRole('row').filter({ hasText: 'No checksum' }).first().click();
      await settle(page);
    },
  },
];
