/** What the data source returned, flattened into columns. See `crate/panel/README.md` for the layout of `shape`. */
export interface Frames {
  /** Every distinct text of the frames, once; everything else refers to it by position. */
  strings: string[];
  /**
   * The frames, one after another, as unsigned integers. Per frame:
   * `refId, frame name, executed query` (positions in `strings`; the empty string where there is none),
   * `kind` (0 unknown, 1 range, 2 instant), `rows`, `fields`, then per field:
   * `name, display name` (positions in `strings`), `type` (0 time, 1 number, 2 text, 3 anything else),
   * `interval` (ms between samples, 0 unknown), `labels`, then per label `key, value` (positions in `strings`).
   */
  shape: Uint32Array;
  /**
   * The values of every field of type 0, 1 and 2, in the order of `shape`: times in ms since the epoch and numbers
   * as they came (no `null`: `NaN` in its place), texts as positions in `strings`. The times and numbers of frames of
   * one row are not here but in `ones`.
   */
  columns: Array<ArrayLike<number>>;
  /**
   * Times and numbers of the frames of one row, in the order of `shape`: an instant query returns thousands of such
   * frames, and each column that crosses by itself costs more than its one value.
   */
  ones: number[];
}

/** What the panel's user asked for that changes which rows there are. */
export interface Request {
  /** The dashboard's time range, ms since the epoch. */
  from: number;
  to: number;
  /** Metric that a query returns where its series carry no name, by refId: `{ B: 'queueing_latency_ms_sum' }`. */
  metrics: Record<string, string>;
  /** The best rows that the counters of each workflow support, or always its mean over the range. */
  rows: 'best' | 'means';
  /** What the user's JSON adds to the stages and changes of them; see `crate/timeline/src/profile/user.rs`. */
  stages?: unknown;
}

/**
 * Where the bars of the rows begin and what their length means: `stacked` from zero, every stage after the one before;
 * `aligned` each stage in a column and from a zero of its own; `normalised` shares of the row; `clock` by the time of
 * day, where it is known.
 */
export type Mode = 'stacked' | 'aligned' | 'normalised' | 'clock';
/** What rows are ordered by; `stage:queueing` and the like order by the time of one stage. */
export type Sort = 'end' | 'start' | 'total' | 'overhead' | 'name' | `stage:${string}`;
export type Group = 'none' | 'workflow' | 'project' | 'domain';

/** How the rows are ordered and what of them is shown. A field that is absent is as its comment says. */
export interface Arrangement {
  sort: Sort;
  descending: boolean;
  /** Ids of the stages that are not drawn and not counted in a row's total. */
  hidden: string[];
  /** Absent: `stacked`. */
  mode?: Mode;
  /** Puts rows under headers. Absent: `none`. */
  group?: Group;
  /** Whether groups are closed unless `toggled` names them. Absent: open. */
  closed?: boolean;
  /** Keys of the rows whose state is not the usual one: rows that were opened, groups that were opened or closed. */
  toggled?: string[];
  /** Words that a row has to hold, in its name, workflow, project, domain, nodes or state. Absent: every row is shown. */
  search?: string;
  /** ms: rows whose total is shorter are not shown. Absent: 0. */
  minimum?: number;
  /** Whether only rows with a failed run are shown. Absent: all. */
  failedOnly?: boolean;
  /**
   * Whether the longest row sets the scale (`all`), or the few that are far longer than all others reach beyond its end
   * (`robust`). Absent: `all`.
   */
  scale?: 'robust' | 'all';
  /** ms: rows whose wall clock takes longer are marked. Absent: none. */
  objective?: number;
  /** Share, 0…1: rows with more overhead are marked. Absent: none. */
  budget?: number;
}

/** What an arrangement shows. */
export interface Shown {
  /** Lines of the picture: rows, headers of groups, and nodes of opened rows. */
  rows: number;
  /** Rows that the search and the other filters let through, those of closed groups included. */
  matched: number;
  /** All rows. */
  of: number;
  statistics: Statistics;
  /** Every stage over the rows that are shown; like `Loaded.stages` otherwise. */
  stages: Stage[];
}

