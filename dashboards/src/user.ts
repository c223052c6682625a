/** User: did my workflows run, how long did they take, what went wrong, what do my tasks use. */
import { barGauge, stat, timeSeries, timeline } from './panels.ts';
import {
  CHOSEN,
  CHOSEN_PROJECT,
  growth,
  growthOverRange,
  mean,
  series,
  STAGE_GROWTH,
  worstQuantile,
} from './promql.ts';
import type { Plan } from './share.ts';
import { datasource, domain, namespace, prefix, project, scrape, workflow } from './variables.ts';

const succeeded = 'workflow:success_duration_ms';
const failed = 'workflow:failure_duration_ms';

const count = (metric: string) => `sum(${growth(metric)})`;

const OUTCOMES = [
  ['succeeded', `${succeeded}_count`],
  ['failed', `${failed}_count`],
  ['aborted', 'workflow:workflow_aborted'],
] as const;

const outcomes = [
  timeSeries({
    title: 'Runs accepted',
    description:
      'Executions that propeller took up in each step: growth of the counter workflow:accepted, first observations of new series included.',
    unit: 'short',
    bars: true,
    queries: [{ expr: count('workflow:accepted'), legend: 'accepted' }],
    width: 8,
  }),
  timeSeries({
    title: 'Runs ended, by outcome',
    description:
      'Executions that ended in each step. A failed run was accepted at some time before, so the bars of acceptances and ends need not match in a step.',
    unit: 'short',
    bars: true,
    queries: OUTCOMES.map(([legend, metric]) => ({ expr: count(metric), legend })),
    width: 8,
  }),
  stat({
    title: 'Succeeded of all that ended',
    description: 'Share of executions in the time range that ended well. Aborted ones count as ended.',
    unit: 'percentunit',
    decimals: 1,
    width: 4,
    height: 8,
    queries: [
      {
        table: true,
        expr: `sum(${growthOverRange(`${succeeded}_count`)}) / (${OUTCOMES.map(
          ([, metric]) => `(sum(${growthOverRange(metric)}) or vector(0))`
        ).join(' + ')})`,
      },
    ],
  }),
  timeSeries({
    title: 'Runs under way',
    description:
      "FlyteWorkflow objects that propeller knows, by project and domain. Flyte tells no more of them: this gauge never has a workflow's name.",
    unit: 'short',
    width: 4,
    queries: [
      {
        expr: `sum by (project, domain) (${series('collector:flyteworkflow', CHOSEN_PROJECT)})`,
        legend: '{{project}} {{domain}}',
      },
    ],
  }),
];

const durations = [
  timeSeries({
    title: 'Mean running time of runs that succeeded',
    description: 'Growth of the sum over growth of the count in each step, by workflow. From Running to the end.',
    unit: 's',
    queries: [{ expr: `${mean(succeeded, 'wf')} / 1000`, legend: '{{wf}}' }],
  }),
  timeSeries({
    title: 'Mean running time of runs that failed',
    description: 'The same of failed runs. A run that waits for a retry is still running.',
    unit: 's',
    queries: [{ expr: `${mean(failed, 'wf')} / 1000`, legend: '{{wf}}' }],
  }),
  timeSeries({
    title: 'Running time, 90 % quantile of the last ten minutes',
    description:
      'As each propeller process works it out for itself, from the runs that succeeded in the last ten minutes; of several the largest is shown, since quantiles can be neither added nor averaged. Ten minutes without a run are a gap. With exec_id among the labels, each series is one run and this is the slowest of them.',
    unit: 's',
    queries: [{ expr: `${worstQuantile(series(succeeded, ''), '0.9', 'wf', CHOSEN)} / 1000`, legend: '{{wf}}' }],
  }),
  barGauge({
    title: 'Slowest workflows',
    description: 'Mean running time of runs that succeeded in the time range, the ten largest.',
    unit: 's',
    queries: [{ expr: `topk(10, ${mean(succeeded, 'wf', growthOverRange)} / 1000)`, legend: '{{wf}}' }],
  }),
];

const where = timeline({
  title: 'Where the time goes: the mean run of each workflow',
  description:
    'Stages of a mean run over the time range, in the colours of who owns the time: blue is Flyte’s, amber Kubernetes’, green yours. The dashboard “Workflow timeline” shows single runs.',
  queries: STAGE_GROWTH,
  options: { rows: 'means', sort: 'total', descending: true },
  height: 9,
});

const CLASSES = ['user', 'system', 'unknown'] as const;

const errors = [
  timeSeries({
    title: 'Attempts that failed, by whose fault',
    description:
      'Node attempts that ended in an error in each step, retried ones included. user: your code or its inputs. system: a machine that went away, an API that did not answer. unknown: the plugin could not tell.',
    unit: 'short',
    bars: true,
    queries: CLASSES.map((name) => ({ expr: count(`node:${name}_error_duration_ms_count`), legend: name })),
    width: 8,
  }),
  timeSeries({
    title: 'Nodes that failed for good, by whose fault',
    description: 'Nodes whose last attempt failed in each step: no retry was left. Most of them fail their run.',
    unit: 'short',
    bars: true,
    queries: CLASSES.map((name) => ({ expr: count(`node:perma_${name}_error_duration_ms_count`), legend: name })),
    width: 8,
  }),
  barGauge({
    title: 'Failed attempts, by workflow',
    description: 'Attempts that ended in a user error in the time range, the ten workflows with the most.',
    unit: 'short',
    queries: [
      { expr: `topk(10, sum by (wf) (${growthOverRange('node:user_error_duration_ms_count')}) > 0)`, legend: '{{wf}}' },
    ],
    width: 8,
  }),
];

