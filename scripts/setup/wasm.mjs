/**
 * A standard library for wasm: the toolchain's own, or one that Debian's newest compiler builds from source.
 * Debian packages the sources beside that compiler, so this works where rustup can download nothing.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';

import { writeJson } from '../lib/found.mjs';
import { TOOLCHAIN_FILE } from '../lib/paths.mjs';
import { answerOf, run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { isProgram, which } from '../lib/which.mjs';
import { installPackages, mayInstallPackages } from './system.mjs';

const TARGET = 'wasm32-unknown-unknown';

const DEBIAN_PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-llvm', 'lld-22'];

/** Where those packages put what `cargo xtask wasm` needs. */
const DEBIAN_TOOLCHAIN = { cargo: '/usr/bin/cargo', rustc: '/usr/bin/rustc', linker: '/usr/bin/rust-lld' };
const DEBIAN_SOURCES = '/usr/lib/rustlib/src/rust/library/std/Cargo.toml';

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensureWasmTarget(checkOnly) {
  if (await hasStandardLibrary()) {
    rmSync(TOOLCHAIN_FILE, { force: true });
    return [];
  }
  if (isStored()) {
    return [];
  }
  if (!checkOnly && ((await addTarget()) || (await useDebian()))) {
    return [];
  }
  return [
    `Rust's standard library for ${TARGET} is missing: rustup target add ${TARGET}` +
      ` (or, on Debian, sudo apt-get install ${DEBIAN_PACKAGES.join(' ')})`,
  ];
}

async function hasStandardLibrary() {
  const folder = await answerOf('rustc', ['--print', 'target-libdir', '--target', TARGET]);
  return folder !== undefined && existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('libstd-'));
}

/** Whether an earlier run chose Debian's compiler and it is still there. */
function isStored() {
  try {
    const { cargo, rustc, linker } = JSON.parse(readFileSync(TOOLCHAIN_FILE, 'utf8'));
    return [cargo, rustc, linker].every(isProgram) && existsSync(DEBIAN_SOURCES);
  } catch {
    return false;
  }
}

async function addTarget() {
  if (!which('rustup')) {
    return false;
  }
  say(`installing Rust's standard library for ${TARGET}`);
  return (await run('rustup', ['target', 'add', TARGET], { log: 'setup-rustup' })).ok && (await hasStandardLibrary());
}

async function useDebian() {
  const isThere = () => Object.values(DEBIAN_TOOLCHAIN).every(isProgram) && existsSync(DEBIAN_SOURCES);
  if (!isThere() && mayInstallPackages()) {
    await installPackages(DEBIAN_PACKAGES);
  }
  if (!isThere()) {
    return false;
  }
  writeJson(TOOLCHAIN_FILE, DEBIAN_TOOLCHAIN);
  say("wasm is compiled by Debian's Rust, which builds the standard library from source");
  return true;
}
