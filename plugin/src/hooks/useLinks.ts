import type { DataLink, InterpolateFunction } from '@grafana/data';
import { useCallback, useMemo } from 'react';

import type { Row } from '../core/generated/timeline_panel';
import { type ConsoleAddresses, consoleLinks } from '../links/consoleLinks';
import { linksOf, type RowLink } from '../links/links';

/** What makes the links of a row: those to the Flyte console first, then the panel's data links. */
export function useLinks(
  { executionUrl, workflowUrl }: ConsoleAddresses,
  dataLinks: DataLink[] | undefined,
  replaceVariables: InterpolateFunction
): (row: Row, node: string) => RowLink[] {
  const links = useMemo(
    () => [...consoleLinks({ executionUrl, workflowUrl }), ...(dataLinks ?? [])],
    [executionUrl, workflowUrl, dataLinks]
  );
  return useCallback((row, node) => linksOf(row, node, links, replaceVariables), [links, replaceVariables]);
}
