import { defineConfig, devices } from '@playwright/test';
import type { PluginOptions } from '@grafana/plugin-e2e';

export default defineConfig<PluginOptions>({
  testDir: '.',
  outputDir: './results',
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: {
    // Everyone is an admin of the compose file's Grafana: nobody has to log in.
    baseURL: process.env['GRAFANA_URL'] ?? 'http://localhost:3000',
    trace: 'retain-on-failure',
    ...devices['Desktop Chrome'],
  },
});
