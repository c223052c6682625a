/**
 * The states that the panel can be in, each at an address of its own: `/?state=NAME`. They are brought about by queries
 * of the real data, or, where something fails that no data makes fail, by a fault of the server.
 */
import type { State } from './src/catalogue.ts';
import type { PartialView, ViewQuery } from './src/view.ts';

/** Where the series of a deployment are. */
export interface World {
  /**
   * A PromQL selector.
   *
   * @param deployment `core`, `core-exec` or `binary`
   * @param name regular expression of a metric's name without its prefix
   * @param more further matchers, such as `wf="a"`
   */
  select: (deployment: string, name: string, more?: string) => string;
  /** The longest time range that there is something to see of. */
  long: { from: string | number; to: string | number };
}

/** Any Prometheus that scrapes one Flyte. */
const ANY: World = {
  select: (_, name, more = '') => `{__name__=~".+:${name}"${more && `,${more}`}}`,
  long: { from: 'now-2d', to: 'now' },
};

const STAGES =
  '(workflow:(acceptance_latency|completion_latency|success_duration|failure_duration)_ms|' +
  'node:(transition_latency|queueing_latency|success_duration|failure_duration)_ms|' +
  'plugin_(queue|initialize)_latency_us)_(sum|count)';
const ENDINGS = 'workflow:(success_duration|failure_duration|completion_latency)_ms_count';
const ACCEPTANCE = 'workflow:acceptance_latency_ms';
const BY_ID = 'exec_id!=""';

const query = (refId: string, expr: string, change: Partial<ViewQuery> = {}): ViewQuery => ({
  ...{ refId, expr, format: 'time_series', range: true, instant: false, interval: '1m', legendFormat: '__auto' },
  ...change,
});

const ask = (...queries: ViewQuery[]): PartialView => ({ queries });

/** A series under another name, which a query's functions have taken away. */
const called = (name: string, expr: string) => `label_replace(${expr}, "__name__", "${name}", "", "")`;

/** What a quantile looks like that the process itself estimates. */
const quantile = (expr: string, which = '0.99') =>
  called(`flyte:propeller:all:${ACCEPTANCE}`, `label_replace(${expr}, "quantile", "${which}", "", "")`);

export const statesOver = (world: World = ANY): State[] => [
  ...emptyStates(world),
  ...partialStates(world),
  ...failures(),
  ...arrangements(world),
  ...surroundings(world),
];

function emptyStates({ select }: World): State[] {
  const sum = select('core', `${ACCEPTANCE}_sum`);
  const count = select('core', `${ACCEPTANCE}_count`);
  const unlabelled = (part: string) => `flyte:propeller:all:workflow:acceptance_latency_unlabeled_ms_${part}`;
  const group = 'Nothing to draw';
  return [
    {
      ...{ group, name: 'no-series', when: 'The queries return nothing.' },
      view: ask(query('A', select('core', `${ACCEPTANCE}_sum`, 'wf="none"'))),
    },
    {
      ...{ group, name: 'filter-matches-none', when: 'A dashboard variable selects a workflow that does not exist.' },
      view: {
        ...ask(query('A', select('core', STAGES, 'wf=~".*:$workflow"'))),
        variables: { workflow: 'no.such.workflow' },
      },
    },
    {
      ...{ group, name: 'no-flyte-metric', when: 'Series came, but of no metric that the panel knows.' },
      view: ask(query('A', called('up', 'vector(1)'))),
    },
    {
      ...{ group, name: 'only-unlabelled', when: 'Only the twins of metrics that have no labels.' },
      view: ask(
        query('A', called(unlabelled('sum'), `sum(${sum})`)),
        query('B', called(unlabelled('count'), `sum(${count})`))
      ),
    },
    {
      ...{ group, name: 'only-quantiles', when: 'Only quantiles, which can be neither added nor averaged.' },
      view: ask(query('A', quantile(`sum without (quantile) (${sum} / ignoring(__name__) ${count})`))),
    },
    {
      ...{ group, name: 'stale-quantiles', when: 'Only quantiles that nothing has renewed for ten minutes.' },
      view: ask(query('A', quantile(`${sum} * NaN`), { instant: true, range: false })),
    },
    {
      ...{ group, name: 'no-growth', when: 'Counters that do not grow over the time range.' },
      view: ask(query('A', `${select('core', 'workflow:.+_ms_(sum|count)')} @ end()`)),
    },
    {
      ...{ group, name: 'ended-before', when: 'Executions that all ended before the time range.' },
      deployment: 'core-exec',
      view: ask(
        query(
          'A',
          `${select('core-exec', 'workflow:.+_ms_(sum|count)', BY_ID)} @ end()` +
            ` and on (exec_id) ${select('core-exec', ENDINGS, BY_ID)} @ end()`,
          { format: 'table' }
        )
      ),
    },
    {
      ...{ group, name: 'no-names', when: 'Functions took the metrics’ names away, and nothing says what came.' },
      view: ask(query('A', `sum by (wf) (increase(${sum}[1h]))`), query('B', `sum by (wf) (increase(${count}[1h]))`)),
    },
    {
      ...{ group, name: 'no-match', when: 'There are rows, and the panel’s own filter lets none through.' },
      view: { options: { minimumSeconds: 31_536_000 } },
    },
    {
      ...{ group, name: 'query-error', when: 'The only query has a mistake in it.' },
      view: ask(query('A', 'sum by (wf) (')),
    },
  ];
}