/** What several rows say together. */
export interface Statistics {
  /** Rows that are single runs which succeeded, or ended in a way that nothing tells: the others are no measure. */
  count: number;
  /** Half of them, and 95 of 100, took at most this long, ms: the quantiles of their totals, interpolated. Absent where `count` is 0. */
  median?: number;
  medianText?: string;
  p95?: number;
  p95Text?: string;
  /** What `count` leaves out and why, such as `left out: 3 failed, 1 running`; empty where it leaves out nothing. */
  excluded: string;
  /** All of it in a sentence. */
  text: string;
  /** Whose the time of all rows is, those of several runs included; whoever has none is absent. */
  owners: OwnerShare[];
}

export interface OwnerShare {
  owner: Owner;
  /** ms. */
  total: number;
  totalText: string;
  share: number;
  shareText: string;
}

/** Where and in what the rows are drawn. All lengths in CSS pixels. A field that may be absent is as its comment says. */
export interface View {
  width: number;
  height: number;
  /** How far the rows are scrolled. */
  scrollTop: number;
  /** Device pixels per CSS pixel. */
  pixelRatio: number;
  rowHeight: number;
  theme: 'dark' | 'light';
  /** The theme's own colours and font, as CSS. */
  text: string;
  textDim: string;
  grid: string;
  background: string;
  hover: string;
  fontFamily: string;
  /** Formats an instant (ms since the epoch) in the dashboard's time zone, short: `14:32` or `11-21 14:32`. */
  formatTime: (ms: number) => string;
  /** The row under the pointer or the keyboard's focus, -1 for none. */
  active: number;
  /** Id of the stage that is outlined in the active row. Absent: none. */
  activeStage?: string;
  /** Width of the names, as `Columns.label.width` has it. Absent: a share of the width. */
  labelWidth?: number;
  /** ms since the epoch: the part of time that the arrangement by the clock shows. Absent: the dashboard's range. */
  from?: number;
  to?: number;
  /** ms since the epoch: where other panels' pointer is. Absent: nowhere. */
  cursor?: number;
  /** Formats a tick of the clock whose neighbours are `step` ms away. Absent: `formatTime`. */
  formatTick?: (ms: number, step: number) => string;
  /** ms that the dashboard's time zone is ahead of UTC at an instant, so that ticks are at its full hours. Absent: 0. */
  zoneOffset?: (ms: number) => number;
  /** What happened beside the rows, drawn in the arrangement by the clock. Absent: nothing. */
  annotations?: Annotation[];
}

/** An instant (`to` is `from`) or a span, ms since the epoch. */
export interface Annotation {
  from: number;
  to: number;
  text: string;
  /** As CSS. */
  colour: string;
}

/** Where the columns of a view are, CSS pixels from its left; a column of no width is left out. */
export interface Columns {
  label: Column;
  bar: Column;
  total: Column;
  overhead: Column;
  /** Height of the axis above the rows. */
  axisHeight: number;
}

export interface Column {
  x: number;
  width: number;
}

export type Severity = 'info' | 'warning' | 'error';
export type Owner = 'flyte' | 'kubernetes' | 'user' | 'derived';
export type Tier = 'execution' | 'pod' | 'increment' | 'average';
export type Kind = 'run' | 'group' | 'bucket' | 'mean';
export type Level = 'group' | 'row' | 'node';
export type State = 'succeeded' | 'failed' | 'aborted' | 'running' | 'mixed' | 'unknown';

export interface Notice {
  severity: Severity;
  text: string;
}

/** One stage of the profile, with what all rows together spent in it. */
export interface Stage {
  id: string;
  name: string;
  owner: Owner;
  /** One sentence on what the stage really measures. */
  help: string;
  /** CSS colour on each theme. */
  dark: string;
  light: string;
  /** Whether any row has it. */
  present: boolean;
  /** ms over all rows; of a run that has a row of pods and is in its workflow's counters, too, once. */
  total: number;
  /** `total` for people, such as `3h 12m`. */
  totalText: string;
  /** Share of the time of all stages, 0…1. */
  share: number;
}

