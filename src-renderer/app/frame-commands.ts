/** Runs in the page. The commands that work everywhere, because the frame itself does them. */
import { tick } from 'svelte';
import type { ArchiveApi } from '#contract/api.ts';
import type { CommandId } from '#contract/commands.ts';
import type { Settings, ThemeChoice } from '#contract/domain.ts';
import { keyCommands } from '../features/astrobin/key-commands.ts';
import { isAllPaused } from '../features/downloads/queue-figures.ts';
import { frameText } from '../i18n/frame.ts';
import { settingsText } from '../i18n/settings.ts';
import type {
  CommandHandler,
  DownloadsState,
  KeptState,
  Notices,
  Route,
  SettingsState,
} from '../lib/deps.ts';
import type { FrameState } from './frame-state.svelte.ts';
import type { NavigationHistory } from './navigation.svelte.ts';
import type { PaneFocus } from './panes.ts';

export interface FrameCommandsOptions {
  api: ArchiveApi;
  navigation: NavigationHistory;
  frame: FrameState;
  settings: SettingsState;
  notices: Notices;
  kept: KeptState;
  downloads: DownloadsState;
  panes: PaneFocus;
  hasInspector: () => boolean;
  togglePalette: () => void;
  toggleGoTo: () => void;
}

const zoomSteps = [80, 90, 100, 110, 125, 150, 175, 200];

/** The next text size in a direction, from any size; the same at the end. */
export function nextTextZoom(percent: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? zoomSteps.find((step) => step > percent)
      : zoomSteps.findLast((step) => step < percent);
  return next ?? percent;
}

function textZoomCommands(
  options: FrameCommandsOptions,
): Partial<Record<CommandId, CommandHandler>> {
  const { settings, notices } = options;
  const zoom = async (textZoom: number) => {
    await settings.set({ textZoom });
    notices.show({ text: frameText.textZoomNow(textZoom), topic: 'text-zoom' });
  };
  return {
    'view.zoomTextIn': { run: () => zoom(nextTextZoom(settings.current.textZoom, 1)) },
    'view.zoomTextOut': { run: () => zoom(nextTextZoom(settings.current.textZoom, -1)) },
    'view.zoomTextReset': { run: () => zoom(100) },
  };
}

function settingCommands(
  options: FrameCommandsOptions,
): Partial<Record<CommandId, CommandHandler>> {
  const { api, settings, notices } = options;
  const change = (patch: Partial<Settings>, text?: string): CommandHandler => ({
    async run() {
      await settings.set(patch);
      if (text !== undefined) notices.show({ text, topic: Object.keys(patch).join() });
    },
  });
  const theme = (choice: ThemeChoice) =>
    change({ theme: choice }, frameText.themeNow(settingsText.themes[choice].toLowerCase()));
  return {
    'view.themeSystem': theme('system'),
    'view.themeDark': theme('dark'),
    'view.themeLight': theme('light'),
    'view.themeContrast': theme('contrast'),
    'view.justified': change({ galleryLayout: 'justified' }),
    'view.square': change({ galleryLayout: 'square' }),
    'settings.live': change({ archiveMode: 'live' }, frameText.archivesLive),
    'settings.sample': change({ archiveMode: 'sample' }, frameText.archivesSample),
    'settings.folder': {
      async run() {
        const { folder } = await api.app.chooseFolder({ startIn: settings.current.downloadFolder });
        if (folder === null) return;
        await settings.set({ downloadFolder: folder });
        notices.show({ text: frameText.folderNow(folder) });
      },
    },
  };
}

function astrobinCommands(
  options: FrameCommandsOptions,
): Partial<Record<CommandId, CommandHandler>> {
  const { navigation } = options;
  const go = (route: Route): CommandHandler => ({ run: () => navigation.go(route) });
  return {
    'go.astrobin': {
      run() {
        const newest = { view: 'astrobin-day', kind: 'imageoftheday' } as const;
        if (navigation.route.view === 'astrobin-day') navigation.go(newest);
        else navigation.revisit('astrobin-day', newest);
      },
    },
    'go.astrobinTopPicks': go({ view: 'astrobin-day', kind: 'toppick' }),
    'go.astrobinNominations': go({ view: 'astrobin-day', kind: 'toppicknomination' }),
    'go.astrobinSearch': {
      run() {
        const newest: Route = { view: 'astrobin', params: [] };
        if (navigation.route.view === 'astrobin') navigation.go(newest);
        else navigation.revisit('astrobin', newest);
      },
    },
    'go.astrobinUsers': {
      run() {
        const find = { view: 'astrobin-user', username: '' } as const;
        if (navigation.route.view === 'astrobin-user') navigation.go(find);
        else navigation.revisit('astrobin-user', find);
      },
    },
    'go.astrobinCollections': go({ view: 'astrobin-collections', user: null }),
  };
}

