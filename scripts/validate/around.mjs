/** What is asked beside the archive: of its dependencies, and of the names that it imports from Grafana. */
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { which } from '../lib/which.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} command
 * @property {string} [folder]
 * @property {string} [missing] what to say where the program is not there
 * @property {RegExp} [unreachable] what it prints where a service does not answer
 *
 * @typedef {{ verdict: 'ok' | 'ERROR' | 'skip', text?: string }} Judgement
 */

const CARGO_DENY = 'cargo-deny is not installed: cargo install --locked cargo-deny';

/** @type {Check[]} */
export const CHECKS = [
  {
    name: 'crates: licences, sources',
    command: ['cargo-deny', '--offline', 'check', 'bans', 'licenses', 'sources'],
    missing: CARGO_DENY,
  },
  {
    name: 'crates: advisories',
    command: ['cargo-deny', 'check', 'advisories'],
    missing: CARGO_DENY,
    unreachable: /failed to fetch advisory database/,
  },
  {
    name: 'npm packages: advisories',
    // What is bundled; tools of the build reach nobody's browser.
    command: ['npm', 'audit', '--omit=dev', '--audit-level=high'],
    folder: 'plugin',
    unreachable: /audit endpoint returned an error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED/,
  },
  {
    name: 'names imported from Grafana, oldest and newest',
    command: ['npm', 'run', '--silent', 'compatible'],
    folder: 'plugin',
    unreachable: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED/,
  },
];

/**
 * @param {Check} check
 * @param {import('../lib/run.mjs').Outcome} outcome
 * @returns {Judgement}
 */
export function judge({ unreachable }, { ok, output }) {
  if (ok) {
    return { verdict: 'ok' };
  }
  const silent = unreachable?.exec(output)?.[0];
  return silent ? { verdict: 'skip', text: `a service did not answer: ${silent}` } : { verdict: 'ERROR', text: output };
}

/** @param {Check} check @returns {Promise<Judgement>} */
export async function perform(check) {
  const { command, folder = '.', missing } = check;
  const [program = '', ...args] = command;
  if (missing && !which(program)) {
    return { verdict: 'skip', text: missing };
  }
  const log = `validate-${check.name.replaceAll(/\W+/g, '-')}`;
  return judge(check, await run(program, args, { cwd: inRoot(folder), log }));
}
