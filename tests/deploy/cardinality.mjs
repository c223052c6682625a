/**
 * `npm run cardinality`: what a label for every execution costs. Measures, over a simulated flytepropeller that holds some
 * thousand executions of two tasks, the size of /metrics and the memory of a real Prometheus that scrapes it, with the kit's
 * relabelling and without. The simulator exposes part of what a real propeller does: read the figures as "at least".
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { buildSimulator } from '../../scripts/lib/build.mjs';
import { main, say, Trouble } from '../../scripts/lib/say.mjs';
import { startPrometheus } from '../prometheus/index.mjs';
import { readYaml } from './kit.mjs';

const EXECUTIONS = [0, 1_000, 3_000];
const HOURS = 10;
const SCRAPES = 10;

/**
 * @param {string} program
 * @param {number} executions
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
async function startPropeller(program, executions) {
  const since = Math.floor(Date.now() / 1_000) - HOURS * 3_600;
  const load = String(Math.max(executions / HOURS, 1e-6));
  const keys = ['--deployment', 'core-exec', '--restart-every', 'never'];
  const args = ['serve', '--world', 'chain', '--load', load, '--since', String(since), ...keys];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGTERM'));
  for await (const line of createInterface(child.stdout)) {
    const address = /^ready: http:\/\/([^/]+)\//.exec(line)?.[1];
    if (address) {
      return { address, stop: () => child.kill('SIGTERM') };
    }
  }
  throw new Trouble('the simulator ended before it was ready');
}

/** @param {string} address @returns {Promise<{ bytes: number, series: number }>} */
async function exposition(address) {
  const text = await (await fetch(`http://${address}/metrics`)).text();
  return { bytes: text.length, series: text.split('\n').filter((line) => line && !line.startsWith('#')).length };
}

/**
 * @param {string} address
 * @param {object[] | undefined} metricRelabelConfigs
 * @returns {Promise<{ series: number, memory: number }>}
 */
async function scraped(address, metricRelabelConfigs) {
  const dataDir = mkdtempSync(join(tmpdir(), 'flyte-cardinality-'));
  const job = {
    job: 'flyte',
    targets: [address],
    interval: '5s',
    ...(metricRelabelConfigs ? { metricRelabelConfigs } : {}),
  };
  const server = await startPrometheus({ dataDir, scrape: [job] });
  try {
    const query = encodeURIComponent('sum(count_over_time(up{job="flyte"}[1h]))');
    for (;;) {
      const { data } = await (await fetch(`${server.url}/api/v1/query?query=${query}`)).json();
      if (Number(data.result[0]?.value[1] ?? 0) >= SCRAPES) {
        break;
      }
      await pause(500);
    }
    const own = await (await fetch(`${server.url}/metrics`)).text();
    const value = (/** @type {string} */ name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(own)?.[1]);
    return { series: value('prometheus_tsdb_head_series'), memory: value('process_resident_memory_bytes') };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const mega = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

await main(async () => {
  const program = await buildSimulator();
  const [{ metric_relabel_configs: relabelling }] = readYaml('deploy/prometheus/prometheus.yml').scrape_configs;
  say('');
  say(
    '| executions since its start | series exposed | /metrics | Prometheus: series | memory | with the kit: series | memory |'
  );
  say('|---:|---:|---:|---:|---:|---:|---:|');
  for (const executions of EXECUTIONS) {
    const propeller = await startPropeller(program, executions);
    const { bytes, series } = await exposition(propeller.address);
    const all = await scraped(propeller.address, undefined);
    const kept = await scraped(propeller.address, relabelling);
    propeller.stop();
    const cells = [executions, series, mega(bytes), all.series, mega(all.memory), kept.series, mega(kept.memory)];
    say(`| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' | ')} |`);
  }
});
