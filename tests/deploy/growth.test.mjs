import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { buildSimulator } from '../../scripts/lib/build.mjs';
import { fill, startPrometheus } from '../prometheus/index.mjs';
import { readYaml } from './kit.mjs';

const WINDOW = 300_000;
const START = 1_764_000_000_000;
const END = START + 3 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'flyte-rules-'));
/** @type {string} */
let simulator;
before(async () => {
  simulator = await buildSimulator();
});
after(() => rmSync(folder, { recursive: true, force: true }));

const [{ rules }] = readYaml('deploy/prometheus/rules/stages.yml').groups;
/** @type {string} */
const growth = rules.find((/** @type {any} */ rule) => rule.record === 'workflow_metric:flyte_latency:growth5m').expr;

/**
 * @typedef {object} History
 * @property {string} folder
 * @property {{ interval_ms: number, instances: string[], restarts: { at: number, instance: number }[], files: string[] }} meta
 */

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<History>}
 */
async function simulate(name, args) {
  const out = join(folder, name);
  const times = ['--start', `${START / 1_000}`, '--end', `${END / 1_000}`, '--interval', '30s'];
  await promisify(execFile)(simulator, ['backfill', '--world', 'chain', ...times, ...args, '--out', out]);
  return { folder: out, meta: JSON.parse(readFileSync(join(out, 'meta.json'), 'utf8')) };
}

/**
 * What the simulator's history lacks of a scraped process: that it was scraped, and when it began.
 *
 * @param {History} history
 * @returns {string} path
 */
function processes({ folder, meta }) {
  const times = Array.from({ length: (END - START) / meta.interval_ms + 1 }, (_, at) => START + at * meta.interval_ms);
  const lines = meta.instances.flatMap((instance, index) => {
    const labels = `{job="flytepropeller",instance="${instance}"}`;
    const began = [START - 86_400_000, ...meta.restarts.filter((at) => at.instance === index).map(({ at }) => at)];
    const beganAt = (/** @type {number} */ time) => Math.max(...began.filter((at) => at <= time)) / 1_000;
    return [
      times.map((time) => `process_start_time_seconds${labels} ${beganAt(time)} ${time / 1_000}`),
      times.map((time) => `up${labels} 1 ${time / 1_000}`),
    ];
  });
  const file = join(folder, 'processes.om');
  const [starts, ups] = [0, 1].map((part) => lines.filter((_, at) => at % 2 === part).flat());
  const types = (/** @type {string} */ name) => `# TYPE ${name} gauge`;
  const text = [types('process_start_time_seconds'), ...(starts ?? []), types('up'), ...(ups ?? []), '# EOF', ''];
  writeFileSync(file, text.join('\n'));
  return file;
}

/**
 * Every target has its own moment in the scrape interval.
 *
 * @param {History} history
 * @param {string} instance
 * @returns {number} the first scrape, or an interval before it
 */
function firstScrape({ folder, meta }, instance) {
  const text = readFileSync(join(folder, meta.files[0] ?? ''), 'utf8');
  const found = new RegExp(`instance="${instance}".*} \\S+ (\\S+)$`, 'm').exec(text);
  return START + ((Math.round(Number(found?.[1]) * 1_000) - START) % meta.interval_ms);
}

/**
 * What the rule should have recorded, from what really happened.
 *
 * @param {History} history
 * @param {number} first time of the first evaluation
 * @returns {Record<string, number>} metric → growth
 */
function truth(history, first) {
  const { folder, meta } = history;
  const scrapes = meta.instances.map((instance) => firstScrape(history, instance));
  /** @type {Record<string, number>} */
  const total = {};
  for (const line of readFileSync(join(folder, 'truth.jsonl'), 'utf8').trim().split('\n')) {
    const { instance, metrics } = JSON.parse(line);
    const restarts = meta.restarts.filter((at) => at.instance === instance).map(({ at }) => at);
    for (const { metric, observed_at, values } of metrics) {
      observed_at.forEach((/** @type {number} */ at, /** @type {number} */ index) => {
        const from = scrapes[instance] ?? START;
        const scraped = from + Math.ceil((at - from) / meta.interval_ms) * meta.interval_ms;
        const evaluated = START + Math.ceil((scraped - START) / WINDOW) * WINDOW;
        // The one thing that the rule cannot know: what a process told in the window in which it ended.
        const lost = restarts.some((restart) => at < restart && restart <= evaluated);
        if (!lost && evaluated >= first && evaluated <= END) {
          total[`${metric}_sum`] = (total[`${metric}_sum`] ?? 0) + values[index];
          total[`${metric}_count`] = (total[`${metric}_count`] ?? 0) + 1;
        }
      });
    }
  }
  return total;
}

/** @param {string} url @param {number} first @returns {Promise<Record<string, number>>} */
async function recorded(url, first) {
  const params = new URLSearchParams({ query: growth, start: `${first / 1_000}`, end: `${END / 1_000}`, step: '300' });
  const response = await fetch(`${url}/api/v1/query_range`, { method: 'POST', body: params });
  const { data, error } = /** @type {any} */ (await response.json());
  assert.equal(error, undefined);
  const sum = (/** @type {[number, string][]} */ samples) => samples.reduce((all, [, value]) => all + Number(value), 0);
  return Object.fromEntries(data.result.map((/** @type {any} */ at) => [at.metric.metric, sum(at.values)]));
}

const midWindow = (/** @type {number} */ windows) => `${(START + (windows + 0.5) * WINDOW) / 1_000}`;

/** @type {[string, string[]][]} */
const CASES = [
  ['executions of their own', ['--deployment', 'core-exec', '--load', '20', '--restart-every', 'never']],
  ['two propellers', ['--deployment', 'binary', '--load', '120', '--instances', '2']],
  ['restarts', ['--deployment', 'core', '--load', '240', '--restart-at', midWindow(12), '--restart-at', midWindow(23)]],
];

for (const [name, args] of CASES) {
  test(`what the windows record adds up to what was observed, in a real Prometheus: ${name}`, async () => {
    const history = await simulate(name.replaceAll(' ', '-'), args);
    const dataDir = join(history.folder, 'data');
    const files = [...history.meta.files.map((file) => join(history.folder, file)), processes(history)];
    await fill({ files, dataDir });
    const server = await startPrometheus({ dataDir, retention: '100y' });
    try {
      const first = START + 2 * WINDOW;
      const got = await recorded(server.url, first);
      const happened = truth(history, first);
      assert.ok(Object.keys(got).length >= 12);
      assert.deepEqual(got, Object.fromEntries(Object.keys(got).map((metric) => [metric, happened[metric]])));
    } finally {
      await server.stop();
    }
  });
}
