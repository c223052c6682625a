/** Builds the installable plugin into dist/, and the simulator that tests and the demo feed it with. */
import { existsSync } from 'node:fs';

import { writeNotices } from './notices.mjs';
import { inRoot } from './paths.mjs';
import { answerOf, runOrFail } from './run.mjs';
import { say, secondsSince, Trouble } from './say.mjs';

/** crate/panel to wasm, the plugin around it, and the licences of what is in both. */
export async function buildPlugin() {
  await step('wasm', 'cargo', ['xtask', 'wasm'], 'build-wasm');
  await step('plugin', 'npm', ['run', 'build'], 'build-plugin', inRoot('plugin'));
  await writeNotices(inRoot('dist'));
}

/**
 * @returns {Promise<string>} the simulator's path
 */
export async function buildSimulator() {
  await step('simulator', 'cargo', ['build', '--release', '--locked', '-p', 'flyte-simulator'], 'build-simulator');
  const metadata = await answerOf('cargo', ['metadata', '--format-version', '1', '--no-deps', '--locked']);
  const program = `${JSON.parse(metadata ?? '{}').target_directory}/release/flyte-simulator`;
  if (!existsSync(program)) {
    throw new Trouble(`cargo built no ${program}: crate/simulator needs a binary named flyte-simulator`);
  }
  return program;
}

/** The page that loads the plugin as Grafana does. */
export const buildHost = () => step('host page', 'npm', ['run', 'build'], 'build-host', inRoot('tests', 'host'));

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @param {string} log
 * @param {string} [cwd]
 */
async function step(name, program, args, log, cwd) {
  const startedAt = performance.now();
  const { stdout } = await runOrFail(program, args, { log, cwd });
  const size = /^wasm: (.*)$/m.exec(stdout)?.[1];
  say(`built ${name} in ${secondsSince(startedAt)}${size ? `: ${size}` : ''}`);
}
