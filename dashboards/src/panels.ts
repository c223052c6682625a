/** Panels as the dashboards use them: every one has a description, a unit, and queries with legends. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  PanelBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type DashboardLink,
  type DataTransformerConfig,
  type DynamicConfigValue,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { SOURCE } from './variables.ts';

/** The plugin that draws the timeline. */
export const TIMELINE = 'flyteorg-workflowtimeline-panel';

export interface Query {
  expr: string;
  legend?: string;
  /** A, B, C… unless given. */
  refId?: string;
  /** At the end of the range, in one table. */
  table?: boolean;
}

interface Common {
  title: string;
  /** What the metric truly is. */
  description: string;
  queries: Query[];
  /** Of 24 columns. */
  width?: number;
  height?: number;
}

/** A threshold's value and colour; what lies below the first is green. */
type Threshold = readonly [value: number, colour: string];

function target({ expr, legend = '__auto', refId, table }: Query, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(refId ?? String.fromCharCode(65 + index))
    .datasource(SOURCE)
    .expr(expr)
    .legendFormat(legend)
    .interval('$scrape');
  return table ? query.instant().format(PromQueryFormat.Table) : query.range().format(PromQueryFormat.TimeSeries);
}

const targets = (queries: Query[]): Array<Builder<Dataquery>> => queries.map(target);

const thresholds = (steps: readonly Threshold[]) =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: 'green' }, ...steps.map(([value, color]) => ({ value, color }))]);

/** A colour by name for the series of that name, as the timeline gives it to the owner of the time. */
const colour = (name: string) => [{ id: 'color', value: { mode: 'fixed', fixedColor: name } }];

export const COLOURS: Record<string, string> = {
  acceptance: 'light-blue',
  transition: 'blue',
  queueing: 'purple',
  'pod pending': 'orange',
  'image pull and start': 'yellow',
  'task execution': 'green',
  'failed task execution': 'red',
  succeeded: 'green',
  failed: 'red',
  aborted: 'orange',
  accepted: 'blue',
};

interface TimeSeries extends Common {
  unit: string;
  /** Bars of what happened in each step, one upon the other. */
  bars?: boolean;
  /** Smallest value of the axis. */
  min?: number;
  max?: number;
  thresholds?: Threshold[];
}

export function timeSeries(given: TimeSeries): TimeSeriesBuilder {
  const panel = new TimeSeriesBuilder()
    .title(given.title)
    .description(given.description)
    .datasource(SOURCE)
    .targets(targets(given.queries))
    .unit(given.unit)
    .min(given.min ?? 0)
    .span(given.width ?? 12)
    .height(given.height ?? 8)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(given.bars ? ['sum', 'max'] : ['mean', 'max', 'lastNotNull'])
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .showPoints(VisibilityMode.Auto);
  if (given.max !== undefined) {
    panel.max(given.max);
  }
  if (given.thresholds) {
    panel.thresholds(thresholds(given.thresholds));
  }
  if (given.bars) {
    panel
      .drawStyle(GraphDrawStyle.Bars)
      .fillOpacity(70)
      .lineWidth(0)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  } else {
    panel.drawStyle(GraphDrawStyle.Line).fillOpacity(8).lineWidth(1);
  }
  for (const [name, fixed] of Object.entries(COLOURS)) {
    if (given.queries.some(({ legend }) => legend === name || legend === '{{stage}}')) {
      panel.overrideByName(name, colour(fixed));
    }
  }
  return panel;
}

interface Stat extends Common {
  unit: string;
  decimals?: number;
  thresholds?: Threshold[];
  /** How the points of the range become one number; the last one unless given. */
  calc?: 'sum' | 'lastNotNull';
}

export function stat(given: Stat): StatBuilder {
  const panel = new StatBuilder()
    .title(given.title)
    .description(given.description)
    .datasource(SOURCE)
    .targets(targets(given.queries))
    .unit(given.unit)
    .noValue('none')
    .span(given.width ?? 4)
    .height(given.height ?? 4)
    .colorMode(given.thresholds ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(given.calc === 'sum' ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .reduceOptions(
      new ReduceDataOptionsBuilder()
        .calcs([given.calc ?? 'lastNotNull'])
        .fields('')
        .values(false)
    );
  if (given.decimals !== undefined) {
    panel.decimals(given.decimals);
  }
  return given.thresholds ? panel.thresholds(thresholds(given.thresholds)) : panel;
}

interface BarGauge extends Common {
  unit: string;
  max?: number;
  thresholds?: Threshold[];
}

export function barGauge(given: BarGauge): BarGaugeBuilder {
  const panel = new BarGaugeBuilder()
    .title(given.title)
    .description(given.description)
    .datasource(SOURCE)
    .targets(targets(given.queries))
    .unit(given.unit)
    .min(0)
    .span(given.width ?? 12)
    .height(given.height ?? 8)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
  if (given.max !== undefined) {
    panel.max(given.max);
  }
  return given.thresholds ? panel.thresholds(thresholds(given.thresholds)) : panel;
}

interface Table extends Common {
  transformations?: DataTransformerConfig[];
  /** Of columns, by their names. */
  columns?: Record<string, DynamicConfigValue[]>;
}

export function table(given: Table): TableBuilder {
  const panel = new TableBuilder()
    .title(given.title)
    .description(given.description)
    .datasource(SOURCE)
    .targets(targets(given.queries))
    .span(given.width ?? 24)
    .height(given.height ?? 8)
    .transformations(given.transformations ?? []);
  for (const [name, properties] of Object.entries(given.columns ?? {})) {
    panel.overrideByName(name, properties);
  }
  return panel;
}

interface Timeline extends Common {
  options?: Record<string, unknown>;
  links?: Array<Pick<DashboardLink, 'title'> & { url: string }>;
  maxDataPoints?: number;
}

/** The panel of this project. */
export function timeline(given: Timeline): PanelBuilder {
  const panel = new PanelBuilder()
    .type(TIMELINE)
    .title(given.title)
    .description(given.description)
    .datasource(SOURCE)
    .targets(targets(given.queries))
    .options(given.options ?? {})
    .fieldConfig({ defaults: given.links ? { links: given.links as never[] } : {}, overrides: [] })
    .span(given.width ?? 24)
    .height(given.height ?? 14);
  return given.maxDataPoints === undefined ? panel : panel.maxDataPoints(given.maxDataPoints);
}

export function text(title: string, content: string, { width = 24, height = 6 } = {}): TextBuilder {
  return new TextBuilder().title(title).mode(TextMode.Markdown).content(content).span(width).height(height);
}

export type AnyPanel = Builder<Panel>;
