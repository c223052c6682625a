/** What the committed dashboards are, whatever a Prometheus holds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { dashboardTexts } from '../../scripts/dashboards/texts.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { DASHBOARDS, panelsOf, type Dashboard, type Panel } from './dashboard.ts';
import { schemaProblems } from './schema.ts';

const TIMELINE = 'flyteorg-workflowtimeline-panel';

/** Dashboards link to each other by these, and people keep them as bookmarks: they never change. */
const UIDS: Record<string, string> = {
  'control-plane.json': 'flyte-admin',
  'data-plane.json': 'flyte-propeller',
  'user.json': 'flyte-user',
  'workflow-timeline.json': 'flyte-workflow-timeline',
};

/** No graph, singlestat or other panel that Grafana has removed or will. */
const TYPES = ['bargauge', 'stat', 'table', 'text', 'timeseries', TIMELINE];

test('what is committed is what the code says', async () => {
  for (const [file, text] of await dashboardTexts()) {
    assert.equal(readFileSync(file, 'utf8'), text, `${file} is old: npm run dashboards`);
  }
});

test('every dashboard is there, under the uid that it always had', () => {
  assert.deepEqual(Object.fromEntries(DASHBOARDS.map(({ file, dashboard }) => [file, dashboard.uid])), UIDS);
});

for (const { file, dashboard } of DASHBOARDS) {
  test(`${file}: can be imported anywhere`, () => {
    assert.equal(dashboard.id, null);
    assert.ok(dashboard.tags.includes('flyte'));
    assert.deepEqual(
      dashboard.__inputs.map(({ name, type, pluginId }) => [name, type, pluginId]),
      [['DS_PROMETHEUS', 'datasource', 'prometheus']]
    );
    const required = dashboard.__requires.filter(({ type }) => type === 'panel').map(({ id }) => id);
    assert.deepEqual(required, [...new Set(panelsOf(dashboard).map(({ type }) => type))].sort());
    assert.ok(panelsOf(dashboard).every(({ type }) => TYPES.includes(type)));
    const [link] = dashboard.links;
    assert.deepEqual(
      [link?.type, link?.tags, link?.includeVars, link?.keepTime],
      ['dashboards', ['flyte'], true, true]
    );
  });

  test(`${file}: names no data source, prefix, namespace or instance`, () => {
    const asking = panelsOf(dashboard).filter(({ type }) => type !== 'text');
    const variables = dashboard.templating.list.filter(({ type }) => type === 'query');
    for (const { datasource } of [...asking, ...targets(dashboard), ...variables]) {
      assert.deepEqual(datasource, { type: 'prometheus', uid: '${datasource}' });
    }
    for (const { expr } of targets(dashboard)) {
      assert.doesNotMatch(expr, /\b(flyte|propeller|admin):/, expr);
      assert.doesNotMatch(expr, /\b(namespace|instance|pod|job)=~?"(?!\$)/, expr);
    }
  });

  test(`${file}: no panel lies upon another or beyond the edge`, () => {
    const groups = [dashboard.panels, ...dashboard.panels.map(({ panels }) => panels ?? [])];
    for (const panels of groups) {
      const taken = new Map<string, string>();
      for (const { title, gridPos } of panels) {
        assert.ok(gridPos.x >= 0 && gridPos.x + gridPos.w <= 24, title);
        for (const cell of cells(gridPos)) {
          assert.equal(taken.get(cell), undefined, `${title} at ${cell}`);
          taken.set(cell, title);
        }
      }
    }
    const ids = dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  test(`${file}: every panel says what it shows, in which unit`, () => {
    for (const panel of panelsOf(dashboard).filter(({ type }) => type !== 'text')) {
      assert.ok((panel.description ?? '').length > 30, panel.title);
      assert.ok((panel.targets ?? []).length > 0, panel.title);
      if (['bargauge', 'stat', 'timeseries'].includes(panel.type)) {
        assert.ok(panel.fieldConfig?.defaults['unit'], panel.title);
      }
      const legends = (panel.targets ?? []).map(({ legendFormat, refId }) => `${legendFormat} ${refId}`);
      assert.equal(new Set(legends).size, legends.length, panel.title);
    }
  });

  test(`${file}: adds up no quantiles and averages none`, () => {
    for (const { expr } of targets(dashboard)) {
      const plain = expr.replaceAll(/\$\{[^}]*\}/g, '');
      for (const { index } of plain.matchAll(/quantile=/g)) {
        assert.match(plain.slice(0, index), /max( by \([^)]*\))? \((label_replace\()?[\w:]*\{[^{}]*$/, expr);
      }
      // A summary's name alone is its quantiles, so what is not a sum, a count or a bucket has to say which.
      for (const [name] of expr.matchAll(/\$\{prefix\}[\w:]+_(?:ms|us)\b(?!_)(?!\{quantile)/g)) {
        assert.fail(`${name} in ${expr}`);
      }
    }
  });

  test(`${file}: every variable is used, and every one that is used exists`, () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const text = JSON.stringify([dashboard.panels, dashboard.templating.list.map(({ query }) => query)]);
    const used = new Set([...text.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name]) => name ?? ''));
    // The data source is chosen by every panel and asked for by no query.
    assert.deepEqual(
      [...used].filter((name) => !names.includes(name)),
      []
    );
    assert.deepEqual(
      names.filter((name) => !used.has(name) && name !== 'datasource'),
      []
    );
  });
}

test("every dashboard is one that Grafana's schema knows, and so are its panels' options", () => {
  assert.deepEqual(schemaProblems(DASHBOARDS), []);
});

test('the page about them names panels that there are', () => {
  const page = readFileSync(inRoot('docs', 'dashboards.md'), 'utf8');
  const named = [...page.matchAll(/(Timeline|User|Data plane|Control plane) › ([^|;\n]+?)(?= \||;|\n| \()/g)];
  assert.ok(named.length > 60, `${named.length} panels are named`);
  const titles: Record<string, string[]> = Object.fromEntries(
    DASHBOARDS.map(({ file, dashboard }) => [NAMES[file] ?? file, panelsOf(dashboard).map(({ title }) => title)])
  );
  for (const [, name = '', title = ''] of named) {
    assert.ok(titles[name]?.includes(title.trim()), `${name} › ${title}`);
  }
});

const NAMES: Record<string, string> = {
  'control-plane.json': 'Control plane',
  'data-plane.json': 'Data plane',
  'user.json': 'User',
  'workflow-timeline.json': 'Timeline',
};

const targets = (dashboard: Dashboard) => panelsOf(dashboard).flatMap((panel) => panel.targets ?? []);

function* cells({ x, y, w, h }: Panel['gridPos']) {
  for (let row = y; row < y + h; row += 1) {
    for (let column = x; column < x + w; column += 1) {
      yield `${column},${row}`;
    }
  }
}
