/**
 * The Rust compiler that builds for this machine: the one of rust-toolchain.toml, or, where rustup cannot download
 * that, the newest installed one that is new enough.
 */
import { readFileSync } from 'node:fs';

import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { answerOf, run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { which } from '../lib/which.mjs';
import { commandFor } from './system.mjs';
import { compareVersions, versionIn } from './version.mjs';

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensureRust(checkOnly) {
  if (!which('cargo')) {
    return [`Rust is missing: ${howToGetRust()}`];
  }
  const remembered = found.rustupToolchain;
  delete found.rustupToolchain;
  if (await isNewEnough()) {
    return ensureComponents(checkOnly);
  }
  if (!which('rustup')) {
    const version = (await answerOf('rustc', ['--version'])) ?? 'no rustc';
    return [`Rust ${oldest().join('.')} or newer is needed, this is ${version}: ${howToGetRust()}`];
  }
  return (await useInstalled(remembered)) || (!checkOnly && (await downloadOrFallBack()))
    ? ensureComponents(checkOnly)
    : [`Rust ${channel()} is missing: rustup toolchain install ${channel()}`];
}

const howToGetRust = () =>
  commandFor({
    debian: "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh",
    fedora: 'sudo dnf install rustup && rustup-init',
    arch: 'sudo pacman -S rustup && rustup default stable',
    macos: 'brew install rustup && rustup default stable',
    other: 'see https://rustup.rs/',
  });

/** The version that rust-toolchain.toml asks for. */
const channel = () => textOf('rust-toolchain.toml', /^channel\s*=\s*"([^"]+)"/m);

/** The oldest version that the crates compile with. */
const oldest = () => versionIn(textOf('Cargo.toml', /^rust-version\s*=\s*"([^"]+)"/m)) ?? [];

/** @param {string} file @param {RegExp} pattern */
const textOf = (file, pattern) => pattern.exec(readFileSync(inRoot(file), 'utf8'))?.[1] ?? '';

/** Whether rustc is there and new enough. Must not itself start a download, as rustup would. */
async function isNewEnough() {
  const outcome = await run('rustc', ['--version'], { env: { RUSTUP_AUTO_INSTALL: '0' } });
  const version = versionIn(outcome.stdout);
  return outcome.ok && version !== undefined && compareVersions(version, oldest()) >= 0;
}

/** @param {string | undefined} toolchain */
async function useInstalled(toolchain) {
  if (!toolchain) {
    return false;
  }
  found.rustupToolchain = toolchain;
  const works = await isNewEnough();
  if (!works) {
    delete found.rustupToolchain;
  }
  return works;
}

async function downloadOrFallBack() {
  say(`installing Rust ${channel()}`);
  const args = ['toolchain', 'install', channel(), '--profile', 'minimal', '--component', 'rustfmt,clippy'];
  if ((await run('rustup', args, { log: 'setup-rustup' })).ok && (await isNewEnough())) {
    return true;
  }
  const newest = await newestInstalled();
  if (!(await useInstalled(newest))) {
    return false;
  }
  say(`Rust ${channel()} cannot be downloaded: using ${newest} (beside npm, set RUSTUP_TOOLCHAIN=${newest} yourself)`);
  return true;
}

/** The newest installed toolchain; a release goes before a nightly of the same version. */
async function newestInstalled() {
  const names = ((await answerOf('rustup', ['toolchain', 'list'])) ?? '')
    .split('\n')
    .map((line) => line.replace(/ .*/, ''));
  const versions = await Promise.all(
    names.map(async (name) => ({ name, text: await answerOf('rustup', ['run', name, 'rustc', '--version']) }))
  );
  const releases = versions.filter(({ text }) => text && !text.includes('nightly'));
  const candidates = (releases.length > 0 ? releases : versions).filter(({ text }) => versionIn(text));
  candidates.sort((a, b) => compareVersions(versionIn(b.text) ?? [], versionIn(a.text) ?? []));
  return candidates[0]?.name;
}

/**
 * rustfmt and clippy. Nothing but `npm run lint` needs them, so their absence is told there.
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>}
 */
async function ensureComponents(checkOnly) {
  const present = await Promise.all(
    [
      ['fmt', '--version'],
      ['clippy', '--version'],
    ].map(async (args) => (await run('cargo', args)).ok)
  );
  if (!present.every(Boolean) && !checkOnly && which('rustup')) {
    await run('rustup', ['component', 'add', 'rustfmt', 'clippy'], { log: 'setup-rustup' });
  }
  return [];
}
