/** What the simulator says really happened. */
import { readFileSync } from 'node:fs';

import { historyFile } from './fill.ts';
import { PREFIX, type Deployment } from './histories.ts';
import { addressOf } from './addresses.ts';
import { Scrapes } from './scrapes.ts';
import { ACCEPTANCE } from './stages.ts';

/** What one counter was told: values in the metric's unit. */
export interface Observed {
  /** Without prefix and part: `node:queueing_latency_ms`. */
  metric: string;
  /** Empty where the metric has none. */
  node: string;
  /** Unix ms. */
  observed_at: number[];
  values: number[];
}

export interface TrueNode {
  id: string;
  kind: 'task' | 'dynamic' | 'array' | 'subworkflow' | 'end';
  parent: string | null;
}

/** Unix ms. */
export interface TruePod {
  created_at: number;
  container_started_at: number | null;
  completed_at: number | null;
}

export interface TrueExecution {
  exec_id: string;
  project: string;
  domain: string;
  /** `project:domain:name` */
  workflow: string;
  state: 'succeeded' | 'failed' | 'aborted' | 'running';
  instance: number;
  metrics: Observed[];
  nodes: TrueNode[];
  pods: TruePod[];
}

interface Meta {
  start: number;
  end: number;
  interval_ms: number;
  instances: string[];
  restarts: Array<{ at: number; instance: number }>;
}

export interface History {
  executions: TrueExecution[];
  /** By instance. */
  scrapes: Scrapes[];
}

/** The truth of a deployment, with the times of its scrapes. */
export async function historyOf(deployment: Deployment): Promise<History> {
  const meta = JSON.parse(readFileSync(historyFile(deployment, 'meta.json'), 'utf8')) as Meta;
  const executions = readFileSync(historyFile(deployment, 'truth.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TrueExecution);
  const scrapes = await Promise.all(
    meta.instances.map(async (label, instance) => {
      const restarts = meta.restarts.filter((restart) => restart.instance === instance).map(({ at }) => at);
      return new Scrapes({ ...meta, offset: await offsetOf(deployment, label, meta), restarts });
    })
  );
  return { executions, scrapes };
}

/** Every target is scraped at its own place in the interval, and the samples tell which. Milliseconds. */
async function offsetOf(deployment: Deployment, instance: string, { start, end, interval_ms }: Meta): Promise<number> {
  const query = `max(timestamp({__name__="${PREFIX[deployment]}${ACCEPTANCE}_count", instance="${instance}"}))`;
  const url = `${addressOf('prometheus')}/api/v1/query?${new URLSearchParams({ query, time: String(end / 1000) })}`;
  const { data } = (await (await fetch(url)).json()) as { data: { result: Array<{ value: [number, string] }> } };
  const last = data.result[0]?.value[1];
  if (last === undefined) {
    throw new Error(`${instance} has no sample at the end of the history`);
  }
  return (Math.round(Number(last) * 1000) - start) % interval_ms;
}
