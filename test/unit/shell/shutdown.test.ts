import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createCrashGate } from '#main/shell/crash-gate.ts';
import { chooseProfile } from '#main/shell/profile.ts';
import { createShutdown, type ShutdownOptions } from '#main/shell/shutdown.ts';

function setUp(own: Partial<ShutdownOptions> = {}) {
  const steps: string[] = [];
  const shutDown = createShutdown({
    closeWindows: async () => void steps.push('windows'),
    dispose: async () => void steps.push('core'),
    exit: (code) => steps.push(`exit ${code}`),
    onProblem: (text) => steps.push(text),
    windowsTimeoutMs: 20,
    disposeTimeoutMs: 20,
    ...own,
  });
  return { steps, shutDown };
}

test('the windows go first, then the core, then the process; once', async () => {
  const { steps, shutDown } = setUp();
  await Promise.all([shutDown(), shutDown()]);
  await shutDown();
  expect(steps).toEqual(['windows', 'core', 'exit 0']);
});

test('closing the windows may itself ask for the end, as the last window does', async () => {
  let disposed = 0;
  const exits: number[] = [];
  const shutDown: () => Promise<void> = createShutdown({
    closeWindows: async () => void shutDown(),
    dispose: async () => void (disposed += 1),
    exit: (code) => exits.push(code),
    onProblem: () => {},
  });
  await shutDown();
  expect({ disposed, exits }).toEqual({ disposed: 1, exits: [0] });
});

test('what hangs or fails is reported and does not hold the end up', async () => {
  const { steps, shutDown } = setUp({
    closeWindows: () => Promise.reject(new Error('x')),
    dispose: () => new Promise(() => {}),
  });
  await shutDown();
  expect(steps).toEqual([
    'closing the window failed',
    'closing the library took longer than 20 ms',
    'exit 0',
  ]);
});

test('a page that crashes is loaded three times a minute and no more', () => {
  const mayReload = createCrashGate();
  expect([0, 1000, 2000, 3000].map(mayReload)).toEqual([true, true, true, false]);
  expect(mayReload(60_500)).toBe(true);
});

test('only an unpackaged app takes its profile from the environment', () => {
  const environment = { ALMAGEST_PROFILE: 'somewhere' };
  const usual = '/usual/Almagest';
  const choose = (isPackaged: boolean, env: Record<string, string> = environment) =>
    chooseProfile({ isPackaged, environment: env, usual });
  expect(choose(true)).toBe(usual);
  expect(choose(false)).toBe(resolve('somewhere'));
  expect(choose(false, { ALMAGEST_PROFILE: '' })).toBe(usual);
});
