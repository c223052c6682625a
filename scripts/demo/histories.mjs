/**
 * Two days of every simulated Flyte in a Prometheus data folder. Filling takes seconds, so a filled folder is kept
 * under a hash of what made it; a later start copies it and adds only what has happened since.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fill } from '../../tests/prometheus/index.mjs';
import { inRoot } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { say, secondsSince } from '../lib/say.mjs';
import { CLUSTERS } from './deployments.mjs';

/** @typedef {import('./deployments.mjs').Cluster} Cluster */

const KEPT = inRoot('.cache', 'demo', 'history');
const LENGTH_SECONDS = 2 * 86_400;
/** An older one has so much to be added that a new one costs little more, and shows the days that it should. */
const KEPT_FOR_SECONDS = 12 * 3_600;

/**
 * @typedef {object} Filled
 * @property {string} key of what made it
 * @property {number} since begin in unix seconds
 * @property {number} until end of what is in the folder, unix seconds
 * @property {Record<string, string[]>} instances labels of the propellers, by cluster
 */

/**
 * Fills `dataDir` up to now.
 * @param {string} simulator
 * @param {string} dataDir Prometheus's, not there yet
 * @param {string} scratch folder for texts; it is gone afterwards
 * @returns {Promise<Filled>}
 */
export async function fillHistories(simulator, dataDir, scratch) {
  const startedAt = performance.now();
  const key = keyOf(simulator);
  const kept = readKept(key) ?? (await make(simulator, key));
  cpSync(join(KEPT, 'data'), dataDir, { recursive: true });
  const until = nowSeconds();
  await write(simulator, { since: kept.since, after: kept.until, until, scratch, dataDir });
  say(`two days of ${CLUSTERS.length} Flytes in Prometheus after ${secondsSince(startedAt)}`);
  return { ...kept, until };
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** @param {string} simulator */
function keyOf(simulator) {
  const hash = createHash('sha256')
    .update(readFileSync(simulator))
    .update(JSON.stringify([CLUSTERS, LENGTH_SECONDS]));
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} key
 * @returns {Filled | undefined}
 */
function readKept(key) {
  const file = join(KEPT, 'filled.json');
  if (!existsSync(file)) {
    return undefined;
  }
  /** @type {Filled} */
  const filled = JSON.parse(readFileSync(file, 'utf8'));
  const age = nowSeconds() - filled.until;
  return filled.key === key && age >= 0 && age < KEPT_FOR_SECONDS ? filled : undefined;
}

/**
 * Into a folder beside, which takes the old one's place when it is whole.
 * @param {string} simulator
 * @param {string} key
 * @returns {Promise<Filled>}
 */
async function make(simulator, key) {
  const fresh = `${KEPT}.${process.pid}`;
  const until = nowSeconds();
  const since = until - LENGTH_SECONDS;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const part = { since, until, scratch: join(fresh, 'texts'), dataDir: join(fresh, 'data') };
    const instances = await write(simulator, part);
    const filled = { key, since, until, instances };
    writeFileSync(join(fresh, 'filled.json'), JSON.stringify(filled));
    rmSync(KEPT, { recursive: true, force: true });
    renameSync(fresh, KEPT);
    return filled;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} Part Of a history, times in unix seconds.
 * @property {number} since begin of the history
 * @property {number} [after] end of what there is already
 * @property {number} until
 * @property {string} scratch folder for texts
 * @property {string} dataDir
 */

/**
 * Simulates all clusters and writes what was scraped of them.
 * @param {string} simulator
 * @param {Part} part
 * @returns {Promise<Record<string, string[]>>} labels of the propellers, by cluster
 */
async function write(simulator, { scratch, dataDir, ...times }) {
  const folders = CLUSTERS.map(({ name }) => join(scratch, name));
  await Promise.all(
    CLUSTERS.map((cluster, index) =>
      runOrFail(simulator, backfillArgs(cluster, times, folders[index] ?? ''), { log: `demo-${cluster.name}` })
    )
  );
  await fill({ files: folders.flatMap(openMetrics), dataDir });
  const instances = CLUSTERS.map(({ name }, index) => [name, instancesIn(folders[index] ?? '')]);
  // The texts are many times the size of what Prometheus made of them.
  rmSync(scratch, { recursive: true });
  return Object.fromEntries(instances);
}

/**
 * @param {Cluster} cluster
 * @param {{ since: number, after?: number, until: number }} times
 * @param {string} out
 */
const backfillArgs = ({ name, interval, pods, flyte }, { since, after, until }, out) => [
  ...['backfill', ...flyte, '--cluster', name, '--interval', interval, '--keep', 'timeline'],
  ...['--start', String(since), '--end', String(until), '--out', out],
  ...(after === undefined ? [] : ['--after', String(after)]),
  ...(pods ? [] : ['--no-pods']),
];

/** @param {string} folder */
const openMetrics = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.om'))
    .sort()
    .map((file) => join(folder, file));

/**
 * @param {string} folder
 * @returns {string[]}
 */
const instancesIn = (folder) => JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')).instances;