function partialStates({ select }: World): State[] {
  const stages = query('stages', select('core', STAGES));
  const byId = select('core-exec', STAGES, BY_ID);
  const group = 'Something is missing';
  return [
    {
      ...{ group, name: 'stages-missing', when: 'Runs came, but nothing of their nodes.' },
      view: ask(query('A', select('core', 'workflow:.+_ms_(sum|count)'))),
    },
    {
      ...{ group, name: 'all-running', when: 'Every execution is still under way.' },
      deployment: 'core-exec',
      view: ask(
        query(
          'A',
          `last_over_time(${byId}[$__range])` +
            ` unless on (exec_id) last_over_time(${select('core-exec', ENDINGS, BY_ID)}[$__range])`,
          { format: 'table', instant: true, range: false }
        )
      ),
    },
    {
      ...{ group, name: 'choice-unmet', when: 'Executions by their id are asked for, and no series carries it.' },
      view: { ...ask(stages), options: { rows: 'execution' } },
    },
    {
      ...{ group, name: 'partial-error', when: 'One query of two has a mistake in it.' },
      view: ask(stages, query('B', 'sum(')),
    },
    {
      ...{ group, name: 'notices', when: 'Some queries return what the panel cannot use.' },
      view: ask(
        stages,
        query('B', `sum by (wf) (${select('core', 'node:queueing_latency_ms_sum')})`),
        query('C', 'vector(1)')
      ),
    },
  ];
}

function failures(): State[] {
  const group = 'Waiting and failing';
  return [
    { group, name: 'loading', when: 'The data source has not answered yet, and never will.', fault: 'query-hangs' },
    { group, name: 'streaming', when: 'The data source sends new data every second.', view: { streaming: true } },
    { group, name: 'query-500', when: 'Grafana’s query service fails.', fault: 'query-500' },
    { group, name: 'wasm-404', when: 'The WebAssembly module is missing.', fault: 'wasm-404' },
    { group, name: 'wasm-corrupt', when: 'The WebAssembly module is another file.', fault: 'wasm-corrupt' },
    { group, name: 'module-404', when: 'The plugin itself is missing.', fault: 'module-404' },
  ];
}

