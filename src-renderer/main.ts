/**
 * Runs in the page: the entry of the renderer. Draws the window as it was left, from what main keeps of it, while
 * the code of the app is still being read.
 */
import './styles/index.css';
import type { BridgeApi } from '#contract/api.ts';
import { drawOpeningPicture } from './app/opening-picture.ts';
import { applyStoredLook } from './app/theme.ts';

declare global {
  interface Window {
    almagest?: BridgeApi;
  }
}

async function draw(bridge: BridgeApi | undefined): Promise<boolean> {
  // Whatever goes wrong here goes wrong again, and is told, where the app itself asks.
  const kept = await bridge?.app.loadUiState({}).catch(() => undefined);
  return kept?.ok === true && drawOpeningPicture(kept.value.json);
}

// The frame's empty shape in index.html is only right where there was a frame before.
if (applyStoredLook()) document.documentElement.dataset['started'] = '';
const isDrawn = draw(window.almagest);
void import('./app/start.ts').then(({ startPage }) => startPage(isDrawn));
