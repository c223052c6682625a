import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { stringify } from 'yaml';

import { findPrometheus } from '../prometheus/index.mjs';
import { filesOf, readYaml, ROOT } from './kit.mjs';

const { promtool } = findPrometheus();
const rules = filesOf('.yml').filter((file) => file.includes('/rules/'));
const tests = readdirSync(join(ROOT, 'tests/deploy/promtool')).map((file) => `tests/deploy/promtool/${file}`);
const groups = rules.flatMap((file) => readYaml(file).groups);
const alerts = groups.flatMap((group) => group.rules).filter((/** @type {any} */ rule) => rule.alert);

/** @param {string[]} args */
async function run(...args) {
  const { stdout } = await promisify(execFile)(promtool, args, { cwd: ROOT });
  return stdout;
}

test('promtool finds nothing wrong with the rules', async () => {
  assert.equal(rules.length, 2);
  assert.equal((await run('check', 'rules', ...rules)).match(/SUCCESS/g)?.length, rules.length);
});

test('the rules record, fire and stay silent as their tests say', async () => {
  assert.equal(tests.length, 3);
  await run('test', 'rules', ...tests);
});

test('every alert has a test in which it fires, one in which it does not, and a sentence for whoever it wakes', () => {
  const cases = tests.flatMap((file) => readYaml(file).tests).flatMap(({ alert_rule_test }) => alert_rule_test ?? []);
  for (const { alert, annotations } of alerts) {
    const own = cases.filter(({ alertname }) => alertname === alert);
    assert.ok(
      own.some(({ exp_alerts }) => exp_alerts.length > 0),
      `${alert} is never seen firing`
    );
    assert.ok(
      own.some(({ exp_alerts }) => exp_alerts.length === 0),
      `${alert} is never seen silent`
    );
    assert.deepEqual(Object.keys(annotations).sort(), ['description', 'runbook', 'summary'], alert);
  }
});

test("the operator's manifest holds the same rules; UPDATE=1 writes it", () => {
  const path = 'deploy/kube-prometheus-stack/rules.yaml';
  const manifest = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'flyte-timeline', namespace: 'flyte', labels: { release: 'kube-prometheus-stack' } },
    spec: { groups },
  };
  if (process.env['UPDATE']) {
    const note =
      '# The rules of deploy/prometheus/rules for the operator. Made by: UPDATE=1 npm test -- --only deploy; npm run format\n';
    writeFileSync(join(ROOT, path), note + stringify(manifest, { lineWidth: 120, aliasDuplicateObjects: false }));
  }
  assert.deepEqual(readYaml(path), manifest);
});
