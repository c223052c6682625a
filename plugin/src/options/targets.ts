import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';

/** What a run is to keep to. */
export function addTargets(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.targets', 'Targets')];
  builder
    .addNumberInput({
      path: 'objectiveSeconds',
      name: t('options.objective.name', 'Duration objective (seconds)'),
      description: t(
        'options.objective.description',
        'Rows that take longer by the clock on the wall are marked at their left edge, and stacked bars have a line there. 0: none.'
      ),
      category,
      defaultValue: DEFAULTS.objectiveSeconds,
      settings: { min: 0 },
    })
    .addNumberInput({
      path: 'budgetPercent',
      name: t('options.budget.name', 'Overhead budget (%)'),
      description: t(
        'options.budget.description',
        'Rows that lose a larger share of their time to Flyte and Kubernetes are marked. Whole seconds that Flyte rounds by are not held against a run. 0: none.'
      ),
      category,
      defaultValue: DEFAULTS.budgetPercent,
      settings: { min: 0, max: 100 },
    });
}
