/** The lines that a script prints for its reader. */

/** @param {string} line */
export const say = (line) => console.log(line);

/** @param {string} line */
export const complain = (line) => console.error(line);

/** @param {number} startedAt what `performance.now()` was */
export const secondsSince = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** An error whose message is written for the reader: it is shown without a stack. */
export class Trouble extends Error {}

/** Status of a process that a signal ended, by the custom of shells. */
const STATUS_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a script's body and ends the process: with status 1 when something goes wrong, and at once on a signal, unless
 * the body minds signals itself.
 * @param {() => Promise<void>} body
 * @param {{ mindsSignals?: boolean }} [options]
 */
export async function main(body, { mindsSignals = false } = {}) {
  if (!mindsSignals) {
    for (const [signal, status] of Object.entries(STATUS_OF_SIGNAL)) {
      process.once(signal, () => process.exit(status));
    }
  }
  try {
    await body();
  } catch (error) {
    complain(error instanceof Trouble ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
  // What the body left under way, because it failed or was told to end, must not keep the process.
  process.exit();
}
