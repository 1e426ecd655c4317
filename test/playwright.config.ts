import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/samples.ts',
  outputDir: '../test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Every test opens a window and a profile of its own, so two cores share all of them evenly.
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // A flaky test is a defect: it must not pass by being run again.
  retries: 0,
  // Each window is a browser of its own; two cores.
  workers: 2,
  reporter: [['./support/launch/runtime-reporter.ts'], ['list']],
});
