import type { DataLink } from '@grafana/data';
import { t } from '@grafana/i18n';

/** The options that say where the Flyte console shows an execution and a workflow. Empty ones make no link. */
export interface ConsoleAddresses {
  executionUrl: string;
  workflowUrl: string;
}

/** Links to the Flyte console, from the addresses that the user gave. */
export function consoleLinks({ executionUrl, workflowUrl }: ConsoleAddresses): DataLink[] {
  const link = (title: string, url: string): DataLink[] =>
    url.trim() ? [{ title, url: url.trim(), targetBlank: true }] : [];
  return [
    ...link(t('links.execution', 'Execution in Flyte'), executionUrl),
    ...link(t('links.workflow', 'Workflow in Flyte'), workflowUrl),
  ];
}
