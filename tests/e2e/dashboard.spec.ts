/** The panel among what a dashboard has around it. */
import type { Page } from '@playwright/test';

import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';
import { END } from './world/histories.ts';

const HOUR = 3_600_000;

/** In order of time: their queries may be answered in any. */
const annotationsOf = (page: Page) =>
  page.evaluate(() => {
    const all = window.host.getAnnotations().map(({ time, timeEnd, title }) => ({ time, timeEnd, title }));
    return all.sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  });

test('annotations reach the panel as Grafana’s frames: instants, and regions where one sample follows another', async ({
  panel,
  page,
}) => {
  const at = (condition: string) => `vector(1) and on () (vector(time()) ${condition})`;
  const minutes = (count: number) => END - HOUR + count * 60_000;
  const annotations = [
    { name: 'Deployed', expr: at(`== ${minutes(10) / 1000}`) },
    { name: 'Outage', expr: at(`>= ${minutes(20) / 1000} < ${minutes(26) / 1000}`) },
  ];
  await panel.open(viewOf('core', { time: { from: END - HOUR, to: END }, annotations }));

  await expect
    .poll(() => annotationsOf(page))
    .toEqual([
      { time: minutes(10), timeEnd: minutes(10), title: 'Deployed' },
      { time: minutes(20), timeEnd: minutes(25), title: 'Outage' },
    ]);
});

test('a time series of Grafana’s own stands beside the panel and moves the shared cursor', async ({ panel, page }) => {
  await panel.openState('beside');
  await expect(panel.rows.first()).toBeAttached();
  await page.locator('.u-over').hover();
  const hovers = () => page.evaluate(() => window.host.events.filter(({ type }) => type === 'data-hover').length);
  await expect.poll(hovers).toBeGreaterThan(0);
});
