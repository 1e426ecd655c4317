/**
 * Runs in the preview runtime's process. Stands in for Electron's `Menu` and `MenuItem`: templates are checked,
 * nothing is drawn, and tests choose items through the control channel.
 */
import { NotEmulatedError, refuseUnknownKeys, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';

export interface MenuItemTemplate {
  id?: string;
  label?: string;
  type?: string;
  role?: string;
  accelerator?: string;
  registerAccelerator?: boolean;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  submenu?: MenuItemTemplate[] | Menu;
  click?: (item: object, window: object | undefined, event: object) => void;
}

const knownKeys = [
  'id',
  'label',
  'sublabel',
  'toolTip',
  'type',
  'role',
  'accelerator',
  'registerAccelerator',
  'acceleratorWorksWhenHidden',
  'enabled',
  'visible',
  'checked',
  'submenu',
  'click',
];
const types = ['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette'];

/** Lower case, as Electron compares them. */
const roles = new Set(
  `undo redo cut copy paste pasteandmatchstyle delete selectall reload forcereload toggledevtools resetzoom
  zoomin zoomout togglespellchecker togglefullscreen window minimize close help about services hide
  hideothers unhide quit showsubstitutions togglesmartquotes togglesmartdashes toggletextreplacement
  startspeaking stopspeaking zoom front appmenu filemenu editmenu viewmenu sharemenu recentdocuments
  toggletabbar selectnexttab selectprevioustab showalltabs mergeallwindows clearrecentdocuments
  movetabtonewwindow windowmenu`.split(/\s+/),
);
/** Electron's own words for the roles that the preview runtime can carry out. */
const roleLabels: Record<string, string> = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteandmatchstyle: 'Paste and Match Style',
  delete: 'Delete',
  selectall: 'Select All',
  reload: 'Reload',
  forcereload: 'Force Reload',
  toggledevtools: 'Toggle Developer Tools',
  togglefullscreen: 'Toggle Full Screen',
  minimize: 'Minimize',
  close: 'Close Window',
  quit: 'Quit',
};
const modifiers = new Set(
  `command cmd control ctrl commandorcontrol cmdorctrl alt option altgr shift super meta`.split(
    ' ',
  ),
);
const keyNames = new Set(
  `plus space tab capslock numlock scrolllock backspace delete insert return enter up down left right home
  end pageup pagedown escape esc volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop
  mediaplaypause printscreen numdec numadd numsub nummult numdiv`.split(/\s+/),
);

function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop() ?? '';
  const isKey = /^(f([1-9]|1\d|2[0-4])|num\d|[!-~])$/.test(key) || keyNames.has(key);
  if (!isKey || parts.some((part) => !modifiers.has(part))) {
    throw new TypeError(`Invalid accelerator: ${accelerator}`);
  }
}

export class MenuItem {
  readonly id: string | undefined;
  readonly type: string;
  readonly role: string | undefined;
  readonly label: string;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly submenu: Menu | undefined;
  readonly click: MenuItemTemplate['click'];
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(template: MenuItemTemplate) {
    refuseUnknownKeys('MenuItem option', template, knownKeys);
    const role = template.role?.toLowerCase();
    if (role !== undefined && !roles.has(role)) throw new TypeError(`Invalid role: ${role}`);
    const { submenu } = template;
    this.type = template.type ?? (submenu === undefined ? 'normal' : 'submenu');
    if (!types.includes(this.type)) throw new TypeError(`Unknown menu item type: ${this.type}`);
    if (template.label === undefined && role === undefined && this.type !== 'separator') {
      throw new TypeError('Invalid template for MenuItem: must have label, role or type');
    }
    if (this.type === 'submenu' && submenu === undefined) throw new TypeError('Invalid submenu');
    if (template.accelerator !== undefined) checkAccelerator(template.accelerator);
    this.id = template.id;
    this.role = role;
    this.label = template.label ?? roleLabels[role ?? ''] ?? role ?? '';
    this.accelerator = template.accelerator;
    this.registerAccelerator = template.registerAccelerator ?? true;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.click = template.click;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
  }
}

interface PopupOptions {
  window?: object;
  x?: number;
  y?: number;
  callback?: () => void;
}

/** What a menu does when it opens, closes and is chosen from; set by the host. */
export interface MenuDesk {
  opened(menu: Menu, options: PopupOptions): void;
  closed(menu: Menu): void;
  setApplicationMenu(menu: Menu | null): void;
  applicationMenu(): Menu | null;
}

let desk: MenuDesk | null = null;

export function useMenuDesk(next: MenuDesk): void {
  desk = next;
}

export class Menu extends StrictEmitter {
  readonly items: MenuItem[] = [];

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close']);
    return strict('Menu', this);
  }

  static buildFromTemplate(template: readonly (MenuItemTemplate | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    for (const item of menu?.all() ?? []) {
      if (item.accelerator !== undefined && item.registerAccelerator && item.role === undefined) {
        throw new NotEmulatedError(
          `the registered accelerator ${item.accelerator} of '${item.label}'`,
        );
      }
    }
    desk?.setApplicationMenu(menu);
  }

  static getApplicationMenu(): Menu | null {
    return desk?.applicationMenu() ?? null;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(at: number, item: MenuItem): void {
    this.items.splice(at, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.all().find((item) => item.id === id) ?? null;
  }

  popup(options: PopupOptions = {}): void {
    this.fire('menu-will-show');
    desk?.opened(this, options);
  }

  closePopup(): void {
    desk?.closed(this);
    this.fire('menu-will-close');
  }

  /** Not Electron's: every item, those of submenus after their own. */
  all(): MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.all() ?? [])]);
  }
}

export const menuModule = strict('Menu', Menu);
export const menuItemModule = strict('MenuItem', MenuItem);
