/** Numbers as tests compare them: to a microsecond, which no metric is finer than. */

export const micro = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms * 1000) / 1000);

/** The same record with other values. */
export const mapValues = <Value, Other>(record: Record<string, Value>, map: (value: Value) => Other) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
