/** The Prometheus that the demo draws from. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { fill, startPrometheus } from '../../tests/prometheus/index.mjs';
import { buildSimulator } from '../lib/build.mjs';
import { say, secondsSince } from '../lib/say.mjs';
import { scrapeJobs } from './scrape.mjs';
import { serveLive, writeHistory } from './simulator.mjs';

/**
 * The one that PROMETHEUS_URL names, as it is; else one of our own, filled with two days of a simulated Flyte that goes
 * on living.
 * @param {string} deployment
 * @param {string} folder this run's own
 * @param {import('./stack.mjs').Stack} started
 * @returns {Promise<string>} its address
 */
export async function startData(deployment, folder, started) {
  const dataDir = join(folder, 'prometheus');
  if (process.env.PROMETHEUS_URL) {
    return (await startPrometheus({ dataDir })).url;
  }
  const simulator = await buildSimulator();
  const history = join(folder, 'history');
  const since = await fillHistory(simulator, deployment, history, dataDir);
  const address = await serveLive(simulator, deployment, since, started);
  const scrape = scrapeJobs(address, history);
  // The texts are many times the size of what Prometheus made of them.
  rmSync(history, { recursive: true });
  const prometheus = await startPrometheus({ dataDir, scrape });
  started.push(prometheus.stop);
  return prometheus.url;
}

/**
 * @param {string} simulator
 * @param {string} deployment
 * @param {string} folder for the texts
 * @param {string} dataDir Prometheus's
 * @returns {Promise<number>} begin of the history, unix seconds
 */
async function fillHistory(simulator, deployment, folder, dataDir) {
  const simulatedAt = performance.now();
  const { since, files } = await writeHistory(simulator, deployment, folder);
  say(`simulated two days of Flyte in ${secondsSince(simulatedAt)}`);
  const filledAt = performance.now();
  await fill({ files, dataDir });
  say(`filled Prometheus in ${secondsSince(filledAt)}`);
  return since;
}
