/** What the plugin's page in the catalog tells people to paste draws what the demo draws, and it knows the panel's own words. */
import { readFileSync } from 'node:fs';

import { inRoot } from '../../scripts/lib/paths.mjs';
import { EMPTY_CASES } from './page/emptyViews.ts';
import { expect, test } from './page/fixtures.ts';
import { viewOf, viewOfQueries, type Query } from './page/views.ts';
import { END, PREFIX } from './world/histories.ts';

const page = readFileSync(inRoot('plugin', 'src', 'README.md'), 'utf8');
const SIX_HOURS = { from: END - 6 * 3_600_000, to: END };

/** Its queries, in their order. */
const [plain = '', byLabel = '', ended = '', pods = ''] = [...page.matchAll(/```promql\n([^]*?)```/g)].map(
  ([, query]) => query?.trim() ?? ''
);

/** Of one deployment: the tests' Prometheus scraped several. */
const of = (deployment: 'core' | 'binary' | 'core-exec', expr: string) =>
  expr.replaceAll('=~".+:', `=~"${PREFIX[deployment]}`).replaceAll('|.+:', `|${PREFIX[deployment]}`);

const range: Omit<Query, 'expr'> = { refId: 'A', range: true, instant: false, interval: '1m' };
const instant: Omit<Query, 'expr'> = { refId: 'A', range: false, instant: true, format: 'table' };

for (const deployment of ['core', 'binary'] as const) {
  test(`the query for any Flyte draws ${deployment} as the demo does`, async ({ panel }) => {
    await panel.open(viewOf(deployment, { time: SIX_HOURS }));
    const rows = await panel.read();
    await panel.open(viewOfQueries([{ ...range, expr: of(deployment, plain) }], { deployment, time: SIX_HOURS }));
    expect(await panel.read()).toEqual(rows);
  });
}

test('the two queries for labels draw executions as the demo does', async ({ panel }) => {
  const view = viewOf('core-exec', { time: SIX_HOURS });
  await panel.open({ ...view, queries: view.queries?.filter(({ refId }) => refId !== 'pods') ?? [] });
  const rows = await panel.read();
  const queries: Query[] = [
    { ...instant, expr: of('core-exec', byLabel) },
    { ...instant, refId: 'ended', interval: '1m', expr: of('core-exec', ended) },
  ];
  await panel.open(viewOfQueries(queries, { deployment: 'core-exec', time: SIX_HOURS }));
  expect(await panel.read()).toEqual(rows);
});

test('the query for pods draws them as the demo does', async ({ panel }) => {
  await panel.open(viewOf('pods', { time: SIX_HOURS }));
  const rows = await panel.read();
  const expr = pods.replace('flytesnacks-.+', '.+');
  expect(expr).not.toBe(pods);
  await panel.open(viewOfQueries([{ ...instant, expr }], { deployment: 'pods', time: SIX_HOURS }));
  expect(await panel.read()).toEqual(rows);
});

test('the page explains every reason why the panel is empty, and every failure that it quotes is one', () => {
  // A title may begin with a number that depends on the data.
  const reasons = [...page.matchAll(/^\*\*([^*]+)\.\*\*/gm)].map(([, reason = '']) => reason);
  for (const { title } of EMPTY_CASES) {
    expect(
      reasons.some((reason) => reason.endsWith(title)),
      title
    ).toBe(true);
  }
  const failures = readFileSync(inRoot('plugin', 'src', 'core', 'explain.ts'), 'utf8').replaceAll('’', "'");
  const quoted = [...(page.split('## Troubleshooting')[1] ?? '').matchAll(/“(The|What)([^”]+)\.”/g)];
  expect(quoted.length).toBeGreaterThan(2);
  for (const [, first, rest] of quoted) {
    expect(failures).toContain(`${first}${rest}`.replaceAll('’', "'"));
  }
});
