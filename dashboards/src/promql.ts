/**
 * PromQL that is right for Flyte's counters.
 *
 * Three facts shape it. A labelled series appears with its first observation already in it, which `rate` and
 * `increase` miss; where `exec_id` is a label, that is the only one it ever has. A summary's quantiles are those of
 * one process over the last ten minutes and can be neither added nor averaged. And what stands before a metric's name
 * differs by deployment.
 */

/** What stands before propeller's metric names. */
export const PREFIX = '${prefix}';

/** The chosen executions, for metrics that know their workflow. */
export const CHOSEN = 'project=~"$project", domain=~"$domain", wf=~"$workflow"';

/** The chosen projects, for metrics that know no workflow. */
export const CHOSEN_PROJECT = 'project=~"$project", domain=~"$domain"';

/** A metric of propeller's, with matchers. */
export const series = (name: string, match = CHOSEN) => `${PREFIX}${name}${match === '' ? '' : `{${match}}`}`;

/** The `_unlabeled` twin, which is there from the process's start: `round:raw_ms` → `round:raw_unlabeled_ms`. */
export const twin = (name: string) =>
  `${PREFIX}${name.replace(/^(.+?)(_(?:ms|us)(?:_sum|_count)?)?$/, '$1_unlabeled$2')}`;

/**
 * What tells that Prometheus scraped propeller before the window: without it, a scrape that begins would make all that
 * a process ever counted look like growth.
 */
const SCRAPED = `{__name__=~"${PREFIX}workflow:acceptance_latency(_unlabeled)?_ms_count"}`;

/**
 * How much each series grew over a window. A series that was there before grew by the difference; one that is new, or
 * whose process began anew, by its value, provided that its job was scraped before the window. Adding nothing drops the
 * name, as subtraction does, so that a series is the same one in both cases.
 */
export function growth(name: string, { window = '$__interval', match = CHOSEN } = {}): string {
  const now = series(name, match);
  const before = `${now} offset ${window}`;
  return `((${now} - ${before} >= 0) or (0 + ${now} and on (job, cluster) (${SCRAPED} offset ${window})))`;
}

/** The same over the whole time range, window by window, so that processes that are gone by its end count, too. */
export const growthOverRange = (name: string) => overRange(growth(name));

/** Any growth over a window of the panel's step, added up over the time range. */
export const overRange = (growth: string) => `sum_over_time(${growth}[$__range:$__interval])`;

/** One of the stages, as the timeline draws them. */
export interface Stage {
  label: string;
  metric: string;
  /** How many of the metric's units are a second. */
  perSecond: number;
}

export const STAGES: Stage[] = [
  { label: 'acceptance', metric: 'workflow:acceptance_latency_ms', perSecond: 1_000 },
  { label: 'transition', metric: 'node:transition_latency_ms', perSecond: 1_000 },
  { label: 'queueing', metric: 'node:queueing_latency_ms', perSecond: 1_000 },
  { label: 'task execution', metric: 'node:success_duration_ms', perSecond: 1_000 },
  { label: 'failed task execution', metric: 'node:failure_duration_ms', perSecond: 1_000 },
];

/** Stages that are Flyte's own. */
export const OVERHEAD = STAGES.slice(0, 3);

/** Pods pending, pulling images and starting: inside task execution, so never added to it. */
export const POD_START: Stage[] = [
  { label: 'pod pending', metric: 'plugin_queue_latency_us', perSecond: 1_000_000 },
  { label: 'image pull and start', metric: 'plugin_initialize_latency_us', perSecond: 1_000_000 },
];

/** The series of several stages beside each other, told apart by the label `stage`, in seconds. */
export function byStage(stages: Stage[], of: (metric: string) => string = growth): string {
  return stages
    .map(
      ({ label, metric, perSecond }) =>
        `label_replace(${of(`${metric}_sum`)} / ${perSecond}, "stage", "${label}", "", "")`
    )
    .join(' or ');
}

/** What a run is made of, and how it ended: all that the timeline panel reads. */
const OF_A_RUN = [
  'workflow:acceptance_latency_ms',
  'node:transition_latency_ms',
  'node:queueing_latency_ms',
  'plugin_queue_latency_us',
  'plugin_initialize_latency_us',
  'node:success_duration_ms',
  'node:failure_duration_ms',
  'workflow:success_duration_ms',
  'workflow:failure_duration_ms',
  'workflow:completion_latency_ms',
];

/**
 * Growth of every stage by workflow, where it happened and nothing where it did not: what travels is a point for each
 * step in which a run ended, not one for each step. Growth has no metric's name, so the queries have, by which the panel
 * knows them.
 */
export const STAGE_GROWTH = OF_A_RUN.flatMap((metric) =>
  ['sum', 'count'].map((part) => ({
    refId: `${metric}_${part}`,
    expr: `sum by (project, domain, wf) (${growth(`${metric}_${part}`)}) > 0`,
  }))
);

/** Mean of what a summary was told, by labels: the growth of its sum over that of its count. */
export function mean(metric: string, by: string, of: (name: string) => string = growth): string {
  const group = by === '' ? 'sum' : `sum by (${by})`;
  return `${group} (${of(`${metric}_sum`)}) / ${group} (${of(`${metric}_count`)})`;
}

/** Events a second of a counter that is there from the start. */
export const rate = (counter: string, by = '') =>
  `sum${by === '' ? '' : ` by (${by})`} (rate(${counter}[$__rate_interval]))`;

/** Mean of what a summary or histogram was told that is there from the start. */
export const steadyMean = (metric: string, by = '') =>
  `${rate(`${metric}_sum`, by)} / (${rate(`${metric}_count`, by)} > 0)`;

/**
 * Events a second of counters that have what tells them apart in their names. `rate` drops the name and refuses two
 * series that differ in nothing else, so it becomes a label first, the whole of it and what is asked for.
 */
export function rateByName(names: string, label: string, pattern: string, by: string): string {
  const whole = `label_replace({__name__=~"${names}"}, "name", "$1", "__name__", "(.+)")`;
  return `sum by (${by}) (rate(label_replace(${whole}, "${label}", "$1", "name", "${pattern}")[$__rate_interval:$scrape]))`;
}

/** A quantile of the last ten minutes, of the process where it is largest: the only sound way to see several at once. */
export function worstQuantile(metric: string, quantile: string, by = '', match = ''): string {
  const matchers = [`quantile="${quantile}"`, ...(match === '' ? [] : [match])].join(', ');
  return `max${by === '' ? '' : ` by (${by})`} (${metric}{${matchers}})`;
}
