/** The lines that a script prints for its reader. */

/** @param {string} line */
export const say = (line) => console.log(line);

/** @param {string} line */
export const complain = (line) => console.error(line);

/** @param {number} startedAt what `performance.now()` was */
export const secondsSince = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** An error whose message is written for the reader: it is shown without a stack. */
export class Trouble extends Error {}

/**
 * Runs a script's body; what goes wrong ends the process with status 1.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    complain(error instanceof Trouble ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
