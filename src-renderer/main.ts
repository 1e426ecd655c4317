/**
 * Runs in the page: the entry of the renderer. Draws the window as it was left, from what main keeps of it, while
 * the code of the app is still being read.
 */
import './styles/index.css';
import type { BridgeApi } from '#contract/api.ts';
import type { Opening } from './app/opening.ts';
import { drawOpeningPicture } from './app/opening-picture.ts';
import { applyStoredLook } from './app/theme.ts';

declare global {
  interface Window {
    almagest?: BridgeApi;
  }
}

/** What main keeps of the window is asked for before the app's code is there, and drawn when it comes. */
function open(bridge: BridgeApi): Opening {
  const uiState = bridge.app.loadUiState({});
  // A failure is told where the app itself looks at the answer.
  const isDrawn = uiState.then(
    (kept) => kept.ok && drawOpeningPicture(kept.value.json),
    () => false,
  );
  return { bridge, uiState, isDrawn };
}

// The frame's empty shape in index.html is only right where there was a frame before.
if (applyStoredLook()) document.documentElement.dataset['started'] = '';
const opening = window.almagest && open(window.almagest);
void import('./app/start.ts').then(({ startPage }) => startPage(opening));
