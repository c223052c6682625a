/** The rows that the truth makes of workflows: how much their counters grew, as samples on a grid show it. */
import { INTERVAL } from './histories.ts';
import {
  ABORTED,
  ACCEPTANCE,
  add,
  FAILED,
  nodeStages,
  none,
  present,
  shortName,
  SUCCEEDED,
  type Reading,
  type Total,
} from './stages.ts';
import type { Range } from './executions.ts';
import type { History, TrueExecution, TrueNode } from './truth.ts';

export interface MeanStage {
  /** ms in one mean run. */
  value: number;
  /** ms of one observation; none where the stage is derived. */
  mean?: number;
  count: number;
}

export interface MeanRow {
  workflow: string;
  runs: number;
  wall?: number;
  stages: Record<string, MeanStage>;
}

/** Where nodes have no label, all of them are one. */
const NAMELESS: TrueNode[] = [{ id: '', kind: 'task', parent: null }];

interface Counted {
  range: Range;
  /** Whether nodes have a label. */
  hasNodes: boolean;
  /** Whether what the counters held at the first sample counts too: nothing tells at an instant. */
  sinceEver?: boolean;
}

/** One row for every workflow whose counters grew between the first and the last sample of the range. */
export function meanRows({ executions, scrapes }: History, { range, hasNodes, sinceEver = false }: Counted): MeanRow[] {
  const { from, to } = range;
  const scrapeOf = ({ instance }: TrueExecution, at: number) => scrapes[instance]?.firstToSee(at);
  const onGrid = (scrape: number) => from + Math.ceil((scrape - from) / INTERVAL) * INTERVAL;
  const everSeen = (instance: number) =>
    executions
      .filter((execution) => execution.instance === instance)
      .flatMap((execution) =>
        execution.metrics.flatMap(({ observed_at }) => observed_at.map((at) => ({ execution, at })))
      )
      .map(({ execution, at }) => scrapeOf(execution, at) ?? Infinity);
  // What is in the counters at the first sample of a process was there before.
  const begins = scrapes.map((_, instance) => Math.max(from, onGrid(Math.min(...everSeen(instance)))));
  const isIn = ({ instance }: TrueExecution, scrape: number | undefined) =>
    scrape !== undefined &&
    onGrid(scrape) > (sinceEver ? -Infinity : (begins[instance] ?? NaN)) &&
    onGrid(scrape) <= to;

  const workflows = new Set(executions.map(({ workflow }) => workflow));
  return [...workflows].flatMap((workflow) => {
    const own = executions.filter((execution) => execution.workflow === workflow);
    const growth = new Map<string, Total>();
    for (const execution of own) {
      for (const { metric, node, observed_at, values } of execution.metrics) {
        const key = `${metric} ${hasNodes ? node : ''}`;
        const total = growth.get(key) ?? none();
        observed_at.forEach((at, index) => {
          if (isIn(execution, scrapeOf(execution, at))) {
            add(total, { sum: values[index] ?? NaN, count: 1 });
          }
        });
        growth.set(key, total);
      }
    }
    const read: Reading = (metrics, node) => {
      const total = none();
      metrics.forEach((metric) => add(total, growth.get(`${metric} ${node}`) ?? none()));
      return total;
    };
    const nodes = hasNodes ? [...byId(own.flatMap((execution) => execution.nodes)).values()] : NAMELESS;
    return rowOf(workflow, nodes, read) ?? [];
  });
}

const byId = (nodes: TrueNode[]) => new Map(nodes.map((node) => [node.id, node]));

function rowOf(workflow: string, nodes: TrueNode[], read: Reading): MeanRow | undefined {
  const acceptance = read([ACCEPTANCE], '');
  const finished = read([SUCCEEDED, FAILED], '');
  // The simulated Flyte is a current one, which observes a completion latency for aborted runs alone.
  const aborted = read([ABORTED], '');
  const ended = finished.count + aborted.count;
  const runs = ended || acceptance.count;
  const totals = present({ acceptance, ...nodeStages(nodes, read) });
  if (runs === 0 && Object.keys(totals).length === 0) {
    return undefined;
  }
  const stages: Record<string, MeanStage> = {};
  for (const [id, { sum, count }] of Object.entries(totals)) {
    const mean = count > 0 ? sum / count : undefined;
    stages[id] = { value: sum / (id === 'acceptance' || runs === 0 ? count : runs), mean, count };
  }
  const wall = ended ? (finished.sum + aborted.sum) / ended + (stages['acceptance']?.value ?? 0) : undefined;
  const rest = (wall ?? 0) - Object.values(stages).reduce((sum, { value }) => sum + value, 0);
  if (rest > 0) {
    stages['unattributed'] = { value: rest, mean: undefined, count: 0 };
  }
  return { workflow: shortName(workflow), runs, wall, stages };
}
