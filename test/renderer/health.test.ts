/**
 * The archives' health in a real browser over a core in memory: figures, requests, search, keys, and axe in every theme.
 * Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';

const hasChromium = hasBrowser('health.test.ts');
const route = JSON.stringify({ view: 'health' });

describe.skipIf(!hasChromium)('archive health', () => {
  const { open } = useRenderer();
  const hosts = (page: Page) => page.getByRole('table', { name: 'Hosts and how they answered' });
  const requests = (page: Page) => page.getByRole('grid', { name: /Recent requests/ });
  const copied = (page: Page) => page.evaluate(() => window.fakeCore?.copied() ?? null);

  async function openHealth(knobs: Knobs = {}, width?: number): Promise<Page> {
    const page = await open({ route, ...knobs }, width);
    await page.getByRole('heading', { name: 'Archive health' }).waitFor();
    return page;
  }

  test('each host with its figures, its day in words, and the pace that is kept', async () => {
    const page = await openHealth();
    const nasa = hosts(page).getByRole('row', { name: /NASA search/ });
    await nasa.waitFor();
    expect(await nasa.textContent()).toMatch(
      /Answering.*184 ms.*0 of \d+.*5 a second, 4 at a time/,
    );
    const bars = nasa.getByRole('img');
    expect(await bars.getAttribute('aria-label')).toMatch(/requests, no failures, the slowest/);
    const astrobin = hosts(page).getByRole('row', { name: /AstroBin/ });
    expect(await astrobin.textContent()).toContain('1 a second and 500 a day, 439 left until');
  });

  test('an archive that waits says until when, and one at its limit says so', async () => {
    const page = await openHealth({ health: 'trouble' });
    await hosts(page)
      .getByText(/^Back at \d\d:\d\d$/)
      .waitFor();
    await hosts(page).getByText('At its limit').waitFor();
  });

  test('requests are narrowed to those in trouble and by words, and stay so when one comes back', async () => {
    const page = await openHealth();
    await requests(page).getByRole('row').nth(4).waitFor();
    await page.getByText('Slow and failed').click();
    await expect.poll(() => requests(page).locator('[data-row]').count()).toBe(3);
    await page.getByRole('textbox', { name: 'Host, status or request' }).fill('504');
    await expect.poll(() => requests(page).locator('[data-row]').count()).toBe(1);
    expect(await requests(page).textContent()).toContain('tried again, 200 after 1.2 s');
    await page.getByRole('textbox', { name: 'Host, status or request' }).fill('nothing like it');
    await page.getByText('No request has “nothing like it” in it.').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByRole('heading', { name: 'Settings', exact: true })
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('No request has “nothing like it” in it.').waitFor();
  });

  test('a request is walked to and copied by keys, the whole report by its button', async () => {
    const page = await openHealth();
    const row = requests(page).locator('[data-row="0"]');
    await row.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+c');
    await expect.poll(() => copied(page)).toContain('\timages-api.nasa.gov\t/search?q=stars');
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect.poll(() => copied(page)).toMatch(/^Archive health, 2022-03-01T19:05/);
    expect(await copied(page)).toContain('PDS Registry\tpds.mcp.nasa.gov\tAnswering');
  });

  test('before anything was asked it says what will be here', async () => {
    const page = await openHealth({ health: 'none' });
    await page.getByRole('heading', { name: 'Nothing has been asked yet' }).waitFor();
    expect(await page.getByRole('button', { name: 'Copy report' }).count()).toBe(0);
  });

  test('is reached from the sidebar, the status line and the palette', async () => {
    const page = await open({ route: JSON.stringify({ view: 'downloads' }) });
    await page
      .getByRole('contentinfo', { name: 'Status' })
      .getByText(/NASA answering/)
      .click();
    await page.getByRole('heading', { name: 'Archive health' }).waitFor();
    expect(
      await page
        .getByRole('button', { name: 'Archive health' })
        .first()
        .getAttribute('aria-current'),
    ).toBe('page');
  });

  test('axe finds nothing in any theme', async () => {
    const troubled = await openHealth({ health: 'trouble' });
    await hosts(troubled).getByText('At its limit').waitFor();
    expect(await examineThemes(troubled)).toEqual([]);
    const empty = await openHealth({ health: 'none' });
    await empty.getByRole('heading', { name: 'Nothing has been asked yet' }).waitFor();
    expect(await examineThemes(empty)).toEqual([]);
  });

  test('fits a narrow window', async () => {
    const page = await openHealth({}, 420);
    await hosts(page)
      .getByRole('row', { name: /NASA search/ })
      .waitFor();
    const spill = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(spill).toBeLessThanOrEqual(0);
  });
});
