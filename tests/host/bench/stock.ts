/** The best route through Grafana's own transformations to the mean of every stage and workflow. */
import {
  BinaryOperationID,
  type DataFrame,
  type DataTransformerConfig,
  ReducerID,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';

import { METRICS } from './data.ts';

/** As Grafana's bootstrap does, in part: only those that are used here. */
export function registerTransformations(): void {
  const used = [
    standardTransformers.reduceTransformer,
    standardTransformers.groupingToMatrixTransformer,
    standardTransformers.calculateFieldTransformer,
  ];
  standardTransformersRegistry.setInit(() =>
    used.map((transformation) => ({
      id: transformation.id,
      name: transformation.name,
      transformation: async () => transformation as never,
      imageDark: '',
      imageLight: '',
      editor: () => null,
    }))
  );
}

/**
 * Reduces every series to its growth (`delta` adds up increases over restarts), brings workflows into rows and
 * metrics into columns, and divides sums by counts: eight transformations, which is what a user would have to click
 * together for seven stages.
 */
const STEPS: DataTransformerConfig[] = [
  { id: 'reduce', options: { reducers: [ReducerID.delta], mode: 'seriesToRows', labelsToFields: true } },
  { id: 'groupingToMatrix', options: { rowField: 'wf', columnField: '__name__', valueField: 'Delta' } },
  ...METRICS.map((metric) => ({
    id: 'calculateField',
    options: {
      mode: 'binary',
      alias: metric,
      binary: {
        left: { matcher: { id: 'byName', options: `${metric}_sum` } },
        operator: BinaryOperationID.Divide,
        right: { matcher: { id: 'byName', options: `${METRICS.at(-1)}_count` } },
      },
    },
  })),
];

/** One table: a row for each workflow, a column for each metric's mean. */
export function stockRows(frames: DataFrame[]): Promise<DataFrame[]> {
  return lastValueFrom(transformDataFrame(STEPS, frames));
}
