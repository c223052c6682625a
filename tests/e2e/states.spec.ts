/** Every state of the panel has an address, and the page of links names them all. */
import { statesOver } from '../host/states.ts';
import { EMPTY_CASES } from './page/emptyViews.ts';
import { expect, test } from './page/fixtures.ts';
import { addressOf } from './world/addresses.ts';

const STATES = statesOver();
const named = (group: string) => STATES.filter((state) => state.group === group).map(({ name }) => name);

test('the page of links leads to every state', async ({ page }) => {
  await page.goto(`${addressOf('open')}states`);
  for (const { name, when } of STATES) {
    const link = page.getByRole('link', { name, exact: true });
    await expect(link).toHaveAttribute('href', `./?state=${name}`);
    await expect(page.getByRole('listitem').filter({ has: link })).toContainText(when);
  }
});

test('every state without a row has its explanation tested', () => {
  expect(EMPTY_CASES.map(({ when }) => when)).toEqual(expect.arrayContaining(named('Nothing to draw')));
});

for (const name of [...named('Rows and rooms'), ...named('On a dashboard')]) {
  test(`${name} draws rows`, async ({ panel }) => {
    await panel.openState(name);
    await expect(panel.rows.first()).toBeAttached();
    await expect(panel.empty).toHaveCount(0);
  });
}

test.describe(() => {
  test.use({ allowed: { errors: [/status of 400/, /parse error/] } });

  for (const name of named('Something is missing')) {
    test(`${name} draws what there is`, async ({ panel }) => {
      await panel.openState(name);
      await expect(panel.rows.first()).toBeAttached();
    });
  }
});

test('all-running shows executions that are under way, and none that is not', async ({ panel }) => {
  await panel.openState('all-running');
  const states = (await panel.read()).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['Running']));
});

test('loading: the page waits for the data source and says so', async ({ panel, page }) => {
  await page.goto(`${addressOf('open')}?state=loading`);
  await expect(page.getByLabel('Panel loading bar')).toBeVisible();
  await expect(panel.rows).toHaveCount(0);
  await expect(panel.empty).toHaveCount(0);
});

test('streaming: new answers come by themselves, and the rows stay', async ({ panel, page }) => {
  await panel.openState('streaming');
  await expect(panel.rows.first()).toBeAttached();
  const rows = await panel.rows.count();
  const answers: string[] = [];
  page.on('response', (response) => response.url().includes('/api/ds/query') && answers.push(response.url()));
  await expect.poll(() => answers.length).toBeGreaterThan(1);
  expect(await page.evaluate(() => window.host.getState().state)).toBe('Streaming');
  await expect(panel.rows).toHaveCount(rows);
});
