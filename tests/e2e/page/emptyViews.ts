/** What the panel must say where there is no row: of the states of tests/host/states.ts, and of a few more. */
import { viewOfQueries, type Query, type ViewChange } from './views.ts';

export interface EmptyCase {
  /** The state's name, or what the data source returns. */
  when: string;
  /** Of a case that is no state. */
  view?: ViewChange;
  title: string;
  /** What the explanation must name: what was found, and what to do. */
  names: string[];
  /** What the page may say about it on the console. */
  complaint?: RegExp[];
}

const CORE = 'core:propeller:all:';
const EXAMPLE = 'flyte:propeller:all:workflow:acceptance_latency_ms_sum';

const query = (expr: string): Query => {
  return { refId: 'A', expr, format: 'time_series', range: true, interval: '1m', legendFormat: '__auto' };
};

export const EMPTY_CASES: EmptyCase[] = [
  {
    when: 'no-series',
    title: 'The queries returned no series',
    names: ['time range', 'filters', 'flytepropeller', '10254', EXAMPLE],
  },
  { when: 'filter-matches-none', title: 'The queries returned no series', names: ['filters'] },
  { when: 'no-flyte-metric', title: 'No Flyte metric was found', names: ['“up”', EXAMPLE] },
  {
    when: 'only-unlabelled',
    title: 'Only metrics without labels were found',
    names: ['_unlabeled', 'labelled metrics'],
  },
  {
    when: 'metrics without labels, as propeller exposes them',
    view: viewOfQueries([query(`{__name__=~"${CORE}workflow:.+_unlabeled_ms_(sum|count)"}`)]),
    title: 'Only metrics without labels were found',
    names: ['_unlabeled', 'labelled metrics'],
  },
  {
    when: 'only-quantiles',
    title: 'Only quantiles were found',
    names: ['neither added nor averaged', '_sum and _count', EXAMPLE],
  },
  {
    when: 'quantiles, as propeller exposes them',
    view: viewOfQueries([query(`{__name__=~"${CORE}workflow:.+_latency_ms",quantile!=""}`)]),
    title: 'Only quantiles were found',
    names: ['neither added nor averaged', '_sum and _count', EXAMPLE],
  },
  { when: 'stale-quantiles', title: 'Only quantiles were found', names: ['NaN', EXAMPLE] },
  {
    when: 'no-growth',
    title: 'No execution in the time range',
    names: ['workflow:acceptance_latency_ms', 'longer range'],
  },
  { when: 'ended-before', title: 'Nothing ended in the time range', names: ['ended before', 'longer range'] },
  {
    when: 'no-names',
    title: 'The series carry no metric name',
    names: ['“A”', '“B”', 'acceptance_sum', 'Metric'],
  },
  { when: 'no-match', title: 'rows matches', names: ['Shortest row', '31536000 s', 'Show all rows'] },
  {
    when: 'query-error',
    title: 'The query failed',
    names: ['A', 'parse error'],
    complaint: [/status of 400/, /parse error/],
  },
];
