/**
 * How Prometheus scrapes the live simulator. The labels are those that the history was written with: a counter whose
 * labels change would be another counter, which begins with everything that it has ever counted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const INTERVAL = '15s';
const KUBE_LABELS = { instance: '10.244.0.5:8080' };

/**
 * @param {string} address the simulator's
 * @param {string} folder the history's
 * @returns {import('../../tests/prometheus/config.mjs').ScrapeJob[]}
 */
export function scrapeJobs(address, folder) {
  /** @type {{ instances: string[] }} */
  const { instances } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  return [
    ...instances.map((instance, index) => ({
      job: 'flytepropeller',
      targets: [address],
      path: `/instance/${index}/metrics`,
      interval: INTERVAL,
      labels: { instance, pod: `flytepropeller-${index}` },
    })),
    {
      job: 'kube-state-metrics',
      targets: [address],
      path: '/kube/metrics',
      interval: INTERVAL,
      labels: KUBE_LABELS,
    },
  ];
}
