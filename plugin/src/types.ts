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
  legend: Legend;
  /** Colours that the user has given to stages, as CSS, by the stage's id. */
  colours: Record<string, string>;
  /** Ids of the stages that the legend has switched off. */
  hidden: string[];
  /** One `refId = metric` a line, for queries whose series carry no metric name. */
  metrics: string;
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
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
  colours: {},
  hidden: [],
  metrics: '',
  executionUrl: '',
  workflowUrl: '',
};

/** Options with defaults for what a dashboard doesn't say: Grafana fills in only what its editor shows. */
export function complete(options: Partial<Options>): Options {
  return { ...DEFAULTS, ...options, legend: { ...DEFAULTS.legend, ...options.legend } };
}
