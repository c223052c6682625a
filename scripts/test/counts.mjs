/** How many tests passed and failed, read from what each runner prints. */

/** @typedef {{ passed: number, failed: number }} Counts */

/** Cargo prints one line a test program. @param {string} output @returns {Counts} */
export function countCargo(output) {
  return add(
    [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm)].map(([, passed, failed]) => ({
      passed: Number(passed),
      failed: Number(failed),
    }))
  );
}

/** cargo-nextest ends with one line: `Summary [ 0.1s] 9 tests run: 7 passed, 2 failed, 1 skipped`. @param {string} output @returns {Counts} */
export function countNextest(output) {
  const summary = /^\s*Summary \[.*\] .*tests? run: (.*)$/m.exec(output)?.[1] ?? '';
  return {
    passed: numberBefore(summary, 'passed'),
    failed: numberBefore(summary, 'failed') + numberBefore(summary, 'timed out') + numberBefore(summary, 'exec failed'),
  };
}

/** Node's runner says `# pass 3` in TAP and `ℹ pass 3` in its own form. @param {string} output @returns {Counts} */
export function countNode(output) {
  /** @param {string} word */
  const number = (word) => Number(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { passed: number('pass'), failed: number('fail') + number('cancelled') };
}

/** Jest ends with `Tests: 1 failed, 5 passed, 6 total`. @param {string} output @returns {Counts} */
export function countJest(output) {
  const summary = /^Tests:\s+(.*)$/m.exec(output)?.[1] ?? '';
  return { passed: numberBefore(summary, 'passed'), failed: numberBefore(summary, 'failed') };
}

/** The report of Playwright's `json` reporter. A flaky test passed only when tried again: it failed. @param {string} report @returns {Counts} */
export function countPlaywright(report) {
  const { stats, errors = [] } = JSON.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * The counts that a runner is held to: one that ended badly without naming a failed test, or that ran no test at all,
 * has failed too.
 * @param {Counts} counts
 * @param {boolean} endedWell
 * @returns {Counts}
 */
export function judge({ passed, failed }, endedWell) {
  const silentFailure = failed === 0 && (!endedWell || passed === 0);
  return { passed, failed: silentFailure ? 1 : failed };
}

/** @param {Counts[]} all @returns {Counts} */
export const add = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
});

/** @param {string} text @param {string} word */
const numberBefore = (text, word) => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
