/** Workflow timeline: where the time of every execution went, what is normal, and how sure the picture is. */
import { barGauge, stat, table, text, timeline, timeSeries } from './panels.ts';
import {
  byStage,
  CHOSEN,
  growth,
  growthOverRange,
  mean,
  OVERHEAD,
  POD_START,
  PREFIX,
  STAGE_GROWTH,
  STAGES,
} from './promql.ts';
import type { Plan } from './share.ts';
import { baseline, datasource, domain, prefix, project, scrape, workflow } from './variables.ts';

const SHARE = 'percentunit';

/** Every stage's `_sum` and `_count`, as Flyte exposes them. */
const STAGE_NAMES =
  '(workflow:(acceptance_latency|completion_latency|success_duration|failure_duration)_ms' +
  '|node:(transition_latency|queueing_latency|success_duration|failure_duration)_ms' +
  '|plugin_(queue|initialize)_latency_us)_(sum|count)';
const ENDED_NAMES = 'workflow:(success_duration|failure_duration|completion_latency)_ms_count';
const POD_NAMES =
  'kube_pod_(labels|created|status_scheduled_time|container_state_started|completion_time|status_phase)';

const named = (names: string, more: string) => `{__name__=~"${PREFIX}${names}", ${CHOSEN}, ${more}}`;

const WITH_ID = 'exec_id!=""';
const KEY = 'project, domain, wf, exec_id';

/** Executions that had ended before the range began are left out on the server. */
const endedBefore = `last_over_time(${named(ENDED_NAMES, WITH_ID)}[5m] offset $__range)`;

/** Counters without execution ids, sample by sample: what single runs are rebuilt from. */
const counters = { refId: 'stages', expr: named(STAGE_NAMES, 'exec_id=""') };

/** With execution ids: each series is one execution's, so its last value is all of it. */
const executions = {
  refId: 'executions',
  table: true,
  expr: `last_over_time(${named(STAGE_NAMES, WITH_ID)}[$__range]) unless on (${KEY}) ${endedBefore}`,
};
const ended = {
  refId: 'ended',
  table: true,
  expr: `min_over_time(timestamp(${named(ENDED_NAMES, WITH_ID)})[$__range:$__interval]) unless on (${KEY}) ${endedBefore}`,
};

const podLabels = 'last_over_time(kube_pod_labels{label_execution_id!=""}[$__range])';
const pods = `last_over_time({__name__=~"${POD_NAMES}"}[$__range])`;

/** Pods of the chosen executions, where the counters know their ids. */
const podsOfExecutions = {
  refId: 'pods',
  table: true,
  expr:
    `${pods} and on (namespace, pod) (label_replace(${podLabels}, "exec_id", "$1", "label_execution_id", "(.+)")` +
    ` and on (exec_id) last_over_time(${PREFIX}workflow:acceptance_latency_ms_count{${CHOSEN}, ${WITH_ID}}[$__range]))`,
};

/** Pods of all executions, whatever the counters know. */
const allPods = { refId: 'pods', table: true, expr: `${pods} and on (namespace, pod) ${podLabels}` };

const succeeded = 'workflow:success_duration_ms';
const failed = 'workflow:failure_duration_ms';
const inRange = (metric: string) => growthOverRange(metric);

/** Mean running time before the range, hour by hour, so that a process that is gone counts, too. */
const normally = (name: string) => `sum_over_time(${growth(name, { window: '1h' })}[$baseline:1h] offset $__range)`;

const meanNow = `${mean(succeeded, 'wf', inRange)} / 1000`;
const meanNormally = `${mean(succeeded, 'wf', normally)} / 1000`;

