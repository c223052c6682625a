/** What is taken along, told to others and explained: rows as CSV, the picture, the shared cursor, the help sheet. */
import { readFileSync } from 'node:fs';

import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf } from './page/views.ts';

const menu = async (panel: Panel, item: string) => {
  await panel.root.getByRole('button', { name: 'Take along' }).click();
  await panel.page.getByRole('menuitem', { name: item }).click();
};

/** Lines without the one of names, as the names of that one. No cell of these has a line break. */
function read(csv: string): Array<Record<string, string>> {
  const [head = '', ...lines] = csv.replace(/^\uFEFF/, '').split('\r\n');
  const names = head.split(',');
  return lines.filter(Boolean).map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])));
}

test('all rows are saved as CSV, with the numbers of the table, in its order', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec', { options: { sort: 'total' } }));
  const rows = await panel.read();
  const download = page.waitForEvent('download');
  await menu(panel, 'Save rows as CSV');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^Flyte workflow executions .*\.csv$/);
  const lines = read(readFileSync((await file.path()) ?? '', 'utf8'));
  const numbers = rows.map(({ name, total, stages }) => [name, total, stages['task']?.value]);
  expect(
    lines.map((line) => [
      line['execution'],
      Number(line['total_ms']),
      line['task_ms'] ? Number(line['task_ms']) : undefined,
    ])
  ).toEqual(numbers);
});

test('all rows are copied as CSV', async ({ panel, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.open(viewOf('core'));
  const rows = await panel.read();
  await menu(panel, 'Copy rows as CSV');
  await expect
    .poll(async () => read(await page.evaluate(() => navigator.clipboard.readText())).length)
    .toBe(rows.length);
});

for (const ratio of [1, 2]) {
  test.describe(() => {
    test.use({ deviceScaleFactor: ratio });

    test(`what is in view is saved as a picture, at ${ratio} pixels a pixel`, async ({ panel, page }) => {
      await panel.open(viewOf('core-exec'));
      await panel.read();
      const width = await panel.chart.evaluate((box) => box.clientWidth);
      const download = page.waitForEvent('download');
      await menu(panel, 'Save picture as PNG');
      const png = readFileSync((await (await download).path()) ?? '');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // Width and height follow the first chunk's name.
      expect(png.readUInt32BE(16)).toBe((width + 24) * ratio);
      expect(png.readUInt32BE(20)).toBeGreaterThan(300 * ratio);
    });
  });
}

test('the picture is copied', async ({ panel, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.open(viewOf('core-exec'));
  await panel.read();
  await menu(panel, 'Copy picture');
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)))
    .toContain('image/png');
});

test('other panels are told when the run under the pointer ended, and that the pointer has left', async ({
  panel,
  page,
}) => {
  await panel.open(viewOf('core-exec', { options: { sort: 'total' } }));
  const rows = await panel.read();
  const at = rows.findIndex(({ end }) => end !== undefined);
  const place = await panel.placeOf(at);
  await page.mouse.move(place.x, place.y);
  const last = () => page.evaluate(() => window.host.events.at(-1));
  await expect.poll(last).toEqual({ type: 'data-hover', time: rows[at]?.end });
  await page.mouse.move(5, 5);
  await expect.poll(last).toEqual({ type: 'data-hover-clear' });
});

test('? explains the keys and every stage, and Escape leads back to the rows', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec'));
  await panel.read();
  await panel.chart.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('From row to row');
  await expect(sheet).toContainText('From the request in flyteadmin');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(panel.chart).toBeFocused();
});

test('C copies the row that the keyboard is at', async ({ panel, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.open(viewOf('core-exec'));
  const [first] = await panel.read();
  await panel.chart.focus();
  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toBeVisible();
  await page.keyboard.press('c');
  await expect
    .poll(async () => read(await page.evaluate(() => navigator.clipboard.readText())).map((line) => line['execution']))
    .toEqual([first?.name]);
});
