/** Data to measure with, as Grafana's Prometheus data source returns it: plain arrays in genuine data frames. */
import { type DataFrame, type Field, FieldType, type Labels } from '@grafana/data';

export const STEP = 15_000;
const BEGIN = 1_700_000_000_000;
const PREFIX = 'flyte:propeller:all:';

/** The stages of a run, in the order in which they are told, and how many of its steps it takes to tell them. */
const STAGES = [
  'workflow:acceptance_latency_ms',
  'node:transition_latency_ms',
  'node:queueing_latency_ms',
  'plugin_queue_latency_us',
  'plugin_initialize_latency_us',
  'node:success_duration_ms',
  'workflow:success_duration_ms',
] as const;
export const METRICS = STAGES.map((stage) => PREFIX + stage);
const ACCEPTANCE = 0;
const DURATION = STAGES.length - 1;

/** Series of one workflow: a sum and a count of each stage. */
export const SERIES_OF_A_WORKFLOW = 2 * STAGES.length;

/** A small linear congruential generator: the same data in every run. */
function randoms(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

export interface Counters {
  frames: DataFrame[];
  from: number;
  to: number;
  samples: number;
}

/**
 * What `{__name__=~"…_(sum|count)"}` over a range returns of a flyte-core with its default labels: counters of
 * workflows whose runs come alone for the most part, and now and then two at a time. `shift` moves the range on by
 * steps over the same history, as a refresh does.
 */
export function counters(workflows: number, steps: number, shift = 0): Counters {
  const from = BEGIN + shift * STEP;
  const frames = [];
  for (let workflow = 0; workflow < workflows; workflow++) {
    for (const [stage, parts] of history(workflow, steps + shift).entries()) {
      for (const [part, whole] of Object.entries(parts)) {
        const labels = { ...labelsOf(workflow), __name__: `${METRICS[stage]}_${part}` };
        const values = shift === 0 ? whole : whole.slice(shift);
        frames.push(series(labels, from, values));
      }
    }
  }
  const samples = frames.length * steps;
  return { frames, from, to: from + (steps - 1) * STEP, samples };
}

const labelsOf = (workflow: number): Labels => ({
  domain: 'production',
  instance: '10.244.0.12:10254',
  job: 'flytepropeller',
  project: 'bench',
  task: '',
  wf: `bench:production:workflow_${workflow}`,
});

function series(labels: Labels, from: number, values: number[]): DataFrame {
  const times: number[] = [];
  for (let step = 0; step < values.length; step++) {
    times.push(from + step * STEP);
  }
  return {
    refId: 'A',
    name: labels['__name__'] ?? '',
    length: values.length,
    meta: { custom: { resultType: 'matrix' } },
    fields: [
      { name: 'Time', type: FieldType.time, config: { interval: STEP }, values: times },
      { name: labels['__name__'] ?? '', type: FieldType.number, config: {}, labels, values },
    ],
  };
}

/** The sums and counts of every stage, scrape by scrape. */
function history(workflow: number, steps: number): Array<{ sum: number[]; count: number[] }> {
  const random = randoms(workflow + 1);
  const growth = STAGES.map(() => new Map<number, [sum: number, count: number]>());
  const add = (stage: number, step: number, sum: number) => {
    const [known, count] = growth[stage]?.get(step) ?? [0, 0];
    growth[stage]?.set(step, [known + sum, count + 1]);
  };
  for (let begin = 5 + Math.floor(random() * 30); begin + 30 < steps; begin += 45 + Math.floor(random() * 40)) {
    run(add, begin, random);
    if (random() < 0.2) {
      run(add, begin + 3, random);
    }
  }
  return growth.map((told) => {
    let [sum, count] = [random() * 1e6, Math.floor(random() * 100) + 1];
    const sums: number[] = [];
    const counts: number[] = [];
    for (let step = 0; step < steps; step++) {
      const [more, observations] = told.get(step) ?? [0, 0];
      sum += more;
      count += observations;
      sums.push(sum);
      counts.push(count);
    }
    return { sum: sums, count: counts };
  });
}

/** One run of two nodes: accepted when it begins, told of when each stage is over. */
function run(add: (stage: number, step: number, sum: number) => void, begin: number, random: () => number): void {
  add(ACCEPTANCE, begin, 300 + random() * 4_000);
  let at = begin;
  for (let node = 0; node < 2; node++) {
    const task = 2 + Math.floor(random() * 6);
    add(1, at, 200 + random() * 900);
    add(2, at, 500 + random() * 3_000);
    add(3, at + task, 1e6 * (1 + random() * 4));
    add(4, at + task, 1e6 * (1 + random() * 2));
    add(5, at + task, task * STEP - 1_000 - random() * 8_000);
    at += task;
  }
  add(DURATION, at, (at - begin) * STEP - 1_000 - random() * 2_000);
}

/**
 * What the same query, asked for an instant in table format, returns of a flyte-core whose metrics have `exec_id`:
 * every stage of every execution.
 */
export function executions(count: number): Counters {
  const random = randoms(count);
  const names: string[] = [];
  const workflows: string[] = [];
  const ids: string[] = [];
  const values: number[] = [];
  for (let stage = 0; stage < STAGES.length; stage++) {
    for (const part of ['sum', 'count']) {
      for (let execution = 0; execution < count; execution++) {
        names.push(`${METRICS[stage]}_${part}`);
        workflows.push(`bench:production:workflow_${execution % 20}`);
        ids.push(`f${execution.toString(36).padStart(8, '0')}`);
        const scale = stage === DURATION ? 120_000 : stage === 3 || stage === 4 ? 3e6 : 8_000;
        values.push(part === 'count' ? 1 : Math.round((0.5 + random()) * scale));
      }
    }
  }
  const rows = values.length;
  const to = BEGIN + 3_600_000;
  const text = (name: string, of: string[]): Field => ({ name, type: FieldType.string, config: {}, values: of });
  const same = (name: string, value: string) => text(name, new Array<string>(rows).fill(value));
  const frame: DataFrame = {
    refId: 'A',
    length: rows,
    meta: { custom: { resultType: 'vector' } },
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: new Array<number>(rows).fill(to) },
      text('__name__', names),
      same('domain', 'production'),
      text('exec_id', ids),
      same('instance', '10.244.0.12:10254'),
      same('project', 'bench'),
      text('wf', workflows),
      { name: 'Value', type: FieldType.number, config: {}, values },
    ],
  };
  return { frames: [frame], from: BEGIN, to, samples: rows };
}
