/** The archive that `npm run package` has made. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGES } from '../lib/paths.mjs';
import { Trouble } from '../lib/say.mjs';

/** @returns {string} its path @throws {Trouble} where there is none */
export function made() {
  const found = existsSync(PACKAGES) ? readdirSync(PACKAGES).find((file) => file.endsWith('.zip')) : undefined;
  if (!found) {
    throw new Trouble('there is no package to look at: npm run package');
  }
  return join(PACKAGES, found);
}
