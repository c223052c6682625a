/** The dashboards' variables: found by query, so that any prefix, scope or namespace works. */
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type DataSourceRef,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** The one data source of every panel: what the variable holds. */
export const SOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** The name under which an import asks for the data source. */
export const INPUT = 'DS_PROMETHEUS';

export const datasource = () =>
  new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .type('prometheus')
    .current({ text: 'Prometheus', value: `\${${INPUT}}` });

interface Query {
  name: string;
  label: string;
  description: string;
  query: string;
  regex?: string;
}

function query({ name, label, description, query, regex }: Query) {
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(SOURCE)
    .query({ qryType: 1, query, refId: `variable-${name}` })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  return regex === undefined ? builder : builder.regex(regex);
}

/** A variable of which several values, or all, can be chosen. */
const several = (given: Query, all = true) =>
  all
    ? query(given).multi(true).includeAll(true).allValue('.*').current({ text: 'All', value: '$__all' })
    : query(given).multi(true);

export const prefix = () =>
  query({
    name: 'prefix',
    label: 'Metric prefix',
    description:
      "What stands before propeller's metric names: metrics-prefix and limit-namespace of its configuration. By default flyte:propeller:all:",
    query: 'label_values({__name__=~".+:workflow:acceptance_latency_ms_count"}, __name__)',
    regex: '/^(.+:)workflow:acceptance_latency_ms_count$/',
  });

const ACCEPTED = '${prefix}workflow:acceptance_latency_ms_count';

export const project = () =>
  several({
    name: 'project',
    label: 'Project',
    description: 'Of the execution, not of the definition that it runs.',
    query: `label_values(${ACCEPTED}, project)`,
  });

export const domain = () =>
  several({
    name: 'domain',
    label: 'Domain',
    description: 'Of the execution.',
    query: `label_values(${ACCEPTED}{project=~"$project"}, domain)`,
  });

export const workflow = () =>
  several({
    name: 'workflow',
    label: 'Workflow',
    description:
      'project:domain:name of the definition, without its version. Sub-workflows and dynamic children count as their parent.',
    query: `label_values(${ACCEPTED}{project=~"$project", domain=~"$domain"}, wf)`,
  });

export const namespace = () =>
  several({
    name: 'namespace',
    label: 'Task namespace',
    description:
      'Where task pods run. Needs kube-state-metrics with --metric-labels-allowlist=pods=[execution-id,node-id,workflow-name,task-name].',
    query: 'label_values(kube_pod_labels{label_execution_id!=""}, namespace)',
  });

/** A choice of durations. */
const durations = (name: string, label: string, description: string, values: string[], first: string) =>
  new CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(values.join(','))
    .current({ text: first, value: first })
    .options(values.map((value) => ({ text: value, value, selected: value === first })));

export const scrape = () =>
  durations(
    'scrape',
    'Scrape interval',
    "How often Prometheus scrapes Flyte. It is the shortest step of every query. Flyte's charts say 1m; a shorter one tells more runs apart.",
    ['10s', '15s', '30s', '1m', '2m', '5m'],
    '1m'
  );

export const baseline = () =>
  durations(
    'baseline',
    'Normal is',
    'How long before the time range counts as normal.',
    ['1h', '6h', '1d', '7d'],
    '1d'
  );

export const adminPrefix = () =>
  query({
    name: 'prefix',
    label: 'Metric prefix',
    description:
      "What stands before flyteadmin's metric names: flyteadmin.metricsScope of its configuration. By default flyte:admin:admin:",
    query: 'label_values({__name__=~".+:create_execution:duration_ms_count"}, __name__)',
    regex: '/^(.+:)create_execution:duration_ms_count$/',
  });

export const endpoint = () =>
  several(
    {
      name: 'endpoint',
      label: 'Endpoint',
      description: 'One row of panels for each that is chosen.',
      query: 'label_values({__name__=~"${prefix}[a-z_]+:duration_ms_count"}, __name__)',
      regex: '/:([a-z_]+):duration_ms_count$/',
    },
    false
  ).current({
    text: ['create_execution', 'create_execution_event', 'create_node_execution_event', 'create_task_execution_event'],
    value: ['create_execution', 'create_execution_event', 'create_node_execution_event', 'create_task_execution_event'],
  } as never);

export const entity = () =>
  several({
    name: 'entity',
    label: 'Database entity',
    description: 'Tables of flyteadmin.',
    query: 'label_values({__name__=~"${prefix}database:[a-z_]+:get_ms_count"}, __name__)',
    regex: '/database:([a-z_]+):get_ms_count$/',
  });
