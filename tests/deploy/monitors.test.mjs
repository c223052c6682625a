import assert from 'node:assert/strict';
import { test } from 'node:test';

import { filesOf, readYaml } from './kit.mjs';
import { problemsOf } from './monitors.mjs';

const MONITORS = filesOf('.yaml').filter((file) => file.includes('/servicemonitor'));
const RULES = 'deploy/kube-prometheus-stack/rules.yaml';

/** @param {string} text `sourceLabels` → `source_labels` */
const snake = (text) => text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test("every manifest is what the operator's types allow", () => {
  const files = [...MONITORS, RULES];
  assert.equal(files.length, 3);
  assert.deepEqual(
    files.map((file) => [file, problemsOf(readYaml(file))]),
    files.map((file) => [file, []])
  );
});

test('a wrong value, a missing part and an unknown key of a ServiceMonitor are found', () => {
  const monitor = readYaml('deploy/flyte-binary/servicemonitor.yaml');
  const [endpoint] = monitor.spec.endpoints;
  const withSpec = (/** @type {object} */ spec) =>
    problemsOf({ ...monitor, spec: { ...monitor.spec, ...spec } }).join();
  assert.match(withSpec({ endpoints: [{ ...endpoint, interval: '60' }] }), /interval must match pattern/);
  assert.match(withSpec({ selector: undefined }), /must have required property selector/);
  assert.match(withSpec({ selectorLabels: { app: 'flyte' } }), /selectorLabels"' does not exist/);
  assert.match(withSpec({ endpoints: [{ ...endpoint, timeout: '10s' }] }), /timeout"' does not exist/);
});

test('no scrape waits longer than Flyte writes, or than its interval', () => {
  const chart = readYaml('deploy/flyte-core/values.yaml');
  const endpoints = [
    ...MONITORS.flatMap((file) => readYaml(file).spec.endpoints),
    chart.flytepropeller.serviceMonitor,
    chart.flyteadmin.serviceMonitor,
  ];
  for (const { interval, scrapeTimeout } of endpoints) {
    assert.ok(
      parseInt(scrapeTimeout) <= 10 && parseInt(scrapeTimeout) <= parseInt(interval),
      `${scrapeTimeout} of ${interval}`
    );
  }
});

test('the ServiceMonitor for executions keeps what the plain configuration keeps', () => {
  const [endpoint] = readYaml('deploy/flyte-core/servicemonitor-per-execution.yaml').spec.endpoints;
  const plain = readYaml('deploy/prometheus/prometheus.yml').scrape_configs[0].metric_relabel_configs;
  const relabelings = endpoint.metricRelabelings.map((/** @type {object} */ rule) =>
    Object.fromEntries(Object.entries(rule).map(([key, value]) => [snake(key), value]))
  );
  assert.deepEqual(relabelings, plain);
});

test('no expression of a relabelling is empty: the operator would take it for none, which matches everything', () => {
  for (const file of MONITORS) {
    const rules = readYaml(file).spec.endpoints.flatMap((/** @type {any} */ at) => at.metricRelabelings ?? []);
    assert.ok(rules.every((/** @type {any} */ rule) => rule.regex !== ''));
  }
});