const numbers = [
  stat({
    title: 'Succeeded',
    description:
      'Executions that succeeded in the time range: how much the count of workflow:success_duration_ms grew, first observations of new series included.',
    unit: 'short',
    decimals: 0,
    queries: [{ expr: `sum(${growth(`${succeeded}_count`)})`, legend: 'succeeded' }],
    calc: 'sum',
  }),
  stat({
    title: 'Failed',
    description: 'Executions that failed in the time range: growth of the count of workflow:failure_duration_ms.',
    unit: 'short',
    decimals: 0,
    thresholds: [[1, 'red']],
    queries: [{ expr: `sum(${growth(`${failed}_count`)})`, legend: 'failed' }],
    calc: 'sum',
  }),
  stat({
    title: 'Aborted',
    description: 'Executions that somebody aborted in the time range: growth of workflow:workflow_aborted.',
    unit: 'short',
    decimals: 0,
    queries: [{ expr: `sum(${growth('workflow:workflow_aborted')})`, legend: 'aborted' }],
    calc: 'sum',
  }),
  stat({
    title: 'Mean running time',
    description:
      'Of executions that succeeded in the time range: growth of the sum of workflow:success_duration_ms over growth of its count. From Running to the end; acceptance is not in it.',
    unit: 's',
    queries: [{ expr: `${mean(succeeded, '', inRange)} / 1000`, table: true }],
  }),
  stat({
    title: "Flyte's own share",
    description:
      'Acceptance, transition and queueing, as a share of these and task execution. Pods pending and images pulled are in task execution, so they are not in this share. Transition and queueing overlap a little and every stage reads up to a second high: of short tasks the share is overstated.',
    unit: SHARE,
    decimals: 1,
    thresholds: [
      [0.1, 'yellow'],
      [0.3, 'red'],
    ],
    queries: [
      {
        expr: `sum(${byStage(OVERHEAD, inRange)}) / sum(${byStage(STAGES, inRange)})`,
        table: true,
      },
    ],
  }),
  stat({
    title: 'Pod start, mean of a task',
    description:
      'Pod pending, image pull and container start of a task attempt: plugin_queue_latency_us and plugin_initialize_latency_us, in microseconds. The second exists since Flyte 1.16.7; before that this is pod pending alone.',
    unit: 's',
    queries: [
      {
        expr: `sum(${byStage(POD_START, inRange)}) / sum(${inRange('plugin_queue_latency_us_count')})`,
        table: true,
      },
    ],
  }),
];

const runs = timeline({
  title: 'Runs',
  description:
    'One row for each execution that can be told from others. Where metrics carry exec_id, each row is exact. Without it, runs are rebuilt from what the counters grew by between scrapes: a run that was alone in its life is exact, several that overlapped are one row that says so. Asks for every sample at the scrape interval, since runs can only be told apart where each scrape is seen. Open a row for its nodes, click it for links.',
  queries: [counters, executions, ended, podsOfExecutions],
  options: { rows: 'best', sort: 'end', descending: true },
  maxDataPoints: 11_000,
  height: 16,
});

const means = timeline({
  title: 'Mean run of each workflow',
  description:
    'One row for each workflow: a mean run over the time range, each stage the growth of its sum over the number of runs that ended. Asks Prometheus for growth where it happened and for nothing else, so a day of hundreds of workflows travels in a megabyte. Click a row to choose its workflow in the panels around.',
  queries: STAGE_GROWTH,
  options: { rows: 'means', sort: 'total', descending: true },
  links: [
    {
      title: 'Only this workflow',
      url: '/d/flyte-workflow-timeline/flyte-workflow-timeline?${datasource:queryparam}&${prefix:queryparam}&${scrape:queryparam}&var-workflow=${project}:${domain}:${workflow}&${__url_time_range}',
    },
  ],
  height: 10,
});

const overTime = [
  timeSeries({
    title: 'What the stages took, by stage',
    description:
      'Seconds of each stage that were told in each step, over all chosen executions. A stage is told when it ends: a task of two hours stands at its end with its whole length. Task execution holds pod start and all retries; dynamic and map tasks also hold their children, which are counted again by themselves. Nothing is averaged, nothing is lost.',
    unit: 's',
    bars: true,
    queries: [{ expr: `sum by (stage) (${byStage(STAGES)})`, legend: '{{stage}}' }],
  }),
  timeSeries({
    title: "Flyte's own share, by workflow",
    description:
      'Acceptance, transition and queueing as a share of these and task execution, of what was told in each step. A step in which a workflow told nothing is a gap.',
    unit: SHARE,
    max: 1,
    queries: [
      { expr: `sum by (wf) (${byStage(OVERHEAD)}) / (sum by (wf) (${byStage(STAGES)}) > 0)`, legend: '{{wf}}' },
    ],
  }),
  timeSeries({
    title: 'Mean running time, by workflow',
    description:
      'Of executions that succeeded in each step: growth of the sum over growth of the count of workflow:success_duration_ms, first observations of new series included. Acceptance is not in it.',
    unit: 's',
    queries: [{ expr: `${mean(succeeded, 'wf')} / 1000`, legend: '{{wf}}' }],
  }),
  timeSeries({
    title: 'Pod pending, image pull and start',
    description:
      "Mean of a task attempt in each step. plugin_queue_latency_us is what Kubernetes took to find a machine, plugin_initialize_latency_us the image pull and the container's start (since Flyte 1.16.7). Both lie within task execution.",
    unit: 's',
    queries: POD_START.map(({ label, metric }) => ({ expr: `${mean(metric, '')} / 1000000`, legend: label })),
  }),
];

