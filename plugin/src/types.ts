import type { Group, Mode, Request, Sort } from './core/generated/timeline_panel';

export type { Group, Mode, Sort };

/** The best rows that the data of each workflow supports, or always its mean; the core's own words. */
export type Rows = Request['rows'];

/** Rows have a fixed height, so that position means time and never the number of rows. */
export type Density = 'normal' | 'compact' | 'dense';

/** Height of a row in CSS pixels. A dense row has no text. */
export const ROW_HEIGHT: Record<Density, number> = { normal: 22, compact: 16, dense: 6 };

/** What sets the scale: all rows, or those that are not far longer than the others; the core's own words. */
export type Scale = 'robust' | 'all';

/** As Grafana's own panels keep it, so that it survives a change from one to the other. */
export interface Legend {
  showLegend: boolean;
  displayMode: 'list' | 'table';
  placement: 'bottom' | 'right';
}

/** The panel's options, as Grafana stores them in a dashboard. */
export interface Options {
  mode: Mode;
  rows: Rows;
  group: Group;
  sort: Sort;
  descending: boolean;
  /** Seconds: rows whose total is shorter are left out. */
  minimumSeconds: number;
  failedOnly: boolean;
  scale: Scale;
  density: Density;
  /** Seconds: rows whose wall clock takes longer are marked. 0: none. */
  objectiveSeconds: number;
  /** Percent: rows with a larger overhead are marked. 0: none. */
  budgetPercent: number;
  /** Whether a line above the rows says what they are, and has the search and the menus. */
  showHeader: boolean;
  legend: Legend;
  /** Width of the names in CSS pixels. 0: as the core thinks fit. */
  labelWidth: number;
  /** Ids of the stages that the legend has switched off. */
  hidden: string[];
  /** One `refId = metric` a line, for queries whose series carry no metric name. */
  metrics: string;
  /** The user's own stages and names, as JSON. */
  stages: string;
  /** Where the Flyte console shows an execution, and a workflow; with `${execution}` and so on. Empty: no link. */
  executionUrl: string;
  workflowUrl: string;
}

/** What a panel starts with: the latest execution on top, everything shown. */
export const DEFAULTS: Options = {
  mode: 'stacked',
  rows: 'best',
  group: 'none',
  sort: 'end',
  descending: true,
  minimumSeconds: 0,
  failedOnly: false,
  scale: 'all',
  density: 'normal',
  objectiveSeconds: 0,
  budgetPercent: 0,
  showHeader: true,
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
  labelWidth: 0,
  hidden: [],
  metrics: '',
  stages: '',
  executionUrl: '',
  workflowUrl: '',
};

/** Options with defaults for what a dashboard doesn't say: Grafana fills in only what its editor shows. */
export function complete(options: Partial<Options>): Options {
  return { ...DEFAULTS, ...options, legend: { ...DEFAULTS.legend, ...options.legend } };
}
