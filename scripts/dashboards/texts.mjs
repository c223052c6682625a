/** The dashboards as the texts that are committed. */
import { readFileSync } from 'node:fs';

import { inRoot } from '../lib/paths.mjs';

/**
 * The dashboards are TypeScript, so they are loaded through tsx, which setup has installed by now.
 * @returns {Promise<Array<[file: string, text: string]>>}
 */
export async function dashboardTexts() {
  const { tsImport } = await import('tsx/esm/api');
  /** @type {{ buildAll: (version: string) => Array<[string, object]> }} */
  const { buildAll } = await tsImport('../../dashboards/src/index.ts', import.meta.url);
  const { version } = JSON.parse(readFileSync(inRoot('plugin', 'package.json'), 'utf8'));
  return buildAll(version).map(([name, dashboard]) => [
    inRoot('dashboards', 'json', name),
    `${JSON.stringify(dashboard, undefined, 2)}\n`,
  ]);
}
