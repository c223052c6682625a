import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

import { filesOf, readYaml, ROOT } from './kit.mjs';

const FILE = 'docs/setup.md';
const guide = readFileSync(join(ROOT, FILE), 'utf8');
const commands = [...guide.matchAll(/```sh\n([^`]+)```/g)].map(([, text]) => text ?? '').join('\n');
const queries = [...guide.matchAll(/```promql\n([^`]+)\n```/g)].map(([, text]) => text ?? '');
const groups = filesOf('.yml')
  .filter((file) => file.includes('/rules/'))
  .flatMap((file) => readYaml(file).groups);
const rules = groups.flatMap((group) => group.rules);

test('every file that the guide applies, and every page that it points to, is there', () => {
  const applied = [...commands.matchAll(/deploy\/\S+/g)].map(([path]) => path);
  const linked = [...guide.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) => join(dirname(FILE), path ?? ''));
  assert.ok(applied.length >= 8 && linked.length >= 8);
  for (const path of [...applied, ...linked]) {
    assert.ok(existsSync(resolve(ROOT, path)), path);
  }
});

test('every file of values and every manifest of the kit is applied by the guide', () => {
  for (const file of filesOf('.yaml')) {
    assert.ok(commands.includes(file), file);
  }
});

test('the guide asks for the metrics that the relabelling keeps', () => {
  const [flyte, kube] = readYaml('deploy/prometheus/prometheus.yml').scrape_configs;
  const kept = flyte.metric_relabel_configs[1].regex;
  assert.ok(queries.some((query) => query.includes(`"${kept}"`)));
  assert.ok(queries.some((query) => query.includes(`"${kube.metric_relabel_configs[0].regex}"`)));
});

test('the guide tells of every alert', () => {
  for (const { alert } of rules.filter((rule) => rule.alert)) {
    assert.ok(guide.includes(`| \`${alert}\` |`), alert);
  }
});
