/** `npm run lint`: every check that reads the sources and runs none of them. All are run, then failures are shown. */
import { existsSync } from 'node:fs';

import { inRoot, TOOLCHAIN_FILE } from './lib/paths.mjs';
import { describeFailure, run } from './lib/run.mjs';
import { main, say, secondsSince, Trouble } from './lib/say.mjs';
import { npmProgram } from './lib/which.mjs';
import { ensureSetup } from './setup/ensure.mjs';

const WASM = ['--package', 'timeline-panel', '--target', 'wasm32-unknown-unknown'];
const DENY = ['--', '-D', 'warnings'];

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} command
 * @property {string} [folder]
 * @property {string | false} [skip] why it is not run
 */

/** @returns {Check[]} */
const checks = () => [
  { name: 'rustfmt', command: ['cargo', 'fmt', '--all', '--check'] },
  { name: 'clippy', command: ['cargo', 'clippy', '--workspace', '--all-targets', '--locked', ...DENY] },
  {
    name: 'clippy, wasm',
    command: ['cargo', 'clippy', ...WASM, '--locked', ...DENY],
    skip: existsSync(TOOLCHAIN_FILE) && 'clippy has no standard library for wasm here',
  },
  // The plugin's sources and tests import what wasm-bindgen generates.
  { name: 'generated types', command: ['cargo', 'xtask', 'wasm'] },
  { name: 'types, scripts and tests', command: [npmProgram('tsc'), '--noEmit', '-p', '.'] },
  { name: 'types, plugin', command: ['npm', 'run', 'typecheck'], folder: 'plugin' },
  { name: 'types, dashboards', command: ['npm', 'run', 'typecheck'], folder: 'dashboards' },
  { name: 'types, tests/host', command: ['npm', 'run', 'typecheck'], folder: 'tests/host' },
  { name: 'types, tests/prometheus', command: ['npm', 'run', 'typecheck'], folder: 'tests/prometheus' },
  { name: 'types, tests/deploy', command: ['npm', 'run', 'typecheck'], folder: 'tests/deploy' },
  { name: 'types, tests/grafana', command: ['npm', 'run', 'typecheck'], folder: 'tests/grafana' },
  { name: 'eslint, scripts, tests and dashboards', command: [npmProgram('eslint'), 'scripts', 'tests', 'dashboards'] },
  { name: 'lint, plugin', command: ['npm', 'run', 'lint'], folder: 'plugin' },
  { name: 'prettier', command: [npmProgram('prettier'), '--check', '--log-level', 'warn', '.'] },
];

/**
 * @param {Check} check
 * @returns {Promise<string | undefined>} what it found wrong
 */
async function perform({ name, command: [program = '', ...args], folder = '.', skip }) {
  if (skip) {
    say(`skip  ${name}: ${skip}`);
    return undefined;
  }
  const startedAt = performance.now();
  const log = `lint-${name.replaceAll(/\W+/g, '-')}`;
  const outcome = await run(program, args, { cwd: inRoot(folder), log });
  say(`${outcome.ok ? 'ok   ' : 'FAIL '} ${name} (${secondsSince(startedAt)})`);
  return outcome.ok ? undefined : describeFailure(name, outcome);
}

await main(async () => {
  await ensureSetup();
  const failures = [];
  for (const check of checks()) {
    failures.push(await perform(check));
  }
  const found = failures.filter(Boolean);
  if (found.length > 0) {
    throw new Trouble(['', ...found, '', `${found.length} of ${failures.length} checks failed`].join('\n'));
  }
});