/** Why there is no row, and what to do about it. */
export interface Empty {
  reason:
    | 'no-data'
    | 'no-flyte-metrics'
    | 'only-unlabelled'
    | 'only-quantiles'
    | 'no-names'
    | 'no-pod-labels'
    | 'no-samples'
    | 'out-of-range';
  title: string;
  /** Sentences: what was found, what was not, the setting that brings it. */
  details: string[];
}

/** What `load` found. */
export interface Loaded {
  rows: number;
  series: number;
  samples: number;
  /** Metric name prefixes that were found, `flyte:propeller:all:` for one. */
  prefixes: string[];
  /** Rows by tier. */
  tiers: Array<{ tier: Tier; rows: number; text: string }>;
  stages: Stage[];
  notices: Notice[];
  /** What the present arrangement shows of it. */
  shown: Shown;
  empty?: Empty;
}

/** What one row spent in one stage. */
export interface RowStage {
  id: string;
  name: string;
  owner: Owner;
  dark: string;
  light: string;
  help: string;
  /** ms: in this execution, or of one mean run. */
  value: number;
  text: string;
  /** Share of the row's total, 0…1. */
  share: number;
  /** Observations behind it: how often propeller timed this stage. */
  count: number;
  /** ms of one observation: the counter's increase over its count's increase. Absent where nothing was counted. */
  mean?: number;
  /** Calculated from the other stages and the wall clock, not measured. */
  derived: boolean;
}

/** One row, in words and numbers: what the tooltip and the accessible table show. */
export interface Row {
  index: number;
  /** What it is called in `Arrangement.toggled`; stays the same while the data refreshes. */
  key: string;
  /** A row, the header of a group of rows, or a node of the row above it. */
  level: Level;
  /** How far it is within others: 0 for a row, 1 for its nodes, 2 for theirs. */
  depth: number;
  /** Whether there is something in it, and whether it is shown. */
  expandable: boolean;
  expanded: boolean;
  /** The node of a row of that level, with its parents: `n1/n1-n0`. Empty for other rows. */
  node: string;
  /** What is exceeded. */
  over: Array<'objective' | 'budget'>;
  /** Of a header: what its rows say together. */
  statistics?: Statistics;
  /** Execution id, or workflow name for a row of means. */
  name: string;
  /** Execution id, empty where the row is not of one execution or nothing tells which. */
  execution: string;
  workflow: string;
  project: string;
  domain: string;
  tier: Tier;
  /** What the tier means for this row, in a sentence. */
  tierText: string;
  /** What the row stands for: one run, runs that overlap, a stretch of time, or the whole range. */
  kind: Kind;
  state: State;
  /** End of the execution, ms since the epoch, as far as scrapes tell; absent where they do not. */
  end?: number;
  /** When it began by the clock, ms since the epoch; absent where nothing tells. */
  begin?: number;
  /** Executions that the row stands for. */
  runs: number;
  /** Sum of the stages that are shown, ms. */
  total: number;
  totalText: string;
  /**
   * Acceptance + running time, of pods from the first creation to the last completion, ms; absent while the execution
   * runs or where nothing says it.
   */
  wall?: number;
  wallText?: string;
  /** Share of Flyte and Kubernetes in what was measured, 0…1. */
  overhead?: number;
  overheadText?: string;
  stages: RowStage[];
  /** What a reader of this row must know. */
  notes: string[];
}

/** What is under the pointer. */
export interface Hit {
  row: Row;
  /** The node of the piece under the pointer, empty where the row is not told by node. */
  node: string;
  /** Ids of the stages of the piece under the pointer: several for a folded piece, none beside the bar. */
  stages: string[];
  /** What the piece itself took, such as `1.4 s`. */
  text: string;
  /** Where the row is drawn, CSS pixels from the top of the view. */
  top: number;
  height: number;
  /** ms since the epoch: the time at the point, among the bars of the arrangement by the clock. */
  time?: number;
}
