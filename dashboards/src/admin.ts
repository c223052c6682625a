/** Control plane: flyteadmin's endpoints, its database and the executions that it keeps. */
import { barGauge, stat, timeSeries } from './panels.ts';
import { PREFIX, rate, rateByName, steadyMean, worstQuantile } from './promql.ts';
import type { Plan } from './share.ts';
import { adminPrefix, datasource, endpoint, entity, scrape } from './variables.ts';

const plain = (name: string) => `${PREFIX}${name}`;
const of = (name: string) => `${PREFIX}\${endpoint}:${name}`;

const ENDPOINTS = (suffix: string) => `${PREFIX}[a-z_]+:${suffix}`;
const ENDPOINT = '.+:([a-z_]+):[a-z_]+(?::[A-Za-z]+)?';

/** The codes of gRPC but OK (google.golang.org/grpc/codes), all of which flyteadmin counts. */
const ERRORS = [
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];
/** Codes that are the server's fault and not the caller's. */
const FAULTS = 'Unknown|DeadlineExceeded|ResourceExhausted|Unimplemented|Internal|Unavailable|DataLoss';

const WORST = 'of the replica where it is largest, over the last ten minutes; a gap where nobody asked in them';

const top = [
  timeSeries({
    title: 'Requests, by endpoint',
    description: 'Requests a second of every endpoint that was called. propeller’s events are most of them.',
    unit: 'reqps',
    queries: [
      {
        expr: `${rateByName(ENDPOINTS('duration_ms_count'), 'endpoint', '.+:([a-z_]+):duration_ms_count', 'endpoint')} > 0`,
        legend: '{{endpoint}}',
      },
    ],
    height: 9,
  }),
  timeSeries({
    title: 'Errors, by endpoint',
    description:
      'Answers with any code but OK. Many are no trouble: AlreadyExists of an event that came twice, NotFound of something that was looked for.',
    unit: 'reqps',
    queries: [
      {
        expr: `${rateByName(ENDPOINTS('errors'), 'endpoint', '.+:([a-z_]+):errors', 'endpoint')} > 0`,
        legend: '{{endpoint}}',
      },
    ],
    height: 9,
  }),
  timeSeries({
    title: 'Errors of the server, by code',
    description:
      'Answers whose code says that the fault is flyteadmin’s or its database’s: Internal, Unavailable, DeadlineExceeded, ResourceExhausted, Unknown, Unimplemented, DataLoss.',
    unit: 'reqps',
    queries: [
      {
        expr: rateByName(ENDPOINTS(`codes:(${FAULTS})`), 'code', '.+:codes:([A-Za-z]+)', 'code'),
        legend: '{{code}}',
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: 'All codes',
    description: 'Answers a second of all endpoints, by gRPC code.',
    unit: 'reqps',
    queries: [
      {
        expr: `${rateByName(ENDPOINTS('codes:[A-Za-z]+'), 'code', '.+:codes:([A-Za-z]+)', 'code')} > 0`,
        legend: '{{code}}',
      },
    ],
    width: 8,
  }),
  barGauge({
    title: 'Slowest endpoints',
    description: 'Mean of an answer over the last minutes (four scrapes at least), the ten slowest.',
    unit: 'ms',
    queries: [
      {
        expr: `topk(10, ${rateByName(ENDPOINTS('duration_ms_sum'), 'endpoint', '.+:([a-z_]+):duration_ms_sum', 'endpoint')} / (${rateByName(ENDPOINTS('duration_ms_count'), 'endpoint', '.+:([a-z_]+):duration_ms_count', 'endpoint')} > 0))`,
        legend: '{{endpoint}}',
      },
    ],
    width: 8,
  }),
];

const executions = [
  timeSeries({
    title: 'Executions created',
    description: 'CreateExecution requests that succeeded, in each step.',
    unit: 'short',
    bars: true,
    queries: [
      { expr: `sum(increase(${plain('execution_manager:executions_created')}[$__rate_interval]))`, legend: 'created' },
    ],
    width: 6,
  }),
  timeSeries({
    title: 'Executions ended, by phase',
    description:
      'Executions that reached a terminal phase. In flyte-binary the counter has no phase, so all of them are one line without a name.',
    unit: 'ops',
    queries: [{ expr: rate(plain('execution_manager:executions_terminated'), 'phase'), legend: 'ended {{phase}}' }],
    width: 6,
  }),
  timeSeries({
    title: 'Admin’s part of acceptance, mean',
    description:
      'From the request until the custom resource is created: what of acceptance is flyteadmin’s. In seconds, though the metric’s name has no unit.',
    unit: 's',
    queries: [{ expr: steadyMean(plain('execution_manager:acceptance_delay')), legend: 'acceptance delay' }],
    width: 6,
  }),
  timeSeries({
    title: 'Executions under way, as flyteadmin counts',
    description:
      'A gauge that each process counts up and down for itself and begins anew when it restarts: it drifts. The data plane’s dashboard counts better.',
    unit: 'short',
    queries: [
      { expr: `sum(${plain('execution_manager:active_executions')})`, legend: 'executions' },
      { expr: `sum(${plain('node_execution_manager:active_node_executions')})`, legend: 'nodes' },
    ],
    min: 0,
    width: 6,
  }),
  timeSeries({
    title: 'What failed inside',
    description:
      'Failures that callers may not see: handing a workflow to the cluster, building it, notifying, panics.',
    unit: 'ops',
    queries: [
      { expr: rate(plain('execution_manager:propeller_failures')), legend: 'creating in the cluster' },
      { expr: rate(plain('builder:flytepropeller:build_failures')), legend: 'building the workflow' },
      { expr: rate(plain('execution_manager:publish_error')), legend: 'publishing notifications' },
      { expr: rate(plain('execution_manager:transformer_error')), legend: 'transforming' },
      { expr: rate(plain('handler_panic')), legend: 'panics' },
    ],
    width: 24,
    height: 7,
  }),
];

const one = [
  timeSeries({
    title: '$endpoint: answers',
    description: 'Requests that were answered well, and with an error.',
    unit: 'reqps',
    queries: [
      { expr: rate(of('success')), legend: 'succeeded' },
      { expr: rate(of('errors')), legend: 'failed' },
    ],
    width: 8,
  }),
  timeSeries({
    title: '$endpoint: errors by code',
    description: 'Every code of gRPC but OK that was ever returned since the process began.',
    unit: 'reqps',
    queries: [
      {
        expr: `${rateByName(`${of('codes:')}(${ERRORS.join('|')})`, 'code', '.+:codes:([A-Za-z]+)', 'code')} > 0 or vector(0)`,
        legend: '{{code}}',
      },
    ],
    width: 8,
  }),
  timeSeries({
    title: '$endpoint: time of an answer',
    description: `Mean over all replicas, and quantiles ${WORST}.`,
    unit: 'ms',
    queries: [
      { expr: steadyMean(of('duration_ms')), legend: 'mean' },
      { expr: worstQuantile(of('duration_ms'), '0.5'), legend: 'p50' },
      { expr: worstQuantile(of('duration_ms'), '0.99'), legend: 'p99' },
    ],
    width: 8,
  }),
];

const OPERATIONS = (suffix: string) => `${PREFIX}database:(\${entity:pipe}):[a-z_]+_ms${suffix}`;

/** Operations of the chosen entities: `entity operation`, as one label. */
const database = (suffix: string) =>
  `sum by (operation) (rate(label_replace({__name__=~"${OPERATIONS(suffix)}"}, "operation", "$1 $2", "__name__", ".+database:([a-z_]+):([a-z_]+)_ms${suffix}")[$__rate_interval:$scrape]))`;

const db = [
  timeSeries({
    title: 'Database operations',
    description:
      'Operations a second on the chosen entities. Only those that happen are shown: Flyte registers eight for each entity and never uses many of them.',
    unit: 'ops',
    queries: [{ expr: `${database('_count')} > 0`, legend: '{{operation}}' }],
    height: 10,
  }),
  timeSeries({
    title: 'Database operations, mean',
    description: 'What an operation takes: growth of its sum over growth of its count.',
    unit: 'ms',
    queries: [{ expr: `${database('_sum')} / (${database('_count')} > 0)`, legend: '{{operation}}' }],
    height: 10,
  }),
  timeSeries({
    title: 'Database operations, 99 % quantile',
    description: `Each operation ${WORST}.`,
    unit: 'ms',
    queries: [
      {
        expr: `max by (operation) (label_replace({__name__=~"${OPERATIONS('')}", quantile="0.99"}, "operation", "$1 $2", "__name__", ".+database:([a-z_]+):([a-z_]+)_ms")) >= 0`,
        legend: '{{operation}}',
      },
    ],
    width: 24,
  }),
];

const grpc = [
  timeSeries({
    title: 'gRPC requests, 99 % quantile by method',
    description: 'Off by default: needs server.grpc.enableGrpcLatencyMetrics: true in flyteadmin’s configuration.',
    unit: 's',
    queries: [
      {
        expr: 'histogram_quantile(0.99, sum by (le, grpc_method) (rate(grpc_server_handling_seconds_bucket[$__rate_interval])))',
        legend: '{{grpc_method}}',
      },
    ],
    width: 24,
  }),
];

const numbers = [
  stat({
    title: 'Requests',
    description: 'Requests a second, all endpoints, over the last minutes.',
    unit: 'reqps',
    width: 6,
    queries: [
      {
        expr: `sum(${rateByName(ENDPOINTS('duration_ms_count'), 'endpoint', ENDPOINT, 'endpoint')})`,
        legend: 'requests',
      },
    ],
  }),
  stat({
    title: 'Answered with OK',
    description: 'Share of requests, over the last minutes. Not every error is a fault: see the codes.',
    unit: 'percentunit',
    decimals: 2,
    width: 6,
    queries: [
      {
        expr: `sum(${rateByName(ENDPOINTS('success'), 'endpoint', ENDPOINT, 'endpoint')}) / sum(${rateByName(ENDPOINTS('duration_ms_count'), 'endpoint', ENDPOINT, 'endpoint')})`,
        legend: 'OK',
      },
    ],
  }),
  stat({
    title: 'Faults of the server',
    description: 'Answers a second with a code that blames flyteadmin, over the last minutes.',
    unit: 'reqps',
    width: 6,
    thresholds: [[0.01, 'red']],
    queries: [
      {
        expr: `sum(${rateByName(ENDPOINTS(`codes:(${FAULTS})`), 'code', '.+:codes:([A-Za-z]+)', 'code')})`,
        legend: 'faults',
      },
    ],
  }),
  stat({
    title: 'CreateExecution, mean',
    description: 'What a request for a new execution takes, over the last minutes.',
    unit: 'ms',
    width: 6,
    queries: [{ expr: steadyMean(plain('create_execution:duration_ms')), legend: 'create_execution' }],
  }),
];

export const admin: Plan = {
  uid: 'flyte-admin',
  title: 'Flyte / Control plane (admin)',
  description: 'flyteadmin: its endpoints with all gRPC codes, its database, and the executions that it keeps.',
  tags: ['admin'],
  variables: [datasource(), adminPrefix(), endpoint(), entity(), scrape()],
  top: numbers,
  rows: [
    { title: 'All endpoints', panels: top },
    { title: 'Executions', panels: executions },
    { title: '$endpoint', panels: one, repeat: 'endpoint' },
    { title: 'Database', panels: db },
    { title: 'gRPC (off by default)', panels: grpc, collapsed: true },
  ],
};
