/** One page, several deployments of Flyte: a switch, and an address for each. */
import { choices } from '../../scripts/demo/deployments.mjs';
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, type Choice } from './page/views.ts';

/** By what the rows of a deployment are known, in the words of the table. */
const TIERS: Record<string, string> = {
  core: 'Increments',
  binary: 'Increments',
  'core-exec': 'Execution',
  pods: 'Pods',
};

const CHOICES = choices(false);

/** A cell that holds a tier's name and nothing else: other cells speak of tiers, too. */
const known = (panel: Panel, tier = '') => panel.rows.locator('td', { hasText: new RegExp(`^${tier}$`) }).first();

const choose = (panel: Panel, label: string) =>
  panel.page.getByTestId('deployment-switch').getByRole('radio', { name: label }).check();

test('the page begins with flyte-core’s own labels, and most of its rows are single executions', async ({
  panel,
  page,
}) => {
  await panel.open({});
  await expect(page.getByRole('radio', { name: 'flyte-core' })).toBeChecked();
  const rows = await panel.read();
  expect(new Set(rows.map(({ tier }) => tier))).toEqual(new Set(['Increments']));
  expect(rows.filter(({ kind }) => kind === 'run').length).toBeGreaterThan(rows.length / 2);
});

test('the switch shows every deployment in the same panel', async ({ panel }) => {
  await panel.open({});
  await expect(panel.rows).not.toHaveCount(0);
  await panel.root.evaluate((root) => root.setAttribute('data-first', ''));
  for (const { id, label } of [...CHOICES].reverse()) {
    await choose(panel, label);
    await expect(known(panel, TIERS[id])).toBeAttached();
  }
  // Its component lived all the time, as when a dashboard's variable changes.
  await expect(panel.root).toHaveAttribute('data-first', '');
});

test('after a switch the address leads back to the same rows, with the options that were set', async ({
  panel,
  page,
}) => {
  await panel.open({ options: { density: 'compact' } }, { deployment: 'core' });
  await choose(panel, 'exec_id + pods');
  await expect(known(panel, 'Execution')).toBeAttached();
  const shown = await panel.read();

  await page.reload();
  await panel.settled();

  await expect(page.getByRole('radio', { name: 'exec_id + pods' })).toBeChecked();
  expect(await panel.read()).toEqual(shown);
  expect(await page.evaluate(() => window.host.getOptions())).toMatchObject({ density: 'compact' });
});

for (const { id } of CHOICES) {
  test(`?deployment=${id} asks what the switch would`, async ({ panel }) => {
    await panel.open({}, { deployment: id });
    const rows = await panel.read();
    await panel.open(viewOf(id as Choice));
    expect(await panel.read()).toEqual(rows);
    expect(rows.map(({ tier }) => tier)).toContain(TIERS[id]);
  });
}
