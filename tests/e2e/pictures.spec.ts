/**
 * Pictures for people: nothing is compared, everything is to be looked at. `npm run pictures` takes them, into
 * `.cache/e2e/screenshots`, with a page that shows all of them.
 */
import { join } from 'node:path';

import { choices } from '../../scripts/demo/deployments.mjs';
import { CACHE } from '../../scripts/lib/paths.mjs';
import { statesOver } from '../host/states.ts';
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, type Choice, type ViewChange } from './page/views.ts';
import { addressOf } from './world/addresses.ts';
import { END, PREFIX } from './world/histories.ts';

const LOOKS = (['dark', 'light'] as const).flatMap((theme) =>
  [
    { width: 1200, height: 700 },
    { width: 480, height: 320 },
  ].map((size) => ({ theme, size }))
);

// The data source's error is the console's too.
test.use({ allowed: { errors: [/status of (400|404|500)/, /parse error/, /did not load/] } });

async function take(panel: Panel, name: string, view: ViewChange, drawn: () => Promise<void>): Promise<void> {
  await panel.open(view);
  for (const { theme, size } of LOOKS) {
    await panel.page.setViewportSize(size);
    await panel.change({ theme });
    await drawn();
    await shoot(panel, name, { theme, size });
  }
}

async function shoot({ page }: Panel, name: string, { theme, size }: (typeof LOOKS)[number]): Promise<void> {
  const file = `${name}-${theme}-${size.width}x${size.height}.png`;
  await page.screenshot({ path: join(CACHE, 'e2e', 'screenshots', file) });
}

for (const { id } of choices(false)) {
  test(`the rows of ${id}`, async ({ panel }) => {
    await take(panel, id, viewOf(id as Choice), async () => {
      await expect(panel.rows.first()).toBeAttached();
    });
  });
}

test('the tooltip of an execution', async ({ panel, page }) => {
  await take(panel, 'tooltip', viewOf('core-exec', { options: { sort: 'total' } }), async () => {
    await expect(panel.rows.first()).toBeAttached();
    const place = await panel.placeOf(1, 0.6);
    await page.mouse.move(place.x, place.y);
    await expect(panel.tooltip).toBeVisible();
  });
});

test('a pinned tooltip with links', async ({ panel, page }) => {
  const executionUrl = 'https://flyte.example/console/projects/${project}/executions/${execution}';
  const links = [{ title: 'Logs', url: '/explore?q=${execution}' }];
  const view = { options: { executionUrl }, fieldConfig: { defaults: { links }, overrides: [] } };
  await take(panel, 'pinned', viewOf('core-exec', view), async () => {
    await expect(panel.rows.first()).toBeAttached();
    await page.mouse.click(5, 5);
    const place = await panel.placeOf(1, 0.6);
    await page.mouse.click(place.x, place.y);
    await expect(panel.pinned).toBeVisible();
  });
});

