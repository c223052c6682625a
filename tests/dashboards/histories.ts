/** A real Prometheus that holds four hours of the demo's world under each deployment of Flyte, each with a prefix of its own. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSimulator } from '../../scripts/lib/build.mjs';
import { CACHE } from '../../scripts/lib/paths.mjs';
import { runOrFail } from '../../scripts/lib/run.mjs';
import { fill, startPrometheus } from '../prometheus/index.mjs';

export const DEPLOYMENTS = ['core', 'core-exec', 'binary'] as const;
export type Deployment = (typeof DEPLOYMENTS)[number];

const HOUR = 3_600_000;

/** Aligned to the two hours of a Prometheus block: 2025-03-10, 06:00 to 10:00 UTC. */
export const START = Date.UTC(2025, 2, 10, 6);
export const END = START + 4 * HOUR;
export const INTERVAL = 60_000;

/** The last hours of it: the ones before are what is normal. */
export const RANGE = { from: END - 2 * HOUR, to: END };

/** A history in whose last two hours runs succeed, fail and are aborted, and a task is answered from the cache. */
const SEED = '22';

const FOLDER = join(CACHE, 'dashboards');

export const scopeOf = (deployment: Deployment) => `${deployment.replace('-', '_')}:`;

const seconds = (ms: number) => String(ms / 1000);

const backfillArgs = (deployment: Deployment, out: string) => [
  'backfill',
  ...['--deployment', deployment, '--prefix', `${scopeOf(deployment)}propeller:all:`, '--seed', SEED],
  ...['--start', seconds(START), '--end', seconds(END), '--interval', `${seconds(INTERVAL)}s`],
  ...['--keep', 'dashboards', '--out', out],
];

interface Execution {
  workflow: string;
  state: 'succeeded' | 'failed' | 'aborted' | 'running';
  ended_at: number | null;
}

/** What really happened; the same under every deployment. */
export function truth(deployment: Deployment): Execution[] {
  const text = readFileSync(join(FOLDER, 'history', deployment, 'truth.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Execution);
}

/** Fills a data folder, or takes the one that the same simulator filled before, and starts a Prometheus over a copy. */
export async function startFilled(dataDir: string) {
  const simulator = await buildSimulator();
  const hash = createHash('sha256').update(readFileSync(simulator));
  DEPLOYMENTS.forEach((deployment) => hash.update(JSON.stringify(backfillArgs(deployment, ''))));
  const key = `filled-${hash.digest('hex').slice(0, 16)}`;
  const history = join(FOLDER, 'history');
  if (!existsSync(join(history, key))) {
    await make(simulator, history, key);
  }
  cpSync(join(history, 'data'), dataDir, { recursive: true });
  return startPrometheus({ dataDir, retention: '100y' });
}

/** Into a folder beside, which takes the old one's place when it is whole. */
async function make(simulator: string, history: string, key: string): Promise<void> {
  const fresh = `${history}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    for (const deployment of DEPLOYMENTS) {
      const out = join(fresh, deployment);
      await runOrFail(simulator, backfillArgs(deployment, out), { log: `dashboards-${deployment}` });
      const files = readdirSync(out)
        .filter((file) => file.endsWith('.om'))
        .sort()
        .map((file) => join(out, file));
      await fill({ files, dataDir: join(fresh, 'data') });
      // The texts are many times the size of what Prometheus made of them.
      files.forEach((file) => rmSync(file));
    }
    writeFileSync(join(fresh, key), '');
    rmSync(history, { recursive: true, force: true });
    renameSync(fresh, history);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
