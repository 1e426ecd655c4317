import { describe, expect, test } from 'vitest';
import { commandIds, commandSpecs } from '#contract/commands.ts';
import {
  ariaKeys,
  keyCaps,
  matchesShortcut,
  parseShortcut,
  shortcutFromPress,
  writeShortcut,
  type KeyPress,
  type Platform,
} from '#renderer/lib/keymap.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const is = (keys: KeyPress, text: string, platform: Platform = 'linux') => {
  const shortcut = parseShortcut(text);
  if (shortcut === null) throw new Error(`not a shortcut: ${text}`);
  return matchesShortcut(keys, shortcut, platform);
};

describe('shortcuts as text', () => {
  test('every shortcut of the registry is one, and is written as it is read', () => {
    for (const id of commandIds) {
      for (const text of [commandSpecs[id].shortcut, commandSpecs[id].macShortcut]) {
        if (text === undefined) continue;
        const shortcut = parseShortcut(text);
        expect(shortcut, `${id}: ${text}`).not.toBeNull();
        if (shortcut !== null) expect(writeShortcut(shortcut)).toBe(text);
      }
    }
  });

  test('no two commands of the registry share keys where both always act', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const seen = new Map<string, string>();
      for (const id of commandIds) {
        const spec = commandSpecs[id];
        const text = (platform === 'darwin' ? spec.macShortcut : undefined) ?? spec.shortcut;
        if (text === undefined) continue;
        expect(seen.get(text), `${id} on ${platform}`).toBeUndefined();
        seen.set(text, id);
      }
    }
  });

  test.each(['', 'Mod', 'Mod+', 'Hyper+K', 'Mod+Mod+K', 'enter', 'Mod+k k'])(
    '%j is none',
    (text) => {
      expect(parseShortcut(text)).toBeNull();
    },
  );

  test('plus is a key too', () => {
    expect(parseShortcut('+')).toMatchObject({ key: '+', mod: false });
    expect(parseShortcut('Mod++')).toMatchObject({ key: '+', mod: true });
  });
});

describe('keys', () => {
  test('Mod is Ctrl, and Cmd on macOS', () => {
    expect(is(press('k', { ctrlKey: true }), 'Mod+K')).toBe(true);
    expect(is(press('k', { metaKey: true }), 'Mod+K')).toBe(false);
    expect(is(press('k', { metaKey: true }), 'Mod+K', 'darwin')).toBe(true);
    expect(is(press('k', { ctrlKey: true }), 'Mod+K', 'darwin')).toBe(false);
  });

  test('further modifiers are another shortcut', () => {
    expect(is(press('C', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+C')).toBe(true);
    expect(is(press('c', { ctrlKey: true }), 'Mod+Shift+C')).toBe(false);
    expect(is(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z')).toBe(false);
    expect(is(press('b', { altKey: true }), 'B')).toBe(false);
    expect(is(press('F6', { shiftKey: true }), 'F6')).toBe(false);
  });

  test('a letter is the same with the capitals lock on', () => {
    expect(is(press('B'), 'B')).toBe(true);
  });

  test('signs are found wherever the layout has them', () => {
    expect(is(press('/', { shiftKey: true, code: 'Digit7' }), '/')).toBe(true);
    expect(is(press('+', { ctrlKey: true, shiftKey: true }), 'Mod+=')).toBe(true);
    expect(is(press('+', { ctrlKey: true, code: 'NumpadAdd' }), 'Mod+=')).toBe(true);
  });

  test('a layout without Latin letters has them where they are printed', () => {
    expect(is(press('л', { ctrlKey: true, code: 'KeyK' }), 'Mod+K')).toBe(true);
    expect(is(press('α', { code: 'KeyA' }), 'A')).toBe(true);
    // A Latin layout decides by the letter, not by the place.
    expect(is(press('a', { ctrlKey: true, code: 'KeyQ' }), 'Mod+Q')).toBe(false);
  });

  test('digits with Mod come from the row of digits', () => {
    expect(is(press('&', { ctrlKey: true, code: 'Digit1' }), 'Mod+1')).toBe(true);
  });
});

describe('as it is shown', () => {
  const caps = (text: string, platform: Platform) => {
    const shortcut = parseShortcut(text);
    return shortcut === null ? null : keyCaps(shortcut, platform);
  };

  test('as the platform writes it', () => {
    expect(caps('Mod+Shift+C', 'linux')).toEqual(['Ctrl', 'Shift', 'C']);
    expect(caps('Mod+Shift+C', 'darwin')).toEqual(['⇧', '⌘', 'C']);
    expect(caps('Alt+ArrowLeft', 'win32')).toEqual(['Alt', '←']);
    expect(caps('Escape', 'linux')).toEqual(['Esc']);
  });

  test('for assistive technology', () => {
    const shortcut = parseShortcut('Mod+Shift+C');
    expect(shortcut && ariaKeys(shortcut, 'linux')).toBe('Control+Shift+C');
    expect(shortcut && ariaKeys(shortcut, 'darwin')).toBe('Meta+Shift+C');
  });
});

describe('recording', () => {
  test('what is pressed is what then matches', () => {
    for (const keys of [
      press('K', { ctrlKey: true, shiftKey: true, code: 'KeyK' }),
      press('?', { shiftKey: true }),
      press('F9'),
      press('ArrowUp', { altKey: true }),
      press('+', { ctrlKey: true }),
    ]) {
      const shortcut = shortcutFromPress(keys, 'linux');
      expect(shortcut).not.toBeNull();
      if (shortcut === null) continue;
      expect(parseShortcut(writeShortcut(shortcut))).toEqual(shortcut);
      expect(matchesShortcut(keys, shortcut, 'linux')).toBe(true);
    }
  });

  test('a modifier alone is nothing yet', () => {
    expect(shortcutFromPress(press('Control', { ctrlKey: true }), 'linux')).toBeNull();
    expect(shortcutFromPress(press('Dead'), 'linux')).toBeNull();
  });
});
