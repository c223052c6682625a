import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { startPrometheus } from '../prometheus/index.mjs';
import { readYaml, ROOT } from './kit.mjs';

/** Expositions made by Flyte's own code; the paths are their jobs. */
const FIXTURES = ['flyte-core-default', 'flyte-core-with-exec-id', 'flyte-binary'];
const STAGE =
  /:(workflow:(acceptance_latency|completion_latency|success_duration|failure_duration)|node:(transition_latency|queueing_latency|success_duration|failure_duration))_ms_(sum|count)$|:plugin_(queue|initialize)_latency_us_(sum|count)$/;

const folder = mkdtempSync(join(tmpdir(), 'flyte-scrape-'));
const [flyte] = readYaml('deploy/prometheus/prometheus.yml').scrape_configs;
const propeller = createServer((request, response) => {
  response.setHeader('content-type', 'text/plain; version=0.0.4');
  response.end(readFileSync(join(ROOT, 'crate/simulator/fixtures', `${request.url?.slice(1)}.txt`)));
});
/** @type {import('../prometheus/start.mjs').Prometheus} */
let server;

before(async () => {
  await new Promise((listening) => propeller.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (propeller.address());
  const scrape = FIXTURES.flatMap((fixture) => {
    const job = { path: `/${fixture}`, targets: [`127.0.0.1:${port}`], interval: '1s' };
    return [
      { ...job, job: `${fixture} as it is` },
      { ...job, job: fixture, metricRelabelConfigs: flyte.metric_relabel_configs },
    ];
  });
  server = await startPrometheus({ dataDir: folder, scrape });
  while ((await query('count(scrape_samples_post_metric_relabeling)')) !== scrape.length) {
    await pause(50);
  }
});

after(async () => {
  await server.stop();
  propeller.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} expr @returns {Promise<number | undefined>} its only value */
async function query(expr) {
  const response = await fetch(`${server.url}/api/v1/query?query=${encodeURIComponent(expr)}`);
  const { data } = /** @type {any} */ (await response.json());
  return data.result[0] && Number(data.result[0].value[1]);
}

/** @param {string} job @returns {Promise<Record<string, string>[]>} labels of its series */
async function seriesOf(job) {
  const match = encodeURIComponent(`{job="${job}",__name__=~".+:.+"}`);
  const response = await fetch(`${server.url}/api/v1/series?match[]=${match}`);
  return /** @type {any} */ (await response.json()).data;
}

/** @param {Record<string, string>[]} series */
const sorted = (series) =>
  series.map(({ job: _, ...labels }) => JSON.stringify(labels, Object.keys(labels).sort())).sort();

test('without execution ids the relabelling leaves nothing out', async () => {
  for (const job of ['flyte-core-default', 'flyte-binary']) {
    const all = await seriesOf(`${job} as it is`);
    assert.ok(all.length > 0);
    assert.deepEqual(sorted(await seriesOf(job)), sorted(all));
  }
});

test("of an execution it keeps its stages' sums and counts, and everything that belongs to none", async () => {
  const all = await seriesOf('flyte-core-with-exec-id as it is');
  const wanted = all.filter(({ exec_id, __name__ = '' }) => !exec_id || STAGE.test(__name__));
  const kept = await seriesOf('flyte-core-with-exec-id');
  assert.ok(
    wanted.some(({ exec_id }) => exec_id) && wanted.some(({ exec_id }) => !exec_id) && wanted.length < all.length
  );
  assert.deepEqual(sorted(kept), sorted(wanted));
});