const cache = [
  timeSeries({
    title: 'Task cache',
    description:
      'Cacheable tasks that were answered from the cache (hit) and that were not (miss), in each step. A hit has no stages at all in the timeline. Counted without a node’s name in flyte-core.',
    unit: 'short',
    bars: true,
    queries: [
      { expr: count('discovery_hit_count'), legend: 'hit' },
      { expr: count('discovery_miss_count'), legend: 'miss' },
    ],
  }),
  timeSeries({
    title: 'Cache writes that failed',
    description: 'Results that could not be stored in, or looked up from, the cache (datacatalog) in each step.',
    unit: 'short',
    bars: true,
    queries: [
      { expr: `${count('discovery_put_failure_count')} or vector(0)`, legend: 'put failed' },
      { expr: `${count('discovery_get_failure_count')} or vector(0)`, legend: 'get failed' },
    ],
  }),
];

const IN_NAMESPACE = 'namespace=~"$namespace"';

/** Whose a pod is. Two exporters that tell of one pod count once. */
const WHOSE =
  `on (namespace, pod) group_left (label_workflow_name, label_task_name, label_node_id)` +
  ` max by (namespace, pod, label_workflow_name, label_task_name, label_node_id) (kube_pod_labels{${IN_NAMESPACE}, label_execution_id!=""})`;

const limits = (resource: string) =>
  `sum by (namespace, pod) (max by (namespace, pod, container) (kube_pod_container_resource_limits{${IN_NAMESPACE}, resource="${resource}"}))`;

const POD = '{{label_workflow_name}} {{label_task_name}} {{pod}}';

const pods = [
  timeSeries({
    title: 'Pods pending, by task',
    description:
      'Task pods that Kubernetes has not started yet. This wait lies within task execution in the timeline. A label value is what Flyte made legal for Kubernetes: dots are hyphens.',
    unit: 'short',
    queries: [
      {
        expr: `sum by (namespace, label_workflow_name, label_task_name) (max by (namespace, pod) (kube_pod_status_phase{${IN_NAMESPACE}, phase="Pending"}) * ${WHOSE})`,
        legend: '{{namespace}} {{label_workflow_name}} {{label_task_name}}',
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Memory of tasks, share of their limit',
    description:
      'Working set over the memory limit of each running task pod. What the kernel kills at is the limit. Short tasks may end between two scrapes.',
    unit: 'percentunit',
    thresholds: [[0.9, 'red']],
    queries: [
      {
        expr: `sum by (namespace, pod) (max by (namespace, pod, container) (container_memory_working_set_bytes{${IN_NAMESPACE}, container!="", container!="POD"})) / ${limits('memory')} * ${WHOSE}`,
        legend: POD,
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'CPU of tasks, share of their limit',
    description: 'Seconds of CPU a second over the CPU limit of each running task pod. At 1 the task is throttled.',
    unit: 'percentunit',
    queries: [
      {
        expr: `sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${IN_NAMESPACE}, container!="", container!="POD"}[$__rate_interval])) / ${limits('cpu')} * ${WHOSE}`,
        legend: POD,
      },
    ],
    width: 8,
  }),
];

const quota = (resource: string) =>
  ['hard', 'used'].map((type) => ({
    expr: `max by (namespace) (kube_resourcequota{${IN_NAMESPACE}, resource="${resource}", type="${type}"})`,
    legend: `{{namespace}} ${type}`,
  }));

const quotas = [
  timeSeries({
    title: 'CPU quota of the namespaces',
    description:
      'Cores that all pods of a namespace may be limited to together (hard), and are now (used). At the quota, Flyte’s pods are refused and tried again: time that reads as pod pending.',
    unit: 'suffix: cores',
    queries: quota('limits.cpu'),
  }),
  timeSeries({
    title: 'Memory quota of the namespaces',
    description: 'Memory that all pods of a namespace may be limited to together (hard), and are now (used).',
    unit: 'bytes',
    queries: quota('limits.memory'),
  }),
];

export const user: Plan = {
  uid: 'flyte-user',
  title: 'Flyte / User',
  description: 'Did my workflows run, how long did they take, what went wrong, and what do my tasks use.',
  tags: ['user'],
  variables: [datasource(), prefix(), project(), domain(), workflow(), namespace(), scrape()],
  rows: [
    { title: 'Runs', panels: outcomes },
    { title: 'How long they take', panels: durations },
    { title: 'Where the time goes', panels: [where] },
    { title: 'Errors: yours or the system’s', panels: errors },
    { title: 'Task cache', panels: cache },
    { title: 'Task pods (needs kube-state-metrics and cAdvisor)', panels: pods },
    { title: 'Resource quotas (needs kube-state-metrics)', panels: quotas },
  ],
};
