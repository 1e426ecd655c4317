import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { commandIds, commandSpecs, type CommandSpec } from '#contract/commands.ts';
import { toAccelerator } from '#main/shell/accelerators.ts';
import {
  contextTemplate,
  menuBarTemplate,
  popupTemplate,
  type MenuInput,
} from '#main/shell/menu-template.ts';

type Item = MenuItemConstructorOptions;

function allItems(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? allItems(item.submenu) : []),
  ]);
}

function setUp(platform: NodeJS.Platform, shortcuts: Record<string, string> = {}) {
  const chosen: string[] = [];
  const input: MenuInput = {
    platform,
    appName: 'Almagest',
    shortcuts,
    developer: false,
    onCommand: (id) => chosen.push(id),
    onQuit: () => chosen.push('quit!'),
    onClose: () => chosen.push('close!'),
  };
  const items = allItems(platform === 'darwin' ? menuBarTemplate(input) : popupTemplate(input));
  const byId = new Map(items.map((item) => [item.id, item]));
  const click = (id: string, triggeredByAccelerator = false): void => {
    byId.get(id)?.click?.(undefined as never, undefined, { triggeredByAccelerator });
  };
  return { items, byId, click, chosen };
}

describe.each(['darwin', 'win32', 'linux'] as const)('on %s', (platform) => {
  test('every command of the registry is in it once, under its own words', () => {
    const { items } = setUp(platform);
    for (const id of commandIds) {
      const found = items.filter((item) => item.id === id);
      const asRole = items.filter((item) => item.label === commandSpecs[id].title && item.role);
      expect([id, found.length + asRole.length]).toEqual([id, 1]);
    }
  });

  test('a choice tells the command, and shows its keys without registering them', () => {
    const { byId, click, chosen } = setUp(platform);
    click('go.library');
    expect(chosen).toEqual(['go.library']);
    expect(byId.get('go.library')).toMatchObject({
      accelerator: 'CommandOrControl+4',
      registerAccelerator: false,
    });
  });

  test('no two items show the same keys', () => {
    const shown = setUp(platform).items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('text fields have their roles, and reloading is nowhere', () => {
    const roles = setUp(platform).items.flatMap(({ role }) => role ?? []);
    for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']) {
      expect(roles).toContain(role);
    }
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'resetZoom']) {
      expect(roles).not.toContain(role);
    }
  });

  test('a shortcut of the person’s own is shown, and none where it was turned off', () => {
    const { byId } = setUp(platform, {
      'go.library': 'Mod+Alt+9',
      'go.downloads': '',
      'go.nasa': 'Hyper+Nonsense',
    });
    expect(byId.get('go.library')?.accelerator).toBe('CommandOrControl+Alt+9');
    expect(byId.get('go.downloads')?.accelerator).toBeUndefined();
    expect(byId.get('go.nasa')?.accelerator).toBeUndefined();
  });
});

describe('on macOS, which registers whatever is shown', () => {
  test('a choice by keyboard does nothing: the page had the key first', () => {
    const { click, chosen } = setUp('darwin');
    click('go.library', true);
    expect(chosen).toEqual([]);
  });

  test('no bare key is taken from text fields, and none from the text roles', () => {
    const { items, byId } = setUp('darwin');
    for (const { accelerator } of items) {
      expect(accelerator ?? 'Command').toMatch(/Command|Control|Alt|^(Shift\+)?F\d/);
    }
    expect(byId.get('record.keep')?.accelerator).toBeUndefined();
    expect(byId.get('library.undo')?.accelerator).toBeUndefined();
    expect(byId.get('selection.all')?.accelerator).toBeUndefined();
  });

  test('quit and close are the system’s own', () => {
    const roles = setUp('darwin').items.flatMap(({ role }) => role ?? []);
    for (const role of ['about', 'services', 'hide', 'quit', 'close', 'windowMenu']) {
      expect(roles).toContain(role);
    }
  });

  test('back and forward are shown with the keys of macOS', () => {
    expect(setUp('darwin').byId.get('go.back')?.accelerator).toBe('CommandOrControl+[');
    expect(setUp('linux').byId.get('go.back')?.accelerator).toBe('Alt+Left');
  });
});

test('on Linux quit and close work without the page', () => {
  const { click, chosen } = setUp('linux');
  click('app.quit');
  click('app.close');
  expect(chosen).toEqual(['quit!', 'close!']);
});

describe('the context menu', () => {
  test('of a text field has the text roles', () => {
    const roles = contextTemplate({ isEditable: true, selectionText: '' })?.map(({ role }) => role);
    expect(roles).toEqual(['cut', 'copy', 'paste', undefined, 'selectAll']);
  });

  test('of selected text copies, and of anything else is the page’s own', () => {
    expect(contextTemplate({ isEditable: false, selectionText: 'a' })).toEqual([{ role: 'copy' }]);
    expect(contextTemplate({ isEditable: false, selectionText: ' \n' })).toBeNull();
  });
});

describe('shortcuts', () => {
  test.each([
    ['Mod+K', 'CommandOrControl+K'],
    ['Mod+,', 'CommandOrControl+,'],
    ['Mod+=', 'CommandOrControl+='],
    ['Mod+-', 'CommandOrControl+-'],
    ['Mod++', 'CommandOrControl+Plus'],
    ['+', 'Plus'],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Shift+F6', 'Shift+F6'],
    ['/', '/'],
    ['b', 'B'],
  ])('%s is %s', (shortcut, accelerator) => {
    expect(toAccelerator(shortcut, 'linux')).toBe(accelerator);
  });

  test.each(['', 'Mod+', 'Mod', 'Mod+Mod+K', 'Foo+K', 'K+Mod', 'constructor', 'F99', 'Mod+\u00e9'])(
    '%j is none',
    (shortcut) => {
      expect(toAccelerator(shortcut, 'linux')).toBeNull();
    },
  );

  test('every one of the registry is understood', () => {
    for (const id of commandIds) {
      const { shortcut }: CommandSpec = commandSpecs[id];
      if (shortcut !== undefined)
        expect([id, toAccelerator(shortcut, 'win32')]).not.toContain(null);
    }
  });
});
