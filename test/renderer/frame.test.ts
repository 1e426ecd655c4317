/**
 * The frame in a real browser, over a core in memory: keys, focus, history and what is restored, and axe over
 * every screen of the frame in every theme. Skipped with a printed reason where there is no Chromium.
 */
import { describe, expect, test } from 'vitest';
import { settle } from '#test/support/renderer-harness.ts';
import { hasBrowser, useRenderer } from '#test/support/renderer-session.ts';
import type { Knobs } from '#test/support/fake-core.ts';
import { examine, examineThemes } from '#test/support/axe.ts';

describe.skipIf(!hasBrowser('frame.test.ts'))('the frame', () => {
  const { address, called, open, openAt } = useRenderer();

  test('requests that wait for their turn are counted in the status line', async () => {
    const page = await open({ inLine: '12' });
    await page
      .getByRole('contentinfo', { name: 'Status' })
      .getByText('NASA: 12 requests wait their turn')
      .waitFor();
  });

  test('a command is found and run by keys alone, and the focus comes back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Everything kept' }).focus();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Type a command' });
    await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect
      .poll(() =>
        page.evaluate(() => document.activeElement?.textContent?.includes('Everything kept')),
      )
      .toBe(true);
    await page.keyboard.press('Control+k');
    await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.type('theme con');
    const chosen = page.getByRole('option', { selected: true });
    await expect.poll(() => chosen.textContent()).toContain('Theme: high contrast');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
      .toBe('contrast');
    await page.keyboard.press('Control+k');
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
  });

  test('the palette says that nothing fits, and arrows go round', async () => {
    const page = await open();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('ArrowUp');
    const last = await page.getByRole('option').last().getAttribute('id');
    expect(
      await page
        .getByRole('combobox', { name: 'Type a command' })
        .getAttribute('aria-activedescendant'),
    ).toBe(last);
    await page.keyboard.type('zzqq');
    await page.getByText('No command for “zzqq”').waitFor();
    expect(await page.getByRole('option').count()).toBe(0);
  });

  test('the search field searches, and back leads to where one was', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('moon/b');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.title()).toBe('“moon/b”, NASA Images – Almagest');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => page.title()).toBe('NASA Images – Almagest');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('moon/b');
  });

  test('Escape in the search field gives up what was typed and nothing else', async () => {
    const page = await open({ route: '{"view":"nasa","query":{"q":"moon"}}' });
    await page.keyboard.press('Control+l');
    await page.keyboard.type('mars');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('moon');
    expect(await page.title()).toBe('“moon”, NASA Images – Almagest');
  });

  test('F6 goes round the panes and comes back to where one was in each', async () => {
    const page = await open({ route: '{"view":"nasa","query":{"q":"moon"}}' });
    await page.getByRole('complementary').waitFor();
    const pane = () =>
      page.evaluate(
        () => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'],
      );
    await page
      .getByRole('navigation', { name: 'Places' })
      .getByRole('button', { name: 'Settings' })
      .focus();
    const round: (string | undefined)[] = [];
    do {
      await page.keyboard.press('F6');
      round.push(await pane());
    } while (round.at(-1) !== 'navigation' && round.length < 8);
    expect(round).toEqual(['search', 'main', 'inspector', 'status', 'navigation']);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Settings');
    await page.keyboard.press('Shift+F6');
    expect(await pane()).toBe('status');
  });

  test('in a narrow window the inspector is a drawer, which Escape closes before anything else', async () => {
    const page = await open({ route: '{"view":"nasa","query":{"q":"moon"}}' }, 800, 700);
    const drawer = page.getByRole('complementary');
    expect(await drawer.count()).toBe(0);
    await page.locator('#main').focus();
    await page.keyboard.press('i');
    await drawer.waitFor();
    await drawer.getByRole('button', { name: 'Close the inspector' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    // A tooltip goes with the same press; it does not use it up.
    await page.locator('.tooltip').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => drawer.count()).toBe(0);
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-pane="main"]') !== null),
    ).toBe(true);
  });

  test('places, widths and the open inspector come back after a restart', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Everything kept' }).click();
    const edge = page.getByRole('separator', { name: 'Width of the sidebar' });
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('i');
    const saved = () => page.evaluate(() => window.fakeCore?.uiState() ?? null);
    await expect.poll(saved).toContain('"inspectorOpen":false');
    const state = JSON.parse((await saved()) ?? '{}') as Record<string, unknown>;
    expect(state).toMatchObject({
      index: 1,
      frame: { inspectorOpen: false, panes: { sidebar: 224 } },
    });
    expect(JSON.stringify(state)).toContain('"view":"library"');
  });

  test('a broken saved state starts at the NASA gallery', async () => {
    const page = await open({ route: '{"view":"nowhere"}' });
    expect(await page.title()).toBe('NASA Images – Almagest');
  });

  test('the welcome screen is answered by keys alone', async () => {
    const page = await open({ welcomed: 'no' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()))
      .toBe('Open Almagest');
    await page.getByRole('radio', { name: 'The live archives' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Open Almagest' }).press('Enter');
    await page.getByRole('navigation', { name: 'Places' }).waitFor();
    expect(await called(page, 'almagest:settings.set')).toEqual([
      { patch: { archiveMode: 'sample', welcomed: true } },
    ]);
    await page.getByRole('button', { name: 'Sample archive' }).waitFor();
  });

  test('an address that may not be one is kept as typed, marked, and not saved', async () => {
    const page = await open({ route: '{"view":"settings","section":"archives"}' });
    const field = page.getByRole('textbox', { name: 'NASA search' });
    await field.fill('http://example.org');
    await field.press('Tab');
    await page.getByRole('alert').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('http://example.org');
    expect(await called(page, 'almagest:settings.set')).toEqual([]);
  });

  test('keys are changed, refused where taken, turned off and reset', async () => {
    const page = await open({ route: '{"view":"settings","section":"shortcuts"}' });
    const change = page.getByRole('button', { name: 'Change the keys of Welcome screen' });
    const row = page.getByRole('row', { name: /^Welcome screen/ });
    await change.press('Enter');
    await page.keyboard.press('Control+k');
    await expect
      .poll(() => row.getByRole('alert').textContent())
      .toContain('Ctrl K belongs to “Commands…”');
    await page.keyboard.press('Control+Shift+W');
    await expect.poll(() => row.textContent()).toContain('CtrlShiftW');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Reset the keys of Welcome screen' }).click();
    await expect.poll(() => row.textContent()).toContain('None');
  });

  test('text grows, and the frame takes it for a narrower window', async () => {
    const page = await open({ textZoom: '200' });
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
      '32px',
    );
    const box = await page.getByRole('navigation', { name: 'Places' }).boundingBox();
    expect(box?.width).toBe(96);
    await page.keyboard.press('Control+0');
    await expect
      .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize))
      .toBe('16px');
  });

  test('a notice stays while the keyboard is on it, and can be dismissed', async () => {
    const page = await open();
    await page.keyboard.press('Control+=');
    const notices = page.getByRole('region', { name: 'Notices' });
    await notices.getByText('Text at 110 %.').waitFor();
    await notices.getByRole('button', { name: 'Dismiss' }).press('Enter');
    await expect.poll(() => notices.getByText('Text at 110 %.').count()).toBe(0);
  });

  test.each([
    ['no-bridge', 'This page is not connected to Almagest'],
    ['startup', 'The library can’t be opened'],
  ])('%s is told on a whole page', async (state, title) => {
    const page = await openAt(address({ state }));
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await examine(page)).toEqual([]);
  });

  const screens: [string, Knobs, string?][] = [
    ['welcome', { welcomed: 'no' }],
    ['files', { route: '{"view":"settings","section":"files"}', overrides: 'ALMAGEST_DOWNLOADS' }],
    ['archives', { route: '{"view":"settings","section":"archives"}', mode: 'sample' }],
    ['appearance', { route: '{"view":"settings","section":"appearance"}', textZoom: '125' }],
    ['shortcuts', { route: '{"view":"settings","section":"shortcuts"}' }],
    ['data', { route: '{"view":"settings","section":"data"}' }],
    ['palette', { route: '{"view":"settings","section":"files"}' }, 'Control+k'],
  ];
  test.each(screens)(
    'axe finds nothing in any theme: %s',
    async (_name, knobs, keys) => {
      const page = await open({ ...knobs, downloads: 'some', kept: '12' });
      if (keys !== undefined) await page.keyboard.press(keys);
      await settle(page);
      expect(await examineThemes(page)).toEqual([]);
    },
    120_000,
  );
});
