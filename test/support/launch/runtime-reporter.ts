/** Runs in Playwright's runner. Says in which runtime the end-to-end specs run, so that no log can mislead. */
import type { Reporter } from '@playwright/test/reporter';
import { findChromium } from '../preview-runtime/cdp/find-chromium.ts';
import { chooseRuntime, findElectron } from './find-electron.ts';

function describeRuntime(): string {
  if (chooseRuntime() === 'electron') return `real Electron (${findElectron() ?? ''})`;
  return `the preview runtime on ${findChromium() ?? 'no Chromium'}: our code, not Electron`;
}

class RuntimeReporter implements Reporter {
  onBegin(): void {
    console.log(`end to end in ${describeRuntime()}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

// Playwright loads a reporter by its default export.
// eslint-disable-next-line no-restricted-exports
export default RuntimeReporter;
