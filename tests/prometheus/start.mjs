/** Starts a Prometheus server on the loopback interface, and stops it again. */
import { spawn } from 'node:child_process';
import { open, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { configText } from './config.mjs';
import { findPrometheus } from './find.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} dataDir folder for blocks, configuration (`prometheus.yml`) and log (`prometheus.log`)
 * @property {import('./config.mjs').ScrapeJob[]} [scrape] none unless given: a server over a filled folder
 * @property {number} [port] a free one unless given
 * @property {string} [retention] `400d` unless given, so that a filled history is kept
 * @property {number} [readyWithinMs] `60_000` unless given: a large folder takes a while to open
 */

/**
 * @typedef {object} Prometheus
 * @property {string} url such as `http://127.0.0.1:9090`, without a slash at the end
 * @property {number | undefined} pid undefined when the server is somebody else's
 * @property {() => Promise<void>} stop ends the server that was started here; leaves somebody else's alone
 */

/**
 * With `PROMETHEUS_URL` set, that server is used as it is: nothing is started, and nothing is stopped later.
 *
 * @param {StartOptions} options
 * @returns {Promise<Prometheus>} a server that answers `/-/ready`
 * @throws {Error} with the log's end, when the server ends early or is not ready in time
 */
export async function startPrometheus({ dataDir, scrape = [], port, retention = '400d', readyWithinMs = 60_000 }) {
  const given = process.env['PROMETHEUS_URL'];
  if (given) {
    const url = given.replace(/\/+$/, '');
    await untilReady(url, readyWithinMs, () => undefined);
    return { url, pid: undefined, stop: async () => {} };
  }
  const { prometheus } = findPrometheus();
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const configFile = join(folder, 'prometheus.yml');
  const logFile = join(folder, 'prometheus.log');
  await writeFile(configFile, configText(scrape));
  const log = await open(logFile, 'w');
  const child = spawn(
    prometheus,
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${folder}`,
      `--storage.tsdb.retention.time=${retention}`,
      `--web.listen-address=${address}`,
    ],
    { stdio: ['ignore', log.fd, log.fd] }
  );
  const server = new OwnServer(child, logFile);
  await log.close();
  // A test that is broken off must not leave a server behind.
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.removeListener('exit', endWithUs);
    await server.stop();
  };
  try {
    await untilReady(`http://${address}`, readyWithinMs, () => server.ended);
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}. The log's end:\n${await tail(logFile)}`);
  }
  return { url: `http://${address}`, pid: child.pid, stop };
}

class OwnServer {
  /** @type {string | undefined} why the server is no more */
  ended;
  /** @type {Promise<void>} */
  #gone;
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} logFile
   */
  constructor(child, logFile) {
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      child.once('error', (error) => {
        this.ended = `Prometheus could not be started: ${error.message}`;
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.ended = `Prometheus ended with ${signal ?? code}; see ${logFile}`;
        resolve();
      });
    });
  }

  /** Asks the server to end, and waits until it has written everything down. */
  async stop() {
    if (this.ended === undefined) {
      this.#child.kill('SIGTERM');
    }
    await this.#gone;
  }
}

/**
 * @param {string} url
 * @param {number} withinMs
 * @param {() => string | undefined} ended why waiting is in vain
 */
async function untilReady(url, withinMs, ended) {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const reason = ended();
    if (reason) {
      throw new Error(reason);
    }
    const ready = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (ready?.ok) {
      return;
    }
    await pause(50);
  }
  throw new Error(`Prometheus at ${url} was not ready within ${withinMs} ms`);
}

/** @returns {Promise<number>} a port that was free a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {string} file */
async function tail(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-8).join('\n');
}
