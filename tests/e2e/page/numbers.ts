/** Numbers as tests compare them: to a microsecond, which no metric is finer than. */

export const micro = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms * 1000) / 1000);

/** The same record with other values. */
export const mapValues = <Value, Other>(record: Record<string, Value>, map: (value: Value) => Other) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

interface MeanLike {
  workflow: string;
  runs?: number;
  wall?: number;
  stages: Record<string, { value: number; mean?: number; count: number }>;
}

/** Rows of means, by workflow, with what the truth knows of them. */
export const comparable = (rows: MeanLike[]) =>
  rows
    .map(({ workflow, runs, wall, stages }) => ({
      ...{ workflow, runs, wall: micro(wall) },
      stages: mapValues(stages, ({ value, mean, count }) => ({ value: micro(value), mean: micro(mean), count })),
    }))
    .sort((a, b) => a.workflow.localeCompare(b.workflow));
