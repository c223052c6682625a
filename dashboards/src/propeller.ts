/** Data plane: flytepropeller's rounds, queues, workers, stores, events and informers. */
import { timeSeries } from './panels.ts';
import {
  CHOSEN_PROJECT,
  growth,
  mean,
  PREFIX,
  rate,
  rateByName,
  series,
  steadyMean,
  twin,
  worstQuantile,
} from './promql.ts';
import type { Plan } from './share.ts';
import { datasource, domain, prefix, project, scrape, workflow } from './variables.ts';

const plain = (name: string) => series(name, '');
const perSecond = (name: string, legend: string) => ({ expr: rate(plain(name)), legend });
const twinPerSecond = (name: string, legend: string) => ({ expr: rate(twin(name)), legend });

const WORST = 'of the process where it is largest, over the last ten minutes; a gap where nothing happened in them';

const engine = [
  timeSeries({
    title: 'Free workers',
    description:
      'Workers of each process that wait for work (propeller.workers says how many there are). At zero, workflows wait in the queue: it shows in transition and queueing.',
    unit: 'short',
    thresholds: [[1, 'green']],
    queries: [{ expr: `sum by (instance) (${plain('free_workers_count')})`, legend: '{{instance}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Rounds',
    description:
      'How often propeller looked at a workflow. round_total counts what a worker took from the queue; round_time also counts the rounds that follow at once in a streak.',
    unit: 'ops',
    queries: [
      perSecond('round:success_count', 'succeeded'),
      perSecond('round:error_count', 'failed'),
      perSecond('round:round_total_ms_count', 'all from the queue'),
      { expr: rate(`${twin('round:round_time_ms_count')}`), legend: 'all, with streaks' },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Rounds that went wrong',
    description:
      'system error: could not reconcile. abort error: could not abort. panic: a bug. not found: the workflow is gone. skipped: what the cache holds is older than what was written last; harmless.',
    unit: 'ops',
    queries: [
      twinPerSecond('round:system_error', 'system error'),
      twinPerSecond('round:abort_error', 'abort error'),
      twinPerSecond('round:panic', 'panic'),
      perSecond('round:not_found', 'not found'),
      perSecond('round:skipped', 'skipped'),
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Length of a round, mean',
    description:
      'traverse: walking the graph (raw_ms). round: traverse, copy and write to etcd (round_time_ms). whole: a streak of rounds as a worker sees it (round_total_ms).',
    unit: 'ms',
    queries: [
      { expr: steadyMean(twin('round:raw_ms')), legend: 'traverse' },
      { expr: steadyMean(twin('round:round_time_ms')), legend: 'round' },
      { expr: steadyMean(plain('round:round_total_ms')), legend: 'whole' },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Length of a round, quantiles',
    description: `round_time_ms ${WORST}. Quantiles of several processes can be neither added nor averaged.`,
    unit: 'ms',
    queries: ['0.5', '0.9', '0.99'].map((quantile) => ({
      expr: worstQuantile(twin('round:round_time_ms'), quantile),
      legend: `p${Number(quantile) * 100}`,
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Traversal, mean by workflow',
    description: 'raw_ms: how long it takes to walk the graph of a workflow once. Large graphs take long.',
    unit: 'ms',
    queries: [{ expr: mean('round:raw_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Rounds in streaks',
    description: 'Rounds that followed at once on another of the same workflow (streak_length), without the queue.',
    unit: 'ops',
    queries: [twinPerSecond('round:streak_length', 'rounds in streaks')],
    width: 6,
  }),
  timeSeries({
    title: 'Tasks ended, by plugin',
    description:
      'What every plugin reported, by task type and plugin as they stand in the metric’s name. Failed attempts that are retried count, too.',
    unit: 'ops',
    queries: [
      {
        expr: rateByName(`${PREFIX}plugin:.+_success_unlabeled`, 'plugin', '.+plugin:(.+)_success_unlabeled', 'plugin'),
        legend: '{{plugin}} succeeded',
      },
      {
        expr: rateByName(`${PREFIX}plugin:.+_failure_unlabeled`, 'plugin', '.+plugin:(.+)_failure_unlabeled', 'plugin'),
        legend: '{{plugin}} failed',
      },
    ],
    width: 6,
  }),
  timeSeries({
    title: 'Workflows under way, by project',
    description: 'FlyteWorkflow objects that propeller knows. The gauge knows project and domain, never the workflow.',
    unit: 'short',
    queries: [
      {
        expr: `sum by (project, domain) (${series('collector:flyteworkflow', CHOSEN_PROJECT)})`,
        legend: '{{project}} {{domain}}',
      },
    ],
    width: 6,
  }),
  timeSeries({
    title: 'Executions, nodes and tasks under way',
    description: 'What propeller holds at the moment, from its own statistics (execstats).',
    unit: 'short',
    queries: ['workflow', 'node', 'task'].map((what) => ({
      expr: `sum(${plain(`execstats:active_${what}_executions`)})`,
      legend: `${what}s`,
    })),
    width: 6,
  }),
];

const QUEUES = [
  ['main', 'workflows'],
  ['sub', 'batched'],
  ['admin_launcher:', 'launch plans'],
] as const;

const everyQueue = (suffix: string, of: (metric: string) => string) =>
  QUEUES.map(([queue, legend]) => ({ expr: of(plain(`${queue}_${suffix}`)), legend }));

const SECONDS = 'The metric’s name says microseconds; its values are seconds, since client-go observes seconds.';

const queues = [
  timeSeries({
    title: 'Added to the queues',
    description:
      'Items added. workflows: the main queue. batched: what waits to be added to it. launch plans: executions that a workflow launched.',
    unit: 'ops',
    queries: everyQueue('adds', rate),
    width: 8,
  }),
  timeSeries({
    title: 'Added again, before limits',
    description: 'Items that were added again with a delay: rate-limited and made distinct afterwards.',
    unit: 'ops',
    queries: everyQueue('retries', rate),
    width: 8,
  }),
  timeSeries({
    title: 'Depth',
    description: 'Items that wait for a worker. A depth that grows is the plainest sign of too few workers.',
    unit: 'short',
    queries: everyQueue('depth', (metric) => `sum(${metric})`),
    width: 8,
  }),
  timeSeries({
    title: 'Wait in the main queue',
    description: `How long workflows wait for a worker. ${SECONDS} Its largest bucket ends at ten seconds.`,
    unit: 's',
    queries: ['0.5', '0.9', '0.99'].map((quantile) => ({
      expr: `histogram_quantile(${quantile}, sum by (le) (rate(${plain('main_queue_latency_us_bucket')}[$__rate_interval])))`,
      legend: `p${Number(quantile) * 100}`,
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Work on an item, mean',
    description: `How long a worker needs for what it took from a queue. ${SECONDS}`,
    unit: 's',
    queries: everyQueue('work_duration_us', (metric) => steadyMean(metric)),
    width: 8,
  }),
  timeSeries({
    title: 'Work in progress',
    description:
      'Seconds of work that workers have begun and not finished, over all of them. Growth means stuck workers.',
    unit: 's',
    queries: everyQueue('unfinished_work_s', (metric) => `sum(${metric})`),
    width: 8,
  }),
  timeSeries({
    title: 'Workflows enqueued by their tasks',
    description:
      'How often a change of a task’s pod put its workflow into the queue. The type "wf" of this counter is never counted by Flyte, so it is not shown.',
    unit: 'ops',
    queries: [{ expr: `sum(rate(${series('wf_enqueue', 'type="task"')}[$__rate_interval]))`, legend: 'by a task' }],
    width: 8,
  }),
];

const stages = [
  timeSeries({
    title: 'Acceptance, mean by workflow',
    description:
      'From the request in flyteadmin until the workflow is Running: its database, the custom resource, the informer, the queue and the first round. Once an execution.',
    unit: 'ms',
    queries: [{ expr: mean('workflow:acceptance_latency_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Transition, mean by workflow',
    description:
      'From the end of a node’s last parent until the node is queued, inputs gathered and cache looked up. Once a node, end-node included, and not for cache hits.',
    unit: 'ms',
    queries: [{ expr: mean('node:transition_latency_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Queueing, mean by workflow',
    description:
      'From queued until propeller called the node running. Flyte’s own: pod pending and image pull are not in it. It overlaps with transition a little.',
    unit: 'ms',
    queries: [{ expr: mean('node:queueing_latency_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  ...(
    [
      ['Acceptance', 'workflow:acceptance_latency_ms'],
      ['Transition', 'node:transition_latency_ms'],
      ['Queueing', 'node:queueing_latency_ms'],
    ] as const
  ).map(([title, metric]) =>
    timeSeries({
      title: `${title}, quantiles`,
      description: `Of all workflows, ${WORST}.`,
      unit: 'ms',
      queries: ['0.5', '0.9', '0.99'].map((quantile) => ({
        expr: worstQuantile(twin(metric), quantile),
        legend: `p${Number(quantile) * 100}`,
      })),
      width: 8,
    })
  ),
  timeSeries({
    title: 'Task execution, mean by workflow',
    description:
      'From running until finalised: pod start, your code and all retries. Only of tasks, dynamic and map nodes; the latter hold their children.',
    unit: 'ms',
    queries: [{ expr: mean('node:success_duration_ms', 'wf'), legend: '{{wf}}' }],
  }),
  timeSeries({
    title: 'Aborted runs: “completion latency”, mean',
    description:
      'Flyte observes this for aborted executions alone, and then it holds the whole time since Running: no completion latency at all. For runs that succeed or fail it is never observed.',
    unit: 'ms',
    queries: [
      {
        expr: `sum(${growth('workflow:completion_latency_ms_sum')}) / sum(${growth('workflow:completion_latency_ms_count')})`,
        legend: 'aborted, whole run',
      },
    ],
  }),
];

const SCOPES = ['workflow', 'node', 'task'] as const;

const events = [
  timeSeries({
    title: 'Recording an event, mean',
    description:
      'What a call to flyteadmin with the event of a workflow, node or task takes. It is within transition, queueing and task execution.',
    unit: 'ms',
    queries: SCOPES.map((scope) => ({ expr: mean(`${scope}:event_recording:success_duration_ms`, ''), legend: scope })),
    width: 8,
  }),
  timeSeries({
    title: 'Recording a node’s event, mean by workflow',
    description: 'The same for nodes, which have the most events.',
    unit: 'ms',
    queries: [{ expr: mean('node:event_recording:success_duration_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Events recorded',
    description: 'Events that flyteadmin took, in each step.',
    unit: 'short',
    bars: true,
    queries: SCOPES.map((scope) => ({
      expr: `sum(${growth(`${scope}:event_recording:success_duration_ms_count`)})`,
      legend: scope,
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Events that were not recorded',
    description: 'Events that flyteadmin refused, in each step. Most are events that it knew already: harmless.',
    unit: 'short',
    bars: true,
    queries: SCOPES.map((scope) => ({
      expr: `sum(${growth(`${scope}:event_recording:failure_duration_ms_count`)})`,
      legend: scope,
    })),
  }),
  timeSeries({
    title: 'Why events were not recorded',
    description: 'resource exhausted: flyteadmin throttles. A reason that never occurred has no series.',
    unit: 'short',
    bars: true,
    queries: ['already_exists', 'resource_exhausted', 'invalid_argument', 'unexpected_err'].map((reason) => ({
      expr: SCOPES.map((scope) => `(sum(${growth(`${scope}:event_recording:${reason}`)}) or vector(0))`).join(' + '),
      legend: reason.replaceAll('_', ' '),
    })),
  }),
];

const nodes = [
  timeSeries({
    title: 'Executing a node, mean of a round',
    description: 'What one round spends in a node, nested nodes included (node_exec_latency, told in microseconds).',
    unit: 'µs',
    queries: [{ expr: mean('node:node_exec_latency_us', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Gathering inputs, mean',
    description: 'What it takes to gather a node’s inputs. Within transition.',
    unit: 'ms',
    queries: [{ expr: mean('node:node_input_latency_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Nodes that failed for good',
    description: 'By whose fault, as counted by their durations, in each step.',
    unit: 'short',
    bars: true,
    queries: ['user', 'system', 'unknown'].map((name) => ({
      expr: `sum(increase(${twin(`node:perma_${name}_error_duration_ms_count`)}[$__rate_interval]))`,
      legend: name,
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Building a dynamic workflow, mean',
    description: 'What propeller needs for the graph that a dynamic task returned (told in microseconds).',
    unit: 'µs',
    queries: [{ expr: mean('build_dynamic_workflow_us', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Dynamic workflows built',
    description: 'How often, in each step. It is built anew in every round unless its cache holds it.',
    unit: 'short',
    bars: true,
    queries: [{ expr: `sum by (wf) (${growth('build_dynamic_workflow_us_count')})`, legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Cache of launched executions',
    description: 'Look-ups of launched executions that the cache of the launch plan handler answered, or did not.',
    unit: 'ops',
    queries: [perSecond('admin_launcher:cache_hit', 'hit'), perSecond('admin_launcher:cache_miss', 'miss')],
    width: 8,
  }),
];

const STORE = ['head', 'read_open', 'write', 'copy:overall'] as const;

const store = [
  timeSeries({
    title: 'Metadata cache, share of hits',
    description:
      'Reads of the blob store that propeller’s own memory answered (storage.cache). Off by default in some charts.',
    unit: 'percentunit',
    max: 1,
    queries: [
      {
        expr: `${rate(plain('metastore:cache_hit'))} / (${rate(plain('metastore:cache_hit'))} + ${rate(plain('metastore:cache_miss'))})`,
        legend: 'hits',
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Blob store, mean of a call',
    description: 'head, first byte of a read, write, copy. Over all labels; they are there from the process’s start.',
    unit: 'ms',
    queries: STORE.map((call) => ({
      expr: steadyMean(twin(`metastore:${call}_ms`)),
      legend: call.replace(':overall', ''),
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Blob store, 99 % quantiles',
    description: `Each call ${WORST}.`,
    unit: 'ms',
    queries: STORE.map((call) => ({
      expr: worstQuantile(twin(`metastore:${call}_ms`), '0.99'),
      legend: call.replace(':overall', ''),
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Blob store writes, mean by workflow',
    description: 'A workflow with large inputs writes long.',
    unit: 'ms',
    queries: [{ expr: mean('metastore:write_ms', 'wf'), legend: '{{wf}}' }],
    width: 8,
  }),
  timeSeries({
    title: 'Reading protobufs, mean',
    description: 'remote: from the blob store. whole: with the cache. These two know no workflow.',
    unit: 'ms',
    queries: [
      { expr: steadyMean(plain('metastore:remote_fetch_ms')), legend: 'remote' },
      { expr: steadyMean(plain('metastore:proto_fetch_ms')), legend: 'whole' },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Blob store failures',
    description: 'Reads that find nothing are common: propeller looks whether an output is there yet.',
    unit: 'ops',
    queries: ['head_failure', 'read_failure', 'write_failure', 'bad_container', 'bad_key'].map((name) => ({
      expr: `${rate(twin(`metastore:${name}`))} or vector(0)`,
      legend: name.replaceAll('_', ' '),
    })),
    width: 8,
  }),
];

const etcd = [
  timeSeries({
    title: 'Writing a workflow, mean',
    description:
      'One update of the FlyteWorkflow object by the Kubernetes API. Every round that changes something waits for it.',
    unit: 'ms',
    queries: [{ expr: steadyMean(plain('wf_update_latency_ms')), legend: 'update' }],
    width: 8,
  }),
  timeSeries({
    title: 'Writing a workflow, quantiles',
    description: `wf_update_latency_ms ${WORST}.`,
    unit: 'ms',
    queries: ['0.5', '0.9', '0.99'].map((quantile) => ({
      expr: worstQuantile(plain('wf_update_latency_ms'), quantile),
      legend: `p${Number(quantile) * 100}`,
    })),
    width: 8,
  }),
  timeSeries({
    title: 'Writes',
    description:
      'conflict: somebody else wrote in between; the round is repeated. too large: the object outgrew etcd, and the workflow cannot go on.',
    unit: 'ops',
    queries: [
      perSecond('wf_update_latency_ms_count', 'all'),
      perSecond('wf_update_conflict', 'conflict'),
      perSecond('wf_update_failed', 'failed'),
      perSecond('wf_too_large', 'too large'),
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Workflow store',
    description:
      'stale: the cache held an older object than was written. evicted: forgotten, since the workflow ended. redundant: an update that changed nothing.',
    unit: 'ops',
    queries: [
      twinPerSecond('wf_stale', 'stale'),
      twinPerSecond('wf_evict', 'evicted'),
      twinPerSecond('wf_redundant', 'redundant'),
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Updates from informers, by plugin',
    description:
      'Changes of pods and other objects that Kubernetes told propeller about, by plugin. Those with an unchanged version are dropped.',
    unit: 'ops',
    queries: [
      {
        expr: rateByName(`${PREFIX}node:[^:]+:[^:]+:informer_update`, 'plugin', '.+node:([^:]+):.+', 'plugin'),
        legend: '{{plugin}}',
      },
      {
        expr: rateByName(`${PREFIX}node:[^:]+:[^:]+:informer_update_dropped`, 'plugin', '.+node:([^:]+):.+', 'plugin'),
        legend: '{{plugin}} dropped',
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'Garbage collection of workflows',
    description:
      'Namespaces whose old workflows were deleted, or could not be, in each step. Once in gc-interval, 30 minutes by default.',
    unit: 'short',
    bars: true,
    queries: [
      { expr: `sum(${growth('gc_success', { match: '' })})`, legend: 'collected' },
      { expr: `sum(${growth('gc_failure', { match: '' })}) or vector(0)`, legend: 'not collected' },
    ],
    width: 4,
  }),
  timeSeries({
    title: 'Garbage collection, mean',
    description: 'What it took to ask for the deletion of old workflows in a namespace.',
    unit: 'ms',
    queries: [
      {
        expr: `sum(${growth('gc_latency_ms_sum', { match: '' })}) / (sum(${growth('gc_latency_ms_count', { match: '' })}) > 0)`,
        legend: 'a collection',
      },
    ],
    width: 4,
  }),
];

const grpc = [
  timeSeries({
    title: 'Calls to flyteadmin, 99 % quantile by method',
    description:
      'Off by default: needs propeller.enable-grpc-latency-metrics: true. Of all processes that expose the client’s histogram.',
    unit: 's',
    queries: [
      {
        expr: 'histogram_quantile(0.99, sum by (le, grpc_method) (rate(grpc_client_handling_seconds_bucket[$__rate_interval])))',
        legend: '{{grpc_method}}',
      },
    ],
    width: 24,
  }),
];

export const propeller: Plan = {
  uid: 'flyte-propeller',
  title: 'Flyte / Data plane (propeller)',
  description: 'flytepropeller: rounds, queues, workers, stages, events, stores, etcd, informers, garbage collection.',
  tags: ['propeller'],
  variables: [datasource(), prefix(), project(), domain(), workflow(), scrape()],
  rows: [
    { title: 'Engine', panels: engine },
    { title: 'Queues', panels: queues },
    { title: 'Stages', panels: stages },
    { title: 'Events to flyteadmin', panels: events },
    { title: 'Nodes', panels: nodes },
    { title: 'Blob store', panels: store },
    { title: 'Kubernetes: etcd, informers, garbage collection', panels: etcd },
    { title: 'gRPC (off by default)', panels: grpc, collapsed: true },
  ],
};
