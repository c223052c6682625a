import type { VisualizationSuggestion } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from './types';

/** Ways to look at the same data, for Grafana's list of presets. */
export function presets(): Array<VisualizationSuggestion<Options>> {
  const preset = (name: string, description: string, options: Partial<Options>) => ({
    name,
    description,
    options: { ...DEFAULTS, ...options },
    cardOptions: { previewModifier: simplify },
  });
  return [
    preset(t('preset.runs', 'Latest runs'), t('preset.runs-description', 'Each run, the latest on top.'), {}),
    preset(
      t('preset.overhead', 'Most overhead'),
      t('preset.overhead-description', 'What lost the largest share of its time to Flyte and Kubernetes on top.'),
      { sort: 'overhead' }
    ),
    preset(
      t('preset.aligned', 'Stage by stage'),
      t('preset.aligned-description', 'Each stage in a column of its own: in which of them runs differ.'),
      { mode: 'aligned' }
    ),
    preset(
      t('preset.clock', 'By the clock'),
      t('preset.clock-description', 'What ran at once, with the dashboard’s annotations.'),
      { mode: 'clock', sort: 'start' }
    ),
    preset(
      t('preset.means', 'Workflows compared'),
      t('preset.means-description', 'The mean run of each workflow, with a table of all stages.'),
      { rows: 'means', sort: 'total', legend: { ...DEFAULTS.legend, displayMode: 'table' } }
    ),
    preset(
      t('preset.pattern', 'Pattern'),
      t('preset.pattern-description', 'Dense rows: several hundred runs on a screen.'),
      { density: 'dense' }
    ),
  ];
}

/** A card has room for bars only. */
export function simplify(suggestion: VisualizationSuggestion<Options>): void {
  const legend = { ...DEFAULTS.legend, showLegend: false };
  suggestion.options = { ...suggestion.options, density: 'dense', showHeader: false, legend };
}
