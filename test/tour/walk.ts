/**
 * Opens the app on a sample archive of its own and walks the stops; used by the tour and by the
 * accessibility test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp, type LaunchedApp } from '../support/launch/launch-app.ts';
import { sampleAddresses, sampleAstrobinRate } from '../support/launch/launch-environment.ts';
import { startSteeredArchive } from '../support/steered-archive.ts';
import { stops, type Stop, type Walk } from './stops.ts';

/** A step that takes longer hangs, whatever the runner's own limit is. */
const stepTimeoutMs = 30_000;

export type Theme = 'dark' | 'light' | 'contrast';

export interface WalkOptions {
  /** Base address of a running sample archive. */
  sample: string;
  theme: Theme;
  size: { width: number; height: number };
  /** Stops to make; all of them unless named. The others are walked through without stopping. */
  only?: readonly string[];
  /** Called at each stop, with the window as a person sees it there. */
  at(stop: Pick<Stop, 'name'>, app: LaunchedApp): Promise<void>;
  /** Called where a stop was not reached, with the window as it is then. */
  failed?(stop: Pick<Stop, 'name'>, app: LaunchedApp): Promise<void>;
}

function prepare(theme: Theme, welcomed: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'almagest-tour-'));
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ welcomed, theme }));
  return folder;
}

async function withApp(
  options: WalkOptions,
  welcomed: boolean,
  use: (walk: Walk, app: LaunchedApp) => Promise<void>,
): Promise<void> {
  const archive = await startSteeredArchive(options.sample);
  const folder = prepare(options.theme, welcomed);
  const app = await launchApp({
    profileDir: join(folder, 'profile'),
    downloadsDir: join(folder, 'downloads'),
    size: options.size,
    // Without AstroBin's key: the walk enters it.
    env: { ...sampleAddresses(archive.base), ALMAGEST_RATE_ASTROBIN: sampleAstrobinRate },
  });
  app.page.setDefaultTimeout(stepTimeoutMs);
  try {
    await use({ page: app.page, archive, downloadsDir: app.downloadsDir }, app);
  } finally {
    await app.kill();
    await archive.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Walks every stop in order, the welcome screen first. */
export async function walkAll(options: WalkOptions): Promise<void> {
  const isWanted = (name: string): boolean =>
    options.only === undefined || options.only.length === 0 || options.only.includes(name);
  if (isWanted('welcome')) {
    await withApp(options, false, async ({ page }, app) => {
      await page.getByRole('button', { name: 'Open Almagest' }).waitFor();
      await page.waitForFunction(() => [...document.images].every((image) => image.complete));
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await options.at({ name: 'welcome' }, app);
    });
  }
  if (!stops.some(({ name }) => isWanted(name))) return;
  await withApp(options, true, async (walk, app) => {
    for (const stop of stops) {
      await stop.go(walk).catch(async (error: unknown) => {
        // Seen, a failure explains itself; where no picture can be made of it, the error stands alone.
        await options.failed?.(stop, app).catch(() => undefined);
        throw new Error(
          `at the stop "${stop.name}" (${options.theme}, ${options.size.width} wide)`,
          {
            cause: error,
          },
        );
      });
      if (isWanted(stop.name)) await options.at(stop, app);
      await stop.leave?.(walk);
    }
  });
}
