/** The archive that the catalog takes: the same files give the same bytes, on any machine and at any time. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** Unix, a regular file, readable by all: a plugin without a backend has nothing to run. */
const UNIX = 3;
const MODE = (0o100644 << 16) >>> 0;

/**
 * @param {string} folder
 * @returns {string[]} paths of its files, with slashes, in the order of their bytes
 */
export function filesIn(folder) {
  const paths = readdirSync(folder, { recursive: true }).map(String);
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return files.map((path) => path.replaceAll('\\', '/')).sort((one, other) => (one < other ? -1 : 1));
}

/**
 * @param {string} folder what to pack
 * @param {string} root the one folder in the archive
 * @param {Date} date of every file
 * @returns {Uint8Array}
 */
export function zip(folder, root, date) {
  // An archive holds local time: the same digits, wherever it is packed.
  const mtime = new Date(date.toISOString().replace('Z', ''));
  const entries = filesIn(folder).map((path) => [`${root}/${path}`, readFileSync(join(folder, path))]);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime, os: UNIX, attrs: MODE });
}

/** @param {'sha1' | 'sha256' | 'md5'} algorithm @param {Uint8Array} bytes */
export const digest = (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex');
