/** What Grafana around the panel does: size, theme, options, time and refresh. */
import { expect, test } from './page/fixtures.ts';
import { Panel } from './page/panel.ts';
import { SECOND_HALF, viewOf, WHOLE } from './page/views.ts';
import { executionRows } from './world/executions.ts';
import { historyOf } from './world/truth.ts';

test('a panel of another size is painted anew to its edges', async ({ panel }) => {
  await panel.open(viewOf('core', { width: 1000, height: 500 }));
  await expect(panel.rows).not.toHaveCount(0);
  for (const { width, height } of [
    { width: 600, height: 300 },
    { width: 1100, height: 450 },
  ]) {
    await panel.change({ width, height });
    await expect(async () => {
      const canvas = await panel.canvas.evaluate((element) => {
        const { width, height, clientWidth, clientHeight } = element as HTMLCanvasElement;
        return { width, height, clientWidth, clientHeight, ratio: devicePixelRatio };
      });
      const box = await panel.chart.evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }));
      expect(canvas).toMatchObject(box);
      expect(canvas.width).toBe(Math.round(box.clientWidth * canvas.ratio));
      expect(canvas.height).toBe(Math.round(box.clientHeight * canvas.ratio));
      expect(box.clientWidth).toBeGreaterThan(width - 50);
      expect(box.clientWidth).toBeLessThanOrEqual(width);
      // The totals stand at the right edge.
      const edge = { x: box.clientWidth - 120, y: 0, width: 120, height: 150 };
      expect(await panel.pixels(edge)).not.toBe(await panel.pixels({ ...edge, y: box.clientHeight - 1, height: 1 }));
    }).toPass();
  }
});

test('another theme paints the stages in its own colours', async ({ panel }) => {
  await panel.open(viewOf('core', { theme: 'dark' }));
  const swatch = panel.legend.and(panel.page.locator('[data-stage="task"]')).locator('span').first();
  const colour = () => swatch.evaluate((span) => getComputedStyle(span).backgroundColor);
  const dark = await colour();
  await expect.poll(() => panel.pixelsOf(dark)).toBeGreaterThan(1000);

  await panel.change({ theme: 'light' });

  await expect.poll(colour).not.toBe(dark);
  const light = await colour();
  await expect.poll(() => panel.pixelsOf(light)).toBeGreaterThan(1000);
  expect(await panel.pixelsOf(dark)).toBe(0);
});

test('the option “Order by” changes the order of the rows, and “Descending” turns it round', async ({
  panel,
  page,
}) => {
  await panel.open(viewOf('core-exec', { pane: true }));
  const totals = async () => (await panel.read()).map(({ total }) => total ?? NaN);
  const ends = (await panel.read()).flatMap(({ end }) => end ?? []);
  expect(ends).toEqual([...ends].sort((a, b) => b - a));
  const falling = (await totals()).sort((a, b) => b - a);

  await page.getByTestId('option-sort').getByRole('combobox').click();
  await page.getByRole('option', { name: 'Total time' }).click();
  await expect.poll(totals).toEqual(falling);

  await page.getByTestId('option-descending').locator('label').last().click();
  await expect.poll(totals).toEqual([...falling].reverse());
});

test('a denser panel has lower rows and no legend where it is switched off', async ({ panel }) => {
  await panel.open(viewOf('core-exec'));
  const rows = (await panel.read()).length;
  const content = () => panel.chart.evaluate((box) => parseFloat((box.firstElementChild as HTMLElement).style.height));
  const normal = await content();
  await panel.change({ options: { density: 'dense', legend: { showLegend: false } } });
  await expect.poll(content).toBe(normal - rows * (22 - 6));
  await expect(panel.legend).toHaveCount(0);
});

test('another time range and every refresh show what is in it', async ({ panel, page }) => {
  const history = await historyOf('core-exec');
  const names = (range: typeof WHOLE) =>
    executionRows(history, range)
      .map(({ name }) => name)
      .sort();
  const shown = async () => (await panel.read()).map(({ name }) => name).sort();
  await panel.open(viewOf('core-exec'));
  for (const range of [WHOLE, SECOND_HALF, WHOLE]) {
    await panel.change({ time: range });
    await expect.poll(shown).toEqual(names(range));
    await page.evaluate(() => window.host.refresh());
    await expect.poll(shown).toEqual(names(range));
  }
});

test('letters are painted anew when their font has arrived', async ({ panel, page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/fonts/inter/**', async (route) => {
    await arrived;
    await route.continue();
  });
  await panel.open(viewOf('core'));
  await expect(panel.rows).not.toHaveCount(0);
  const before = await panel.pixels();
  arrive();
  await expect.poll(() => panel.pixels()).not.toBe(before);
});

test.describe(() => {
  test.use({ allowed: { errors: [/status of 500/] } });

  test('a query that fails after one that worked says so, and the next one works', async ({ panel, page }) => {
    await panel.open(viewOf('core'));
    await expect(panel.rows).not.toHaveCount(0);
    const rows = await panel.rows.count();
    await page.evaluate(() => window.host.setFault('query-500'));
    await page.evaluate(() => window.host.refresh());
    await expect(page.getByText('the query was made to fail').first()).toBeAttached();
    await page.evaluate(() => window.host.setFault());
    await page.evaluate(() => window.host.refresh());
    await expect(panel.rows).toHaveCount(rows);
  });
});

test('two panels on a page each draw their rows and their tooltip', async ({ panel, page }) => {
  await panel.open(viewOf('core', { panels: 2, height: 280 }));
  const both = [0, 1].map((index) => new Panel(page, page.getByTestId('workflow-timeline').nth(index)));
  const [first, second] = await Promise.all(both.map((each) => each.read()));
  expect(second).toEqual(first);
  for (const each of both) {
    await each.chart.hover({ position: { x: 300, y: 60 } });
    await expect(page.getByRole('tooltip')).toHaveCount(1);
    await expect(page.getByRole('tooltip')).toContainText('Total of stages');
  }
});

test('in a German Grafana the panel speaks German', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec', { language: 'de-DE', options: { sort: 'total' } }));
  await expect(panel.rows.first()).toContainText('Erfolgreich');
  await page
    .getByRole('group', { name: 'Zeitleiste der Workflow-Ausführungen' })
    .hover({ position: { x: 300, y: 60 } });
  await expect(panel.tooltip).toContainText('Summe der Phasen');
});
