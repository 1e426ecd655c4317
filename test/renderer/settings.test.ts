import { describe, expect, test } from 'vitest';
import { nextTextZoom } from '#renderer/app/frame-commands.ts';
import { resolveTheme } from '#renderer/app/theme.ts';
import { readArchiveAddress } from '#renderer/features/settings/address.ts';
import {
  hasSingleKeys,
  judgeShortcut,
  shortcutInForce,
  shortcutsInForce,
  withShortcut,
  withSingleKeys,
} from '#renderer/features/settings/shortcut-table.ts';
import { parseShortcut, type Shortcut } from '#renderer/lib/keymap.ts';

function keys(text: string): Shortcut {
  const shortcut = parseShortcut(text);
  if (shortcut === null) throw new Error(`not a shortcut: ${text}`);
  return shortcut;
}

describe('an archive’s address', () => {
  test.each([
    ['https://images-api.nasa.gov', 'https://images-api.nasa.gov'],
    [' https://example.org/nasa// ', 'https://example.org/nasa'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://localhost:80/x', 'http://localhost/x'],
    ['http://[::1]:9/', 'http://[::1]:9'],
  ])('%j may be one', (text, address) => {
    expect(readArchiveAddress(text)).toBe(address);
  });

  test.each([
    '',
    'images-api.nasa.gov',
    'http://images-api.nasa.gov',
    'http://127.0.0.1.example.org',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@example.org',
    'https://example.org/?q=1',
    'https://example.org/#x',
  ])('%j may not', (text) => {
    expect(readArchiveAddress(text)).toBeNull();
  });
});

describe('shortcuts', () => {
  test('what is taken says by whom', () => {
    expect(judgeShortcut('record.keep', keys('Mod+K'), {}, 'linux')).toEqual({
      kind: 'taken',
      by: 'app.palette',
    });
    expect(judgeShortcut('app.palette', keys('Mod+K'), {}, 'linux')).toEqual({ kind: 'free' });
    expect(judgeShortcut('record.keep', keys('Mod+K'), { 'app.palette': '' }, 'linux')).toEqual({
      kind: 'free',
    });
    expect(judgeShortcut('go.nasa', keys('Mod+J'), { 'go.library': 'Mod+J' }, 'linux')).toEqual({
      kind: 'taken',
      by: 'go.library',
    });
  });

  test('a clash is found by the press, not by how it is written', () => {
    expect(judgeShortcut('record.keep', keys('Mod++'), {}, 'linux')).toEqual({
      kind: 'taken',
      by: 'view.zoomTextIn',
    });
  });

  test('keys that move about cannot be given away alone', () => {
    expect(judgeShortcut('record.keep', keys('ArrowDown'), {}, 'linux')).toEqual({
      kind: 'reserved',
    });
    expect(judgeShortcut('record.keep', keys('Mod+ArrowDown'), {}, 'linux')).toEqual({
      kind: 'free',
    });
  });

  test('only what differs is kept', () => {
    const own = withShortcut({}, 'record.keep', 'Mod+J', 'linux');
    expect(own).toEqual({ 'record.keep': 'Mod+J' });
    expect(shortcutInForce('record.keep', own, 'linux')).toBe('Mod+J');
    expect(withShortcut(own, 'record.keep', 'B', 'linux')).toEqual({});
    expect(withShortcut({}, 'record.keep', '', 'linux')).toEqual({ 'record.keep': '' });
    expect(withShortcut({}, 'go.back', 'Mod+[', 'darwin')).toEqual({});
  });

  test.each(['linux', 'darwin'] as const)('single keys go off all at once, on %s', (platform) => {
    const mine = { 'record.keep': 'U', 'go.nasa': 'Mod+J', 'stage.fit': '' };
    expect(hasSingleKeys(mine, platform)).toBe(true);
    const off = withSingleKeys(mine, false, platform);
    expect(hasSingleKeys(off, platform)).toBe(false);
    for (const [, { key, mod, alt, ctrl }] of shortcutsInForce(off, platform)) {
      expect([key, key.length > 1 || mod || alt || ctrl]).toEqual([key, true]);
    }
    expect(off).toMatchObject({ 'sky.grid': '', 'record.keep': '', 'go.nasa': 'Mod+J' });
    expect(shortcutInForce('search.find', off, platform)).toBe('Mod+F');
    expect(withSingleKeys(off, true, platform)).toEqual({ 'go.nasa': 'Mod+J' });
  });
});

test('the theme follows the choice, then the system', () => {
  const system = { dark: false, highContrast: true };
  expect(resolveTheme('dark', system)).toBe('dark');
  expect(resolveTheme('system', system)).toBe('contrast');
  expect(resolveTheme('system', { dark: false, highContrast: false })).toBe('light');
  expect(resolveTheme('system', { dark: true, highContrast: false })).toBe('dark');
});

test('text grows and shrinks by steps, from any size, within its limits', () => {
  expect(nextTextZoom(100, 1)).toBe(110);
  expect(nextTextZoom(103, -1)).toBe(100);
  expect(nextTextZoom(200, 1)).toBe(200);
  expect(nextTextZoom(80, -1)).toBe(80);
});
