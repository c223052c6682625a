/** What axe-core finds in the panel: nothing that it calls serious or critical, in any state that a person meets. */
import { AxeBuilder } from '@axe-core/playwright';

import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, viewOfQueries } from './page/views.ts';

const THEMES = ['dark', 'light'] as const;
const executionUrl = 'https://flyte.example/${execution}';

/** Of the panel and what it puts over the page; the page around it is not ours. */
async function complaints(panel: Panel, ...also: string[]): Promise<string[]> {
  const axe = [...also, '[data-testid="workflow-timeline"]'].reduce(
    (builder, part) => builder.include(part),
    new AxeBuilder({ page: panel.page })
  );
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

for (const theme of THEMES) {
  test(`rows, legend and notices on the ${theme} theme`, async ({ panel }) => {
    await panel.open(viewOf('core-exec', { theme, options: { hidden: ['queueing'] } }));
    await panel.read();
    expect(await complaints(panel)).toEqual([]);
  });

  test(`a legend as a table, and a pinned tooltip with links on the ${theme} theme`, async ({ panel, page }) => {
    const legend = { showLegend: true, displayMode: 'table', placement: 'right' };
    await panel.open(viewOf('core-exec', { theme, options: { legend, executionUrl } }));
    await panel.read();
    const place = await panel.placeOf(1, 0.5);
    await page.mouse.click(place.x, place.y);
    await expect(panel.pinned).toBeVisible();
    expect(await complaints(panel, '[role="dialog"]')).toEqual([]);
  });

  test(`opened rows under headers, by the clock, on the ${theme} theme`, async ({ panel, page }) => {
    const options = { mode: 'clock', group: 'workflow' };
    await panel.open(viewOf('core-exec', { theme, options, width: 420, height: 400 }));
    await panel.read();
    await panel.chart.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(panel.rows.and(page.locator('[data-level="node"]')).first()).toBeAttached();
    expect(await complaints(panel)).toEqual([]);
  });

  test(`an empty panel on the ${theme} theme`, async ({ panel }) => {
    await panel.open(viewOfQueries([{ refId: 'A', expr: 'up' }], { theme }));
    await expect(panel.empty).toBeVisible();
    expect(await complaints(panel)).toEqual([]);
  });
}

test.describe(() => {
  test.use({ allowed: { errors: [/status of 404/] } });

  test('a core that does not arrive', async ({ panel }) => {
    await panel.open(viewOf('core'), { fault: 'wasm-404' });
    await expect(panel.failure).toBeVisible();
    expect(await complaints(panel)).toEqual([]);
  });
});
