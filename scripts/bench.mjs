/**
 * `npm run bench`: what the budgets promise, measured in a real browser. Machines differ: read the ratios.
 * `-- --only cold|work` runs a part.
 */
import { parseArgs } from 'node:util';

import { coldStart } from './bench/coldStart.mjs';
import { work } from './bench/work.mjs';
import { buildPlugin } from './lib/build.mjs';
import { main, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

const PARTS = { cold: coldStart, work };

await main(async () => {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const parts = Object.entries(PARTS).filter(([name]) => !only || name === only);
  if (parts.length === 0) {
    throw new Trouble(`--only ${only} is no part of the bench: choose one of ${Object.keys(PARTS).join(', ')}`);
  }
  await ensureSetup();
  await buildPlugin();
  const over = [];
  for (const [name, measure] of parts) {
    if (!(await measure())) {
      over.push(name);
    }
  }
  if (over.length > 0) {
    throw new Trouble(`over a budget: ${over.join(', ')}`);
  }
});
