/**
 * What the flows share: an archive's stand-in that each test steers, an app on a prepared profile, a person.
 */
import { sampleAddresses } from '../support/launch/launch-environment.ts';
import { startSteeredArchive, type SteeredArchive } from '../support/steered-archive.ts';
import { expect, test as base, type LaunchedApp, type LaunchOptions } from './fixtures.ts';
import { baseOfSample, usualSample, type SampleKind } from './samples.ts';
import { Person, prepareProfile, ways, type Way } from './person.ts';

export { expect };
export { ways, type Way } from './person.ts';

interface Flow {
  app: LaunchedApp;
  person: Person;
}

interface FlowFixtures {
  archive: SteeredArchive;
  /** Opens the app on the test's archive, past the welcome screen unless `settings` says otherwise. */
  begin: (
    way: Way,
    given?: { settings?: Record<string, unknown>; options?: LaunchOptions },
  ) => Promise<Flow>;
}

interface WorkerFixtures {
  sample: { base: string };
}

export const test = base.extend<FlowFixtures, WorkerFixtures>({
  sample: [
    // Playwright reads a fixture's needs from this pattern: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await use({ base: baseOfSample(usualSample) });
    },
    { scope: 'worker' },
  ],
  archive: async ({ sample }, use) => {
    const archive = await startSteeredArchive(sample.base);
    await use(archive);
    await archive.close();
  },
  begin: async ({ archive, folder, launch }, use) => {
    let isPrepared = false;
    await use(async (way, { settings, options } = {}) => {
      if (!isPrepared) prepareProfile(folder, settings);
      isPrepared = true;
      const app = await launch({
        ...options,
        env: { ...sampleAddresses(archive.base), ...options?.env },
      });
      // Keys that are pressed before the page listens would be lost, as they would be for a person.
      await app.page
        .getByRole('searchbox')
        .or(app.page.getByRole('button', { name: 'Open Almagest' }))
        .first()
        .waitFor();
      return { app, person: new Person(app.page, way) };
    });
  },
});

type RunFlow = (fixtures: { way: Way } & FlowFixtures & { folder: string }) => Promise<void>;

/** Declares flows of a test of its own kind, such as one over another archive. */
export function flowsOf(
  kind: typeof test,
  timeoutMs?: number,
): (title: string, run: RunFlow) => void {
  return (title, run) => {
    for (const way of ways) {
      kind(`${title}, by ${way}`, async ({ archive, begin, folder }) => {
        if (timeoutMs !== undefined) kind.setTimeout(timeoutMs);
        await run({ way, archive, begin, folder });
      });
    }
  };
}

/** Declares a flow once and runs it by mouse and by keyboard alone. */
export const flow = flowsOf(test);

/** Flows over a sample archive of another kind. */
export function testOn(kind: SampleKind): typeof test {
  return test.extend<object, WorkerFixtures>({
    sample: [
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        await use({ base: baseOfSample(kind) });
      },
      { scope: 'worker' },
    ],
  });
}
