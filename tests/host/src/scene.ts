/** A view as a dashboard: genuine scenes, panels and query runners. */
import { DashboardCursorSync, dateTime, isDateTime, type DataFrame, type TimeRange } from '@grafana/data';
import {
  behaviors,
  ConstantVariable,
  EmbeddedScene,
  SceneControlsSpacer,
  SceneDataLayerControls,
  SceneDataTransformer,
  SceneFlexItem,
  SceneFlexLayout,
  SceneQueryRunner,
  SceneReactObject,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VizPanel,
} from '@grafana/scenes';
import type { ComponentType } from 'react';
import { annotationLayers } from './annotations';
import { DATA_SOURCE } from './dataSourceSettings';
import { TIME_SERIES_ID } from './timeSeriesPanel';
import type { Beside, View } from './view';

export interface Dashboard {
  scene: EmbeddedScene;
  panels: VizPanel[];
  items: SceneFlexItem[];
  runners: SceneQueryRunner[];
  timeRange: SceneTimeRange;
  /** The queries of what stands beside the plugin's panels. */
  others: SceneQueryRunner[];
}

export function buildDashboard(view: View, pluginId: string, Buttons: ComponentType): Dashboard {
  const timeRange = new SceneTimeRange(timeState(view));
  const count = Math.max(1, Math.floor(view.panels ?? 1));
  const parts = Array.from({ length: count }, () => buildPanel(view, pluginId));
  const beside = view.beside && buildBeside(view.beside);
  const scene = new EmbeddedScene({
    $timeRange: timeRange,
    $data: annotationLayers(view.annotations ?? []),
    $variables: new SceneVariableSet({
      variables: Object.entries(view.variables ?? {}).map(([name, value]) => new ConstantVariable({ name, value })),
    }),
    $behaviors: [new behaviors.CursorSync({ key: 'cursor-sync', sync: DashboardCursorSync.Crosshair })],
    controls: [
      new SceneDataLayerControls(),
      new SceneControlsSpacer(),
      new SceneReactObject({ component: Buttons }),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({ refresh: '', isOnCanvas: true, intervals: ['5s', '10s', '30s', '1m', '5m'] }),
    ],
    body: new SceneFlexLayout({
      direction: 'column',
      children: [...parts, ...(beside ? [beside] : [])].map(({ item }) => item),
    }),
  });
  return {
    scene,
    timeRange,
    panels: parts.map(({ panel }) => panel),
    items: parts.map(({ item }) => item),
    runners: parts.map(({ runner }) => runner),
    others: beside ? [beside.runner] : [],
  };
}

function buildPanel(view: View, pluginId: string) {
  const runner = new SceneQueryRunner(queryState(view));
  const panel = new VizPanel({
    pluginId,
    title: view.title,
    // As in Grafana's dashboards: frames of an earlier answer are emptied, so a panel that keeps one is found out.
    _UNSAFE_clearPreviousFieldValues: true,
    options: view.options,
    fieldConfig: view.fieldConfig,
    $data: view.transformations
      ? new SceneDataTransformer({ $data: runner, transformations: view.transformations })
      : runner,
  });
  return { runner, panel, item: new SceneFlexItem({ ...sizeState(view), body: panel }) };
}

function buildBeside({ title, queries }: Beside) {
  const runner = new SceneQueryRunner(queryState({ queries }));
  const panel = new VizPanel({ pluginId: TIME_SERIES_ID, title, $data: runner });
  return { runner, item: new SceneFlexItem({ height: 240, minHeight: 240, maxHeight: 240, body: panel }) };
}

/** A panel's resolution is one for all of its queries. */
export function queryState({ queries, streaming }: Pick<View, 'queries' | 'streaming'>) {
  const wanted = queries.map(({ maxDataPoints }) => maxDataPoints ?? 0).reduce((a, b) => Math.max(a, b), 0);
  return {
    datasource: { uid: DATA_SOURCE.uid, type: DATA_SOURCE.type },
    queries: queries.map(({ maxDataPoints: _, ...query }) => ({ ...query, ...(streaming ? { streaming } : {}) })),
    ...(wanted > 0 ? { maxDataPoints: wanted, maxDataPointsFromWidth: false } : { maxDataPointsFromWidth: true }),
  };
}

export function sizeState({ width, height }: View) {
  return {
    ...(width
      ? { width, minWidth: width, maxWidth: width }
      : { width: undefined, minWidth: undefined, maxWidth: undefined }),
    ...(height
      ? { height, minHeight: height, maxHeight: height }
      : { minHeight: 200, height: undefined, maxHeight: undefined }),
    xSizing: width ? ('content' as const) : ('fill' as const),
    ySizing: height ? ('content' as const) : ('fill' as const),
  };
}

/** What the view's time means now, worked out by a time range of its own. */
export function timeState({ time, timeZone }: View) {
  const { from, to, value } = new SceneTimeRange({ from: timeText(time.from), to: timeText(time.to), timeZone }).state;
  return { from, to, value, timeZone };
}

/** Milliseconds, as a number or as digits, become the ISO text that a scene keeps. */
function timeText(time: string | number): string {
  return typeof time === 'number' || /^\d{10,}$/.test(time) ? dateTime(Number(time)).toISOString() : time;
}

/** The range as the view writes it: relative as it was chosen, absolute in milliseconds. */
export function timeOfRange({ raw }: TimeRange): View['time'] {
  const part = (time: TimeRange['raw']['from']) => {
    return isDateTime(time) || !time.startsWith('now') ? dateTime(time).valueOf() : time;
  };
  return { from: part(raw.from), to: part(raw.to) };
}

/** The frames that a panel got, after transformations. */
export function framesOf(panel: VizPanel): DataFrame[] {
  return panel.state.$data?.state.data?.series ?? [];
}
