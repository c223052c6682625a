/**
 * The keys of the Helm charts that the kit sets. A misspelt or misplaced key changes nothing, and Helm does not say so.
 *
 * Sources: flyte-core `charts/flyte-core/values.yaml:171-180, 544-561` and `configmap.core.propeller`, which is propeller's own
 * configuration (`flytepropeller/pkg/controller/config/config.go:112-161`); flyte-binary `charts/flyte-binary/values.yaml:343`
 * and `templates/service/http.yaml`, which takes Kubernetes' ServicePort; all in `flyteorg/flyte` at v1.16.8.
 * kube-state-metrics and kube-prometheus-stack `values.yaml` in `prometheus-community/helm-charts`; grafana `values.yaml` in
 * `grafana-community/helm-charts`, whose key `grafana.ini` is Grafana's own configuration.
 */

/** What a value may be. @typedef {'boolean' | 'duration' | 'text' | 'texts' | 'labels' | 'ports' | 'files'} Kind */

/** @type {Record<Kind, (value: unknown) => boolean>} */
export const KINDS = {
  boolean: (value) => typeof value === 'boolean',
  duration: (value) => typeof value === 'string' && /^\d+(ms|s|m)$/.test(value),
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string'),
  labels: (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
  files: (value) => isObject(value) && Object.values(value).every(isObject),
  ports: (value) =>
    Array.isArray(value) &&
    value.every(
      (port) =>
        isObject(port) &&
        Object.keys(port).every((key) =>
          ['name', 'protocol', 'port', 'targetPort', 'nodePort', 'appProtocol'].includes(key)
        ) &&
        Number.isInteger(port['port'])
    ),
};

/** @type {Record<string, Record<string, Kind>>} chart → path of a key → what it holds */
export const CHARTS = {
  'flyte-core': {
    'flytepropeller.service.enabled': 'boolean',
    'flytepropeller.serviceMonitor.enabled': 'boolean',
    'flytepropeller.serviceMonitor.interval': 'duration',
    'flytepropeller.serviceMonitor.scrapeTimeout': 'duration',
    'flytepropeller.serviceMonitor.labels': 'labels',
    'flyteadmin.serviceMonitor.enabled': 'boolean',
    'flyteadmin.serviceMonitor.interval': 'duration',
    'flyteadmin.serviceMonitor.scrapeTimeout': 'duration',
    'flyteadmin.serviceMonitor.labels': 'labels',
    'configmap.core.propeller.metrics-keys': 'texts',
  },
  'flyte-binary': {
    'service.extraPorts': 'ports',
  },
  'kube-state-metrics': {
    metricLabelsAllowlist: 'texts',
    'prometheus.monitor.enabled': 'boolean',
    'prometheus.monitor.honorLabels': 'boolean',
  },
  grafana: {
    plugins: 'texts',
    'grafana.ini.plugins.allow_loading_unsigned_plugins': 'text',
    dashboardProviders: 'files',
    dashboards: 'files',
  },
  'kube-prometheus-stack': {
    'prometheus.prometheusSpec.serviceMonitorSelectorNilUsesHelmValues': 'boolean',
    'prometheus.prometheusSpec.ruleSelectorNilUsesHelmValues': 'boolean',
    'kube-state-metrics.metricLabelsAllowlist': 'texts',
    'kube-state-metrics.prometheus.monitor.honorLabels': 'boolean',
  },
};

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {string} chart
 * @param {unknown} values
 * @returns {string[]} what is wrong, one sentence for each key
 */
export function problemsOf(chart, values) {
  const keys = CHARTS[chart];
  return keys ? walk(keys, values, '') : [`no keys of a chart ${chart} are known`];
}

/**
 * @param {Record<string, Kind>} keys
 * @param {unknown} value
 * @param {string} path
 * @returns {string[]}
 */
function walk(keys, value, path) {
  const kind = keys[path];
  if (kind) {
    return KINDS[kind](value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${kind}`];
  }
  if (path !== '' && !Object.keys(keys).some((key) => key.startsWith(`${path}.`))) {
    return [`${path} is no key of the chart`];
  }
  if (!isObject(value)) {
    // Helm deletes the chart's defaults where a key has nothing under it.
    return [`${path} has nothing under it`];
  }
  return Object.entries(value).flatMap(([key, below]) => walk(keys, below, path ? `${path}.${key}` : key));
}
