/** `npm run dashboards`: writes the dashboards that people import, from their code. With `-- --check` it only compares. */
import { readFileSync, writeFileSync } from 'node:fs';

import { dashboardTexts } from './dashboards/texts.mjs';
import { main, say, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  await ensureSetup();
  const stale = [];
  for (const [file, text] of await dashboardTexts()) {
    if (process.argv.includes('--check')) {
      stale.push(...(read(file) === text ? [] : [file]));
      continue;
    }
    writeFileSync(file, text);
    say(file);
  }
  if (stale.length > 0) {
    throw new Trouble(`not what the code says: ${stale.join(', ')}; run npm run dashboards`);
  }
});

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
