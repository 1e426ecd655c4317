/** Runs in the page, pure. The shortcuts as the settings show and change them. */
import { commandIds, commandSpecs, type CommandId } from '#contract/commands.ts';
import {
  matchesShortcut,
  parseShortcut,
  type KeyPress,
  type Platform,
  type Shortcut,
} from '../../lib/keymap.ts';

type Own = Readonly<Record<string, string>>;

/** What the registry gives a command on this platform, as text; '' when it has none. */
export function defaultShortcut(id: CommandId, platform: Platform): string {
  const spec = commandSpecs[id];
  return (platform === 'darwin' ? spec.macShortcut : undefined) ?? spec.shortcut ?? '';
}

/** What is in force: the user's own, or the registry's; '' when turned off. */
export function shortcutInForce(id: CommandId, own: Own, platform: Platform): string {
  return Object.hasOwn(own, id) ? (own[id] ?? '') : defaultShortcut(id, platform);
}

/** Every command that has keys, with them; what cannot be read as a shortcut counts as none. */
export function shortcutsInForce(own: Own, platform: Platform): ReadonlyMap<CommandId, Shortcut> {
  const shortcuts = new Map<CommandId, Shortcut>();
  for (const id of commandIds) {
    const shortcut = parseShortcut(shortcutInForce(id, own, platform));
    if (shortcut !== null) shortcuts.set(id, shortcut);
  }
  return shortcuts;
}

/** Keys that move about or write; alone they cannot be given away. */
const reserved = new Set([
  'Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Space',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

export type Verdict = { kind: 'free' } | { kind: 'taken'; by: CommandId } | { kind: 'reserved' };

/** Whether a command may have these keys. Two keys that one press would match are a clash. */
export function judgeShortcut(
  id: CommandId,
  wanted: Shortcut,
  own: Own,
  platform: Platform,
): Verdict {
  const bare = !wanted.mod && !wanted.alt && !wanted.ctrl;
  if (bare && !wanted.shift && reserved.has(wanted.key)) return { kind: 'reserved' };
  const press = pressOf(wanted, platform);
  for (const other of commandIds) {
    if (other === id) continue;
    const shortcut = parseShortcut(shortcutInForce(other, own, platform));
    if (shortcut !== null && matchesShortcut(press, shortcut, platform))
      return { kind: 'taken', by: other };
  }
  return { kind: 'free' };
}

/** The settings with this command's keys changed; '' turns them off; the registry's own are not stored. */
export function withShortcut(
  own: Own,
  id: CommandId,
  text: string,
  platform: Platform,
): Record<string, string> {
  const next = Object.fromEntries(Object.entries(own).filter(([key]) => key !== id));
  if (text !== defaultShortcut(id, platform)) next[id] = text;
  return next;
}

/** A key that writes a letter, a digit or a sign, pressed alone. */
function isSingle(text: string): boolean {
  const shortcut = parseShortcut(text);
  if (shortcut === null) return false;
  const { key, mod, ctrl, alt } = shortcut;
  return key.length === 1 && !mod && !ctrl && !alt;
}

/** True while any command acts on a single letter or sign. */
export function hasSingleKeys(own: Own, platform: Platform): boolean {
  return commandIds.some((id) => isSingle(shortcutInForce(id, own, platform)));
}

/** The settings with all shortcuts of a single letter or sign turned off, or the registry's own back in force. */
export function withSingleKeys(
  own: Own,
  isOn: boolean,
  platform: Platform,
): Record<string, string> {
  if (!isOn) {
    const off = commandIds.filter((id) => isSingle(shortcutInForce(id, own, platform)));
    return { ...own, ...Object.fromEntries(off.map((id) => [id, ''])) };
  }
  const back = new Set<string>(
    commandIds.filter((id) => own[id] === '' && isSingle(defaultShortcut(id, platform))),
  );
  return Object.fromEntries(Object.entries(own).filter(([id]) => !back.has(id)));
}

function pressOf(shortcut: Shortcut, platform: Platform): KeyPress {
  const mac = platform === 'darwin';
  return {
    key: shortcut.key === 'Space' ? ' ' : shortcut.key,
    code: '',
    ctrlKey: mac ? shortcut.ctrl : shortcut.mod || shortcut.ctrl,
    metaKey: mac && shortcut.mod,
    altKey: shortcut.alt,
    shiftKey: shortcut.shift,
  };
}
