/** Finds files of the repository. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from './paths.mjs';

/**
 * @param {string} folder in the root of the repository
 * @param {string} ending such as `.test.mjs`
 * @returns {string[]} paths in alphabetical order; none where there is no such folder
 */
export function filesUnder(folder, ending) {
  const top = inRoot(folder);
  if (!existsSync(top)) {
    return [];
  }
  return readdirSync(top, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .sort()
    .map((file) => join(top, file));
}
