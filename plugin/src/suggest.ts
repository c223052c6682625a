import {
  type DataFrame,
  type PanelDataSummary,
  type VisualizationSuggestion,
  VisualizationSuggestionScore,
} from '@grafana/data';

import { simplify } from './presets';
import type { Options } from './types';

/**
 * The metrics that a stage is made of, by how their names end: the prefix differs between deployments, and each
 * may come as `_unlabeled`, as `_sum` or as `_count`.
 */
const STAGE_METRIC =
  /(?:^|:)(?:workflow:(?:acceptance_latency|completion_latency|success_duration|failure_duration)|node:(?:transition_latency|queueing_latency|success_duration|failure_duration)|plugin_(?:queue|initialize)_latency)(?:_unlabeled)?_(?:ms|us)(?:_sum|_count)?$/;

/** Suggests the panel for data that has a Flyte stage metric, and for no other. */
export function suggest(summary: PanelDataSummary): Array<VisualizationSuggestion<Options>> | void {
  if (summary.rawFrames?.some(hasStageMetric)) {
    return [{ score: VisualizationSuggestionScore.Best, cardOptions: { previewModifier: simplify } }];
  }
}

function hasStageMetric(frame: DataFrame): boolean {
  return frame.fields.some((field) => STAGE_METRIC.test(field.labels?.['__name__'] ?? field.name));
}
