/** The deployments of Flyte that the demo simulates, and what the page's switch shows of them. */
import { readFileSync } from 'node:fs';

import { inRoot } from '../lib/paths.mjs';

/**
 * @typedef {object} Cluster One simulated Flyte. All run the same executions and differ in what their metrics tell.
 * @property {string} name value of the label `cluster`, by which one Prometheus tells them apart
 * @property {string} interval between scrapes
 * @property {boolean} pods whether its kube-state-metrics is scraped, too
 * @property {string[]} flyte arguments of the simulator
 *
 * @typedef {object} Choice A position of the switch, as tests/host/src/catalogue.ts has it.
 * @property {string} id
 * @property {string} label
 * @property {string} about
 * @property {Record<string, any>} view
 */

/** History and live server must agree on it, or the counters of one would not continue those of the other. */
const SEED = '7';

/** @type {Cluster[]} */
export const CLUSTERS = [
  {
    name: 'core',
    // The finer, the more runs are seen alone: this is what scrapers are commonly set to.
    interval: '15s',
    pods: false,
    flyte: ['--deployment', 'core', '--seed', SEED],
  },
  {
    name: 'core-exec',
    interval: '60s',
    pods: true,
    // A series for every execution piles up in propeller until it restarts, as it does in a real one.
    flyte: ['--deployment', 'core-exec', '--seed', SEED, '--restart-every', '4h'],
  },
  {
    name: 'binary',
    interval: '60s',
    pods: false,
    flyte: ['--deployment', 'binary', '--seed', SEED],
  },
];

const CHOICES = [
  {
    id: 'core',
    cluster: 'core',
    label: 'flyte-core',
    about:
      'The labels that flyte-core installs: project, domain, wf. Single runs are rebuilt from what counters grew by.',
  },
  {
    id: 'binary',
    cluster: 'binary',
    label: 'flyte-binary',
    about: 'The labels that flyte-binary is fixed to, the node among them. Runs are rebuilt node by node.',
  },
  {
    id: 'core-exec',
    cluster: 'core-exec',
    label: 'exec_id + pods',
    about: 'flyte-core with node and exec_id among its metric keys, and kube-state-metrics: every execution, exactly.',
  },
  {
    id: 'pods',
    cluster: 'core-exec',
    label: 'pods alone',
    about: 'kube-state-metrics alone, with the pod labels of Flyte allowed: what pods tell without propeller.',
  },
];

export const CHOICE_IDS = CHOICES.map(({ id }) => id);

/**
 * @param {boolean} simulated whether the Prometheus is the demo's, and holds several clusters
 * @returns {Choice[]}
 */
export const choices = (simulated) =>
  CHOICES.map(({ id, cluster, label, about }) => {
    const view = JSON.parse(readFileSync(inRoot('scripts', 'demo', 'views', `${id}.json`), 'utf8'));
    return { id, label, about, view: simulated ? ofCluster(view, cluster) : view };
  });

/**
 * @param {{ queries: Array<{ expr: string }> }} view
 * @param {string} cluster
 */
function ofCluster(view, cluster) {
  const queries = view.queries.map((query) => ({
    ...query,
    expr: query.expr.replaceAll('{__name__', `{cluster="${cluster}",__name__`),
  }));
  return { ...view, queries };
}

/** The Prometheus of the demo, as tests/host/states.ts asks it. */
export const WORLD = {
  /** @param {string} deployment @param {string} name @param {string} [more] */
  select: (deployment, name, more = '') => `{cluster="${deployment}",__name__=~".+:${name}"${more && `,${more}`}}`,
  long: { from: 'now-2d', to: 'now' },
};
