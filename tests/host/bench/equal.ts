/** Whether the core and the straightforward JavaScript say the same of the same counters. */
import type { Row } from '../../../plugin/src/core/generated/timeline_panel.js';

import { METRICS } from './data.ts';
import { type Plain } from './plain.ts';

/** By stage of the profile: the metrics that make it, each with its factor to milliseconds. */
const MADE_OF: Record<string, Array<[metric: string, factor: number]>> = {
  acceptance: [['workflow:acceptance_latency_ms', 1]],
  transition: [['node:transition_latency_ms', 1]],
  queueing: [['node:queueing_latency_ms', 1]],
  'pod-start': [
    ['plugin_queue_latency_us', 1e-3],
    ['plugin_initialize_latency_us', 1e-3],
  ],
};

const CLOSE = 1e-9;

function expected(sums: number[], stage: string): number {
  return (MADE_OF[stage] ?? []).reduce((total, [metric, factor]) => {
    const position = METRICS.findIndex((name) => name.endsWith(metric));
    return total + (sums[position] ?? NaN) * factor;
  }, 0);
}

function same(row: Row | undefined, sums: number[], what: string): void {
  if (!row) {
    throw new Error(`the core has no row for ${what}`);
  }
  for (const stage of Object.keys(MADE_OF)) {
    const [ours, theirs] = [row.stages.find(({ id }) => id === stage)?.value ?? NaN, expected(sums, stage)];
    if (!(Math.abs(ours - theirs) <= CLOSE * Math.max(1, theirs))) {
      throw new Error(`${what}, ${stage}: ${ours} ms in the core, ${theirs} ms in plain JavaScript`);
    }
  }
}

/**
 * Every run that plain counting tells is a row of its own with the same stages, and every workflow's mean is its row.
 *
 * @throws where they differ
 * @returns how many rows were compared
 */
export function check(best: Row[], means: Row[], plain: Plain): number {
  // The rows say `workflow_0`, the labels `bench:production:workflow_0`.
  const short = (workflow: string) => workflow.slice(workflow.lastIndexOf(':') + 1);
  const runs = new Map(best.filter(({ kind }) => kind === 'run').map((row) => [`${row.workflow} ${row.end}`, row]));
  for (const { workflow, end, sums } of plain.runs) {
    same(runs.get(`${short(workflow)} ${end}`), sums, `the run of ${workflow} that ended at ${end}`);
  }
  const byWorkflow = new Map(means.map((row) => [row.workflow, row]));
  for (const [workflow, sums] of plain.means) {
    same(byWorkflow.get(short(workflow)), sums, `the mean of ${workflow}`);
  }
  return plain.runs.length + plain.means.size;
}
