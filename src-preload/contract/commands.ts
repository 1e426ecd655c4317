import { astrobinActs, astrobinPlaces, skyActs } from './astrobin-commands.ts';
import { captionActs, playerActs } from './media-commands.ts';
import { labelActs, pdsActs, queryActs } from './pds-commands.ts';

/**
 * The one registry of commands: ids, words, shortcuts and where the menu shows them.
 * The renderer handles the keys and runs the commands; the native menu only shows them and sends the id,
 * so nothing fires twice.
 *
 * Shortcuts are written `Mod+Shift+C`: Mod is Cmd on macOS and Ctrl elsewhere. A letter alone never acts
 * while typing. `macShortcut` replaces `shortcut` on macOS where the system keeps the usual one for itself.
 */
export interface CommandSpec {
  /** Words in menus and in the palette; an ellipsis means that more will be asked. */
  title: string;
  group: CommandGroup;
  shortcut?: string;
  macShortcut?: string;
  /** Further words by which the palette finds it. */
  words?: string;
  menu?: MenuName;
}

export type CommandGroup =
  | 'go'
  | 'record'
  | 'player'
  | 'captions'
  | 'label'
  | 'sky'
  | 'selection'
  | 'search'
  | 'view'
  | 'downloads'
  | 'library'
  | 'settings'
  | 'app';
export type MenuName = 'app' | 'file' | 'edit' | 'view' | 'go' | 'record' | 'help';

/** How a group is called, and the menu in which its commands stand together that name no menu of their own. */
export const commandGroups: Readonly<Record<CommandGroup, { title: string; menu: MenuName }>> = {
  go: { title: 'Go to', menu: 'go' },
  record: { title: 'On the record', menu: 'record' },
  player: { title: 'Film and sound', menu: 'record' },
  captions: { title: 'Captions', menu: 'record' },
  label: { title: 'Label', menu: 'record' },
  sky: { title: 'AstroBin’s image', menu: 'record' },
  selection: { title: 'On the selection', menu: 'edit' },
  search: { title: 'Search', menu: 'edit' },
  view: { title: 'View', menu: 'view' },
  downloads: { title: 'Downloads', menu: 'file' },
  library: { title: 'Library', menu: 'file' },
  settings: { title: 'Settings', menu: 'app' },
  app: { title: 'Almagest', menu: 'app' },
};

