/** Reads the files of the kit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
export const DEPLOY = join(ROOT, 'deploy');

/**
 * A YAML file that holds one document.
 *
 * @param {string} path from the root of the repository
 * @returns {any}
 * @throws {Error} where it is no YAML, or holds a key twice
 */
export const readYaml = (path) => parse(readFileSync(join(ROOT, path), 'utf8'));

/**
 * @param {string} ending such as `values.yaml`
 * @returns {string[]} paths from the root of the repository
 */
export const filesOf = (ending) =>
  readdirSync(DEPLOY, { recursive: true })
    .map((file) => `deploy/${file}`)
    .filter((file) => file.endsWith(ending))
    .sort();