const normal = [
  table({
    title: 'Running time against what is normal',
    description:
      'For each workflow, executions that succeeded: their mean running time in the time range, in the time of $baseline before it, and how they compare. Means of few runs say little: mind the number of runs.',
    queries: [
      { refId: 'runs', table: true, expr: `sum by (wf) (${inRange(`${succeeded}_count`)}) > 0` },
      { refId: 'now', table: true, expr: meanNow },
      { refId: 'before', table: true, expr: meanNormally },
      { refId: 'change', table: true, expr: `(${meanNow}) / (${meanNormally}) - 1` },
    ],
    transformations: [
      { id: 'joinByField', options: { byField: 'wf', mode: 'outer' } },
      { id: 'filterFieldsByName', options: { include: { pattern: '^(wf|Value.*)$' } } },
      {
        id: 'organize',
        options: {
          renameByName: {
            wf: 'Workflow',
            'Value #runs': 'Runs',
            'Value #now': 'Mean now',
            'Value #before': 'Mean before',
            'Value #change': 'Change',
          },
        },
      },
    ],
    columns: {
      Workflow: [
        { id: 'custom.width', value: 420 },
        {
          id: 'links',
          value: [
            {
              title: 'Only this workflow',
              url: '/d/flyte-workflow-timeline/flyte-workflow-timeline?${datasource:queryparam}&${prefix:queryparam}&${scrape:queryparam}&var-workflow=${__value.text}&${__url_time_range}',
            },
          ],
        },
      ],
      Runs: [{ id: 'decimals', value: 0 }],
      'Mean now': [{ id: 'unit', value: 's' }],
      'Mean before': [{ id: 'unit', value: 's' }],
      Change: [
        { id: 'unit', value: SHARE },
        { id: 'decimals', value: 0 },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
        {
          id: 'thresholds',
          value: {
            mode: 'absolute',
            steps: [
              { value: null, color: 'green' },
              { value: 0.2, color: 'yellow' },
              { value: 0.5, color: 'red' },
            ],
          },
        },
      ],
    },
    width: 14,
    height: 9,
  }),
  barGauge({
    title: 'Most time lost to Flyte',
    description:
      'Seconds of acceptance, transition and queueing in the time range, of the ten workflows with the most: where an improvement of propeller or of the API server would be felt.',
    unit: 's',
    queries: [{ expr: `topk(10, sum by (wf) (${byStage(OVERHEAD, inRange)}))`, legend: '{{wf}}', table: false }],
    width: 10,
    height: 9,
  }),
];

const podRows = timeline({
  title: 'Runs as their pods tell them',
  description:
    'One row for each execution whose task pods kube-state-metrics knows: when each pod was created, scheduled, started and ended, exact to the second. It needs --metric-labels-allowlist=pods=[execution-id,node-id,workflow-name,task-name]. Not limited by the chosen project or workflow: a pod does not know the name that the metrics use.',
  queries: [allPods],
  options: { rows: 'best', sort: 'end', descending: true },
});

const help = text(
  'How sure is this picture?',
  [
    'Each row says where it comes from. What your Flyte exposes decides how much can be known:',
    '',
    '| you have | runs are |',
    '|---|---|',
    '| flyte-core or flyte-binary as installed | rebuilt from counters: exact where a run was alone in its life, else a group with exact totals. A shorter scrape interval tells more of them apart: set it here, too |',
    '| flyte-binary | the same, and nodes are known |',
    '| flyte-core with `exec_id` (and `node`) among `propeller.metrics-keys` | exact, each with its id. Every execution adds series that propeller keeps until it restarts: mind its memory |',
    '| kube-state-metrics with Flyte’s pod labels allow-listed | real starts and ends of every task pod |',
    '',
    'Queueing is Flyte’s own overhead: pods pending and images pulled are in task execution. Every stage reads up to a second high, since Flyte keeps starts in whole seconds.',
  ].join('\n'),
  { height: 8 }
);

export const workflowTimeline: Plan = {
  uid: 'flyte-workflow-timeline',
  title: 'Flyte / Workflow timeline',
  description:
    'Where the time of every workflow execution went: to Flyte, to Kubernetes, to your code. Works with flyte-core and flyte-binary as installed.',
  tags: ['workflows'],
  variables: [datasource(), prefix(), project(), domain(), workflow(), scrape(), baseline()],
  top: [...numbers, runs],
  rows: [
    { title: 'By workflow', panels: [means] },
    { title: 'What is normal', panels: normal },
    { title: 'Over time', panels: overTime },
    { title: 'Task pods (needs kube-state-metrics)', panels: [podRows], collapsed: true },
    { title: 'About', panels: [help], collapsed: true },
  ],
};
