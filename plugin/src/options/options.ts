import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';
import { MetricsEditor } from './MetricsEditor';
import { StagesEditor } from './StagesEditor';

/** What the user can set in the panel's editor. */
export function addOptions(builder: PanelOptionsEditorBuilder<Options>): void {
  addRows(builder);
  addHeader(builder);
  addLegend(builder);
  addLinks(builder);
  addData(builder);
}

function addRows(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.rows', 'Rows')];
  builder
    .addRadio({
      path: 'rows',
      name: t('options.of.name', 'One row for'),
      description: t(
        'options.of.description',
        'Each run where your data tells runs apart: by their id, or by what the counters grew by while no other run was under way. Or always the mean run of each workflow over the time range.'
      ),
      category,
      defaultValue: DEFAULTS.rows,
      settings: {
        options: [
          { value: 'best', label: t('options.of.best', 'Each run, if possible') },
          { value: 'means', label: t('options.of.means', 'Each workflow') },
        ],
      },
    })
    .addSelect({
      path: 'sort',
      name: t('options.sort.name', 'Order by'),
      description: t(
        'options.sort.description',
        'Total shows what took longest, overhead what lost the largest share of its time to Flyte and Kubernetes.'
      ),
      category,
      defaultValue: DEFAULTS.sort,
      settings: {
        options: [
          { value: 'end', label: t('options.sort.end', 'End') },
          { value: 'total', label: t('options.sort.total', 'Total time') },
          { value: 'overhead', label: t('options.sort.overhead', 'Overhead share') },
          { value: 'name', label: t('options.sort.name-of-row', 'Name') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: t('options.descending.name', 'Descending'),
      description: t('options.descending.description', 'Latest or largest on top.'),
      category,
      defaultValue: DEFAULTS.descending,
    })
    .addRadio({
      path: 'density',
      name: t('options.density.name', 'Row height'),
      description: t(
        'options.density.description',
        'Dense rows have no text: several hundred executions fit on a screen and the pattern shows. Hover a row for its numbers.'
      ),
      category,
      defaultValue: DEFAULTS.density,
      settings: {
        options: [
          { value: 'normal', label: t('options.density.normal', 'Normal') },
          { value: 'compact', label: t('options.density.compact', 'Compact') },
          { value: 'dense', label: t('options.density.dense', 'Dense') },
        ],
      },
    });
}

function addHeader(builder: PanelOptionsEditorBuilder<Options>): void {
  builder.addBooleanSwitch({
    path: 'showHeader',
    name: t('options.header.name', 'Show header'),
    description: t(
      'options.header.description',
      'A line above the rows: how they are known, a sheet of keys, and a menu to take rows and picture along.'
    ),
    category: [t('options.rows', 'Rows')],
    defaultValue: DEFAULTS.showHeader,
  });
}

function addLegend(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.legend.category', 'Legend')];
  const isShown = ({ legend }: Options) => legend?.showLegend ?? DEFAULTS.legend.showLegend;
  builder
    .addBooleanSwitch({
      path: 'legend.showLegend',
      name: t('options.legend.name', 'Show legend'),
      description: t(
        'options.legend.description',
        'Total and share of every stage. Click a stage to leave it out, with Ctrl or ⌘ to leave out all others.'
      ),
      category,
      defaultValue: DEFAULTS.legend.showLegend,
    })
    .addRadio({
      path: 'legend.displayMode',
      name: t('options.legend.mode', 'Form'),
      category,
      defaultValue: DEFAULTS.legend.displayMode,
      settings: {
        options: [
          { value: 'list', label: t('options.legend.list', 'List') },
          { value: 'table', label: t('options.legend.table', 'Table') },
        ],
      },
      showIf: isShown,
    })
    .addRadio({
      path: 'legend.placement',
      name: t('options.legend.placement', 'Place'),
      category,
      defaultValue: DEFAULTS.legend.placement,
      settings: {
        options: [
          { value: 'bottom', label: t('options.legend.bottom', 'Below') },
          { value: 'right', label: t('options.legend.right', 'Right') },
        ],
      },
      showIf: isShown,
    });
}

const CONSOLE = 'https://flyte.example/console/projects/${project}/domains/${domain}';
const EXECUTION_EXAMPLE = `${CONSOLE}/executions/\${execution}`;
const WORKFLOW_EXAMPLE = `${CONSOLE}/workflows/\${workflow}`;

function addLinks(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.links', 'Flyte console')];
  builder
    .addTextInput({
      path: 'executionUrl',
      name: t('options.execution-url.name', 'Address of an execution'),
      description: t(
        'options.execution-url.description',
        'Where your Flyte console shows an execution. ${project}, ${domain}, ${workflow}, ${execution} and ${node} stand for those of the row, and the dashboard’s variables work, too. Click a row for the link; a row that is not of one known execution has none.'
      ),
      category,
      defaultValue: DEFAULTS.executionUrl,
      settings: { placeholder: EXECUTION_EXAMPLE },
    })
    .addTextInput({
      path: 'workflowUrl',
      name: t('options.workflow-url.name', 'Address of a workflow'),
      description: t('options.workflow-url.description', 'The same for the page of a workflow, which every row has.'),
      category,
      defaultValue: DEFAULTS.workflowUrl,
      settings: { placeholder: WORKFLOW_EXAMPLE },
    });
}

function addData(builder: PanelOptionsEditorBuilder<Options>): void {
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
