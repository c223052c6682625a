/** Where things lie. Paths of the repository are written here and nowhere else in the scripts. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts */
export const inRoot = (...parts) => join(ROOT, ...parts);

/** Everything that the scripts keep between runs; deleting it costs time and nothing else. */
export const CACHE = inRoot('.cache');
export const LOGS = inRoot('.cache', 'logs');

/** Archives of the plugin. */
export const PACKAGES = inRoot('dist-package');

/** The programs that setup found. */
export const SETUP_FILE = inRoot('.cache', 'setup.json');

/** The compiler that builds its own standard library for wasm, where one is needed; `cargo xtask` reads it. */
export const TOOLCHAIN_FILE = inRoot('.cache', 'toolchain.json');

/** Folders with a package.json and a lock file of their own: their peer ranges clash, so they are no workspace. */
export const NPM_FOLDERS = [
  '.',
  'plugin',
  'plugin/react-18',
  'dashboards',
  'tests/host',
  'tests/prometheus',
  'tests/deploy',
  'tests/grafana',
];
