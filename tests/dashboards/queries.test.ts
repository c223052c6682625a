/** Every query of every dashboard, over a real Prometheus, under each deployment of Flyte. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { dsQuery } from '../host/server/prometheus/dsQuery.ts';
import { DASHBOARDS, panelsOf, type Dashboard, type Panel, type Target } from './dashboard.ts';
import { EXCUSED, excuseOf } from './excused.ts';
import { DEPLOYMENTS, INTERVAL, RANGE, scopeOf, startFilled, truth, type Deployment } from './histories.ts';
import { fill, resolve, type Values } from './variables.ts';

const folder = mkdtempSync(join(tmpdir(), 'flyte-dashboards-'));
let server: Awaited<ReturnType<typeof startFilled>>;

before(async () => {
  // The tests know what is in their own Prometheus, and nothing about another.
  delete process.env['PROMETHEUS_URL'];
  server = await startFilled(join(folder, 'prometheus'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As Grafana's Prometheus data source asks for the values of a variable. */
async function labelValues(selector: string, label: string): Promise<string[]> {
  const { from, to } = RANGE;
  const range = `start=${from / 1000}&end=${to / 1000}`;
  const response = await fetch(
    `${server.url}/api/v1/label/${label}/values?match[]=${encodeURIComponent(selector)}&${range}`
  );
  const answer = (await response.json()) as { status: string; error?: string; data: string[] };
  assert.equal(answer.status, 'success', `${selector}: ${answer.error}`);
  return answer.data;
}

/** What a person has chosen: the deployment's prefix, and a scrape interval and a normal time that the history has. */
const chosen = (deployment: Deployment, file: string): Values => ({
  prefix: `${scopeOf(deployment)}${file === 'control-plane.json' ? 'admin:admin' : 'propeller:all'}:`,
  scrape: `${INTERVAL / 1000}s`,
  baseline: '1h',
});

