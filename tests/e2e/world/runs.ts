/** What the truth says of single runs whose counters carry no execution id. */
import { shortName, ABORTED, ACCEPTANCE, add, FAILED, nodeStages, none, present, SUCCEEDED } from './stages.ts';
import { POD_START, QUEUEING, TASK, TRANSITION, type Reading, type Stages, type Total } from './stages.ts';
import type { History, Observed, TrueExecution } from './truth.ts';

export interface TrueRun {
  workflow: string;
  state: 'Succeeded' | 'Failed' | 'Aborted';
  /** The scrape that first showed its end, unix ms. */
  seen: number;
  stages: Stages;
}

const STATES = { [SUCCEEDED]: 'Succeeded', [FAILED]: 'Failed', [ABORTED]: 'Aborted' } as const;
/** Which of a run's observations. */
type Wanted = (told: Observed) => boolean;

const US_PER_MS = 1000;

/** Every run whose end a scrape saw, with all that its counters were told, stage by stage. */
export function trueRuns({ executions, scrapes }: History, hasNodes: boolean): TrueRun[] {
  return executions.flatMap((execution) => {
    const ending = execution.metrics.find(({ metric }) => metric in STATES);
    const at = ending?.observed_at[0];
    const seen = at === undefined ? undefined : scrapes[execution.instance]?.firstToSee(at);
    if (!ending || seen === undefined) {
      return [];
    }
    const state = STATES[ending.metric as keyof typeof STATES];
    return { workflow: shortName(execution.workflow), state, seen, stages: stagesOf(execution, hasNodes) };
  });
}

function stagesOf(execution: TrueExecution, hasNodes: boolean): Stages {
  const read = (wanted: Wanted): Total => {
    const total = none();
    for (const { values } of execution.metrics.filter(wanted)) {
      add(total, { sum: values.reduce((sum, value) => sum + value, 0), count: values.length });
    }
    return total;
  };
  const acceptance = read(({ metric }) => metric === ACCEPTANCE);
  if (hasNodes) {
    const at: Reading = (metrics, node) => read((told) => metrics.includes(told.metric) && told.node === node);
    return present({ acceptance, ...nodeStages(execution.nodes, at) });
  }
  const of = (...metrics: string[]) => read(({ metric }) => metrics.includes(metric));
  const task = of(...TASK);
  const pods = of(...POD_START);
  const start = task.count > 0 ? Math.min(pods.sum / US_PER_MS, task.sum) : pods.sum / US_PER_MS;
  return present({
    ...{ acceptance, transition: of(TRANSITION), queueing: of(QUEUEING) },
    'pod-start': { sum: start, count: Math.max(...POD_START.map((leg) => of(leg).count)) },
    task: { sum: task.count > 0 ? task.sum - start : 0, count: task.count },
  });
}
