/**
 * Child processes. Arguments are always an array, so nothing is ever quoted for a shell.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { childEnvironment } from './environment.mjs';
import { LOGS, ROOT } from './paths.mjs';
import { Trouble } from './say.mjs';

/** Lines of a failed command that are shown; all of them are in its log. npm says what is wrong first, cargo last. */
const HEAD_LINES = 12;
const TAIL_LINES = 40;

/** Children outlive their parent unless they are told. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')));

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the root of the repository unless given
 * @property {NodeJS.ProcessEnv} [env] set in addition to the scripts' own environment
 * @property {string} [log] keeps the output as `.cache/logs/<log>.log`
 * @property {boolean} [stream] shows the output as it comes
 *
 * @typedef {object} Outcome
 * @property {boolean} ok whether the command ended by itself with status 0
 * @property {string} output stdout and stderr, in the order in which they came
 * @property {string} stdout
 * @property {string} ending `ended with status 1`, `was ended by SIGKILL` or `cannot be started: …`
 * @property {string} [logFile]
 */

/**
 * Runs a command to its end. Never throws: a command that cannot be started is an outcome too.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { cwd = ROOT, env = {}, log, stream = false } = {}) {
  const logFile = log && join(LOGS, `${log}.log`);
  if (logFile) {
    mkdirSync(LOGS, { recursive: true });
  }
  const file = logFile ? createWriteStream(logFile) : undefined;
  return new Promise((resolve) => {
    let output = '';
    let stdout = '';
    /** @param {string} ending @param {boolean} ok */
    const finish = (ending, ok) => {
      running.delete(child);
      const outcome = { ok, output, stdout, ending, logFile };
      if (file) {
        file.end(() => resolve(outcome));
      } else {
        resolve(outcome);
      }
    };
    const child = spawn(program, args, {
      cwd,
      env: { ...childEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    /** @param {NodeJS.ReadableStream} from @param {NodeJS.WriteStream} to @param {boolean} isStdout */
    const listen = (from, to, isStdout) => {
      from.setEncoding('utf8');
      from.on('data', (text) => {
        output += text;
        stdout += isStdout ? text : '';
        file?.write(text);
        if (stream) {
          to.write(text);
        }
      });
    };
    listen(child.stdout, process.stdout, true);
    listen(child.stderr, process.stderr, false);
    child.on('error', (error) => finish(`cannot be started: ${error.message}`, false));
    child.on('close', (code, signal) =>
      finish(signal ? `was ended by ${signal}` : `ended with status ${code}`, code === 0)
    );
  });
}

/**
 * Runs a command that the caller cannot go on without.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 * @throws {Trouble} with the end of the output when the command fails
 */
export async function runOrFail(program, args, options = {}) {
  const outcome = await run(program, args, options);
  if (!outcome.ok) {
    throw new Trouble(describeFailure([program, ...args].join(' '), outcome, options.stream));
  }
  return outcome;
}

/**
 * What failed, how it ended, the start and end of what it printed, and where the rest is.
 * @param {string} what
 * @param {Outcome} outcome
 * @param {boolean} [alreadyShown] whether the reader has seen the output
 */
export function describeFailure(what, outcome, alreadyShown = false) {
  const lines = outcome.output.split('\n').filter((line) => line.trim());
  const cut = lines.length > HEAD_LINES + TAIL_LINES;
  const shown = cut ? [...lines.slice(0, HEAD_LINES), '…', ...lines.slice(-TAIL_LINES)] : lines;
  return [
    `${what} ${outcome.ending}`,
    ...(alreadyShown ? [] : shown.map((line) => `  ${line}`)),
    ...(outcome.logFile && cut ? [`all of its output: ${outcome.logFile}`] : []),
  ].join('\n');
}

/**
 * What a command prints on stdout, trimmed; undefined when it fails or is not there.
 * @param {string} program
 * @param {string[]} args
 */
export async function answerOf(program, args) {
  const outcome = await run(program, args);
  return outcome.ok ? outcome.stdout.trim() : undefined;
}
