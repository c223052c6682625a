/** Queries that leave the panel without a row, and what it must say then. */
import { START } from '../world/histories.ts';
import { viewOfQueries, type Query, type ViewChange } from './views.ts';

export interface EmptyCase {
  /** What the data source returns. */
  when: string;
  view: ViewChange;
  title: string;
  /** What the explanation must name: what was found, and what to do. */
  names: string[];
  /** What the page may say about it on the console. */
  complaint?: RegExp[];
}

const CORE = 'core:propeller:all:';
const EXAMPLE = 'flyte:propeller:all:workflow:acceptance_latency_ms_sum';
const HOUR = 3_600_000;
/** After the only run of the nightly workflow. */
const QUIET = { from: START + 9 * HOUR, to: START + 10 * HOUR };

const query = (expr: string, change: Partial<Query> = {}): Query => ({
  refId: 'A',
  expr,
  format: 'time_series',
  range: true,
  interval: '1m',
  legendFormat: '__auto',
  ...change,
});
const instant = { range: false, instant: true };

export const EMPTY_CASES: EmptyCase[] = [
  {
    when: 'no series',
    view: viewOfQueries([query(`${CORE}workflow:acceptance_latency_ms_sum{wf="none"}`)]),
    title: 'The queries returned no series',
    names: ['time range', 'filters', 'flytepropeller', '10254', EXAMPLE],
  },
  {
    when: 'series of no metric that the panel knows',
    view: viewOfQueries([query('label_replace(vector(1), "__name__", "up", "", "")')]),
    title: 'No Flyte metric was found',
    names: ['“up”', EXAMPLE],
  },
  {
    when: 'only metrics without labels',
    view: viewOfQueries([query(`{__name__=~"${CORE}workflow:.+_unlabeled_ms_(sum|count)"}`)]),
    title: 'Only metrics without labels were found',
    names: ['_unlabeled', 'labelled metrics'],
  },
  {
    when: 'only quantiles',
    view: viewOfQueries([query(`{__name__=~"${CORE}workflow:.+_latency_ms",quantile!=""}`)]),
    title: 'Only quantiles were found',
    names: ['neither added nor averaged', '_sum and _count', EXAMPLE],
  },
  {
    when: 'only quantiles that nothing has renewed for ten minutes',
    view: viewOfQueries(
      [
        query(
          `${CORE}workflow:acceptance_latency_ms{wf=~".+finance.+"} != ${CORE}workflow:acceptance_latency_ms`,
          instant
        ),
      ],
      { time: QUIET }
    ),
    title: 'Only quantiles were found',
    names: ['NaN', EXAMPLE],
  },
  {
    when: 'counters that do not grow',
    view: viewOfQueries([query(`{__name__=~"${CORE}workflow:.+_ms_(sum|count)",wf=~".+finance.+"}`)], { time: QUIET }),
    title: 'No execution in the time range',
    names: ['workflow:acceptance_latency_ms', 'longer range'],
  },
  {
    when: 'executions that ended before the range',
    view: viewOfQueries(
      [
        query('{__name__=~"exec:propeller:all:workflow:.+_ms_(sum|count)",wf=~"commerce:.+refresh"}', {
          format: 'table',
        }),
      ],
      { time: { from: START + 2 * HOUR - 5 * 60_000, to: START + 2 * HOUR - 3 * 60_000 } }
    ),
    title: 'Nothing ended in the time range',
    names: ['ended before', 'longer range'],
  },
  {
    when: 'series that lost their name',
    view: viewOfQueries([
      query(`sum by (wf) (increase(${CORE}workflow:acceptance_latency_ms_sum[1h]))`),
      query(`sum by (wf) (increase(${CORE}workflow:acceptance_latency_ms_count[1h]))`, { refId: 'B' }),
    ]),
    title: 'The series carry no metric name',
    names: ['“A”', '“B”', 'acceptance_sum', 'Metric'],
  },
  {
    when: 'an error of the query',
    view: viewOfQueries([query('sum by (wf) (')]),
    title: 'The query failed',
    names: ['A', 'parse error'],
    complaint: [/status of 400/, /parse error/],
  },
];
