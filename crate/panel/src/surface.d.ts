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
   * as they came (no `null`: `NaN` in its place), texts as positions in `strings`.
   */
  columns: Array<ArrayLike<number>>;
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

/** How the rows are ordered and what of them is shown. */
export interface Arrangement {
  sort: 'end' | 'total' | 'overhead' | 'name';
  descending: boolean;
  /** Ids of the stages that are not drawn and not counted in a row's total. */
  hidden: string[];
}

/** Where and in what the rows are drawn. All lengths in CSS pixels. */
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
}

export type Severity = 'info' | 'warning' | 'error';
export type Owner = 'flyte' | 'kubernetes' | 'user' | 'derived';
export type Tier = 'execution' | 'pod' | 'increment' | 'average';
export type Kind = 'run' | 'group' | 'bucket' | 'mean';
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
}
