import { defineConfig } from '@playwright/test';

import { found } from '../../scripts/lib/found.mjs';

export default defineConfig({
  testDir: '.',
  // Pictures are for people to look at: they are taken when asked for, and prove nothing by themselves.
  testIgnore: process.env.PICTURES ? [] : ['pictures.spec.ts'],
  outputDir: './results',
  globalSetup: './world/setup.ts',
  // A worker is a Chromium; beside them run the page's server and one Prometheus. On two cores, two workers need three
  // quarters of the time of one.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1200, height: 700 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? found.chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
