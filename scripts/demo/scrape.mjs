/**
 * How Prometheus scrapes the live simulators. The labels are those that the histories were written with: a counter
 * whose labels change would be another counter, which begins with everything that it has ever counted.
 */

const KUBE_INSTANCE = '10.244.0.5:8080';

/**
 * @param {import('./deployments.mjs').Cluster} cluster
 * @param {string} address the simulator's
 * @param {string[]} instances labels of its propellers
 * @returns {import('../../tests/prometheus/config.mjs').ScrapeJob[]}
 */
export function scrapeJobs({ name, interval, pods }, address, instances) {
  // A job's name is a configuration's own, so the label is given by itself.
  const propellers = instances.map((instance, index) => ({
    job: `${name}-flytepropeller-${index}`,
    targets: [address],
    path: `/instance/${index}/metrics`,
    interval,
    labels: { cluster: name, job: 'flytepropeller', instance, pod: `flytepropeller-${index}` },
  }));
  const kube = {
    job: `${name}-kube-state-metrics`,
    targets: [address],
    path: '/kube/metrics',
    interval,
    labels: { cluster: name, job: 'kube-state-metrics', instance: KUBE_INSTANCE },
  };
  return pods ? [...propellers, kube] : propellers;
}
