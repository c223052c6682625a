import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

import { problemsOf } from './charts.mjs';
import { filesOf, readYaml } from './kit.mjs';

const files = filesOf('.yaml').filter((file) => basename(file).startsWith('values'));

test('every value that the kit sets is a key of its chart and of its kind', () => {
  assert.equal(files.length, 5);
  const problems = files.map((file) => [file, problemsOf(basename(dirname(file)), readYaml(file))]);
  assert.deepEqual(
    problems,
    files.map((file) => [file, []])
  );
});

test('a key that is misspelt, misplaced, empty or of another kind is found', () => {
  const wrong = parse(`
    flyteadmin:
    serviceMonitor:
      enabled: true
    flytepropeller:
      serviceMonitor:
        enabled: 'true'
        selectorLabels: [app]
        interval: 30
        labels:
    `);
  assert.deepEqual(problemsOf('flyte-core', wrong), [
    'flyteadmin has nothing under it',
    'serviceMonitor is no key of the chart',
    'flytepropeller.serviceMonitor.enabled: "true" is no boolean',
    'flytepropeller.serviceMonitor.selectorLabels is no key of the chart',
    'flytepropeller.serviceMonitor.interval: 30 is no duration',
    'flytepropeller.serviceMonitor.labels: null is no labels',
  ]);
});

test("metric keys keep flyte-core's own, which the rules and the timeline read", () => {
  const values = readYaml('deploy/flyte-core/values-per-execution.yaml');
  const keys = values.configmap.core.propeller['metrics-keys'];
  assert.deepEqual(keys, ['project', 'domain', 'wf', 'task', 'node', 'exec_id']);
});

test('both ways to install kube-state-metrics allow the labels that the timeline joins pods by', () => {
  const alone = readYaml('deploy/kube-state-metrics/values.yaml').metricLabelsAllowlist;
  const within = readYaml('deploy/kube-prometheus-stack/values.yaml')['kube-state-metrics'].metricLabelsAllowlist;
  assert.deepEqual(alone, ['pods=[execution-id,node-id,workflow-name,task-name,project,domain]']);
  assert.deepEqual(within, alone);
});
