/**
 * The timeline panels of the dashboards, drawn by the built plugin on the host's page from the dashboards' own JSON.
 * With PICTURES=folder in the environment it leaves a picture of each there, on both themes, for a person to look at.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium, type Browser } from '@playwright/test';

import { found } from '../../scripts/lib/found.mjs';
import { startHost, type Host } from '../host/server/host.ts';
import { DASHBOARDS, panelsOf, type Panel } from './dashboard.ts';
import { DEPLOYMENTS, INTERVAL, RANGE, scopeOf, startFilled, type Deployment } from './histories.ts';
import { resolve, type Values } from './variables.ts';
import { viewOf } from './view.ts';

const TIMELINE = 'flyteorg-workflowtimeline-panel';
const PICTURES = process.env['PICTURES'];
const ROW = '[data-testid="workflow-timeline-row"]';

const folder = mkdtempSync(join(tmpdir(), 'flyte-dashboard-panels-'));
let server: Awaited<ReturnType<typeof startFilled>>;
let host: Host;
let browser: Browser;

before(async () => {
  delete process.env['PROMETHEUS_URL'];
  server = await startFilled(join(folder, 'prometheus'));
  host = await startHost({ prometheus: server.url, view: {} });
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? found.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(async () => {
  await browser?.close();
  await host?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing to ask: what is chosen here, and all of what can be chosen. */
const valuesOf = async (
  deployment: Deployment,
  dashboard: (typeof DASHBOARDS)[number]['dashboard']
): Promise<Values> => {
  const chosen = { prefix: `${scopeOf(deployment)}propeller:all:`, scrape: `${INTERVAL / 1000}s`, baseline: '1h' };
  return (await resolve(dashboard, chosen, async () => [])).values;
};

interface Drawn {
  rows: number;
  kinds: string[];
  notices: string;
  complaints: string[];
}

async function draw(panel: Panel, values: Values, theme: 'dark' | 'light', picture?: string): Promise<Drawn> {
  const size = { width: (panel.gridPos.w * 1600) / 24, height: panel.gridPos.h * 38 };
  const page = await browser.newPage({ viewport: { width: Math.round(size.width), height: size.height + 120 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  try {
    const view = { ...viewOf(panel, values, RANGE), theme };
    await page.goto(`${host.url}#${encodeURIComponent(JSON.stringify(view))}`);
    await page.locator(ROW).first().waitFor({ state: 'attached', timeout: 60_000 });
    if (picture) {
      await page.waitForFunction(() => document.fonts.status === 'loaded');
      await page.screenshot({ path: picture });
    }
    const rows = page.locator(ROW);
    const kinds = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-kind') ?? ''));
    const notices = (await page.getByTestId('workflow-timeline-notices').allInnerTexts()).join('\n');
    return { rows: await rows.count(), kinds: [...new Set(kinds)].sort(), notices, complaints };
  } finally {
    await page.close();
  }
}

for (const { file, dashboard } of DASHBOARDS) {
  for (const panel of panelsOf(dashboard).filter(({ type }) => type === TIMELINE)) {
    for (const deployment of DEPLOYMENTS) {
      test(`${file}: “${panel.title}” draws rows of ${deployment}`, async () => {
        const values = await valuesOf(deployment, dashboard);
        const themes = PICTURES ? (['dark', 'light'] as const) : (['dark'] as const);
        for (const theme of themes) {
          if (PICTURES) {
            mkdirSync(PICTURES, { recursive: true });
          }
          const name = `${panel.title.replaceAll(/\W+/g, '-')}-${deployment}-${theme}.png`;
          const drawn = await draw(panel, values, theme, PICTURES ? join(PICTURES, `${file}-${name}`) : undefined);
          assert.deepEqual(drawn.complaints, []);
          assert.ok(drawn.rows > 1, `${drawn.rows} rows`);
          if (panel.options?.['rows'] === 'means') {
            assert.deepEqual(drawn.kinds, ['mean'], drawn.notices);
          } else {
            assert.ok(drawn.kinds.includes('run'), `${drawn.kinds.join(', ')}: no single run`);
          }
        }
      });
    }
  }
}
