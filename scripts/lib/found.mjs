/** `.cache/setup.json`: the programs that setup found, for the scripts and tests that need them. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { SETUP_FILE } from './paths.mjs';

/**
 * @typedef {object} Found
 * @property {string} [chromium] path of a Chromium or Chrome
 * @property {string} [prometheus] path
 * @property {string} [promtool] path
 * @property {string} [rustupToolchain] the installed toolchain to use where rust-toolchain.toml's cannot be had
 */

/** What setup found last; setup itself changes it and writes it back. @type {Found} */
export const found = readFound();

/** @returns {Found} nothing found yet where there is no such file or it is damaged */
function readFound() {
  try {
    return JSON.parse(readFileSync(SETUP_FILE, 'utf8'));
  } catch {
    return {};
  }
}

export function writeFound() {
  writeJson(SETUP_FILE, found);
}

/**
 * Writes beside the file and renames: no reader ever sees half of it.
 * @param {string} file
 * @param {unknown} value
 */
export function writeJson(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(fresh, file);
}
