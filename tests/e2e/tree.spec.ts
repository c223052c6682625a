/** Rows open into their nodes, and a screen reader hears that it is a tree. */
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf } from './page/views.ts';

const view = viewOf('core-exec', { options: { sort: 'total' } });

const nodesOf = async (panel: Panel) => (await panel.read()).filter(({ level }) => level === 'node');

test('arrow keys open a row, walk into it, lead back and close it', async ({ panel, page }) => {
  await panel.open(view);
  const rows = await panel.read();
  expect(rows[0]?.expanded).toBe(false);
  await panel.chart.focus();
  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toContainText(rows[0]?.name ?? '');

  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await panel.read())[0]?.expanded).toBe(true);
  const nodes = await nodesOf(panel);
  expect(nodes.length).toBeGreaterThan(1);
  expect(nodes.every(({ depth }) => depth === 2)).toBe(true);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toContainText(nodes[1]?.name ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(panel.tooltip).toContainText(rows[0]?.name ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(panel.rows).toHaveCount(rows.length);
});

test('a click on the name opens a row, one on its bar pins the tooltip', async ({ panel, page }) => {
  await panel.open(view);
  const rows = await panel.read();
  const name = await panel.placeOf(0, 0.05);
  await page.mouse.click(name.x, name.y);
  await expect.poll(async () => (await nodesOf(panel)).length).toBeGreaterThan(1);
  await expect(panel.pinned).toHaveCount(0);
  const bar = await panel.placeOf(0, 0.4);
  await page.mouse.click(bar.x, bar.y);
  await expect(panel.pinned).toContainText(rows[0]?.name ?? '');
});

test('what the nodes of a row took is what the row took, stage by stage', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  const name = await panel.placeOf(0, 0.05);
  await page.mouse.click(name.x, name.y);
  await expect.poll(async () => (await nodesOf(panel)).length).toBeGreaterThan(1);
  const [row] = await panel.read();
  const nodes = await nodesOf(panel);
  for (const id of ['transition', 'queueing', 'pod-start', 'task']) {
    const sum = nodes.reduce((total, { stages }) => total + (stages[id]?.value ?? 0), 0);
    expect(sum, id).toBeCloseTo(row?.stages[id]?.value ?? 0, 3);
  }
});

test('an opened row stays open when the data is refreshed', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  const name = await panel.placeOf(0, 0.05);
  await page.mouse.click(name.x, name.y);
  await expect.poll(async () => (await nodesOf(panel)).length).toBeGreaterThan(1);
  const before = await nodesOf(panel);
  await page.evaluate(() => window.host.refresh());
  await expect.poll(async () => (await nodesOf(panel)).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
});

test('the names are as wide as they are dragged, by the pointer and by keys', async ({ panel, page }) => {
  await panel.open(view);
  await panel.read();
  const edge = panel.root.getByRole('separator', { name: 'Width of the names' });
  const width = async () => Number(await edge.getAttribute('aria-valuenow'));
  const before = await width();
  const box = (await edge.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 60, from.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBe(before - 60);
  await expect.poll(() => page.evaluate(() => window.host.getOptions()['labelWidth'])).toBe(before - 60 - 8);
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(before - 44);
  await page.keyboard.press('Home');
  await expect.poll(width).toBe(before);
});
