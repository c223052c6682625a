/** Fills a Prometheus data folder with the histories, and keeps it for the next run as long as nothing of it changes. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSimulator } from '../../../scripts/lib/build.mjs';
import { CACHE } from '../../../scripts/lib/paths.mjs';
import { runOrFail } from '../../../scripts/lib/run.mjs';
import { fill } from '../../prometheus/index.mjs';
import { backfillArgs, HISTORIES, type Deployment } from './histories.ts';
import { manyText } from './many.ts';

const FOLDER = join(CACHE, 'e2e');
const HISTORY = join(FOLDER, 'history');
const DEPLOYMENTS = Object.keys(HISTORIES) as Deployment[];

/** The truth and the meta data of a history. */
export const historyFile = (deployment: Deployment, file: 'truth.jsonl' | 'meta.json') =>
  join(HISTORY, deployment, file);

/**
 * Copies the filled data folder to `dataDir`: each run has its own, so that two of them never meet.
 * Fills it anew where the simulator, its arguments or the load have changed.
 */
export async function fillInto(dataDir: string): Promise<void> {
  const simulator = await buildSimulator();
  const key = keyOf(simulator);
  if (!existsSync(join(HISTORY, key))) {
    await make(simulator, key);
  }
  cpSync(join(HISTORY, 'data'), dataDir, { recursive: true });
}

function keyOf(simulator: string): string {
  const hash = createHash('sha256').update(readFileSync(simulator)).update(manyText());
  DEPLOYMENTS.forEach((deployment) => hash.update(JSON.stringify(backfillArgs(deployment, ''))));
  return `filled-${hash.digest('hex').slice(0, 16)}`;
}

/** Into a folder beside, which takes the old one's place when it is whole. */
async function make(simulator: string, key: string): Promise<void> {
  const fresh = `${HISTORY}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const files: string[] = [];
    for (const deployment of DEPLOYMENTS) {
      const out = join(fresh, deployment);
      await runOrFail(simulator, backfillArgs(deployment, out), { log: `e2e-${deployment}` });
      files.push(...openMetrics(out));
    }
    const many = join(fresh, 'many.om');
    writeFileSync(many, manyText());
    await fill({ files: [...files, many], dataDir: join(fresh, 'data') });
    // The texts are many times the size of what Prometheus made of them.
    [...files, many].forEach((file) => rmSync(file));
    writeFileSync(join(fresh, key), '');
    rmSync(HISTORY, { recursive: true, force: true });
    renameSync(fresh, HISTORY);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const openMetrics = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.om'))
    .sort()
    .map((file) => join(folder, file));