test('the help sheet', async ({ panel, page }) => {
  await take(panel, 'help', viewOf('core-exec'), async () => {
    await page.keyboard.press('Escape');
    await expect(panel.rows.first()).toBeAttached();
    await panel.chart.focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});

test('in German', async ({ panel, page }) => {
  await take(panel, 'german', viewOf('core-exec', { language: 'de-DE', pane: true }), async () => {
    await expect(panel.rows.first()).toBeAttached();
    await page.mouse.move(300, 260);
  });
});

test('the legend as a table', async ({ panel }) => {
  const legend = { showLegend: true, displayMode: 'table', placement: 'right' };
  await take(panel, 'legend-right', viewOf('core-exec', { options: { legend, hidden: ['queueing'] } }), async () => {
    await expect(panel.rows.first()).toBeAttached();
  });
  const below = viewOf('core-exec', { options: { legend: { ...legend, placement: 'bottom' } } });
  await take(panel, 'legend-table', below, async () => {
    await expect(panel.rows.first()).toBeAttached();
  });
});

test('the tooltip of a workflow', async ({ panel, page }) => {
  await take(panel, 'tooltip-mean', viewOf('core', { options: { rows: 'means' } }), async () => {
    await expect(panel.rows.first()).toBeAttached();
    const place = await panel.placeOf(3, 0.45);
    await page.mouse.move(place.x, place.y);
    await expect(panel.tooltip).toBeVisible();
  });
});

test('a stage under the keyboard', async ({ panel, page }) => {
  await take(panel, 'keyboard', viewOf('core-exec'), async () => {
    await expect(panel.rows.first()).toBeAttached();
    await panel.chart.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(panel.tooltip).toBeVisible();
  });
});

test('executions of an hour', async ({ panel }) => {
  const time = { from: END - 3_600_000, to: END };
  await take(panel, 'hour', viewOf('core-exec', { time }), async () => {
    await expect(panel.rows.first()).toBeAttached();
  });
});

test('a notice, opened', async ({ panel }) => {
  const expr = `sum by (wf) (${PREFIX.core}node:queueing_latency_ms_sum)`;
  const view = viewOf('core');
  const queries = [...(view.queries ?? []), { refId: 'B', expr }, { refId: 'C', expr: 'rate(x[5m])' }];
  await take(panel, 'notice', { ...view, queries }, async () => {
    await panel.notices.getByRole('button').click();
    await expect(panel.notices).toContainText('Query B');
  });
});

/** The catalog's and the README's, which `docs/publishing.md` says how to renew: the panel alone, for screens that are fine. */
test.describe('catalog', () => {
  test.use({ deviceScaleFactor: 2, viewport: { width: 1280, height: 760 } });
  const time = { from: END - 6 * 3_600_000, to: END };

  async function shootPanel(panel: Panel, name: string): Promise<void> {
    const path = join(CACHE, 'e2e', 'screenshots', 'catalog', `${name}.png`);
    await panel.page.locator('section[data-testid^="data-testid Panel header"]').screenshot({ path });
  }

  test('executions with their tooltip', async ({ panel, page }) => {
    await panel.open(viewOf('core-exec', { time, theme: 'dark', options: { sort: 'total' } }));
    await expect(panel.rows.first()).toBeAttached();
    // Right of the bars, which the tooltip would cover.
    const place = await panel.placeOf(4, 0.59);
    await page.mouse.move(place.x, place.y);
    await expect(panel.tooltip).toBeVisible();
    await shootPanel(panel, 'timeline-dark');
  });

  test('runs from plain counters', async ({ panel }) => {
    await panel.open(viewOf('core', { time, theme: 'light', options: { sort: 'total' } }));
    await expect(panel.rows.first()).toBeAttached();
    await shootPanel(panel, 'timeline-light');
  });

  test('the mean run of each workflow', async ({ panel, page }) => {
    await page.setViewportSize({ width: 1280, height: 520 });
    await panel.open(viewOf('core', { time, theme: 'dark', options: { rows: 'means', sort: 'overhead' } }));
    await expect(panel.rows.first()).toBeAttached();
    await shootPanel(panel, 'means-dark');
  });
});

/** Where there is neither plugin nor answer, there is nothing of the panel to wait for. */
const SILENT = ['loading', 'module-404'];

for (const { name, when } of statesOver()) {
  test(`state ${name}: ${when}`, async ({ panel, page }) => {
    await page.goto(`${addressOf('open')}?state=${name}`);
    for (const { theme, size } of LOOKS) {
      await page.setViewportSize(size);
      if (SILENT.includes(name)) {
        await expect(page.getByTestId('host')).not.toBeEmpty();
      } else {
        await panel.settled();
        await panel.change({ theme });
        await expect(panel.rows.or(panel.empty).or(panel.failure).first()).toBeAttached();
      }
      await shoot(panel, `state-${name}`, { theme, size });
    }
  });
}
