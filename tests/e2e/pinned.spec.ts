/** A click keeps the tooltip of a row, with what can be done from there: links, a copy. */
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf } from './page/views.ts';

const CONSOLE = 'https://flyte.example/console/projects/${project}/domains/${domain}';
const options = {
  executionUrl: `${CONSOLE}/executions/\${execution}`,
  workflowUrl: `${CONSOLE}/workflows/\${workflow}`,
};

async function clickRow(panel: Panel, row: number, x = 0.5): Promise<void> {
  const place = await panel.placeOf(row, x);
  await panel.page.mouse.click(place.x, place.y);
}

test('a click on a row pins its tooltip, and another row’s leaves it where it is', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec'));
  const [, second] = await panel.read();
  await clickRow(panel, 1);
  await expect(panel.pinned).toContainText(second?.name ?? '');
  const place = await panel.placeOf(6);
  await page.mouse.move(place.x, place.y);
  await expect(panel.tooltip).toHaveCount(0);
  await expect(panel.pinned).toContainText(second?.name ?? '');
});

for (const [how, leave] of [
  ['Escape', async (panel: Panel) => panel.page.keyboard.press('Escape')],
  ['a click elsewhere', async (panel: Panel) => panel.page.mouse.click(5, 5)],
  ['its button', async (panel: Panel) => panel.pinned.getByRole('button', { name: 'Close' }).click()],
] as const) {
  test(`${how} lets the pinned tooltip go`, async ({ panel }) => {
    await panel.open(viewOf('core-exec'));
    await panel.read();
    await clickRow(panel, 1);
    await expect(panel.pinned).toBeVisible();
    await leave(panel);
    await expect(panel.pinned).toHaveCount(0);
  });
}

test('the pinned tooltip links to the console with what the row is a row of', async ({ panel }) => {
  await panel.open(viewOf('core-exec', { options }));
  const [first] = await panel.read();
  await clickRow(panel, 0);
  const link = (name: string) => panel.pinned.getByRole('link', { name });
  await expect(link('Execution in Flyte')).toHaveAttribute(
    'href',
    new RegExp(`^https://flyte\\.example/console/projects/[^/]+/domains/[^/]+/executions/${first?.name}$`)
  );
  await expect(link('Workflow in Flyte')).toHaveAttribute('href', new RegExp(`/workflows/${first?.workflow}$`));
  await expect(link('Workflow in Flyte')).toHaveAttribute('rel', 'noopener noreferrer');
});

test('a row of means links to its workflow alone', async ({ panel }) => {
  await panel.open(viewOf('core', { options: { ...options, rows: 'means' } }));
  await panel.read();
  await clickRow(panel, 0);
  await expect(panel.pinned.getByRole('link')).toHaveText(['Workflow in Flyte']);
});

test('Grafana’s data links come with the row’s variables, and one to a script is refused', async ({ panel }) => {
  const links = [
    { title: 'Logs of ${execution}', url: '/explore?q=${execution}&p=${project}' },
    { title: 'No node is known', url: 'https://x.example/${node}' },
    { title: 'By the table’s way', url: 'https://x.example/?e=${__data.fields.execution}' },
    { title: 'Trick', url: 'javascript:alert(1)' },
  ];
  await panel.open(viewOf('core-exec', { fieldConfig: { defaults: { links }, overrides: [] } }));
  const [first] = await panel.read();
  const name = first?.name ?? '';
  await clickRow(panel, 0);
  await expect(panel.pinned.getByRole('link', { name: `Logs of ${name}` })).toHaveAttribute(
    'href',
    new RegExp(`/explore\\?q=${name}&p=\\w+$`)
  );
  await expect(panel.pinned.getByRole('link', { name: 'By the table’s way' })).toHaveAttribute(
    'href',
    `https://x.example/?e=${name}`
  );
  await expect(panel.pinned.getByRole('link')).toHaveCount(2);
  await expect(panel.pinned).toContainText('The link “Trick” is left out');
});

test('Enter pins the row that the keyboard is at, Tab reaches its links, Escape leads back to the row', async ({
  panel,
  page,
}) => {
  await panel.open(viewOf('core-exec', { options }));
  const rows = await panel.read();
  await panel.chart.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.pinned).toContainText(rows[1]?.name ?? '');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(panel.pinned.getByRole('link', { name: 'Execution in Flyte' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel.pinned).toHaveCount(0);
  await expect(panel.chart).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(panel.tooltip).toContainText(rows[2]?.name ?? '');
});

test('a pinned tooltip follows its row when the data is refreshed', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec'));
  const [, , third] = await panel.read();
  await clickRow(panel, 2);
  await page.evaluate(() => window.host.refresh());
  await expect(panel.pinned).toContainText(third?.name ?? '');
  await panel.change({ options: { sort: 'name', descending: false } });
  const index = (await panel.read()).findIndex(({ name }) => name === third?.name);
  await expect(panel.pinned).toHaveCount(Math.abs(index - 2) <= 100 ? 1 : 0);
});

test('a row can be copied as CSV', async ({ panel, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.open(viewOf('core-exec'));
  const [first] = await panel.read();
  await clickRow(panel, 0);
  await panel.pinned.getByRole('button', { name: 'Copy as CSV' }).click();
  const [head = '', line = ''] = (await page.evaluate(() => navigator.clipboard.readText())).split('\r\n');
  const cell = (name: string) => line.split(',')[head.split(',').indexOf(name)];
  expect(cell('execution')).toBe(first?.name);
  expect(Number(cell('total_ms'))).toBe(first?.total);
  expect(Number(cell('task_ms'))).toBe(first?.stages['task']?.value);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  test('a tap on a row pins its tooltip', async ({ panel, page }) => {
    await panel.open(viewOf('core-exec'));
    const [, second] = await panel.read();
    const place = await panel.placeOf(1);
    await page.touchscreen.tap(place.x, place.y);
    await expect(panel.pinned).toContainText(second?.name ?? '');
  });
});
