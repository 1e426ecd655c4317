/**
 * Runs in the main process; pure. How our one window is made.
 */
import type { BrowserWindowConstructorOptions } from 'electron';
import { topBarHeight, type FrameColours } from './theme-colours.ts';
import { minimumSize, type Bounds } from './window-state.ts';

export interface WindowOptionsInput {
  platform: NodeJS.Platform;
  /** True in the preview runtime, where the frame is the browser's. */
  preview: boolean;
  isPackaged: boolean;
  bounds: Bounds;
  colours: FrameColours;
  /** Absolute path of the built preload script. */
  preload: string;
  /** Absolute path of the picture that Linux shows for the window. */
  icon: string;
}

/** The native frame around our own top bar. */
export function frameOptions(input: WindowOptionsInput): BrowserWindowConstructorOptions {
  if (input.preview) return {};
  if (input.platform === 'darwin') {
    // The lights are 12 DIP high and stand in the middle of the top bar.
    return {
      titleBarStyle: 'hiddenInset',
      trafficLightPosition: { x: 16, y: Math.round((topBarHeight - 12) / 2) },
    };
  }
  return {
    titleBarStyle: 'hidden',
    titleBarOverlay: overlayOptions(input.colours),
    ...(input.platform === 'linux' ? { icon: input.icon } : {}),
  };
}

/** The system's window buttons, in the colours of the top bar (Windows and Linux). */
export function overlayOptions(colours: FrameColours) {
  // One less than the bar: its lower hairline goes on below the buttons.
  return { color: colours.chrome, symbolColor: colours.symbol, height: topBarHeight - 1 };
}

export function windowOptions(input: WindowOptionsInput): BrowserWindowConstructorOptions {
  return {
    ...input.bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Almagest',
    backgroundColor: input.colours.canvas,
    ...frameOptions(input),
    webPreferences: {
      preload: input.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Its dictionaries come from a server of the browser's maker.
      spellcheck: false,
      devTools: !input.isPackaged,
    },
  };
}
