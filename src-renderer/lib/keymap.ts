/**
 * Runs in the page, pure. Shortcuts as the registry writes them (`Mod+Shift+C`), how they are matched against
 * a key event on each platform, and how the platform writes them.
 */
export type Platform = 'darwin' | 'win32' | 'linux';

export interface Shortcut {
  /** As `KeyboardEvent.key` gives it; letters in lower case. */
  key: string;
  /** Cmd on macOS, Ctrl elsewhere. */
  mod: boolean;
  /** Ctrl on macOS beside Cmd; the same as `mod` elsewhere. */
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
}

/** What is read of a key event. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const modifiers = ['Mod', 'Ctrl', 'Alt', 'Shift'];

/** Reads `Mod+Shift+C`; null when it is not a shortcut. `+` itself is written `+` or `Mod++`. */
export function parseShortcut(text: string): Shortcut | null {
  const parts = text.endsWith('++')
    ? [...text.slice(0, -2).split('+'), '+']
    : text === '+'
      ? ['+']
      : text.split('+');
  const key = parts.pop();
  if (key === undefined || key === '' || modifiers.includes(key)) return null;
  if (key.length > 1 && !/^[A-Z][A-Za-z0-9]+$/.test(key)) return null;
  if (parts.some((part) => !modifiers.includes(part)) || new Set(parts).size < parts.length)
    return null;
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: parts.includes('Mod'),
    ctrl: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
  };
}

/** Writes a shortcut as the registry and the settings hold it. */
export function writeShortcut(shortcut: Shortcut): string {
  const parts: string[] = [];
  if (shortcut.mod) parts.push('Mod');
  if (shortcut.ctrl) parts.push('Ctrl');
  if (shortcut.alt) parts.push('Alt');
  if (shortcut.shift) parts.push('Shift');
  parts.push(shortcut.key.length === 1 ? shortcut.key.toUpperCase() : shortcut.key);
  return parts.join('+');
}

const isLetter = (key: string) => /^[a-z]$/.test(key);

/**
 * The key of an event, independent of layout where that is possible: a layout without Latin letters gives
 * the letter that is printed there on a Latin one, and digits with Mod come from the row of digits even
 * where they need Shift.
 */
function keyOf(press: KeyPress, withMod: boolean): string {
  if (press.key === ' ') return 'Space';
  if (press.key.length !== 1) return press.key;
  const key = press.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter !== undefined && !/^[\u0020-\u024f]$/.test(key)) return letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && withMod && !/^[a-z0-9+\-=]$/.test(key)) return digit;
  return key;
}

/** True when the event is this shortcut. */
export function matchesShortcut(press: KeyPress, shortcut: Shortcut, platform: Platform): boolean {
  const mac = platform === 'darwin';
  const wantsCtrl = mac ? shortcut.ctrl : shortcut.mod || shortcut.ctrl;
  const wantsMeta = mac && shortcut.mod;
  if (press.ctrlKey !== wantsCtrl || press.metaKey !== wantsMeta || press.altKey !== shortcut.alt)
    return false;
  const key = keyOf(press, shortcut.mod);
  // `=` and `+` share a key on most layouts; people press either for "larger".
  const same = key === shortcut.key || (shortcut.mod && shortcut.key === '=' && key === '+');
  if (!same) return false;
  // A sign may need Shift on one layout and not on another, so Shift counts only for letters and named keys.
  return shortcut.key.length === 1 && !isLetter(shortcut.key)
    ? true
    : press.shiftKey === shortcut.shift;
}

/** The shortcut that an event would be, for the field that records one; null for a bare modifier. */
export function shortcutFromPress(press: KeyPress, platform: Platform): Shortcut | null {
  if (
    ['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(
      press.key,
    )
  ) {
    return null;
  }
  const mac = platform === 'darwin';
  const mod = mac ? press.metaKey : press.ctrlKey;
  const key = keyOf(press, mod);
  const shiftCounts = key.length > 1 || isLetter(key);
  return {
    key,
    mod,
    ctrl: mac && press.ctrlKey,
    alt: press.altKey,
    shift: press.shiftKey && shiftCounts,
  };
}

const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};
const macNames: Readonly<Record<string, string>> = {
  Enter: '↩',
  Escape: '⎋',
  Delete: '⌦',
  Backspace: '⌫',
};

/** As the platform writes it: `['⌘', 'K']`, `['Ctrl', 'K']`. */
export function keyCaps(shortcut: Shortcut, platform: Platform): string[] {
  const mac = platform === 'darwin';
  const caps: string[] = [];
  if (mac) {
    if (shortcut.ctrl) caps.push('⌃');
    if (shortcut.alt) caps.push('⌥');
    if (shortcut.shift) caps.push('⇧');
    if (shortcut.mod) caps.push('⌘');
  } else {
    if (shortcut.mod || shortcut.ctrl) caps.push('Ctrl');
    if (shortcut.alt) caps.push('Alt');
    if (shortcut.shift) caps.push('Shift');
  }
  const key = shortcut.key;
  caps.push(
    (mac ? macNames[key] : undefined) ?? names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  );
  return caps;
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(shortcut: Shortcut, platform: Platform): string {
  const mac = platform === 'darwin';
  const parts: string[] = [];
  if (shortcut.mod) parts.push(mac ? 'Meta' : 'Control');
  if (shortcut.ctrl) parts.push('Control');
  if (shortcut.alt) parts.push('Alt');
  if (shortcut.shift) parts.push('Shift');
  const key = shortcut.key;
  parts.push(key === '+' ? 'Plus' : key.length === 1 ? key.toUpperCase() : key);
  return parts.join('+');
}

/** True for keys that write or move inside a text field, so that they are the field's while typing. */
export function belongsToTyping(shortcut: Shortcut): boolean {
  if (/^F\d{1,2}$/.test(shortcut.key)) return false;
  if (!shortcut.mod && !shortcut.alt && !shortcut.ctrl) return true;
  const editing = ['a', 'c', 'v', 'x', 'z', 'y', 'Backspace', 'Delete', 'Home', 'End'];
  return (shortcut.mod || shortcut.ctrl) && !shortcut.alt && editing.includes(shortcut.key);
}
