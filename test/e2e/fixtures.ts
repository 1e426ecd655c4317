/**
 * Runs in Playwright's runner. What end-to-end specs start from: `launch` opens the built app on a profile of
 * the test's own (the same one each time, so that a second launch is a restart) and ends what is left.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type TestInfo } from '@playwright/test';
import { launchApp, type LaunchedApp, type LaunchOptions } from '../support/launch/launch-app.ts';

export { expect };
export type { LaunchedApp, LaunchOptions };

export type Launch = (options?: LaunchOptions) => Promise<LaunchedApp>;

interface Fixtures {
  /** A folder of the test's own, removed after it; holds `profile` and `downloads`. */
  folder: string;
  launch: Launch;
}

async function attachEvidence(app: LaunchedApp, at: number, testInfo: TestInfo): Promise<void> {
  await testInfo.attach(`main-${at}.log`, { body: app.log(), contentType: 'text/plain' });
  const screenshot = await app.page.screenshot({ timeout: 5000 }).catch(() => null);
  if (screenshot === null) return;
  await testInfo.attach(`window-${at}.png`, { body: screenshot, contentType: 'image/png' });
}

async function endAll(apps: readonly LaunchedApp[], testInfo: TestInfo): Promise<void> {
  const failed = testInfo.status !== testInfo.expectedStatus;
  for (const [at, app] of apps.entries()) {
    if (failed) await attachEvidence(app, at, testInfo);
    await app.kill();
  }
}

export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's needs from this pattern: none.
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'almagest-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  launch: async ({ folder }, use, testInfo) => {
    const apps: LaunchedApp[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({
        profileDir: join(folder, 'profile'),
        downloadsDir: join(folder, 'downloads'),
        ...options,
      });
      apps.push(app);
      return app;
    });
    await endAll(apps, testInfo);
  },
});
