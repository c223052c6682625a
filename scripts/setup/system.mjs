/** The reader's system: what its package manager is called, and whether setup may use it. */
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { which } from '../lib/which.mjs';

/** @typedef {'debian' | 'ubuntu' | 'fedora' | 'arch' | 'macos' | 'other'} System */

/** @returns {System} */
export function system() {
  if (platform() === 'darwin') {
    return 'macos';
  }
  return systemOf(osRelease());
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param {string} release the text of /etc/os-release
 * @returns {System} the system itself, or the one that it says it is like
 */
export function systemOf(release) {
  const names = ['ID', 'ID_LIKE'].flatMap((key) => {
    const value = new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(release)?.[1] ?? '';
    return value.split(' ');
  });
  const known = /** @type {const} */ (['ubuntu', 'debian', 'fedora', 'arch']);
  return names.flatMap((name) => known.filter((system) => system === name))[0] ?? 'other';
}

/**
 * The command for the reader's system.
 * @param {{ debian: string, ubuntu?: string, fedora: string, arch: string, macos: string, other: string }} commands
 */
export function commandFor(commands) {
  const here = system();
  return here === 'ubuntu' ? (commands.ubuntu ?? commands.debian) : commands[here];
}

/** Whether setup may install Debian's packages by itself. */
export const mayInstallPackages = () => system() === 'debian' && process.getuid?.() === 0 && Boolean(which('apt-get'));

/**
 * Installs Debian's packages; brings the package lists up to date first when a package is not in them.
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether all of them are installed now
 */
export async function installPackages(packages) {
  if (!(await knowsPackages(packages))) {
    return false;
  }
  say(`installing Debian's ${packages.join(', ')}`);
  const args = ['install', '--yes', '--quiet', ...packages];
  return (await run('apt-get', args, { log: 'setup-apt', env: { DEBIAN_FRONTEND: 'noninteractive' } })).ok;
}

/**
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether apt can name a version of each, after a look at the archive if need be
 */
export async function knowsPackages(packages) {
  const known = async () => (await run('apt-cache', ['show', '--no-all-versions', ...packages])).ok;
  if (await known()) {
    return true;
  }
  if (process.getuid?.() !== 0) {
    return false;
  }
  await run('apt-get', ['update', '--quiet'], { log: 'setup-apt' });
  return known();
}
