import { FieldType, getPanelDataSummary, toDataFrame } from '@grafana/data';

import { suggest } from './suggest';

const series = (name: string, labels?: Record<string, string>) =>
  suggest(
    getPanelDataSummary([
      toDataFrame({
        fields: [
          { name: 'Time', type: FieldType.time, values: [1] },
          { name, type: FieldType.number, labels, values: [1] },
        ],
      }),
    ])
  );

describe('suggest', () => {
  test.each([
    'flyte:propeller:all:node:queueing_latency_ms_sum',
    'flyte:propeller:all:workflow:acceptance_latency_unlabeled_ms_count',
    'my_prefix:workflow:success_duration_ms',
    'flyte:propeller:all:node:plugin_queue_latency_us_sum',
  ])('%s is a stage', (name) => {
    expect(series(name)).toHaveLength(1);
    expect(series('Value', { __name__: name })).toHaveLength(1);
  });

  test.each(['Value', 'node_cpu_seconds_total', 'flyte:propeller:all:round:panic_unlabeled', 'go_gc_duration_ms_sum'])(
    '%s is none',
    (name) => {
      expect(series(name)).toBeUndefined();
    }
  );

  test('no data is no reason', () => {
    expect(suggest(getPanelDataSummary([]))).toBeUndefined();
  });
});
