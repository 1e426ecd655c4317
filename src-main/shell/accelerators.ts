/**
 * Runs in the main process; pure. Shortcuts as the registry writes them (`Mod+Shift+C`) in the words of
 * Electron's menus. Anything unknown becomes no shortcut: a user's settings file is not to break the menu.
 */
const modifiers: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  Ctrl: 'Control',
  Alt: 'Alt',
  Shift: 'Shift',
};

const namedKeys: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
  Enter: 'Enter',
  Space: 'Space',
  Delete: 'Delete',
  Backspace: 'Backspace',
  Tab: 'Tab',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  '+': 'Plus',
};

function toKey(key: string): string | null {
  if (Object.hasOwn(namedKeys, key)) return namedKeys[key] ?? null;
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  return /^[A-Za-z0-9,./;'[\]\\=<>-]$/.test(key) ? key.toUpperCase() : null;
}

/** Splits at plus signs, but for the one that is the key itself (`Mod++`). */
function splitShortcut(shortcut: string): string[] {
  if (shortcut === '+') return ['+'];
  if (shortcut.endsWith('++')) return [...shortcut.slice(0, -2).split('+'), '+'];
  return shortcut.split('+');
}

/** The accelerator to show, or null. */
export function toAccelerator(shortcut: string, platform: NodeJS.Platform): string | null {
  const parts = splitShortcut(shortcut);
  const key = toKey(parts.pop() ?? '');
  if (key === null) return null;
  const held: string[] = [];
  for (const part of parts) {
    const modifier = Object.hasOwn(modifiers, part) ? modifiers[part] : undefined;
    if (modifier === undefined || held.includes(modifier)) return null;
    held.push(modifier);
  }
  // macOS always registers what a menu shows: a bare letter there would be taken out of every text field.
  const isBare = held.every((modifier) => modifier === 'Shift') && !/^F\d/.test(key);
  if (platform === 'darwin' && isBare) return null;
  return [...held, key].join('+');
}
