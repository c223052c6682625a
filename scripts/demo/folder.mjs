/** A folder of this run's own: several demos may run at a time, and none meets another's data. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from '../lib/paths.mjs';

const RUNS = inRoot('.cache', 'demo', 'runs');

/**
 * Makes the folder, and removes those of runs that were killed before they could.
 * @param {import('./stack.mjs').Stack} started
 * @returns {string}
 */
export function ownFolder(started) {
  mkdirSync(RUNS, { recursive: true });
  readdirSync(RUNS)
    .filter((pid) => !isAlive(Number(pid)))
    .forEach((pid) => remove(join(RUNS, pid)));
  const folder = join(RUNS, String(process.pid));
  mkdirSync(folder, { recursive: true });
  started.push(() => remove(folder));
  return folder;
}

/** @param {string} folder */
const remove = (folder) => rmSync(folder, { recursive: true, force: true });

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
