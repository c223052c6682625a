import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';
import { MetricsEditor } from './MetricsEditor';
import { StagesEditor } from './StagesEditor';

/** What the panel has to be told about the data. */
export function addData(builder: PanelOptionsEditorBuilder<Options>): void {
  builder.addCustomEditor({
    id: 'metrics',
    path: 'metrics',
    name: t('options.metrics.name', 'Metric of a query'),
    description: t(
      'options.metrics.description',
      'Only needed for queries that drop the metric name, such as sum by (wf) (…) or increase(…). One "refId = metric" a line.'
    ),
    category: [t('options.data', 'Data')],
    defaultValue: DEFAULTS.metrics,
    editor: MetricsEditor,
  });
  builder.addCustomEditor({
    id: 'stages',
    path: 'stages',
    name: t('options.stages.name', 'Stages'),
    description: t(
      'options.stages.description',
      'Your own stages as JSON, measured by any metric with a _sum and a _count: a part of a stage, or time beside them. Built-in stages can get another name or colour, read another metric, or be hidden. The plugin’s page explains each field.'
    ),
    category: [t('options.data', 'Data')],
    defaultValue: DEFAULTS.stages,
    editor: StagesEditor,
  });
}
