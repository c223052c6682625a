/**
 * `npm test`: builds everything and runs every test. `-- --only rust|scripts|plugin|host|deploy|dashboards|e2e` runs a part.
 * `--from-zip` lets the end-to-end tests install the archive that `npm run package` made, and builds no plugin for them.
 * The last line is `N passed, N failed`; any failure, and any runner that crashed or ran nothing, ends it with status 1.
 */
import { parseArgs } from 'node:util';

import { buildHost, buildPlugin, buildSimulator } from './lib/build.mjs';
import { describeFailure } from './lib/run.mjs';
import { complain, main, say, secondsSince, Trouble } from './lib/say.mjs';
import { made } from './package/made.mjs';
import { ensureSetup } from './setup/ensure.mjs';
import { add, judge } from './test/counts.mjs';
import { RUNNERS } from './test/runners.mjs';

/** @param {string | undefined} only */
function wanted(only) {
  const chosen = only ? RUNNERS.filter(({ part }) => part === only) : RUNNERS;
  if (chosen.length === 0) {
    const parts = [...new Set(RUNNERS.map(({ part }) => part))];
    throw new Trouble(`--only ${only} is no part of the tests: choose one of ${parts.join(', ')}`);
  }
  return chosen;
}

/** @param {Set<string>} parts @param {boolean} packed whether the end-to-end tests have their plugin */
async function build(parts, packed) {
  if (['plugin', 'host', 'deploy', 'dashboards', ...(packed ? [] : ['e2e'])].some((part) => parts.has(part))) {
    await buildPlugin();
  }
  if (parts.has('e2e') || parts.has('dashboards')) {
    await buildHost();
    await buildSimulator();
  }
}

/**
 * @param {import('./test/runners.mjs').Runner} runner
 * @returns {Promise<import('./test/counts.mjs').Counts>}
 */
async function perform({ name, run, count }) {
  const startedAt = performance.now();
  const outcome = await run();
  const counts = judge(count(outcome.output), outcome.ok);
  say(`${name}: ${counts.passed} passed, ${counts.failed} failed (${secondsSince(startedAt)})`);
  if (counts.failed > 0) {
    complain(describeFailure(name, outcome));
  }
  return counts;
}

await main(async () => {
  const { only, 'from-zip': fromZip = false } = parseArgs({
    options: { only: { type: 'string' }, 'from-zip': { type: 'boolean' } },
  }).values;
  const runners = wanted(only);
  if (fromZip) {
    process.env.E2E_PACKAGE = made();
    say(`the end-to-end tests install ${process.env.E2E_PACKAGE}`);
  }
  await ensureSetup();
  await build(new Set(runners.map(({ part }) => part)), fromZip);
  const all = [];
  for (const runner of runners) {
    all.push(await perform(runner));
  }
  const { passed, failed } = add(all);
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) {
    process.exitCode = 1;
  }
});
