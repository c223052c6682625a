/** The panel in a real Grafana, over what the compose file provisions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@grafana/plugin-e2e';

const ROOT = join(import.meta.dirname, '..', '..');
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as unknown;

const { id } = readJson('plugin', 'src', 'plugin.json') as { id: string };
const { version } = readJson('plugin', 'package.json') as { version: string };
const dashboards = readdirSync(join(ROOT, 'dashboards', 'json')).map(
  (file) => readJson('dashboards', 'json', file) as Dashboard
);
const timeline = dashboards.find(({ panels }) => panels.some(({ type }) => type === id));
const panel = timeline?.panels.find(({ type }) => type === id);

interface Dashboard {
  uid: string;
  title: string;
  panels: Array<{ id: number; type: string; title: string }>;
}

test('Grafana has the plugin in this version, and every dashboard', async ({ request }) => {
  const settings = (await (await request.get(`/api/plugins/${id}/settings`)).json()) as { info: { version: string } };
  expect(settings.info.version).toBe(version);
  const found = (await (await request.get('/api/search?type=dash-db')).json()) as Array<{ uid: string }>;
  expect(found.map(({ uid }) => uid).sort()).toEqual(dashboards.map(({ uid }) => uid).sort());
});

test('the provisioned dashboard draws executions, without an error', async ({ gotoDashboardPage }) => {
  const dashboard = await gotoDashboardPage({ uid: timeline?.uid ?? '' });
  const drawn = dashboard.getPanelByTitle(panel?.title ?? '');
  await expect(drawn.locator.getByTestId('workflow-timeline-row').first()).toBeAttached();
  await expect(drawn.getErrorIcon()).toHaveCount(0);
});

test('in the editor, an option changes the panel', async ({ gotoPanelEditPage }) => {
  const editor = await gotoPanelEditPage({ dashboard: { uid: timeline?.uid ?? '' }, id: String(panel?.id) });
  const legend = editor.panel.locator.locator('button[data-stage]');
  await expect(legend.first()).toBeVisible();
  await editor.getCustomOptions('Legend').getSwitch('Show legend').uncheck();
  await expect(legend).toHaveCount(0);
});
