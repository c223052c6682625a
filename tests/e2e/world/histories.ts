/**
 * The histories that Prometheus is filled with: the demo's world under each deployment of Flyte, each with a prefix of
 * its own, so that one server holds all of them. The time is fixed, so a history is the same on every run and its
 * blocks can be kept.
 */

export type Deployment = 'core-exec' | 'core' | 'binary';

/** Whole minutes, aligned to the two hours of a Prometheus block: 2025-03-10, 06:00 to 18:00 UTC. */
export const START = Date.UTC(2025, 2, 10, 6);
export const END = Date.UTC(2025, 2, 10, 18);
export const INTERVAL = 60_000;

/** A history with everything in it: executions that failed, were aborted, and still run at its end. */
const SEED = '19';

const HOUR = 3_600_000;

const seconds = (ms: number) => String(ms / 1000);

export const PREFIX: Record<Deployment, string> = {
  'core-exec': 'exec:propeller:all:',
  core: 'core:propeller:all:',
  binary: 'binary:propeller:all:',
};

/** What the simulator is asked for beside deployment, prefix and time. Pods have no prefix, so one of them has pods. */
export const HISTORIES: Record<Deployment, string[]> = {
  // Restarts every four hours by itself, since a series for each execution piles up in propeller.
  // One restart more comes seconds after an execution ended, so that no scrape ever sees how it did.
  'core-exec': ['--keep', 'timeline', '--restart-at', seconds(START + 27_204_000)],
  // Two instances add up; everything is kept, so that quantiles and unlabelled twins are there.
  core: ['--keep', 'all', '--instances', '2', '--no-pods'],
  // A restart in the middle: counters begin anew.
  binary: ['--keep', 'all', '--restart-at', seconds(START + 7 * HOUR + 90_000), '--no-pods'],
};

/** Arguments of the simulator for one history. */
export function backfillArgs(deployment: Deployment, out: string): string[] {
  return [
    'backfill',
    ...['--deployment', deployment, '--prefix', PREFIX[deployment], '--seed', SEED],
    ...['--start', seconds(START), '--end', seconds(END), '--interval', `${seconds(INTERVAL)}s`],
    ...HISTORIES[deployment],
    ...['--out', out],
  ];
}
