/**
 * Downloads and the plan before them, in a real browser over a core in memory: by keyboard, and axe over each of their
 * states in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { settle } from '#test/support/renderer-harness.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { examineThemes } from '#test/support/axe.ts';

/** Loaded machines are slow; nothing here is about speed. */
const until = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const route = JSON.stringify({ view: 'downloads' });

describe.skipIf(!hasBrowser('downloads.test.ts'))('downloads', () => {
  const { called: asked, open } = useRenderer();
  const called = (page: Page, name: string) => asked(page, `almagest:${name}`);
  const tree = (page: Page) => page.getByRole('treegrid', { name: 'Downloads by group' });
  const row = (page: Page, text: string) =>
    tree(page).getByRole('row').filter({ hasText: text }).first();
  const rowCount = async (page: Page) => Number(await tree(page).getAttribute('aria-rowcount')) - 1;

  const openView = async (knobs: Knobs): Promise<Page> => {
    const page = await open({ route, ...knobs });
    await tree(page).getByRole('row').nth(1).waitFor();
    return page;
  };

  describe('the queue', () => {
    test('is walked by keys; groups fold, and the inspector follows', async () => {
      const page = await openView({ downloads: 'groups' });
      await until(() => rowCount(page)).toBe(3 + 6 + 3 + 8);
      await row(page, 'stars, 6 results').click();
      await page.getByRole('heading', { level: 2, name: 'stars, 6 results' }).waitFor();
      await page.keyboard.press('ArrowLeft');
      await until(() => rowCount(page)).toBe(3 + 3 + 8);
      await page.keyboard.press('ArrowRight');
      await until(() => rowCount(page)).toBe(20);
      await page.keyboard.press('End');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await page.getByRole('heading', { level: 2, name: 'star-0~orig.jpg' }).waitFor();
    });

    test('a file kept aside shows both checksums and is fetched again', async () => {
      const page = await openView({ downloads: 'groups' });
      await row(page, 'Quarantined').click();
      await page.getByText('bec927a762408b2c84b1d33d5522386c').waitFor();
      await page.getByText('41d08a7f0c96e1b2aa53f7d9c0e84716').waitFor();
      const inspector = page.getByRole('complementary', { name: 'Selected download' });
      await inspector.getByRole('button', { name: 'Try again' }).click();
      await until(() => called(page, 'downloads.command')).toEqual([
        { verb: 'retry', target: { kind: 'items', ids: ['rad-00213'] } },
      ]);
      await page.getByRole('radio', { name: 'Needs you 2' }).waitFor({ state: 'attached' });
    });

    test('several are paused at once, and taken off by Delete', async () => {
      const page = await openView({ downloads: 'groups' });
      await row(page, 'star-0').click();
      await row(page, 'star-2').click({ modifiers: ['Shift'] });
      await page.getByRole('heading', { name: '3 rows selected' }).waitFor();
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByRole('radio', { name: 'Paused 4' }).waitFor({ state: 'attached' });
      await page.getByRole('radio', { name: 'Done 2' }).check({ force: true });
      await until(() => rowCount(page)).toBe(4);
      await row(page, 'hp3_rad_der_00122').click();
      await page.keyboard.press('Delete');
      await until(() => rowCount(page)).toBe(2);
      await row(page, 'GSFC').click();
      await page.keyboard.press('Delete');
      await page.getByText('No file is done yet.').waitFor();
    });

    test('all is paused and resumed by a key from anywhere', async () => {
      const page = await openView({ downloads: 'groups' });
      await page.keyboard.press('Control+.');
      await page.getByRole('button', { name: 'Resume all' }).waitFor();
      await page.keyboard.press('Control+.');
      await page.getByRole('button', { name: 'Pause all' }).waitFor();
      expect(await called(page, 'downloads.command')).toEqual([
        { verb: 'pause', target: { kind: 'all' } },
        { verb: 'resume', target: { kind: 'all' } },
      ]);
    });

    test('a group is moved by keys and told where it is; its trouble is mended', async () => {
      const page = await openView({ downloads: 'groups' });
      await page.getByText('The disk filled up.').first().waitFor();
      await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
      await until(() => page.locator('.banner').count()).toBe(0);
      await row(page, 'InSight RAD derived').click();
      await page.keyboard.press('Alt+ArrowUp');
      await page.getByText('InSight RAD derived is number 1 of 3.').waitFor();
      await until(() => tree(page).getByRole('row').nth(1).textContent()).toContain('InSight');
      expect(await called(page, 'downloads.moveGroup')).toEqual([
        { id: 'g-insight', before: 'g-stars' },
      ]);
    });

    test('what needs the user is asked for again, and nothing that was cancelled', async () => {
      const page = await openView({ downloads: 'some' });
      await page.getByRole('button', { name: 'Retry 2' }).click();
      await page.getByRole('radio', { name: 'Needs you 0' }).waitFor({ state: 'attached' });
      await row(page, 'Cancelled').waitFor();
    });

    test('a hundred thousand rows are a few in the document, the last as near as the first', async () => {
      const page = await openView({ downloads: 'many' });
      await until(() => rowCount(page)).toBe(100_001);
      await row(page, 'many-0~').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('End');
      await row(page, 'many-99999~').waitFor();
      expect(await tree(page).getByRole('row').count()).toBeLessThan(150);
      const asked = (await called(page, 'downloads.rows')) as { numbers: number[] }[];
      expect(asked.reduce((sum, { numbers }) => sum + numbers.length, 0)).toBeLessThan(1000);
    });
  });

  describe('a plan', () => {
    const nasa = JSON.stringify({ view: 'nasa', query: { q: 'stars' } });
    const dialog = (page: Page) => page.getByRole('dialog');
    const openPlan = async (knobs: Knobs = {}): Promise<Page> => {
      const page = await open({ route: nasa, ...knobs });
      const cell = page.getByRole('grid').locator('[data-index="0"]');
      await cell.waitFor();
      await until(() => cell.getAttribute('aria-label')).not.toBe('Not loaded yet');
      await cell.click();
      await page.keyboard.press('Shift+ArrowRight');
      await page.getByText('2 selected').waitFor();
      await page.keyboard.press('Control+d');
      await dialog(page)
        .getByText('Of each record')
        .or(dialog(page).getByRole('alert'))
        .first()
        .waitFor();
      return page;
    };

    test('says what it comes to, follows the wish, and becomes a group of the queue', async () => {
      const page = await openPlan();
      await dialog(page).getByText('12.8 MB').waitFor();
      await dialog(page).getByText('PIA00001~orig.jpg').waitFor();
      await dialog(page)
        .getByRole('combobox', { name: /^Of each record/ })
        .click();
      await page.getByRole('option', { name: 'All files of each record' }).click();
      await dialog(page).getByRole('button', { name: 'Add 6 to downloads' }).waitFor();
      await dialog(page).getByRole('button', { name: 'Change…' }).click();
      await dialog(page).getByText('/home/observer/Chosen').waitFor();
      await dialog(page).getByText('Start now').click();
      await dialog(page).getByRole('button', { name: 'Add 6 to downloads' }).click();
      await page.getByText('6 files added to downloads.').waitFor();
      expect(await called(page, 'plans.start')).toEqual([{ id: 'plan-1', isPaused: true }]);
      expect(await called(page, 'plans.close')).toEqual([{ id: 'plan-1' }]);
      await page.getByRole('button', { name: 'Show downloads' }).click();
      await row(page, 'stars').waitFor();
    });

    test('a mistake in the names is told below the field, and nothing can start by it', async () => {
      const page = await openPlan();
      const field = dialog(page).getByRole('textbox', { name: 'Names' });
      await field.fill('{nope}');
      await dialog(page).getByText('there is no {nope}').waitFor();
      const add = dialog(page).getByRole('button', { name: 'Add 2 to downloads' });
      expect(await add.getAttribute('aria-disabled')).toBe('true');
      await field.fill('{title}');
      await dialog(page).getByText('named-1.jpg').waitFor();
      expect(await add.getAttribute('aria-disabled')).toBeNull();
    });

    test('too little room offers smaller files', async () => {
      const page = await openPlan({ plan: 'short' });
      await dialog(page)
        .getByText('Not enough room: 12.8 MB wanted, 5.0 MB free.')
        .first()
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Take files under 20 MB' }).click();
      await until(() => dialog(page).getByText('Not enough room').count()).toBe(0);
    });

    test('what is refused is listed; what is all here says so; Escape ends the plan', async () => {
      const page = await openPlan({ plan: 'refused' });
      await dialog(page).getByRole('link', { name: 'Show the 38' }).click();
      await dialog(page).getByText('Refused 37, real').waitFor();
      await page.keyboard.press('Escape');
      await until(() => called(page, 'plans.close')).toEqual([{ id: 'plan-1' }]);
      const here = await openPlan({ plan: 'here' });
      await dialog(here).getByText('Everything is here already.').waitFor();
      expect(await dialog(here).getByRole('button', { name: /^Add/ }).count()).toBe(0);
    });
  });

  test.each<[string, Knobs]>([
    ['groups', { downloads: 'groups' }],
    ['single files', { downloads: 'some' }],
    ['empty', {}],
    ['none under a filter', { downloads: 'many' }],
    ['loading', { downloads: 'slow' }],
    ['failed', { downloads: 'broken' }],
    ['plan', { plan: 'refused' }],
    ['plan short of room', { plan: 'short' }],
    ['plan being read', { plan: 'listing' }],
    ['plan failed', { plan: 'failed' }],
  ])('axe finds nothing: %s', async (name, knobs) => {
    const isPlan = knobs['plan'] !== undefined;
    const record = { view: 'record', ref: 'nasa:GSFC_2017000002', from: null };
    const page = await open({ route: isPlan ? JSON.stringify(record) : route, ...knobs });
    if (isPlan) {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+d');
      await page.getByRole('dialog').waitFor();
    }
    if (name === 'groups') await row(page, 'Quarantined').click();
    if (name === 'single files') await row(page, 'Single files').click();
    if (name.startsWith('none'))
      await page.getByRole('radio', { name: 'Done 0' }).check({ force: true });
    await settle(page);
    expect(await examineThemes(page)).toEqual([]);
  });
});
