/**
 * `node scripts/dashboards/sparse.mjs`: what the timeline's two kinds of query cost a real Prometheus, over a day of 200
 * workflows at 15 seconds: every sample, as the panel of single runs asks, or growth alone, as the panel of means does.
 * Prints bytes and seconds as a table. It needs some minutes and 3 GB in `.cache`, most of it for a while.
 */
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

import { fill, startPrometheus } from '../../tests/prometheus/index.mjs';
import { CACHE, inRoot } from '../lib/paths.mjs';
import { main, say, secondsSince } from '../lib/say.mjs';
import { ensureSetup } from '../setup/ensure.mjs';

const WORKFLOWS = 200;
const STEP_SEC = 15;
const DAY_SEC = 86_400;
const BLOCK_SEC = 7_200;
const START_SEC = Date.UTC(2025, 2, 10) / 1000;
const END_SEC = START_SEC + DAY_SEC;
/** Of every workflow in a day, one each two hours. */
const RUNS = 12;
/** So long a run's stages are told, one after the other. */
const RUN_SEC = 600;
/** How often a quick query is asked; the middle time counts. */
const REPEATS = 3;

/** Metric, and how often a run tells it. */
const METRICS = [
  ['workflow:acceptance_latency_ms', 1],
  ['node:transition_latency_ms', 3],
  ['node:queueing_latency_ms', 2],
  ['plugin_queue_latency_us', 2],
  ['plugin_initialize_latency_us', 2],
  ['node:success_duration_ms', 2],
  ['workflow:success_duration_ms', 1],
];
const PREFIX = 'flyte:propeller:all:';

await main(async () => {
  await ensureSetup();
  const folder = join(CACHE, 'sparse');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  delete process.env.PROMETHEUS_URL;
  const dataDir = join(folder, 'data');
  const filledAt = performance.now();
  for (let from = START_SEC; from < END_SEC; from += BLOCK_SEC) {
    const file = join(folder, 'block.om');
    await writeBlock(file, from);
    await fill({ files: [file], dataDir });
    rmSync(file);
  }
  const series = WORKFLOWS * METRICS.length * 2;
  say(`filled ${(series * DAY_SEC) / STEP_SEC} samples of ${series} series in ${secondsSince(filledAt)}`);
  const prometheus = await startPrometheus({ dataDir, retention: '100y' });
  try {
    await measure(prometheus.url);
  } finally {
    await prometheus.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {string} file @param {number} from */
async function writeBlock(file, from) {
  const out = createWriteStream(file);
  for (const [metric, count] of METRICS) {
    for (const part of ['sum', 'count']) {
      out.write(`# TYPE ${PREFIX}${metric}_${part} unknown\n`);
      for (let workflow = 0; workflow < WORKFLOWS; workflow += 1) {
        const text = samples(`${PREFIX}${metric}_${part}`, workflow, from, part === 'sum' ? 4_321 : Number(count));
        if (!out.write(text)) {
          await once(out, 'drain');
        }
      }
    }
  }
  out.end('# EOF\n');
  await once(out, 'finish');
}

/** A counter of one workflow: each of its runs adds `step` at a moment of its own. @param {string} name @param {number} workflow @param {number} from @param {number} step */
function samples(name, workflow, from, step) {
  const wf = `project:production:workflow_${workflow}`;
  const labels = `{domain="production",instance="10.244.0.11:10254",job="flytepropeller",project="project",wf="${wf}"}`;
  const offset = (workflow * 37 + name.length * 15) % RUN_SEC;
  let text = '';
  for (let at = from; at < from + BLOCK_SEC; at += STEP_SEC) {
    const runs = Math.floor((at - START_SEC + offset) / (DAY_SEC / RUNS)) + 1;
    text += `${name}${labels} ${runs * step} ${at}\n`;
  }
  return text;
}

/** @typedef {{ refId: string, expr: string }} Target */

/** @param {string} title @returns {Target[]} */
function targets(title) {
  const dashboard = JSON.parse(readFileSync(inRoot('dashboards', 'json', 'workflow-timeline.json'), 'utf8'));
  /** @type {Array<{ title: string, targets?: Target[] }>} */
  const panels = dashboard.panels;
  return panels.find((panel) => panel.title === title)?.targets ?? [];
}

/** @param {string} url */
async function measure(url) {
  const naive = targets('Runs').filter(({ refId }) => refId === 'stages');
  const sparse = targets('Mean run of each workflow');
  say('| queries | step | bytes | seconds |');
  say('|---|---|---|---|');
  await row(url, 'every sample, one query', naive, STEP_SEC);
  await row(url, `growth, ${sparse.length} queries`, sparse, STEP_SEC);
  await row(url, `growth, ${sparse.length} queries`, sparse, 120);
}

/** @param {string} url @param {string} name @param {Target[]} queries @param {number} step */
async function row(url, name, queries, step) {
  let [bytes, seconds] = [0, 0];
  for (const { expr } of queries) {
    const asked = [];
    for (let round = 0; round < REPEATS; round += 1) {
      asked.push(await ask(url, expr, step));
    }
    asked.sort((a, b) => a.seconds - b.seconds);
    const middle = asked[Math.floor(REPEATS / 2)];
    bytes += middle?.bytes ?? 0;
    seconds += middle?.seconds ?? 0;
  }
  say(`| ${name} | ${step} s | ${(bytes / 1e6).toFixed(2)} MB | ${seconds.toFixed(1)} |`);
}

/** @param {string} url @param {string} expr @param {number} step */
async function ask(url, expr, step) {
  const query = expr
    .replaceAll('${prefix}', PREFIX)
    .replaceAll(/\$(project|domain|workflow)/g, '.*')
    .replaceAll('$__interval', `${step}s`);
  const body = new URLSearchParams({
    query,
    start: String(START_SEC + step),
    end: String(END_SEC - 1),
    step: String(step),
  });
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/v1/query_range`, { method: 'POST', body });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${query}: ${text.slice(0, 300)}`);
  }
  return { bytes: text.length, seconds: (performance.now() - startedAt) / 1000 };
}
