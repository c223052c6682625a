/**
 * The work of the core on plain counters, in straightforward JavaScript: the mean run of every workflow, and single
 * runs by counting how many are under way. Written to be compared with: it knows nothing of restarts within gaps,
 * silences, late scrapes, nodes, pods, units of other metrics, or wrong input.
 */
import { type DataFrame } from '@grafana/data';

import { METRICS } from './data.ts';

export interface SingleRun {
  workflow: string;
  /** The scrape that shows its end, ms since the epoch. */
  end: number;
  /** Of every stage, in its metric's unit, in the order of `METRICS`. */
  sums: number[];
}

export interface Plain {
  /** By workflow: ms or µs of one run in every stage, in the order of `METRICS`. */
  means: Map<string, number[]>;
  runs: SingleRun[];
}

interface Pair {
  times: number[];
  sum: number[];
  count: number[];
}

const ACCEPTANCE = 0;
const DURATION = METRICS.length - 1;

export function plainRows(frames: DataFrame[]): Plain {
  const means = new Map<string, number[]>();
  const runs: SingleRun[] = [];
  for (const [workflow, pairs] of pairsOf(frames)) {
    means.set(workflow, meanOf(pairs));
    runs.push(...singleRuns(workflow, pairs));
  }
  return { means, runs };
}

function pairsOf(frames: DataFrame[]): Map<string, Pair[]> {
  const known = new Map(
    METRICS.flatMap((metric, stage) => [[`${metric}_sum`, stage] as const, [`${metric}_count`, stage]])
  );
  const workflows = new Map<string, Pair[]>();
  for (const { fields } of frames) {
    const [time, value] = fields;
    const name = value?.labels?.['__name__'] ?? '';
    const stage = known.get(name);
    if (stage === undefined || !time || !value) {
      continue;
    }
    const workflow = value.labels?.['wf'] ?? '';
    let pairs = workflows.get(workflow);
    if (!pairs) {
      pairs = METRICS.map(() => ({ times: [], sum: [], count: [] }));
      workflows.set(workflow, pairs);
    }
    const pair = pairs[stage]!;
    pair.times = time.values;
    pair[name.endsWith('_sum') ? 'sum' : 'count'] = value.values;
  }
  return workflows;
}

/** Growth of a counter, over restarts. */
function growth(values: number[]): number {
  let total = 0;
  for (let i = 1; i < values.length; i++) {
    const [before, now] = [values[i - 1]!, values[i]!];
    total += now >= before ? now - before : now;
  }
  return total;
}

function meanOf(pairs: Pair[]): number[] {
  const runs = growth(pairs[DURATION]!.count);
  return pairs.map((pair) => growth(pair.sum) / runs);
}

/** Between two moments at which none is under way: where one run began and ended in between, all is its own. */
function singleRuns(workflow: string, pairs: Pair[]): SingleRun[] {
  const runs: SingleRun[] = [];
  const times = pairs[DURATION]!.times;
  let [accepted, ended] = [0, 0];
  let sums = METRICS.map(() => 0);
  for (let i = 1; i < times.length; i++) {
    let grew = false;
    for (let stage = 0; stage < pairs.length; stage++) {
      const { sum, count } = pairs[stage]!;
      const observations = count[i]! - count[i - 1]!;
      if (observations > 0) {
        grew = true;
        sums[stage]! += sum[i]! - sum[i - 1]!;
        accepted += stage === ACCEPTANCE ? observations : 0;
        ended += stage === DURATION ? observations : 0;
      }
    }
    if (grew && accepted === ended) {
      if (ended === 1) {
        runs.push({ workflow, end: times[i]!, sums });
      }
      [accepted, ended] = [0, 0];
      sums = METRICS.map(() => 0);
    }
  }
  return runs;
}

/** Reads every sample once: the least that anybody can do. */
export function readOnce(frames: DataFrame[]): number {
  let total = 0;
  for (const { fields } of frames) {
    for (const { values } of fields) {
      if (typeof values[0] === 'number') {
        total += sum(values);
      }
    }
  }
  return total;
}

function sum(values: number[]): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += values[i]!;
  }
  return total;
}
