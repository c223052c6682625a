/** The synthetic Flytes, live. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { childEnvironment } from '../lib/environment.mjs';
import { Trouble } from '../lib/say.mjs';

/**
 * Starts a live world that goes on where its history ends.
 * @param {string} program
 * @param {import('./deployments.mjs').Cluster} cluster
 * @param {number} since begin of the history, unix seconds
 * @param {import('./stack.mjs').Stack} started
 * @returns {Promise<string>} its address, such as `127.0.0.1:41234`
 */
export async function serveLive(program, { name, flyte }, since, started) {
  const child = spawn(program, ['serve', ...flyte, '--since', String(since)], {
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
    child.once('exit', (code) => reject(new Trouble(`the simulator of ${name} ended with status ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      const address = /^ready: http:\/\/([^/]+)\//.exec(line)?.[1];
      if (address) {
        resolve(address);
      }
    });
  });
}
