/** The test runners of the repository: what starts each, and how its output is counted. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { filesUnder } from '../lib/files.mjs';
import { inRoot, LOGS } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { npmProgram, which } from '../lib/which.mjs';
import { countCargo, countJest, countNextest, countNode, countPlaywright } from './counts.mjs';

/** @typedef {import('../lib/run.mjs').Outcome} Outcome */

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {'rust' | 'scripts' | 'plugin' | 'host' | 'deploy' | 'dashboards' | 'e2e'} part
 * @property {() => Promise<Outcome>} run
 * @property {(output: string) => import('./counts.mjs').Counts} count
 */

const E2E_CONFIG = inRoot('tests', 'e2e', 'playwright.config.ts');
const E2E_REPORT = join(LOGS, 'test-e2e.json');

const hasNextest = Boolean(which('cargo-nextest'));

/** @type {Runner[]} */
export const RUNNERS = [
  {
    name: 'scripts',
    part: 'scripts',
    // The files are named, since older versions of Node expand no patterns.
    run: () => run(process.execPath, ['--test', ...filesUnder('scripts', '.test.mjs')], { log: 'test-scripts' }),
    count: countNode,
  },
  {
    name: 'rust',
    part: 'rust',
    run: () =>
      run('cargo', [...(hasNextest ? ['nextest', 'run'] : ['test']), '--workspace', '--locked', '--no-fail-fast'], {
        log: 'test-rust',
      }),
    count: hasNextest ? countNextest : countCargo,
  },
  {
    name: 'plugin',
    part: 'plugin',
    run: () => run('npm', ['run', 'test:ci'], { cwd: inRoot('plugin'), log: 'test-plugin' }),
    count: countJest,
  },
  {
    name: 'tests/host',
    part: 'host',
    run: () => run('npm', ['test'], { cwd: inRoot('tests', 'host'), log: 'test-host' }),
    count: countNode,
  },
  {
    name: 'tests/prometheus',
    part: 'host',
    run: () => run('npm', ['test'], { cwd: inRoot('tests', 'prometheus'), log: 'test-prometheus' }),
    count: countNode,
  },
  {
    name: 'tests/dashboards',
    part: 'dashboards',
    run: () =>
      // One file after the other: each starts a Prometheus over the same filled folder.
      run(
        process.execPath,
        ['--import', 'tsx', '--test', '--test-concurrency=1', ...filesUnder('tests/dashboards', '.test.ts')],
        { log: 'test-dashboards' }
      ),
    count: countNode,
  },
  {
    name: 'tests/deploy',
    part: 'deploy',
    run: () => run('npm', ['test'], { cwd: inRoot('tests', 'deploy'), log: 'test-deploy' }),
    count: countNode,
  },
  {
    name: 'tests/e2e',
    part: 'e2e',
    run: () => {
      rmSync(E2E_REPORT, { force: true });
      return run(npmProgram('playwright'), ['test', '-c', E2E_CONFIG, '--reporter=list,json'], {
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT },
        log: 'test-e2e',
      });
    },
    count: () =>
      existsSync(E2E_REPORT) ? countPlaywright(readFileSync(E2E_REPORT, 'utf8')) : { passed: 0, failed: 0 },
  },
];
