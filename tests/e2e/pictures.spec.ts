/**
 * Pictures for people: nothing is compared, everything is to be looked at. Taken with `PICTURES=1` in the environment,
 * into `.cache/e2e/screenshots`.
 */
import { join } from 'node:path';

import { CACHE } from '../../scripts/lib/paths.mjs';
import { EMPTY_CASES } from './page/emptyViews.ts';
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, type ViewChange } from './page/views.ts';
import { END, PREFIX, type Deployment } from './world/histories.ts';

const LOOKS = (['dark', 'light'] as const).flatMap((theme) =>
  [
    { width: 1200, height: 700 },
    { width: 480, height: 320 },
  ].map((size) => ({ theme, size }))
);

// The data source's error is the console's too.
test.use({ allowed: { errors: [/status of (400|404|500)/, /parse error/] } });

async function take(panel: Panel, name: string, view: ViewChange, drawn: () => Promise<void>): Promise<void> {
  await panel.open(view);
  for (const { theme, size } of LOOKS) {
    await panel.page.setViewportSize(size);
    await panel.change({ theme });
    await drawn();
    const file = `${name}-${theme}-${size.width}x${size.height}.png`;
    await panel.page.screenshot({ path: join(CACHE, 'e2e', 'screenshots', file) });
  }
}

for (const deployment of Object.keys(PREFIX) as Deployment[]) {
  test(`the rows of ${deployment}`, async ({ panel }) => {
    await take(panel, deployment, viewOf(deployment), async () => {
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

test('dense rows by overhead', async ({ panel }) => {
  const options = { density: 'dense', sort: 'overhead' };
  await take(panel, 'dense', viewOf('core-exec', { options }), async () => {
    await expect(panel.rows.first()).toBeAttached();
  });
});

test('two panels', async ({ panel }) => {
  await take(
    panel,
    'two',
    viewOf('binary', { panels: 2, options: { rows: 'means', density: 'compact', hidden: ['task'] } }),
    async () => {
      await expect(panel.rows).toHaveCount(12);
    }
  );
});

test('executions of an hour', async ({ panel }) => {
  const time = { from: END - 3_600_000, to: END };
  await take(panel, 'hour', viewOf('core-exec', { time }), async () => {
    await expect(panel.rows.first()).toBeAttached();
  });
});

test('a core that does not arrive', async ({ panel, page }) => {
  await page.context().setExtraHTTPHeaders({ 'x-host-fault': 'wasm-404' });
  await take(panel, 'no-core', viewOf('core'), async () => {
    await expect(panel.failure).toBeVisible();
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

test('a query that fails beside one that does not', async ({ panel }) => {
  const view = viewOf('core');
  await take(panel, 'half', { ...view, queries: [...(view.queries ?? []), { refId: 'B', expr: 'sum(' }] }, async () => {
    await expect(panel.rows.or(panel.empty).first()).toBeAttached();
  });
});

for (const { when, view, title } of EMPTY_CASES) {
  test(`the explanation of ${when}`, async ({ panel }) => {
    await take(panel, `empty-${when.replace(/\W+/g, '-')}`, view ?? {}, async () => {
      await expect(panel.empty).toContainText(title);
    });
  });
}
