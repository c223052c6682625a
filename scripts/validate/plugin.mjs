/** What the rules look at: an archive, opened, and the sources that it was made of. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

import { filesUnder } from '../lib/files.mjs';
import { inRoot } from '../lib/paths.mjs';

/**
 * @typedef {object} Plugin
 * @property {string} archive name of the archive's file
 * @property {Record<string, Uint8Array>} files everything in the archive, by its path there
 * @property {Record<string, string>} sources texts of the folder `plugin/`, by their path in it: code, package.json, build tools
 *
 * @typedef {object} Finding
 * @property {'error' | 'warning'} severity an error keeps a plugin out of the catalog
 * @property {string} text
 *
 * @typedef {object} Rule
 * @property {string} name of the validator's analyzer
 * @property {(plugin: Plugin) => Finding[]} check
 */

/** @param {string} text @returns {Finding} */
export const error = (text) => ({ severity: 'error', text });

/** @param {string} text @returns {Finding} */
export const warning = (text) => ({ severity: 'warning', text });

/** The one folder in the archive; empty where there is none or several. @param {Plugin} plugin */
export function rootOf({ files }) {
  const roots = new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''));
  return roots.size === 1 && !Object.hasOwn(files, [...roots][0] ?? '') ? ([...roots][0] ?? '') : '';
}

/**
 * @param {Plugin} plugin
 * @param {string} path in the plugin's folder
 * @returns {string | undefined}
 */
export function textOf(plugin, path) {
  const bytes = plugin.files[`${rootOf(plugin)}/${path}`];
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** @param {Plugin} plugin @param {string} path */
export const holds = (plugin, path) => Object.hasOwn(plugin.files, `${rootOf(plugin)}/${path}`);

/**
 * @param {Plugin} plugin
 * @returns {any} an empty object where plugin.json is missing or broken, which a rule of its own says
 */
export function metadataOf(plugin) {
  try {
    return JSON.parse(textOf(plugin, 'plugin.json') ?? '{}');
  } catch {
    return {};
  }
}

/** Links of a Markdown text: what is written for a picture or a page. @param {string} text */
export function linksOf(text) {
  const links = [...text.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)];
  return links.map(([, bang, target]) => ({ picture: bang === '!', target: target ?? '' }));
}

/**
 * @param {string} file the archive
 * @returns {Plugin}
 */
export function openPlugin(file) {
  const files = Object.entries(unzipSync(readFileSync(file))).filter(([path]) => !path.endsWith('/'));
  const tools = ['package.json', '.config/webpack/webpack.config.ts'].map((path) => inRoot('plugin', path));
  const code = ['.ts', '.tsx', '.js'].flatMap((ending) => filesUnder(join('plugin', 'src'), ending));
  const paths = [...tools.filter((path) => existsSync(path)), ...code];
  const sources = paths.map((path) => [path.slice(inRoot('plugin').length + 1), readFileSync(path, 'utf8')]);
  return { archive: basename(file), files: Object.fromEntries(files), sources: Object.fromEntries(sources) };
}
