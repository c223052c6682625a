/** `npm run bench`: what the budgets promise, measured in a real browser. Machines differ: read the ratios. */
import { coldStart } from './bench/coldStart.mjs';
import { buildPlugin } from './lib/build.mjs';
import { main, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  await ensureSetup();
  await buildPlugin();
  if (!(await coldStart())) {
    throw new Trouble('over a budget');
  }
});
