/** The synthetic Flyte: two days of history as files, then the same world live. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { childEnvironment } from '../lib/environment.mjs';
import { runOrFail } from '../lib/run.mjs';
import { Trouble } from '../lib/say.mjs';

const HISTORY_SECONDS = 2 * 86_400;

/** History and live server must agree on these, or the counters of one would not continue those of the other. */
const SEED = '7';

/** @param {string} deployment */
const flyte = (deployment) => [
  ...['--deployment', deployment, '--seed', SEED],
  // A series for every execution piles up in propeller until it restarts, as it does in a real one.
  ...(deployment === 'core-exec' ? ['--restart-every', '4h'] : []),
];

/**
 * @typedef {object} History
 * @property {number} since begin in unix seconds
 * @property {string[]} files OpenMetrics, oldest first
 */

/**
 * @param {string} program
 * @param {string} deployment
 * @param {string} folder
 * @returns {Promise<History>}
 */
export async function writeHistory(program, deployment, folder) {
  const end = Math.floor(Date.now() / 1000);
  const since = end - HISTORY_SECONDS;
  const range = ['--start', String(since), '--end', String(end), '--interval', '60s'];
  const args = ['backfill', ...flyte(deployment), ...range, '--keep', 'timeline', '--out', folder];
  await runOrFail(program, args, { log: 'demo-backfill' });
  const files = readdirSync(folder).filter((file) => file.endsWith('.om'));
  return { since, files: files.sort().map((file) => join(folder, file)) };
}

/**
 * Starts the live world where the history ends.
 * @param {string} program
 * @param {string} deployment
 * @param {number} since begin of the history, unix seconds
 * @param {import('./stack.mjs').Stack} started
 * @returns {Promise<string>} its address, such as `127.0.0.1:41234`
 */
export async function serveLive(program, deployment, since, started) {
  const child = spawn(program, ['serve', ...flyte(deployment), '--since', String(since)], {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  started.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Trouble(`the simulator cannot be started: ${error.message}`)));
    child.once('exit', (code) => reject(new Trouble(`the simulator ended with status ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      const address = /^ready: http:\/\/([^/]+)\//.exec(line)?.[1];
      if (address) {
        resolve(address);
      }
    });
  });
}
