import type { BridgeApi } from '#contract/api.ts';

/** What the page has begun with before the app's code is there. */
export interface Opening {
  bridge: BridgeApi;
  /** What main keeps of the window, on its way. */
  uiState: ReturnType<BridgeApi['app']['loadUiState']>;
  /** The gallery as it was left is in the page, so that nothing is missed while its records come. */
  isDrawn: Promise<boolean>;
}
