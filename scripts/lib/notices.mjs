/** Whose code besides ours is in the built plugin, and the licence that each of them wants told with it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { inRoot } from './paths.mjs';
import { answerOf } from './run.mjs';
import { Trouble } from './say.mjs';

/** In the plugin's folder. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} version
 * @property {string} licence as an SPDX expression
 * @property {string} folder where its licence's text is
 */

/**
 * npm packages of which a script was made.
 * @param {string[]} maps texts of source maps
 * @returns {string[]} their names
 */
export function packagesIn(maps) {
  const sources = maps.flatMap((text) => /** @type {{ sources?: string[] }} */ (JSON.parse(text)).sources ?? []);
  // A file that lies beside the packages is the build's own.
  const names = sources.map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/?]+)\//.exec(source)?.[1] ?? '');
  return [...new Set(names.filter(Boolean))].sort();
}

/** @param {string} name @returns {Part} */
function npmPart(name) {
  const folder = inRoot('plugin', 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name, version, licence: license, folder };
}

/** Crates that are compiled into the wasm module, ours left out. @returns {Promise<Part[]>} */
async function crates() {
  const target = ['--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro'];
  const tree = await answerOf('cargo', [
    ...['tree', '--locked', '--package', 'timeline-panel', ...target],
    ...['--prefix', 'none', '--no-dedupe', '--format', '{p}'],
  ]);
  const metadata = await answerOf('cargo', ['metadata', '--locked', '--format-version', '1']);
  if (!tree || !metadata) {
    throw new Trouble('cargo does not tell which crates the wasm module is made of');
  }
  const used = new Set(tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  /** @type {{ name: string, version: string, license: string, manifest_path: string, source: string | null }[]} */
  const packages = JSON.parse(metadata).packages;
  return packages
    .filter(({ name, version, source }) => source && used.has(`${name} v${version}`))
    .map(({ name, version, license, manifest_path: manifest }) => {
      return { name, version, licence: license, folder: dirname(manifest) };
    });
}

/** The text of a part's licence: MIT's where it leaves a choice, since that is the one that names its authors. @param {Part} part */
function licenceOf({ name, folder }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const chosen = files.find((file) => /mit/i.test(file)) ?? files.sort()[0];
  if (!chosen) {
    return undefined;
  }
  const text = readFileSync(join(folder, chosen), 'utf8').replaceAll('\r\n', '\n').trim();
  if (!text) {
    throw new Trouble(`${name} has an empty ${chosen}`);
  }
  return text;
}

/**
 * Writes the file into the built plugin.
 * @param {string} dist
 */
export async function writeNotices(dist) {
  const maps = readdirSync(dist).filter((file) => file.endsWith('.js.map'));
  const names = packagesIn(maps.map((file) => readFileSync(join(dist, file), 'utf8')));
  const parts = [...names.map(npmPart), ...(await crates())].sort((one, other) => (one.name < other.name ? -1 : 1));
  const chapters = parts.map((part) => {
    const text = licenceOf(part) ?? `Its package holds no text of a licence beside the name: ${part.licence}.`;
    return `${part.name} ${part.version} (${part.licence})\n\n${text}\n`;
  });
  const line = `\n${'-'.repeat(80)}\n\n`;
  const head = 'Code of others in this plugin, with the licences under which they give it.\n';
  writeFileSync(join(dist, NOTICES), [head, ...chapters].join(line));
}
