/** A load that no simulated hour has: 20,000 series of 2,000 executions, as OpenMetrics. */

export const MANY = {
  prefix: 'many:propeller:all:',
  executions: 2_000,
  /** Two samples a series, a minute apart, in the first hour of the histories. */
  from: Date.UTC(2025, 2, 10, 6, 10),
  to: Date.UTC(2025, 2, 10, 6, 11),
};

/** Metric, node and value in ms: five pairs of `_sum` and `_count` for each execution. */
const STAGES: Array<[metric: string, node: string, of: (execution: number) => number]> = [
  ['workflow:acceptance_latency_ms', '', (n) => 400 + (n % 7)],
  ['node:transition_latency_ms', 'n0', (n) => 300 + (n % 11)],
  ['node:queueing_latency_ms', 'n0', (n) => 200 + (n % 13)],
  ['node:success_duration_ms', 'n0', (n) => 60_000 + n],
  ['workflow:success_duration_ms', '', (n) => 62_000 + n],
];

export const manyId = (execution: number) => `m${String(execution).padStart(5, '0')}`;

export function manyText(): string {
  const lines = STAGES.flatMap(([metric, node, of]) =>
    ['sum', 'count'].flatMap((part) => family(metric, node, part, of))
  );
  return `${lines.join('\n')}\n# EOF\n`;
}

function family(metric: string, node: string, part: string, of: (execution: number) => number): string[] {
  const name = `${MANY.prefix}${metric}_${part}`;
  const samples = Array.from({ length: MANY.executions }, (_, execution) => {
    const labels = `project="p",domain="d",wf="p:d:many",task="",node="${node}",exec_id="${manyId(execution)}"`;
    const value = part === 'sum' ? of(execution) : 1;
    return [MANY.from, MANY.to].map((at) => `${name}{${labels}} ${value} ${at / 1000}`).join('\n');
  });
  return [`# TYPE ${name} unknown`, ...samples];
}
