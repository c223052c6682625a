/** Which of Flyte's metrics say what, and how the time of nodes becomes the time of stages. */
import type { TrueNode } from './truth.ts';

export const ACCEPTANCE = 'workflow:acceptance_latency_ms';
export const SUCCEEDED = 'workflow:success_duration_ms';
export const FAILED = 'workflow:failure_duration_ms';
/** Observed for aborted executions alone, and holds their whole running time. */
export const ABORTED = 'workflow:completion_latency_ms';
export const TRANSITION = 'node:transition_latency_ms';
export const QUEUEING = 'node:queueing_latency_ms';
export const TASK = ['node:success_duration_ms', 'node:failure_duration_ms'];
export const POD_START = ['plugin_queue_latency_us', 'plugin_initialize_latency_us'];

/** Milliseconds and observations. */
export interface Total {
  sum: number;
  count: number;
}

export type StageId = 'acceptance' | 'transition' | 'queueing' | 'pod-start' | 'task' | 'completion' | 'unattributed';
export type Stages = Partial<Record<StageId, Total>>;

/** What a metric's counters hold at a node, in ms. */
export type Reading = (metrics: string[], node: string) => Total;

const US_PER_MS = 1000;

/**
 * The stages of nodes. A node is left out where an ancestor has a duration, which contains it; pod start is inside of
 * the task's duration, is told apart from it and is never longer.
 */
export function nodeStages(nodes: TrueNode[], read: Reading): Stages {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const isTimed = (id: string) => read(TASK, id).count > 0;
  const isContained = (id: string): boolean => {
    const parent = parents.get(id);
    return parent ? isTimed(parent) || isContained(parent) : false;
  };
  const stages = { transition: none(), queueing: none(), 'pod-start': none(), task: none() };
  for (const id of [...parents.keys()].filter((id) => !isContained(id))) {
    const task = read(TASK, id);
    const legs = POD_START.map((leg) => read([leg], id));
    // Pending and initialising are two legs of one start.
    const pod = {
      sum: legs.reduce((sum, leg) => sum + leg.sum, 0),
      count: Math.max(...legs.map(({ count }) => count)),
    };
    const podMs = task.count > 0 ? Math.min(pod.sum / US_PER_MS, task.sum) : pod.sum / US_PER_MS;
    add(stages.transition, read([TRANSITION], id));
    add(stages.queueing, read([QUEUEING], id));
    add(stages['pod-start'], { sum: podMs, count: pod.count });
    add(stages.task, { sum: task.count > 0 ? task.sum - podMs : 0, count: task.count });
  }
  return stages;
}

export const none = (): Total => ({ sum: 0, count: 0 });

export function add(total: Total, more: Total): void {
  total.sum += more.sum;
  total.count += more.count;
}

/** Without the stages of which nothing was observed. */
export function present(stages: Stages): Stages {
  return Object.fromEntries(Object.entries(stages).filter(([, { count, sum }]) => count > 0 || sum > 0));
}

/** `project:domain:name` without project and domain, as the panel names a workflow. */
export const shortName = (workflow: string) => workflow.split(':').slice(2).join(':');
