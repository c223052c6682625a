/** The page of genuine Grafana packages that shows the panel. */
import { readFileSync } from 'node:fs';

import { Trouble } from '../lib/say.mjs';
import { choices, WORLD } from './deployments.mjs';

/** How long the first answer with data may take: a large data folder is opened before. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;
const HOUR_MS = 3_600_000;

/** The page is TypeScript, so it is loaded through tsx, which setup has installed by now. */
const load = async (/** @type {string} */ file) => {
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(`../../tests/host/${file}`, import.meta.url);
};

/**
 * @typedef {object} PageOptions
 * @property {string} prometheus its address
 * @property {boolean} simulated whether that Prometheus is the demo's own
 * @property {string} deployment
 * @property {string} [view]
 * @property {number} port
 */

/**
 * @param {PageOptions} options
 * @param {import('./stack.mjs').Stack} started
 * @returns {Promise<string>} the page's address
 */
export async function startPage({ prometheus, simulated, deployment, view, port }, started) {
  const { startHost } = await load('server/host.ts');
  const { statesOver } = await load('states.ts');
  const host = await startHost({
    ...{ prometheus, port, view: view ?? { deployment } },
    deployments: view ? [] : choices(simulated),
    states: simulated ? statesOver(WORLD) : statesOver(),
  });
  started.push(host.close);
  return host.url;
}

/**
 * Waits until the page is served and the queries of what it shows first find something.
 * @param {string} url
 * @param {{ deployment: string, view?: string }} shown
 * @throws {Trouble} when that takes too long
 */
export async function untilDrawable(url, { deployment, view }) {
  const { queries } = view
    ? JSON.parse(readFileSync(view, 'utf8'))
    : (choices(true).find(({ id }) => id === deployment)?.view ?? {});
  const deadline = Date.now() + PATIENCE_MS;
  let last = '';
  while (Date.now() < deadline) {
    last = await whatIsMissing(url, queries);
    if (last === '') {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Trouble(`the panel had nothing to draw within ${PATIENCE_MS / 1000} s: ${last}`);
}

/**
 * @param {string} url
 * @param {object[]} queries
 * @returns {Promise<string>} empty where nothing is missing
 */
async function whatIsMissing(url, queries) {
  const page = await fetch(url);
  if (!page.ok) {
    return `the page answers ${page.status}`;
  }
  const body = {
    from: String(Date.now() - HOUR_MS),
    to: String(Date.now()),
    queries: queries.map((query) => ({ ...query, intervalMs: 60_000, maxDataPoints: 60 })),
  };
  const response = await fetch(`${url}api/ds/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  /** @type {{ message?: string, results?: Record<string, { frames?: unknown[], error?: string }> }} */
  const answer = JSON.parse(await response.text());
  const results = Object.values(answer.results ?? {});
  const error = answer.message ?? results.find((result) => result.error)?.error;
  const frames = results.flatMap((result) => result.frames ?? []);
  return error ?? (frames.length > 0 ? '' : 'the queries find no series in the last hour');
}
