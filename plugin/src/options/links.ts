import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';

const CONSOLE = 'https://flyte.example/console/projects/${project}/domains/${domain}';
const EXECUTION_EXAMPLE = `${CONSOLE}/executions/\${execution}`;
const WORKFLOW_EXAMPLE = `${CONSOLE}/workflows/\${workflow}`;

/** Ways to the Flyte console. */
export function addLinks(builder: PanelOptionsEditorBuilder<Options>): void {
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
