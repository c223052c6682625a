/** The rows that the truth makes of executions: what a Prometheus holds of each within a range. */
import type { Scrapes } from './scrapes.ts';
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
  type Stages,
} from './stages.ts';
import type { History, Observed, TrueExecution } from './truth.ts';

export interface ExecutionRow {
  name: string;
  workflow: string;
  state: 'Succeeded' | 'Failed' | 'Aborted' | 'Running';
  end?: number;
  wall?: number;
  stages: Stages;
}

export interface Range {
  from: number;
  to: number;
}

/** How long Prometheus shows a sample that nothing follows. */
const LOOKBACK = 300_000;

const ENDINGS = [SUCCEEDED, FAILED, ABORTED];

/** Every execution of which a scrape in the range saw anything, unless it was seen to have ended before. */
export function executionRows({ executions, scrapes }: History, range: Range): ExecutionRow[] {
  return executions.flatMap((execution) => {
    const own = scrapes[execution.instance];
    return own && !endedBefore(execution, own, range) ? (rowOf(execution, own, range) ?? []) : [];
  });
}

function rowOf(execution: TrueExecution, scrapes: Scrapes, range: Range): ExecutionRow | undefined {
  const read: Reading = (metrics, node) => {
    const total = none();
    execution.metrics
      .filter((observed) => metrics.includes(observed.metric) && observed.node === node)
      .forEach((observed) => add(total, lastIn(range, observed, scrapes)));
    return total;
  };
  const acceptance = read([ACCEPTANCE], '');
  const stages = present({ acceptance, ...nodeStages(execution.nodes, read) });
  const [succeeded, failed, aborted] = ENDINGS.map((metric) => read([metric], ''));
  const ending = [failed, succeeded, aborted].find((total) => total && total.count > 0);
  if (Object.keys(stages).length === 0 && !ending) {
    return undefined;
  }
  const wall = ending && ending.sum + acceptance.sum;
  const rest = (wall ?? 0) - Object.values(stages).reduce((sum, stage) => sum + stage.sum, 0);
  return {
    name: execution.exec_id,
    workflow: shortName(execution.workflow),
    state: !ending ? 'Running' : ending === failed ? 'Failed' : ending === succeeded ? 'Succeeded' : 'Aborted',
    end: firstSeen(execution, scrapes),
    wall,
    stages: rest > 0 ? { ...stages, unattributed: { sum: rest, count: 0 } } : stages,
  };

  function firstSeen(of: TrueExecution, by: Scrapes): number | undefined {
    return ending && endings(of).flatMap(({ observed_at }) => observed_at.map((at) => by.firstToSee(at)))[0];
  }
}

const endings = ({ metrics }: TrueExecution) => metrics.filter(({ metric }) => ENDINGS.includes(metric));

/** Where the ending was already shown when the range begins, the execution is the range's no more. */
function endedBefore(execution: TrueExecution, scrapes: Scrapes, { from }: Range): boolean {
  return endings(execution).some(({ observed_at }) =>
    observed_at.some((at) => {
      const seen = scrapes.firstToSee(at);
      const last = Math.min(scrapes.atOrBefore(from), lastOf(scrapes, at));
      return seen !== undefined && seen <= from && last > from - LOOKBACK;
    })
  );
}

/** The last scrape of the process that lived at an instant. */
const lastOf = (scrapes: Scrapes, instant: number) => scrapes.atOrBefore(scrapes.lifeAt(instant).to - 1);

/** What the counter's last sample within the range holds: of the latest process that has one. */
function lastIn({ from, to }: Range, { observed_at, values }: Observed, scrapes: Scrapes) {
  let last = none();
  for (const life of scrapes.lives) {
    const until = scrapes.atOrBefore(Math.min(to, life.to - 1));
    const seen = observed_at
      .map((at, index) => ({ at, value: values[index] ?? 0 }))
      .filter(({ at }) => life.from <= at && at < life.to && at <= until);
    if (seen.length > 0 && until >= from) {
      last = { sum: seen.reduce((sum, { value }) => sum + value, 0), count: seen.length };
    }
  }
  return last;
}
