/** Writes recorded samples into a Prometheus data folder. */
import { mkdir, stat } from 'node:fs/promises';
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
 * Writes one set of blocks per file, one file after the other. Files may overlap in time, and samples that are older
 * than what a running server already holds are welcome: blocks are merged when they are read. Do it before the server
 * starts, though; a running one notices new blocks only within a minute or two.
 *
 * @param {FillOptions} options
 * @returns {Promise<void>}
 * @throws {Error} naming the file, when promtool cannot read it
 */
export async function fill({ files, dataDir, onProgress, promtool = findPrometheus().promtool }) {
  await mkdir(dataDir, { recursive: true });
  for (const [index, file] of files.entries()) {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) {
      throw new Error(`${file} is not a file`);
    }
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, dataDir]).catch((error) => {
      throw new Error(`${file} was not written into ${dataDir}: ${error.message}`);
    });
    onProgress?.(index + 1, files.length, file);
  }
}
