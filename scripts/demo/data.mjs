/** The Prometheus that the demo draws from. */
import { join } from 'node:path';

import { startPrometheus } from '../../tests/prometheus/index.mjs';
import { CLUSTERS } from './deployments.mjs';
import { fillHistories } from './histories.mjs';
import { scrapeJobs } from './scrape.mjs';
import { serveLive } from './simulator.mjs';

/** Whether the demo simulates its Flytes, or shows a Prometheus that PROMETHEUS_URL names. */
export const isSimulated = () => !process.env.PROMETHEUS_URL;

/**
 * A Prometheus of the demo's own, filled with two days of simulated Flytes that go on living.
 * @param {string} simulator
 * @param {string} folder this run's own
 * @param {import('./stack.mjs').Stack} started
 * @returns {Promise<string>} its address
 */
export async function startData(simulator, folder, started) {
  const dataDir = join(folder, 'prometheus');
  const { since, instances } = await fillHistories(simulator, dataDir, join(folder, 'texts'));
  const scrape = await Promise.all(
    CLUSTERS.map(async (cluster) => {
      const address = await serveLive(simulator, cluster, since, started);
      return scrapeJobs(cluster, address, instances[cluster.name] ?? []);
    })
  );
  const prometheus = await startPrometheus({ dataDir, scrape: scrape.flat() });
  started.push(prometheus.stop);
  return prometheus.url;
}

/**
 * The Prometheus that PROMETHEUS_URL names, as it is.
 * @param {string} folder
 * @returns {Promise<string>} its address, once it is ready
 */
export const findData = async (folder) => (await startPrometheus({ dataDir: join(folder, 'prometheus') })).url;
