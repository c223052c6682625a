/** The version of the plugin: plugin/package.json has it, everything else that names one must say the same. */
import { readFileSync } from 'node:fs';

import { answerOf } from '../lib/run.mjs';
import { inRoot } from '../lib/paths.mjs';
import { Trouble } from '../lib/say.mjs';

/** @param {...string} path */
const readJson = (...path) => JSON.parse(readFileSync(inRoot(...path), 'utf8'));

/** @returns {{ id: string, version: string }} */
export function identity() {
  const { id } = readJson('plugin', 'src', 'plugin.json');
  const { version } = readJson('plugin', 'package.json');
  return { id, version };
}

/** @returns {Record<string, string | undefined>} where a version is written → what it says */
export function versions() {
  const cargo = /^\[workspace\.package\]\s*version = "([^"]+)"/m.exec(readFileSync(inRoot('Cargo.toml'), 'utf8'));
  const changelog = /^## (\S+)/m.exec(readFileSync(inRoot('CHANGELOG.md'), 'utf8'));
  return {
    'plugin/package.json': identity().version,
    'package.json': readJson('package.json').version,
    'Cargo.toml': cargo?.[1],
    'CHANGELOG.md': changelog?.[1],
  };
}

/**
 * The commit that is packed.
 * @returns {Promise<{ date: Date, clean: boolean }>} when it was made, and whether the files are its own
 * @throws {Trouble} where there is no git
 */
export async function commit() {
  const seconds = await answerOf('git', ['log', '-1', '--format=%ct']);
  if (!seconds) {
    throw new Trouble('a package says when its commit was made: git log answers nothing here');
  }
  const changed = await answerOf('git', ['status', '--porcelain']);
  return { date: new Date(Number(seconds) * 1000), clean: changed === '' };
}
