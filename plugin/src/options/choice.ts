import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';

/** What a row is: the best that the data tells, or what the user would rather see. */
export function addChoice(builder: PanelOptionsEditorBuilder<Options>, category: string[]): void {
  builder.addSelect({
    path: 'rows',
    name: t('options.of.name', 'One row for'),
    description: t(
      'options.of.description',
      'The best that your data tells of each workflow, or one way of knowing it. A row’s tooltip says why it is not known better and what would bring that; what the data cannot follow is said above the rows.'
    ),
    category,
    defaultValue: DEFAULTS.rows,
    settings: {
      options: [
        {
          value: 'best',
          label: t('options.of.best', 'Each run, if possible'),
          description: t('options.of.best-hint', 'Workflow by workflow, the best that the data tells'),
        },
        {
          value: 'execution',
          label: t('options.of.execution', 'Each execution, by its id'),
          description: t('options.of.execution-hint', 'Needs exec_id among propeller’s labels'),
        },
        {
          value: 'pods',
          label: t('options.of.pods', 'Each execution, by its pods'),
          description: t('options.of.pods-hint', 'Needs kube-state-metrics with Flyte’s labels; exact times'),
        },
        {
          value: 'increments',
          label: t('options.of.increments', 'Each run, rebuilt from counters'),
          description: t('options.of.increments-hint', 'Runs that share their time are one row'),
        },
        {
          value: 'means',
          label: t('options.of.means', 'Each workflow'),
          description: t('options.of.means-hint', 'Its mean run over the time range'),
        },
        {
          value: 'trend',
          label: t('options.of.trend', 'Each workflow and stretch of time'),
          description: t('options.of.trend-hint', 'Its mean run in every hour, say: a trend'),
        },
      ],
    },
  });
}
