/** What the header does: it says what the rows say together, arranges them, and finds some. */
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf } from './page/views.ts';

const optionsOf = ({ page }: Panel) => page.evaluate(() => window.host.getOptions());

test('the header counts the rows and has the median and the 95th percentile of the runs that succeeded', async ({
  panel,
}) => {
  await panel.open(viewOf('core-exec'));
  const rows = await panel.read();
  const lengths = rows.filter(({ kind, state }) => kind === 'run' && ['Succeeded', 'Ended'].includes(state));
  const sorted = lengths.map(({ total }) => total ?? NaN).sort((a, b) => a - b);
  const facts = await panel.root.getByTestId('workflow-timeline-facts').innerText();
  expect(facts).toMatch(new RegExp(`Rows\\s*${rows.length}\\b`));
  const said = (name: string) => toMillis(new RegExp(`${name}\\s*([\\dhms. ]+)`).exec(facts)?.[1] ?? '');
  const place = (share: number) => share * (sorted.length - 1);
  const between = (at: number) => {
    const [below = NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    return below + (above - below) * (at % 1);
  };
  for (const [name, share] of [
    ['Median', 0.5],
    ['p95', 0.95],
  ] as const) {
    expect(Math.abs(said(name) - between(place(share))), name).toBeLessThan(1000);
  }
});

test('the switch, the orders and the groups of the header are the panel’s options', async ({ panel, page }) => {
  await page.setViewportSize({ width: 1500, height: 700 });
  await panel.open(viewOf('core-exec'));
  await panel.read();
  const before = await panel.pixels();
  await panel.root.getByRole('radio', { name: 'Shares' }).check();
  await expect.poll(() => optionsOf(panel)).toMatchObject({ mode: 'normalised' });
  await expect.poll(() => panel.pixels()).not.toBe(before);

  await panel.root.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Queueing' }).click();
  await expect.poll(() => optionsOf(panel)).toMatchObject({ sort: 'stage:queueing' });
  const queueing = (await panel.read()).map(({ stages }) => stages['queueing']?.value ?? 0);
  expect(queueing).toEqual([...queueing].sort((a, b) => b - a));

  await panel.root.getByRole('button', { name: 'No groups' }).click();
  await page.getByRole('menuitemradio', { name: 'Workflow' }).click();
  await expect.poll(() => optionsOf(panel)).toMatchObject({ group: 'workflow' });
});

test('in a narrow panel the same is in one menu', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec', { width: 420, height: 400 }));
  await panel.read();
  await panel.root.getByRole('button', { name: 'Arrangement, order and groups' }).click();
  await page.getByRole('menuitem', { name: /^Arrangement: Stacked/ }).hover();
  await page.getByRole('menuitemradio', { name: 'Aligned' }).click();
  await expect.poll(() => optionsOf(panel)).toMatchObject({ mode: 'aligned' });
});

test('groups have a header each, which opens and closes by click, and all of them by the menu', async ({
  panel,
  page,
}) => {
  await page.setViewportSize({ width: 1500, height: 700 });
  await panel.open(viewOf('core-exec', { options: { group: 'workflow' } }));
  const open = await panel.read();
  const headers = open.filter(({ level }) => level === 'group');
  const workflows = new Set(open.filter(({ level }) => level === 'row').map(({ workflow }) => workflow));
  expect(headers.map(({ name }) => name).sort()).toEqual([...workflows].sort());
  expect(headers.every(({ expanded }) => expanded === true)).toBe(true);

  const place = await panel.placeOf(0, 0.5);
  await page.mouse.click(place.x, place.y);
  await expect.poll(async () => (await panel.read())[0]?.expanded).toBe(false);
  const members = open.filter(({ level, workflow }) => level === 'row' && workflow === headers[0]?.workflow);
  expect((await panel.read()).length).toBe(open.length - members.length);

  await panel.root.getByRole('button', { name: 'Workflow', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close all' }).click();
  await expect.poll(async () => (await panel.read()).map(({ level }) => level)).toEqual(headers.map(() => 'group'));
});

test('/ leads into the search, words leave the rows that hold them, Escape brings all back and then leads back', async ({
  panel,
  page,
}) => {
  await panel.open(viewOf('core-exec'));
  const rows = await panel.read();
  const [first] = rows;
  const box = panel.root.getByRole('searchbox');
  await panel.chart.focus();
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('');
  await page.keyboard.type(first?.name ?? '');
  await expect.poll(async () => (await panel.read()).map(({ name }) => name)).toEqual([first?.name]);
  await expect(panel.root.getByTestId('workflow-timeline-facts')).toContainText(`1 of ${rows.length}`);
  await page.keyboard.press('Escape');
  await expect(panel.rows).toHaveCount(rows.length);
  await page.keyboard.press('Escape');
  await expect(panel.chart).toBeFocused();
});

test('where nothing matches, the panel says what asks for it, and a button shows all', async ({ panel }) => {
  await panel.open(viewOf('core-exec', { options: { minimumSeconds: 86_400, failedOnly: true } }));
  await expect(panel.empty).toContainText(/None of the \d+ rows matches/);
  await expect(panel.empty).toContainText('Failed runs only');
  await expect(panel.empty).toContainText('86400 s');
  await panel.empty.getByRole('button', { name: 'Show all rows' }).click();
  await expect(panel.rows.first()).toBeAttached();
  expect(await optionsOf(panel)).toMatchObject({ minimumSeconds: 0, failedOnly: false });
});

test('a low panel shows the search while it is used', async ({ panel, page }) => {
  await panel.open(viewOf('core-exec', { height: 180 }));
  await panel.read();
  await expect(panel.root.getByRole('searchbox')).toHaveCount(0);
  await panel.chart.focus();
  await page.keyboard.press('/');
  await expect(panel.root.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.root.getByRole('searchbox')).toHaveCount(0);
  await expect(panel.chart).toBeFocused();
});

test('failed runs alone, rows of a minimum, and what is over a target', async ({ panel }) => {
  await panel.open(viewOf('core-exec'));
  const all = await panel.read();
  const count = (holds: (row: (typeof all)[number]) => boolean) => all.filter(holds).length;
  await panel.change({ options: { failedOnly: true } });
  await expect(panel.rows).toHaveCount(count(({ state }) => state === 'Failed'));
  await panel.change({ options: { failedOnly: false, minimumSeconds: 600 } });
  await expect(panel.rows).toHaveCount(count(({ total }) => (total ?? 0) >= 600_000));
  await panel.change({ options: { minimumSeconds: 0, objectiveSeconds: 600 } });
  await expect(panel.rows).toHaveCount(all.length);
  await expect
    .poll(async () => (await panel.read()).filter(({ over }) => over.includes('objective')).length)
    .toBe(count(({ wall }) => (wall ?? 0) > 600_000));
});

/** `1h 02m`, `39m 20s`, `6.0 s`. */
function toMillis(text: string): number {
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  return [...text.matchAll(/([\d.]+)\s*(ms|h|m|s)/g)].reduce(
    (sum, [, value, unit = 's']) => sum + Number(value) * (units[unit] ?? NaN),
    0
  );
}
