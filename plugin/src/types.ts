/** What rows can be ordered by; the core's own words. */
export type Sort = 'end' | 'total' | 'overhead' | 'name';

/** The best rows that the data of each workflow supports, or always its mean; the core's own words. */
export type Rows = 'best' | 'means';

/** Rows have a fixed height, so that position means time and never the number of rows. */
export type Density = 'normal' | 'compact' | 'dense';

/** Height of a row in CSS pixels. A dense row has no text. */
export const ROW_HEIGHT: Record<Density, number> = { normal: 22, compact: 16, dense: 6 };

/** As Grafana's own panels keep it, so that it survives a change from one to the other. */
export interface Legend {
  showLegend: boolean;
  displayMode: 'list' | 'table';
  placement: 'bottom' | 'right';
}

/** The panel's options, as Grafana stores them in a dashboard. */
export interface Options {
  rows: Rows;
  sort: Sort;
  descending: boolean;
  density: Density;
  /** Whether a line above the rows says what they are and has the menu. */
  showHeader: boolean;
  legend: Legend;
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
  rows: 'best',
  sort: 'end',
  descending: true,
  density: 'normal',
  showHeader: true,
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
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
