/**
 * Runs in the page. Builds what views and features are given, once, and mounts the frame. May import everything
 * below src-renderer, and the contract.
 */
import { mount, unmount } from 'svelte';
import type { ArchiveApi } from '#contract/api.ts';
import { createClient, unwrap } from '#contract/client.ts';
import type { AppInfo, Settings } from '#contract/domain.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import App from './App.svelte';
import { Archives } from './archives-state.svelte.ts';
import { Commands } from './commands.svelte.ts';
import { FrameState } from './frame-state.svelte.ts';
import { parseWindowState, serialiseWindowState } from './history-state.ts';
import { NavigationHistory } from './navigation.svelte.ts';
import type { Opening } from './opening.ts';
import { takeOpeningPicture } from './opening-picture.ts';
import { NoticeList } from './notices.svelte.ts';
import { WindowStateSaver } from './persistence.ts';
import { SettingsHolder } from './settings-state.svelte.ts';
import StartFailed from './StartFailed.svelte';
import { ViewLoader } from './view-loader.svelte.ts';
import { Downloads } from '../features/downloads/downloads-state.svelte.ts';
import { Plans } from '../features/downloads/plans-state.svelte.ts';
import { KeptRecords } from '../features/library/kept-state.svelte.ts';
import { openSearchAhead } from '../features/search/open-ahead.ts';
import { frameText } from '../i18n/frame.ts';
import { LeftPictures } from '../lib/left-pictures.ts';

interface Start {
  info: AppInfo;
  settings: Settings;
  uiState: string | null;
  isDrawn: Promise<boolean>;
}

function target(): HTMLElement {
  const element = document.getElementById('app');
  if (element === null) throw new Error('index.html has no #app');
  element.replaceChildren();
  return element;
}

/** Builds everything in order and mounts the frame, once the first view's code is there. */
async function startApp(api: ArchiveApi, start: Start): Promise<void> {
  const state = parseWindowState(start.uiState);
  const saver = new WindowStateSaver(api, () =>
    serialiseWindowState({
      ...navigation.snapshot,
      frame: frame.snapshot,
      opening: takeOpeningPicture(),
    }),
  );
  const touch = () => saver.touch();
  const navigation = new NavigationHistory(state, (change) =>
    change === 'place' ? saver.saveSoon() : saver.touch(),
  );
  const { platform, runtime } = start.info;
  const hasLights = platform === 'darwin' && runtime === 'electron';
  const frame = new FrameState({ platform, hasLights }, state.frame, touch);
  const notices = new NoticeList();
  const { settingsProblem } = start.info;
  if (settingsProblem !== null) notices.show({ text: settingsProblem.message, tone: 'trouble' });
  const settings = new SettingsHolder(api, start.settings);
  const commands = new Commands({
    platform,
    userShortcuts: () => settings.current.shortcuts,
    onError: (error) => notices.showError(error),
    onUnavailable: (text) => notices.show({ text }),
  });
  const views = new ViewLoader((error) => notices.showError(error));
  const archives = new Archives(api);
  archives.load().catch((error: unknown) => notices.showError(error));
  const kept = new KeptRecords(api, notices);
  const downloads = new Downloads(api, notices);
  const plans = new Plans();
  frame.measure(window.innerWidth, start.settings.textZoom);
  if (!start.settings.welcomed) navigation.replace({ view: 'welcome' });
  else if (navigation.route.view === 'welcome') navigation.replace({ view: 'nasa', query: {} });
  saver.saveBeforeTheEnd();
  await Promise.all([
    openSearchAhead({ api, navigation, settings, kept }, await start.isDrawn),
    views.load(navigation.route.view),
  ]);
  performance.mark('frame');
  mount(App, {
    target: target(),
    props: {
      views,
      deps: {
        ...{ api, navigation, commands, notices, settings, kept, downloads, plans },
        ...{ archives, frame, leftPictures: new LeftPictures(api) },
      },
    },
  });
}

/** Says why the start went wrong; `goOn`, where there is one, opens the app without what is missing. */
function showProblem(api: ArchiveApi, problem: WireError, goOn?: () => void): void {
  const screen = mount(StartFailed, {
    target: target(),
    props: {
      title: frameText.startTitle(problem.code),
      text: `${problem.message} ${frameText.startAdvice(problem.code)}`,
      detail: problem.detail,
      copy: (text: string) => api.app.copyText({ text }),
      quit: () => api.app.quit({}),
      goOn:
        goOn === undefined
          ? undefined
          : () => {
              void unmount(screen);
              goOn();
            },
    },
  });
}

async function begin({ bridge, uiState, isDrawn }: Opening): Promise<void> {
  const api = createClient(bridge);
  try {
    const [info, settings, { json }] = await Promise.all([
      api.app.info({}),
      api.settings.get({}),
      uiState.then(unwrap),
    ]);
    const start = (): Promise<void> => startApp(api, { info, settings, uiState: json, isDrawn });
    if (info.startupProblem === null) await start();
    else showProblem(api, info.startupProblem, () => void start());
  } catch (error) {
    // eslint-disable-next-line no-console -- the page has no other place for it yet
    console.error(error);
    const problem: WireError =
      error instanceof ArchiveError
        ? error.toWire()
        : {
            code: 'unexpected',
            message: frameText.unexpected,
            retryable: false,
            detail: String(error),
          };
    showProblem(api, problem);
  }
}

/** Opens the app, or says why there is none; without an opening the page has no bridge to main. */
export function startPage(opening: Opening | undefined): void {
  if (opening !== undefined) {
    void begin(opening);
    return;
  }
  mount(StartFailed, {
    target: target(),
    props: { title: frameText.noBridgeTitle, text: frameText.noBridgeText },
  });
}