const specs = {
  'app.palette': { title: 'Commands…', group: 'app', shortcut: 'Mod+K', menu: 'view' },
  'go.to': {
    title: 'Go to…',
    group: 'go',
    shortcut: 'Mod+G',
    macShortcut: 'Mod+Shift+G',
    menu: 'go',
    words: 'identifier pia lid lidvid hash address url paste open',
  },
  'go.nasa': { title: 'NASA Images', group: 'go', shortcut: 'Mod+1', menu: 'go' },
  'go.pds': {
    title: 'PDS Registry',
    group: 'go',
    shortcut: 'Mod+2',
    menu: 'go',
    words: 'planetary data tree bundles collections products',
  },
  'go.pdsQuery': {
    title: 'PDS query',
    group: 'go',
    menu: 'go',
    words: 'registry builder language lid like',
  },
  ...astrobinPlaces,
  'go.library': {
    title: 'Library',
    group: 'go',
    shortcut: 'Mod+4',
    menu: 'go',
    words: 'kept favourites',
  },
  'go.captions': {
    title: 'Captions',
    group: 'go',
    shortcut: 'Mod+Shift+F',
    menu: 'go',
    words: 'search all transcripts subtitles',
  },
  'go.downloads': { title: 'Downloads', group: 'go', shortcut: 'Mod+5', menu: 'go' },
  'go.health': {
    title: 'Archive health',
    group: 'go',
    menu: 'go',
    words: 'requests latency failures status governor limits',
  },
  'go.settings': {
    title: 'Settings',
    group: 'go',
    shortcut: 'Mod+,',
    menu: 'app',
    words: 'preferences',
  },
  'go.welcome': { title: 'Welcome screen', group: 'go', menu: 'help', words: 'first run' },
  'go.back': {
    title: 'Back',
    group: 'go',
    shortcut: 'Alt+ArrowLeft',
    macShortcut: 'Mod+[',
    menu: 'go',
  },
  'go.forward': {
    title: 'Forward',
    group: 'go',
    shortcut: 'Alt+ArrowRight',
    macShortcut: 'Mod+]',
    menu: 'go',
  },
  'search.focus': { title: 'Search here', group: 'search', shortcut: '/', menu: 'edit' },
  'search.find': { title: 'Find', group: 'search', shortcut: 'Mod+F', menu: 'edit' },
  'search.next': { title: 'Next match', group: 'search', shortcut: 'F3', menu: 'edit' },
  'search.previous': {
    title: 'Previous match',
    group: 'search',
    shortcut: 'Shift+F3',
    menu: 'edit',
  },
  'search.select': {
    title: 'Search field, all selected',
    group: 'search',
    shortcut: 'Mod+L',
    menu: 'edit',
  },
  'search.clearFilters': { title: 'Clear filters', group: 'search', words: 'reset' },
  'search.listAll': {
    title: 'List all results',
    group: 'search',
    menu: 'view',
    words: 'past 10,000 whole everything',
  },
  'search.showNewer': { title: 'Show newer results', group: 'search', menu: 'view' },
  'search.reload': {
    title: 'Ask the archive again',
    group: 'search',
    shortcut: 'Mod+R',
    menu: 'view',
    words: 'reload refresh',
  },
  'pane.next': { title: 'Next pane', group: 'view', shortcut: 'F6', menu: 'view' },
  'pane.previous': { title: 'Previous pane', group: 'view', shortcut: 'Shift+F6', menu: 'view' },
  'view.inspector': {
    title: 'Show or hide the inspector',
    group: 'view',
    shortcut: 'I',
    menu: 'view',
  },
  'view.justified': { title: 'Justified rows', group: 'view', words: 'gallery layout' },
  'view.square': { title: 'Square tiles', group: 'view', words: 'gallery layout' },
  'view.zoomTextIn': { title: 'Larger text', group: 'view', shortcut: 'Mod+=', menu: 'view' },
  'view.zoomTextOut': { title: 'Smaller text', group: 'view', shortcut: 'Mod+-', menu: 'view' },
  'view.zoomTextReset': { title: 'Text at 100 %', group: 'view', shortcut: 'Mod+0', menu: 'view' },
  'view.themeSystem': { title: 'Theme: as the system', group: 'settings', words: 'appearance' },
  'view.themeDark': { title: 'Theme: dark', group: 'settings', words: 'appearance' },
  'view.themeLight': { title: 'Theme: light', group: 'settings', words: 'appearance' },
  'view.themeContrast': { title: 'Theme: high contrast', group: 'settings', words: 'appearance' },
  'record.open': { title: 'Open', group: 'record', shortcut: 'Enter', menu: 'record' },
  'record.preview': {
    title: 'Preview',
    group: 'record',
    menu: 'record',
    words: 'quick look space',
  },
  'record.next': { title: 'Next record', group: 'record', shortcut: ']', menu: 'record' },
  'record.previous': { title: 'Previous record', group: 'record', shortcut: '[', menu: 'record' },
  'download.plan': { title: 'Download…', group: 'record', shortcut: 'Mod+D', menu: 'record' },
  'record.download': {
    title: 'Save the file',
    group: 'record',
    shortcut: 'Mod+Alt+D',
    menu: 'record',
    words: 'download',
  },
  'record.keep': {
    title: 'Keep in the library',
    group: 'record',
    shortcut: 'B',
    menu: 'record',
    words: 'favourite star',
  },
  'record.remove': {
    title: 'Remove from the library',
    group: 'record',
    shortcut: 'Delete',
    menu: 'record',
  },
  'record.copyCredit': {
    title: 'Copy credit line',
    group: 'record',
    shortcut: 'Mod+Shift+C',
    menu: 'record',
    words: 'citation attribution',
  },
  'record.copyId': { title: 'Copy identifier', group: 'record', menu: 'record' },
  'record.copyLink': {
    title: 'Copy link',
    group: 'record',
    menu: 'record',
    words: 'address url',
  },
  'record.openSite': {
    title: 'Open on the archive’s site',
    group: 'record',
    shortcut: 'Mod+O',
    menu: 'record',
    words: 'nasa.gov browser',
  },
  ...pdsActs,
  'stage.zoomIn': { title: 'Zoom in', group: 'record', shortcut: '+' },
  'stage.zoomOut': { title: 'Zoom out', group: 'record', shortcut: '-' },
  'stage.fit': { title: 'Fit or 1:1', group: 'record', shortcut: 'Z' },
  ...playerActs,
  ...captionActs,
  ...labelActs,
  ...astrobinActs,
  ...skyActs,
  'selection.all': {
    title: 'Select all results',
    group: 'selection',
    shortcut: 'Mod+A',
    menu: 'edit',
  },
  'selection.clear': { title: 'Clear the selection', group: 'selection', shortcut: 'Escape' },
  ...queryActs,
  'library.undo': { title: 'Undo', group: 'library', shortcut: 'Mod+Z', menu: 'edit' },
  'library.redo': { title: 'Redo', group: 'library', shortcut: 'Mod+Shift+Z', menu: 'edit' },
  'downloads.pauseAll': { title: 'Pause, resume downloads', group: 'downloads', shortcut: 'Mod+.' },
  'downloads.cancelAll': { title: 'Cancel all running downloads', group: 'downloads' },
  'settings.folder': { title: 'Change the download folder…', group: 'settings', menu: 'file' },
  'settings.live': { title: 'Use the live archives', group: 'settings', words: 'nasa.gov source' },
  'settings.sample': {
    title: 'Use the sample archive',
    group: 'settings',
    words: 'demo offline source',
  },
  'app.close': { title: 'Close window', group: 'app', shortcut: 'Mod+W', menu: 'file' },
  'app.quit': { title: 'Quit Almagest', group: 'app', shortcut: 'Mod+Q', menu: 'app' },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof specs;

export const commandSpecs: Readonly<Record<CommandId, CommandSpec>> = specs;
export const commandIds = Object.keys(specs) as CommandId[];
