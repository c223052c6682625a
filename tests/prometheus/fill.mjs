/** Writes recorded samples into a Prometheus data folder. */
import { mkdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { findPrometheus } from './find.mjs';
import { run } from './run.mjs';

/**
 * @typedef {object} FillOptions
 * @property {string[]} files OpenMetrics texts with timestamps, each ending in `# EOF`
 * @property {string} dataDir the server's `--storage.tsdb.path`; made when missing
 * @property {(done: number, total: number, file: string) => void} [onProgress] called after every file
 * @property {string} [promtool] found by `findPrometheus` unless given
 */

/**
 * Writes one set of blocks per file, as many files at a time as there are processors. Files may overlap in time, and
 * samples that are older than what a running server already holds are welcome: blocks are merged when they are read. Do
 * it before the server starts, though; a running one notices new blocks only within a minute or two.
 *
 * @param {FillOptions} options
 * @returns {Promise<void>}
 * @throws {Error} naming the file, when promtool cannot read it
 */
export async function fill({ files, dataDir, onProgress, promtool = findPrometheus().promtool }) {
  await mkdir(dataDir, { recursive: true });
  const waiting = [...files];
  let done = 0;
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await fillFrom(file, dataDir, promtool).catch((error) => {
        waiting.length = 0;
        throw error;
      });
      done += 1;
      onProgress?.(done, files.length, file);
    }
  };
  const workers = Array.from({ length: availableParallelism() }, work);
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
}

/**
 * @param {string} file
 * @param {string} dataDir
 * @param {string} promtool
 */
async function fillFrom(file, dataDir, promtool) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new Error(`${file} is not a file`);
  }
  await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, dataDir]).catch((error) => {
    throw new Error(`${file} was not written into ${dataDir}: ${error.message}`);
  });
}
