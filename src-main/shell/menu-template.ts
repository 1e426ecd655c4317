/**
 * Runs in the main process; pure. The native menu as a template, from the one registry of commands.
 *
 * The page handles the keys. Windows and Linux show a shortcut without registering it; macOS always registers,
 * so there a choice that came by the keyboard is ignored (the page had the key first), and shortcuts without a
 * modifier are not shown. Quit and close never go through the page: they must work when it does not answer.
 */
import type { MenuItemConstructorOptions } from 'electron';
import {
  commandGroups,
  commandIds,
  commandSpecs,
  type CommandGroup,
  type CommandId,
  type CommandSpec,
  type MenuName,
} from '#contract/commands.ts';
import { toAccelerator } from './accelerators.ts';

export interface MenuInput {
  platform: NodeJS.Platform;
  appName: string;
  /** The user's own shortcuts: command id to shortcut, '' for none. */
  shortcuts: Readonly<Record<string, string>>;
  /** True in unpackaged builds. */
  developer: boolean;
  onCommand(id: CommandId): void;
  onQuit(): void;
  onClose(): void;
}

type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

/** Beside the Undo of text fields this one needs its full name. */
const longTitles: Partial<Record<CommandId, string>> = { 'library.undo': 'Undo in the library' };

function shortcutOf(id: CommandId, spec: CommandSpec, input: MenuInput): string {
  const own = Object.hasOwn(input.shortcuts, id) ? input.shortcuts[id] : undefined;
  if (own !== undefined) return own;
  const mac = input.platform === 'darwin' ? spec.macShortcut : undefined;
  return mac ?? spec.shortcut ?? '';
}

/** On macOS the text roles hold these keys; a second item with the same one would take them over. */
const keysOfTextRoles = new Set(['Z', 'Shift+Z', 'X', 'C', 'V', 'A'].map((key) => `Mod+${key}`));

function acceleratorOf(id: CommandId, spec: CommandSpec, input: MenuInput): string | null {
  const shortcut = shortcutOf(id, spec, input);
  if (input.platform === 'darwin' && keysOfTextRoles.has(shortcut)) return null;
  return toAccelerator(shortcut, input.platform);
}

function commandItem(id: CommandId, input: MenuInput): Item {
  const spec: CommandSpec = commandSpecs[id];
  const accelerator = acceleratorOf(id, spec, input);
  const label = longTitles[id] ?? spec.title;
  const mac = input.platform === 'darwin';
  if (id === 'app.quit' && mac) return { role: 'quit', label };
  if (id === 'app.close' && mac) return { role: 'close', label };
  const act: Partial<Record<CommandId, () => void>> = {
    'app.quit': input.onQuit,
    'app.close': input.onClose,
  };
  return {
    id,
    // An ampersand in a label would be read as the mark of a mnemonic.
    label: label.replaceAll('&', '&&'),
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: (_item, _window, event) => {
      if (mac && event.triggeredByAccelerator === true) return;
      (act[id] ?? (() => input.onCommand(id)))();
    },
  };
}

/** The commands of one menu, in the registry's order, with a line between groups. */
function commandItems(menu: MenuName, input: MenuInput, left: readonly CommandId[] = []): Item[] {
  const items: Item[] = [];
  let group: string | null = null;
  for (const id of commandIds) {
    const spec: CommandSpec = commandSpecs[id];
    if (spec.menu !== menu || left.includes(id)) continue;
    if (group !== null && group !== spec.group) items.push(separator);
    group = spec.group;
    items.push(commandItem(id, input));
  }
  const further = groupItems(menu, input);
  return further.length === 0 ? items : [...items, separator, ...further];
}

/** The groups of a menu whose commands name none of their own: each a menu within it. */
function groupItems(menu: MenuName, input: MenuInput): Item[] {
  const groups = Object.entries(commandGroups) as [CommandGroup, (typeof commandGroups)['go']][];
  return groups.flatMap(([group, { title, menu: holder }]): Item[] => {
    const ids = commandIds.filter((id) => {
      const spec: CommandSpec = commandSpecs[id];
      return spec.group === group && spec.menu === undefined;
    });
    if (holder !== menu || ids.length === 0) return [];
    return [{ label: title, submenu: ids.map((id) => commandItem(id, input)) }];
  });
}

/** Roles that a text field needs; on macOS their keys work only through the menu. */
export function textRoles(platform: NodeJS.Platform): Item[] {
  const shown = platform === 'darwin' ? {} : { registerAccelerator: false };
  return [
    { role: 'undo', ...shown },
    { role: 'redo', ...shown },
    separator,
    { role: 'cut', ...shown },
    { role: 'copy', ...shown },
    { role: 'paste', ...shown },
    { role: 'selectAll', ...shown },
  ];
}

function sharedMenus(input: MenuInput): Item[] {
  const developer: Item[] = input.developer ? [separator, { role: 'toggleDevTools' }] : [];
  return [
    { label: 'File', submenu: commandItems('file', input) },
    {
      label: 'Edit',
      submenu: [...textRoles(input.platform), separator, ...commandItems('edit', input)],
    },
    {
      label: 'View',
      submenu: [
        ...commandItems('view', input),
        separator,
        { role: 'togglefullscreen', label: 'Full screen' },
        ...developer,
      ],
    },
    { label: 'Go', submenu: commandItems('go', input) },
    { label: 'Record', submenu: commandItems('record', input) },
  ];
}

/** The menu bar of macOS. */
export function menuBarTemplate(input: MenuInput): Item[] {
  return [
    {
      label: input.appName,
      submenu: [
        { role: 'about' },
        separator,
        ...commandItems('app', input, ['app.quit']),
        separator,
        { role: 'services' },
        separator,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        separator,
        commandItem('app.quit', input),
      ],
    },
    ...sharedMenus(input),
    { role: 'windowMenu' },
    { role: 'help', label: 'Help', submenu: commandItems('help', input) },
  ];
}

/** The menu behind the mark on Windows and Linux. */
export function popupTemplate(input: MenuInput): Item[] {
  return [
    ...sharedMenus(input),
    { label: 'Help', submenu: commandItems('help', input) },
    separator,
    ...commandItems('app', input),
  ];
}

/** What of Electron's context-menu event decides the menu. */
export interface ContextParams {
  isEditable: boolean;
  selectionText: string;
}

/** The menu of a text field or of selected text; null where the page's own menus apply. */
export function contextTemplate(params: ContextParams): Item[] | null {
  if (params.isEditable) {
    return [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, separator, { role: 'selectAll' }];
  }
  return params.selectionText.trim() === '' ? null : [{ role: 'copy' }];
}
