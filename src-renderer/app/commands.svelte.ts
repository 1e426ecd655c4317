/**
 * Runs in the page. The one place where keys become commands: the registry's shortcuts with the user's own,
 * the handlers that views offer while they are mounted, and what the native menu chose.
 */
import { untrack } from 'svelte';
import { commandSpecs, type CommandId } from '#contract/commands.ts';
import { shortcutsInForce } from '../features/settings/shortcut-table.ts';
import type { CommandCentre, CommandHandler } from '../lib/deps.ts';
import {
  ariaKeys,
  belongsToTyping,
  keyCaps,
  matchesShortcut,
  type KeyPress,
  type Platform,
  type Shortcut,
} from '../lib/keymap.ts';

/** Where the keyboard is, as far as it decides who a key belongs to. */
export interface KeyPlace {
  /** A text field or what behaves as one. */
  typing: boolean;
  /** A button, link or the like, which takes Enter and Space itself. */
  onControl: boolean;
  /** Inside a menu, list or tree, which take letters themselves. */
  inList: boolean;
  /** A modal dialog or the palette is open. */
  inDialog: boolean;
}

export interface CommandsOptions {
  platform: Platform;
  /** The user's own shortcuts; read reactively. */
  userShortcuts: () => Readonly<Record<string, string>>;
  onError: (error: unknown) => void;
  onUnavailable: (reason: string) => void;
}

/** What still works while a dialog asks something. */
const aboveDialogs: ReadonlySet<CommandId> = new Set([
  'app.quit',
  'app.close',
  'view.zoomTextIn',
  'view.zoomTextOut',
  'view.zoomTextReset',
]);

export function isCommandId(text: string): text is CommandId {
  return Object.hasOwn(commandSpecs, text);
}

export class Commands implements CommandCentre {
  #offers = $state.raw<Partial<Record<CommandId, CommandHandler>>[]>([]);
  #options: CommandsOptions;
  #shortcuts: ReadonlyMap<CommandId, Shortcut>;

  constructor(options: CommandsOptions) {
    this.#options = options;
    this.#shortcuts = $derived(shortcutsInForce(options.userShortcuts(), options.platform));
  }

  provide(handlers: Partial<Record<CommandId, CommandHandler>>): () => void {
    untrack(() => (this.#offers = [...this.#offers, handlers]));
    return () => untrack(() => (this.#offers = this.#offers.filter((offer) => offer !== handlers)));
  }

  run(id: CommandId): void {
    const handler = untrack(() => this.#handlerOf(id));
    if (handler === undefined) return;
    const reason = untrack(() => handler.unavailable?.() ?? null);
    if (reason !== null) {
      this.#options.onUnavailable(reason);
      return;
    }
    try {
      const ended = handler.run();
      if (ended instanceof Promise) ended.catch(this.#options.onError);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** True when anyone offers it now, able or not. */
  isOffered(id: CommandId): boolean {
    return this.#handlerOf(id) !== undefined;
  }

  isAvailable(id: CommandId): boolean {
    return this.isOffered(id) && this.reasonUnavailable(id) === null;
  }

  reasonUnavailable(id: CommandId): string | null {
    return this.#handlerOf(id)?.unavailable?.() ?? null;
  }

  keysOf(id: CommandId): string[] {
    const shortcut = this.#shortcuts.get(id);
    return shortcut === undefined ? [] : keyCaps(shortcut, this.#options.platform);
  }

  ariaKeysOf(id: CommandId): string | undefined {
    const shortcut = this.#shortcuts.get(id);
    return shortcut === undefined ? undefined : ariaKeys(shortcut, this.#options.platform);
  }

  /** Runs what the key means here; true when the key is ours and the browser is to leave it alone. */
  handleKey(press: KeyPress, place: KeyPlace): boolean {
    let ours = false;
    for (const [id, shortcut] of this.#shortcuts) {
      if (!matchesShortcut(press, shortcut, this.#options.platform)) continue;
      if (!isMeant(id, shortcut, place)) continue;
      // A key with Mod never falls through to the browser, which would reload, print or open a tab.
      ours ||= shortcut.mod || shortcut.alt;
      if (!untrack(() => this.isAvailable(id))) continue;
      this.run(id);
      return true;
    }
    return ours;
  }

  #handlerOf(id: CommandId): CommandHandler | undefined {
    return this.#offers.findLast((offer) => offer[id] !== undefined)?.[id];
  }
}

function isMeant(id: CommandId, shortcut: Shortcut, place: KeyPlace): boolean {
  if (place.inDialog && !aboveDialogs.has(id)) return false;
  if (place.typing && belongsToTyping(shortcut)) return false;
  const bare = !shortcut.mod && !shortcut.alt && !shortcut.ctrl;
  if (bare && place.inList && shortcut.key.length === 1) return false;
  return !(bare && place.onControl && (shortcut.key === 'Enter' || shortcut.key === 'Space'));
}
