import type { PanelMigrationHandler } from '@grafana/data';

import { DEFAULTS, type Legend, type Options } from '../types';

/** What earlier versions kept, beside what this one keeps. */
interface Earlier {
  /** Before 0.2: whether there is a legend. */
  showLegend?: boolean;
}

type Stored = Partial<Options> & Earlier;

/**
 * Options of a dashboard that an earlier version of the panel has saved, as this one reads them. What is up to date is
 * left as it is, so running it again changes nothing, and what it does not know stays.
 */
export function migrate(options: Stored): Partial<Options> {
  const { showLegend, ...kept } = options;
  if (showLegend === undefined) {
    return kept;
  }
  const legend: Legend = { ...DEFAULTS.legend, showLegend, ...kept.legend };
  return { ...kept, legend };
}

/** Whether there is something to migrate: dashboards that are written by hand carry no version. */
export const isEarlier = (options: Stored | undefined): boolean => options?.showLegend !== undefined;

export const migrationHandler: PanelMigrationHandler<Options> = ({ options }) => migrate(options ?? {});