/** What a dashboard has around the panel. */
function surroundings({ select }: World): State[] {
  const group = 'On a dashboard';
  const accepted = select('core', `${ACCEPTANCE}_count`);
  const failed = select('core', 'workflow:failure_duration_ms_count');
  const queueing = (part: string) => `rate(${select('core', `node:queueing_latency_ms_${part}`)}[15m])`;
  return [
    { group, name: 'two-panels', when: 'Two panels with the same content.', view: { panels: 2 } },
    {
      ...{ group, name: 'beside', when: 'A time series of Grafana’s own below it: cursor and time range are shared.' },
      view: {
        beside: {
          title: 'Executions accepted in ten minutes',
          queries: [query('A', `sum by (wf) (increase(${accepted}[10m]))`, { legendFormat: '{{wf}}' })],
        },
      },
    },
    {
      ...{ group, name: 'annotations', when: 'Failures as instants, slow queueing as regions.' },
      view: {
        annotations: [
          { name: 'Failure', color: 'red', expr: `sum by (wf) (increase(${failed}[1m])) > 0` },
          {
            name: 'Slow queueing',
            color: 'orange',
            expr: `sum(${queueing('sum')}) / sum(${queueing('count')}) > 1000`,
          },
        ],
      },
    },
    {
      ...{ group, name: 'links', when: 'Data links, and the address of a Flyte console.' },
      deployment: 'core-exec',
      view: {
        options: { executionUrl: 'https://flyte.example/console/projects/${project}/executions/${execution}' },
        fieldConfig: {
          defaults: { links: [{ title: 'Logs', url: 'https://logs.example/?execution=${execution}&node=${node}' }] },
        },
      },
    },
  ];
}

function arrangements({ select, long }: World): State[] {
  const group = 'Rows and rooms';
  const [sum, count] = ['sum', 'count'].map((part) => select('core', `${ACCEPTANCE}_${part}`));
  const mean = `sum by (wf, project, domain, instance) (${sum}) / sum by (wf, project, domain, instance) (${count})`;
  return [
    { group, name: 'means', when: 'One row for each workflow.', view: { options: { rows: 'means' } } },
    {
      ...{ group, name: 'trend', when: 'One row for each workflow and stretch of time.' },
      view: { options: { rows: 'trend', sort: 'name' } },
    },
    {
      ...{ group, name: 'quantiles', when: 'Means, and quantiles as each process estimates them.' },
      view: {
        ...ask(
          query('stages', select('core', STAGES)),
          query('p50', quantile(mean, '0.5')),
          query('p99', quantile(`2 * ${mean}`))
        ),
        options: { rows: 'means' },
      },
    },
    {
      ...{ group, name: 'many', when: 'All executions of the whole history, by execution id.' },
      deployment: 'core-exec',
      view: { time: long },
    },
    { group, name: 'aligned', when: 'Each stage in a column.', view: { options: { mode: 'aligned', sort: 'total' } } },
    { group, name: 'shares', when: 'Rows as shares.', view: { options: { mode: 'normalised', sort: 'total' } } },
    {
      ...{ group, name: 'clock', when: 'Rows by the time of day.' },
      deployment: 'core-exec',
      view: { options: { mode: 'clock', sort: 'start' } },
    },
    {
      ...{ group, name: 'groups', when: 'Rows under a header for each workflow.' },
      deployment: 'core-exec',
      view: { options: { group: 'workflow' } },
    },
    {
      ...{ group, name: 'targets', when: 'Rows that take longer than 40 minutes or lose a fifth of their time.' },
      deployment: 'core-exec',
      view: { options: { objectiveSeconds: 2400, budgetPercent: 20, sort: 'total' } },
    },
    { group, name: 'compact', when: 'Rows of 16 pixels.', view: { options: { density: 'compact' } } },
    { group, name: 'dense', when: 'Rows of 6 pixels, without text.', view: { options: { density: 'dense' } } },
    { group, name: 'no-legend', when: 'Without the legend.', view: { options: { legend: { showLegend: false } } } },
    { group, name: 'light', when: 'Grafana’s light theme.', view: { theme: 'light' } },
    { group, name: 'narrow', when: 'A panel of 400 by 260 pixels.', view: { width: 400, height: 260 } },
    { group, name: 'low', when: 'A panel of 130 pixels’ height.', view: { height: 130 } },
  ];
}
