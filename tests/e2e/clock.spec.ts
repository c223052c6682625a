/** Bars by the time of day: what a pointer and the keys do with time, and what other panels hear. */
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, WHOLE } from './page/views.ts';

const view = viewOf('core-exec', { options: { mode: 'clock', sort: 'start' } });
const HOUR = 3_600_000;

const timeOf = ({ page }: Panel) =>
  page.evaluate(() => (window.host as unknown as { getView: () => { time: object } }).getView().time);

/** The pointer over the bars of a row, at a share of the panel's width; answers with where it is. */
async function over(panel: Panel, x: number, row = 3): Promise<{ x: number; y: number }> {
  const place = await panel.placeOf(row, x);
  await panel.page.mouse.move(place.x, place.y);
  return place;
}

test('a drag selects the dashboard’s time range, a double click makes it twice as long', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  const from = await over(panel, 0.5);
  await page.mouse.down();
  await page.mouse.move(from.x + 100, from.y, { steps: 4 });
  await expect(panel.root.getByTestId('workflow-timeline-selection')).toBeVisible();
  await expect(panel.tooltip).toHaveCount(0);
  await page.mouse.up();
  await expect(panel.root.getByTestId('workflow-timeline-selection')).toHaveCount(0);
  await expect.poll(() => timeOf(panel)).not.toEqual(WHOLE);
  const selected = (await timeOf(panel)) as { from: number; to: number };
  expect(selected.from).toBeGreaterThan(WHOLE.from);
  expect(selected.to).toBeLessThan(WHOLE.to);
  expect(selected.to - selected.from).toBeLessThan(4 * HOUR);
  await expect(panel.pinned).toHaveCount(0);

  await panel.settled();
  await panel.read();
  const place = await over(panel, 0.5, 0);
  await page.mouse.dblclick(place.x, place.y);
  await expect.poll(() => timeOf(panel)).not.toEqual(selected);
  const widened = (await timeOf(panel)) as { from: number; to: number };
  expect((widened.to - widened.from) / (selected.to - selected.from)).toBeCloseTo(2, 1);
});

test('Escape lets a drag go', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  await panel.chart.focus();
  const from = await over(panel, 0.5);
  await page.mouse.down();
  await page.mouse.move(from.x + 100, from.y, { steps: 4 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(panel.root.getByTestId('workflow-timeline-selection')).toHaveCount(0);
  expect(await timeOf(panel)).toEqual(WHOLE);
});

test('the wheel with Ctrl brings a part of the range closer without a query, the plain wheel scrolls', async ({
  panel,
  page,
}) => {
  await panel.open(view);
  await panel.read();
  await over(panel, 0.6);
  const before = await panel.pixels();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  const whole = panel.root.getByRole('button', { name: 'Whole range' });
  await expect(whole).toBeVisible();
  await expect.poll(() => panel.pixels()).not.toBe(before);
  expect(await timeOf(panel)).toEqual(WHOLE);
  await whole.click();
  await expect(whole).toHaveCount(0);

  await over(panel, 0.6);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => panel.chart.evaluate((scroller) => scroller.scrollTop)).toBeGreaterThan(0);
  await expect(whole).toHaveCount(0);
});

test('keys bring time closer and back', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  await panel.chart.focus();
  const whole = panel.root.getByRole('button', { name: 'Whole range' });
  await page.keyboard.press('+');
  await expect(whole).toBeVisible();
  await page.keyboard.press('0');
  await expect(whole).toHaveCount(0);
  await page.keyboard.press('+');
  await page.keyboard.press('-');
  await expect(whole).toHaveCount(0);
});

test('other panels hear the time under the pointer, and theirs is a line here', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  await over(panel, 0.6);
  const last = () => page.evaluate(() => window.host.events.filter(({ type }) => type === 'data-hover').at(-1)?.time);
  await expect.poll(last).toBeGreaterThan(WHOLE.from);
  expect(await last()).toBeLessThan(WHOLE.to);
  await page.mouse.move(5, 5);
  await expect(panel.tooltip).toHaveCount(0);

  const before = await panel.pixels();
  const hover = (time?: number) =>
    page.evaluate((at) => (window.host as unknown as { hover: (time?: number) => void }).hover(at), time);
  await hover((WHOLE.from + WHOLE.to) / 2);
  await expect.poll(() => panel.pixels()).not.toBe(before);
  await hover();
  await expect.poll(() => panel.pixels()).toBe(before);
});

test('the dashboard’s annotations are drawn', async ({ panel }) => {
  const at = (WHOLE.from + WHOLE.to) / 2000;
  const expr = `vector(1) and on () (vector(time()) >= ${at} < ${at + 1800})`;
  await panel.open(view);
  await panel.read();
  const before = await panel.pixels();
  await panel.change({ annotations: [{ name: 'Outage', expr, color: 'rgb(1, 200, 3)' }] });
  await panel.read();
  await expect.poll(() => panel.pixels()).not.toBe(before);
});