/** The values of a target's points, with its variables put in. */
async function points(target: Target, panel: Panel, values: Values, range: Span = RANGE): Promise<number[]> {
  const { text, unknown } = fill(target.expr, values);
  assert.deepEqual(unknown, [], `variables of ${target.expr}`);
  const { interval } = target;
  const query = {
    ...target,
    expr: text,
    interval: interval === undefined ? undefined : fill(interval, values).text,
    intervalMs: INTERVAL,
    maxDataPoints: panel.maxDataPoints ?? 800,
  };
  const { results } = await dsQuery(
    { from: String(range.from), to: String(range.to), queries: [query] },
    { prometheusUrl: server.url, scrapeIntervalMs: 15_000 }
  );
  const result = results[target.refId];
  assert.equal(result?.error, undefined, `${text}\n${result?.error}`);
  const columns = (result?.frames ?? []).flatMap(({ data }) => data.values.slice(1));
  return columns.flat().filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

const nameOf = ({ refId, legendFormat = '' }: Target) =>
  /^(__auto|.*\{\{.*)?$/.test(legendFormat) ? refId : legendFormat;

/** A query that answers zero where it finds nothing must find something without that. */
const withoutFallback = (target: Target): Target => ({ ...target, expr: target.expr.replaceAll(' or vector(0)', '') });

/** A row that repeats is asked for its first value. */
const inRow = (panel: Panel, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'endpoint' && Array.isArray(value) && /\$endpoint/.test(panel.title) ? (value[0] ?? '') : value,
    ])
  );

for (const { file, dashboard } of DASHBOARDS) {
  for (const deployment of DEPLOYMENTS) {
    test(`${file}: every query returns data of ${deployment}, or is excused`, async () => {
      const { values } = await resolve(dashboard, chosen(deployment, file), labelValues);
      const given = { ...values, endpoint: values['endpoint'] || ENDPOINTS };
      const problems: string[] = [];
      for (const panel of panelsOf(dashboard)) {
        for (const target of panel.targets ?? []) {
          const found = await points(withoutFallback(target), panel, inRow(panel, given));
          const excuse = excuseOf(file, panel.title, nameOf(target), deployment);
          if (found.length === 0 && !excuse) {
            problems.push(`no data: ${panel.title}, ${nameOf(target)}`);
          } else if (found.length > 0 && excuse) {
            problems.push(`has data, though “${excuse.why}”: ${panel.title}, ${nameOf(target)}`);
          }
        }
      }
      assert.deepEqual(problems, []);
    });
  }
}

const ENDPOINTS = ['create_execution', 'create_node_execution_event'];

test('every excuse is about a panel that there is', () => {
  for (const { dashboard, panel } of EXCUSED) {
    const found = DASHBOARDS.find(({ file }) => file === dashboard);
    assert.ok(found && panelsOf(found.dashboard).some(({ title }) => title === panel), `${dashboard}: ${panel}`);
  }
});

for (const { file, dashboard } of DASHBOARDS) {
  test(`${file}: every variable finds its values`, async () => {
    const { options } = await resolve(dashboard, chosen('core', file), labelValues);
    for (const [name, found] of Object.entries(options)) {
      assert.ok(found.length > 0, `${name} finds nothing`);
    }
    const scopes = DEPLOYMENTS.map((deployment) => chosen(deployment, file)['prefix']).sort();
    assert.deepEqual(options['prefix']?.sort(), scopes, 'the prefixes of all that Prometheus holds');
  });
}

test('one workflow, project and domain can be chosen of all', async () => {
  const { dashboard } = DASHBOARDS.find(({ file }) => file === 'workflow-timeline.json') as { dashboard: Dashboard };
  const ask = async (given: Values) => {
    const { values } = await resolve(dashboard, { ...chosen('core', 'workflow-timeline.json'), ...given }, labelValues);
    const panel = panelOf(dashboard, 'Succeeded');
    return sum(await points(panel.targets?.[0] as Target, panel, values));
  };
  const [all, one, two, none] = await Promise.all([
    ask({}),
    ask({ workflow: ['commerce:production:etl.orders.pipeline'] }),
    ask({ workflow: ['commerce:production:etl.orders.pipeline', 'commerce:production:features.online.refresh'] }),
    ask({ project: ['research'], domain: ['staging'] }),
  ]);
  assert.ok(0 < one && one < two && two < all, `${one}, ${two} of ${all}`);
  assert.equal(none, 0);
});

const panelOf = (dashboard: Dashboard, title: string): Panel => {
  const panel = panelsOf(dashboard).find((panel) => panel.title === title);
  assert.ok(panel, title);
  return panel;
};

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

interface Span {
  from: number;
  to: number;
}

/**
 * The range with both edges moved inwards to where nothing ends for some minutes, so that it does not depend on the
 * scrapes' times what is seen within it.
 */
function quietRange(deployment: Deployment): Span {
  const ends = truth(deployment).flatMap(({ ended_at }) => (ended_at === null ? [] : [ended_at]));
  const quiet = (start: number, step: number) => {
    let at = start;
    while (ends.some((end) => Math.abs(end - at) <= 3 * INTERVAL)) {
      at += step;
    }
    return at;
  };
  return { from: quiet(RANGE.from, INTERVAL), to: quiet(RANGE.to, -INTERVAL) };
}

for (const deployment of DEPLOYMENTS) {
  test(`runs are counted as they really were, first observations and all, under ${deployment}`, async () => {
    const { dashboard } = DASHBOARDS.find(({ file }) => file === 'workflow-timeline.json') as { dashboard: Dashboard };
    const { values } = await resolve(dashboard, chosen(deployment, 'workflow-timeline.json'), labelValues);
    const range = quietRange(deployment);
    assert.ok(range.to - range.from > 3_600_000, 'an hour is left');
    for (const [title, state] of [
      ['Succeeded', 'succeeded'],
      ['Failed', 'failed'],
      ['Aborted', 'aborted'],
    ] as const) {
      const panel = panelOf(dashboard, title);
      const counted = sum(await points(panel.targets?.[0] as Target, panel, values, range));
      const ended = truth(deployment).filter(({ state: of, ended_at: at }) => {
        return of === state && at !== null && at > range.from && at <= range.to;
      });
      assert.equal(counted, ended.length, title);
      assert.ok(counted > 0, title);
    }
  });
}
