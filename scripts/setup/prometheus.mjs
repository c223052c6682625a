/**
 * Prometheus and its promtool. Debian's package is only unpacked into `.cache`: that needs no rights and starts no
 * service.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { isProgram, which } from '../lib/which.mjs';
import { commandFor, knowsPackages } from './system.mjs';

const FOLDER = inRoot('.cache', 'prometheus');

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensurePrometheus(checkOnly) {
  const wrong = ['PROMETHEUS_BIN', 'PROMTOOL_BIN'].filter((name) => process.env[name] && !isProgram(process.env[name]));
  if (wrong.length > 0) {
    return wrong.map((name) => `${name} is ${process.env[name]}, which is no program: set it to a path or unset it`);
  }
  find();
  if (missing().length > 0 && !checkOnly && (await unpackDebians())) {
    find();
  }
  return missing().map((name) => `${name} is missing: ${howToGetIt()}`);
}

/** Where PROMETHEUS_URL names a running Prometheus, none is started and only promtool is needed. */
function missing() {
  const needed = process.env.PROMETHEUS_URL ? ['promtool'] : ['prometheus', 'promtool'];
  return needed.filter((name) => !found[/** @type {'prometheus' | 'promtool'} */ (name)]);
}

function find() {
  found.prometheus = process.env.PROMETHEUS_BIN ?? which('prometheus') ?? unpacked('prometheus');
  const beside = found.prometheus && join(dirname(found.prometheus), 'promtool');
  found.promtool = process.env.PROMTOOL_BIN ?? [beside, which('promtool'), unpacked('promtool')].find(isProgram);
}

/** @param {string} name a program as Debian's package has it, or as the project's own archive does */
const unpacked = (name) => [join(FOLDER, 'usr', 'bin', name), join(FOLDER, name)].find(isProgram);

async function unpackDebians() {
  if (!which('apt-get') || !which('dpkg') || !(await knowsPackages(['prometheus']))) {
    return false;
  }
  say("unpacking Debian's prometheus into .cache");
  mkdirSync(FOLDER, { recursive: true });
  const download = await run('apt-get', ['download', 'prometheus'], { cwd: FOLDER, log: 'setup-prometheus' });
  const archives = readdirSync(FOLDER).filter((file) => file.endsWith('.deb'));
  const unpack = archives.map((file) => run('dpkg', ['-x', join(FOLDER, file), FOLDER], { log: 'setup-prometheus' }));
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
    other: `unpack an archive from https://prometheus.io/download/ and put it on the PATH or into ${FOLDER}`,
  });
