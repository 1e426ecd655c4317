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
