/** Finds programs. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { inRoot } from './paths.mjs';

/** @param {string | undefined} path */
export function isProgram(path) {
  try {
    accessSync(String(path), constants.X_OK);
    return statSync(String(path)).isFile();
  } catch {
    return false;
  }
}

/**
 * The first of these names that is on the PATH, as a path.
 * @param {...string} names
 * @returns {string | undefined}
 */
export function which(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** The path of a program that an npm package of the root brings. @param {string} name */
export const npmProgram = (name) => inRoot('node_modules', '.bin', name);