function placeCommands(options: FrameCommandsOptions): Partial<Record<CommandId, CommandHandler>> {
  const { navigation } = options;
  return {
    'go.nasa': {
      run() {
        // From the gallery itself it leads to its beginning, from elsewhere to where one was in it.
        if (navigation.route.view === 'nasa') navigation.go({ view: 'nasa', query: {} });
        else navigation.revisit('nasa', { view: 'nasa', query: {} });
      },
    },
    'go.pds': {
      run() {
        if (navigation.route.view === 'pds') navigation.go({ view: 'pds', filter: {} });
        else navigation.revisit('pds', { view: 'pds', filter: {} });
      },
    },
    'go.pdsQuery': {
      run() {
        if (navigation.route.view !== 'pds-query')
          navigation.revisit('pds-query', { view: 'pds-query', q: '' });
      },
    },
    ...astrobinCommands(options),
    'go.to': { run: options.toggleGoTo },
    'go.library': {
      run() {
        if (navigation.route.view === 'library') navigation.go({ view: 'library', text: '' });
        else navigation.revisit('library', { view: 'library', text: '' });
      },
    },
    'go.captions': {
      run() {
        if (navigation.route.view !== 'captions')
          navigation.revisit('captions', { view: 'captions', text: '' });
        // The field shows the place's own words first.
        void tick().then(() => options.frame.focusSearch(true));
      },
    },
    'go.health': { run: () => navigation.go({ view: 'health' }) },
    'go.downloads': { run: () => navigation.go({ view: 'downloads' }) },
    'go.settings': {
      run() {
        if (navigation.route.view !== 'settings')
          navigation.revisit('settings', { view: 'settings', section: 'files' });
      },
    },
    'go.welcome': { run: () => navigation.go({ view: 'welcome' }) },
    'go.back': {
      run: () => navigation.back(),
      unavailable: () => (navigation.canGoBack ? null : frameText.noBack),
    },
    'go.forward': {
      run: () => navigation.forward(),
      unavailable: () => (navigation.canGoForward ? null : frameText.noForward),
    },
  };
}

function downloadCommands({
  downloads,
}: FrameCommandsOptions): Partial<Record<CommandId, CommandHandler>> {
  const unavailable = (): string | null => (downloads.openCount > 0 ? null : frameText.nothingRuns);
  const all = { kind: 'all' } as const;
  return {
    'downloads.pauseAll': {
      run: async () =>
        void (await downloads.command(isAllPaused(downloads.queue) ? 'resume' : 'pause', all)),
      unavailable,
    },
    'downloads.cancelAll': {
      run: async () => void (await downloads.command('cancel', all)),
      unavailable,
    },
  };
}

export function createFrameCommands(
  options: FrameCommandsOptions,
): Partial<Record<CommandId, CommandHandler>> {
  const { api, frame, panes } = options;
  return {
    ...placeCommands(options),
    ...settingCommands(options),
    ...textZoomCommands(options),
    ...keyCommands(options),
    'app.palette': { run: options.togglePalette },
    'library.undo': {
      run: () => options.kept.undo(),
      unavailable: () => (options.kept.canUndo ? null : frameText.nothingToUndo),
    },
    ...downloadCommands(options),
    'search.focus': { run: () => frame.focusSearch(false) },
    'search.find': { run: () => frame.focusSearch(false) },
    'search.select': { run: () => frame.focusSearch(true) },
    'pane.next': { run: () => panes.move(1) },
    'pane.previous': { run: () => panes.move(-1) },
    'view.inspector': {
      run() {
        frame.inspectorOpen = !frame.inspectorOpen;
      },
      unavailable: () => (options.hasInspector() ? null : frameText.inspectorNone),
    },
    'app.close': { run: async () => void (await api.app.closeWindow({})) },
    'app.quit': { run: async () => void (await api.app.quit({})) },
  };
}
