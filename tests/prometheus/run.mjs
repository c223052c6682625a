/** Runs a program to its end and keeps what it says. */
import { spawn } from 'node:child_process';

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<string>} standard output
 * @throws {Error} with the last lines of what the program said, when it fails
 */
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let said = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (said = (said + chunk).slice(-4_000)));
    child.on('error', (error) => reject(new Error(`${program} could not be run: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve(output);
      } else {
        const last = `${output.slice(-1_000)}\n${said}`.trim().split('\n').slice(-5).join('\n');
        reject(new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${signal ?? code}: ${last}`));
      }
    });
  });
}
