/**
 * `npm test`: builds everything and runs every test. `-- --only rust|scripts|plugin|host|deploy|dashboards|e2e` runs a part.
 * The last line is `N passed, N failed`; any failure, and any runner that crashed or ran nothing, ends it with status 1.
 */
import { parseArgs } from 'node:util';

import { buildHost, buildPlugin, buildSimulator } from './lib/build.mjs';
import { describeFailure } from './lib/run.mjs';
import { complain, main, say, secondsSince, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';
import { add, judge } from './test/counts.mjs';
import { RUNNERS } from './test/runners.mjs';

/** @param {string[]} args */
function wanted(args) {
  const { only } = parseArgs({ args, options: { only: { type: 'string' } } }).values;
  const chosen = only ? RUNNERS.filter(({ part }) => part === only) : RUNNERS;
  if (chosen.length === 0) {
    const parts = [...new Set(RUNNERS.map(({ part }) => part))];
    throw new Trouble(`--only ${only} is no part of the tests: choose one of ${parts.join(', ')}`);
  }
  return chosen;
}

/** @param {Set<string>} parts */
async function build(parts) {
  if (['plugin', 'host', 'dashboards', 'e2e'].some((part) => parts.has(part))) {
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
  const runners = wanted(process.argv.slice(2));
  await ensureSetup();
  await build(new Set(runners.map(({ part }) => part)));
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
