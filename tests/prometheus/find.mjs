/** Finds the programs `prometheus` and `promtool`. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Programs
 * @property {string} prometheus path of the server
 * @property {string} promtool path of the tool beside it
 */

/** Where the project's set-up script unpacks Debian's package. */
const cached = resolve(dirname(fileURLToPath(import.meta.url)), '../../.cache/prometheus/usr/bin');

/**
 * Looks in `PROMETHEUS_BIN` (a folder, or the server itself), then on the PATH, then in the repository's cache.
 *
 * @param {Readonly<Record<string, string | undefined>>} [env]
 * @returns {Programs}
 * @throws {Error} that lists where it looked
 */
export function findPrometheus(env = process.env) {
  const given = env['PROMETHEUS_BIN'];
  const folders = given
    ? [isFolder(given) ? given : dirname(given)]
    : [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), cached];
  for (const folder of folders) {
    const server = given && !isFolder(given) ? given : join(folder, 'prometheus');
    const promtool = join(folder, 'promtool');
    if (isProgram(server) && isProgram(promtool)) {
      return { prometheus: resolve(server), promtool: resolve(promtool) };
    }
  }
  throw new Error(
    given
      ? `PROMETHEUS_BIN=${given} does not hold the programs prometheus and promtool`
      : `prometheus and promtool are neither on the PATH nor in ${cached}: install Prometheus, ` +
          'or set PROMETHEUS_BIN to the folder that holds both'
  );
}

/** @param {string} path */
function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
