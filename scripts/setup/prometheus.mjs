/**
 * Prometheus and its promtool. Debian's package is only unpacked into `.cache`: that needs no rights and starts no
 * service.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findPrometheus } from '../../tests/prometheus/find.mjs';
import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { which } from '../lib/which.mjs';
import { commandFor, knowsPackages } from './system.mjs';

const FOLDER = inRoot('.cache', 'prometheus');

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensurePrometheus(checkOnly) {
  const problem = find();
  if (!problem) {
    return [];
  }
  const mayUnpack = !checkOnly && !process.env.PROMETHEUS_BIN;
  if (mayUnpack && (await unpackDebians()) && !find()) {
    return [];
  }
  return [`${problem}: ${howToGetIt()}`];
}

/**
 * Notes where the two programs are.
 * @returns {string | undefined} what is wrong
 */
function find() {
  try {
    Object.assign(found, findPrometheus());
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function unpackDebians() {
  if (!which('apt-get') || !which('dpkg') || !(await knowsPackages(['prometheus']))) {
    return false;
  }
  say("unpacking Debian's prometheus into .cache");
  mkdirSync(FOLDER, { recursive: true });
  const download = await run('apt-get', ['download', 'prometheus'], { cwd: FOLDER, log: 'setup-prometheus' });
  const archives = readdirSync(FOLDER).filter((file) => file.endsWith('.deb'));
  const unpack = archives.map((file) => run('dpkg', ['-x', join(FOLDER, file), FOLDER]));
  const outcomes = await Promise.all(unpack);
  archives.forEach((file) => rmSync(join(FOLDER, file)));
  return download.ok && outcomes.length > 0 && outcomes.every(({ ok }) => ok);
}

const howToGetIt = () =>
  commandFor({
    debian: 'sudo apt-get install prometheus',
    fedora: 'sudo dnf install golang-github-prometheus',
    arch: 'sudo pacman -S prometheus',
    macos: 'brew install prometheus',
    other: 'get an archive from https://prometheus.io/download/',
  });
