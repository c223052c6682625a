/** Functions and aggregations drop the metric's name: then the query must say what it returns. */
import { expect, test } from './page/fixtures.ts';
import { comparable, micro } from './page/numbers.ts';
import { viewOfQueries, WHOLE, type Query } from './page/views.ts';
import { addressOf } from './world/addresses.ts';
import { END, PREFIX } from './world/histories.ts';
import { meanRows } from './world/means.ts';
import {
  ABORTED,
  ACCEPTANCE,
  FAILED,
  POD_START,
  QUEUEING,
  shortName,
  SUCCEEDED,
  TASK,
  TRANSITION,
} from './world/stages.ts';
import { historyOf } from './world/truth.ts';

const METRICS = [ACCEPTANCE, TRANSITION, QUEUEING, ...POD_START, ...TASK, SUCCEEDED, FAILED, ABORTED];
const COUNTERS = METRICS.flatMap((metric) => [`${metric}_sum`, `${metric}_count`]);

const query = (refId: string, expr: string): Query => ({ refId, expr, instant: true, range: false });
const summed = (counter: string) => `sum by (wf) (${PREFIX.core}${counter})`;

/** What the sums of both instances hold at the end. */
const expected = async () =>
  comparable(meanRows(await historyOf('core'), { range: WHOLE, hasNodes: false, sinceEver: true }));

test('queries that are called what they return make the rows of all their counters', async ({ panel }) => {
  await panel.open(viewOfQueries(COUNTERS.map((counter) => query(counter, summed(counter)))));
  expect(comparable(await panel.read())).toEqual(await expected());
});

test('the option “Metric of a query” says what queries return', async ({ panel, page }) => {
  const refId = (index: number) => `Q${index}`;
  const view = viewOfQueries(COUNTERS.map((counter, index) => query(refId(index), summed(counter))));
  await panel.open({ ...view, pane: true });
  await expect(panel.empty).toContainText('“Metric of a query”');

  const option = page.getByTestId('option-metrics');
  await expect(option).toContainText('Metric of a query');
  await option.getByRole('textbox').fill(COUNTERS.map((counter, index) => `${refId(index)} = ${counter}`).join('\n'));
  await option.getByRole('textbox').blur();

  expect(comparable(await panel.read())).toEqual(await expected());
});

test('increases make the mean that Prometheus itself calculates', async ({ panel }) => {
  const increase = (part: string) => `sum by (wf) (increase(${PREFIX.core}${ACCEPTANCE}_${part}[12h]))`;
  await panel.open(viewOfQueries(['sum', 'count'].map((part) => query(`acceptance_${part}`, increase(part)))));
  const means = (await panel.read()).map(({ workflow, stages }) => [workflow, micro(stages['acceptance']?.mean)]);

  const question = new URLSearchParams({
    query: `${increase('sum')} / ${increase('count')}`,
    time: String(END / 1000),
  });
  const answer = await fetch(`${addressOf('prometheus')}/api/v1/query?${question}`);
  const { data } = (await answer.json()) as {
    data: { result: Array<{ metric: { wf: string }; value: [number, string] }> };
  };
  const calculated = data.result.map(({ metric, value }) => [shortName(metric.wf), micro(Number(value[1]))]);

  expect(means.sort()).toEqual(calculated.filter(([, mean]) => !Number.isNaN(mean)).sort());
});

test('a query without a name beside others is named in a notice, and the others are drawn', async ({ panel }) => {
  const queries = [
    query('A', `{__name__=~"${PREFIX.core}workflow:.+_ms_(sum|count)"}`),
    query('B', summed(`${QUEUEING}_sum`)),
  ];
  await panel.open(viewOfQueries(queries));
  await expect(panel.rows).toHaveCount((await expected()).length);
  await expect(panel.notices).toContainText('Query B returned series without a metric name');
});

test('a line of the option that names no metric is an error that quotes it', async ({ panel }) => {
  const queries = [query('B', summed(`${QUEUEING}_sum`))];
  await panel.open(viewOfQueries(queries, { options: { metrics: 'B = queue_time_sum\nC is something' } }));
  await panel.notices.getByRole('button').click();
  await expect(panel.notices.getByRole('listitem').filter({ hasText: 'B = queue_time_sum' })).toBeVisible();
  await expect(panel.notices.getByRole('listitem').filter({ hasText: 'line 2: "C is something"' })).toBeVisible();
});

test('a query that asks for a rate is told that rates hold no totals', async ({ panel }) => {
  const rate = `sum by (wf) (rate(${PREFIX.core}${ACCEPTANCE}_sum[5m]))`;
  await panel.open(viewOfQueries([query('acceptance_sum', rate)]));
  await expect(panel.notices).toContainText('Query acceptance_sum asks for a rate');
});
