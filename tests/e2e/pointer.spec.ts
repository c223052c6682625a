import { expect, test } from './page/fixtures.ts';
import type { Panel, TableRow } from './page/panel.ts';
import { viewOf } from './page/views.ts';

const view = viewOf('core-exec', { options: { sort: 'total' } });

/** Moves the pointer over a row, and answers with what the table says of it. */
async function hover(panel: Panel, row: number, x?: number): Promise<TableRow | undefined> {
  const rows = await panel.read();
  const place = await panel.placeOf(row, x);
  await panel.page.mouse.move(place.x, place.y);
  return rows[row];
}

test('hovering a row shows its name, its numbers and every one of its stages', async ({ panel }) => {
  await panel.open(view);
  for (const index of [0, 3, 12]) {
    const row = await hover(panel, index);
    await expect(panel.tooltip).toContainText(row?.name ?? '');
    await expect(panel.tooltip).toContainText(row?.state ?? '');
    for (const { text } of Object.values(row?.stages ?? {})) {
      await expect(panel.tooltip.getByRole('table')).toContainText(text);
    }
  }
});

test('the tooltip stays beside the pointer and within the window', async ({ panel, page }) => {
  await panel.open(view);
  const window = page.viewportSize() ?? { width: 0, height: 0 };
  for (const [row, x] of [
    [1, 0.02],
    [1, 0.97],
    [10, 0.5],
    [19, 0.97],
  ] as const) {
    await hover(panel, row, x);
    const pointer = await panel.placeOf(row, x);
    await expect(panel.tooltip).toBeVisible();
    await expect(async () => {
      const box = (await panel.tooltip.boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(window.width);
      expect(box.y + box.height).toBeLessThanOrEqual(window.height);
      expect(distance(pointer, box), 'from the pointer, CSS pixels').toBeLessThan(40);
    }).toPass();
  }
});

test('a piece of the bar names its node, its time and what its stage measures', async ({ panel }) => {
  await panel.open(view);
  await hover(panel, 0, 0.5);
  await expect(panel.tooltip).toContainText(/Node \S+/);
  await expect(panel.tooltip).toContainText(/From running until the node was finalised|part of task execution/);
});

test('the tooltip goes when the pointer leaves', async ({ panel, page }) => {
  await panel.open(view);
  await hover(panel, 2);
  await expect(panel.tooltip).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(panel.tooltip).toHaveCount(0);
});

test('the wheel brings later rows, and the axis stays', async ({ panel, page }) => {
  await panel.open(view);
  const [first, ...others] = await panel.read();
  const axis = { x: 0, y: 0, width: 600, height: 18 };
  const rows = { x: 0, y: 40, width: 600, height: 300 };
  await hover(panel, 0);
  await expect(panel.tooltip).toContainText(first?.name ?? '');
  const before = { axis: await panel.pixels(axis), rows: await panel.pixels(rows) };

  await page.mouse.wheel(0, 2200);

  const hundredth = others[99];
  await expect(panel.tooltip).toContainText(hundredth?.name ?? '');
  expect(await panel.pixels(axis)).toBe(before.axis);
  expect(await panel.pixels(rows)).not.toBe(before.rows);
});

/** How far a point is from a box; zero within. */
function distance(point: { x: number; y: number }, box: { x: number; y: number; width: number; height: number }) {
  const outside = (at: number, from: number, length: number) => Math.max(from - at, at - from - length, 0);
  return Math.hypot(outside(point.x, box.x, box.width), outside(point.y, box.y, box.height));
}
