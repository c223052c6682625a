/**
 * What Grafana's Prometheus data source does to frames in the browser, after the backend has sent them: `format: table`
 * makes one long frame of all frames of a query, `__auto` legends are chosen, and an instant query that goes along with
 * a range query gets a refId of its own.
 */
import type { DataFrame, DataQuery, Field, FieldType, Labels } from '@grafana/data';
import type { ViewQuery } from './view';

// Only the types of @grafana/data are used here: Node cannot load the package as a module, and this file has tests.
const TIME = 'time' as FieldType.time;
const NUMBER = 'number' as FieldType.number;
const STRING = 'string' as FieldType.string;

export type PrometheusQuery = DataQuery &
  ViewQuery & { utcOffsetSec?: number; exemplar?: boolean; streaming?: boolean };

/** Neither instant nor range means range; both means two queries, the second of them `A-Instant`. */
export function splitQuery(query: PrometheusQuery, utcOffsetSec: number): PrometheusQuery[] {
  // Without a reference of its own a query goes to the data source that is asked, and none has to be looked up.
  const common = { ...query, datasource: undefined, utcOffsetSec, exemplar: false };
  if (query.instant && query.range) {
    return [
      { ...common, instant: false },
      { ...common, refId: `${query.refId}-Instant`, range: false },
    ];
  }
  return [{ ...common, range: !query.instant }];
}

/** @param queries as the user wrote them: the format is looked up by their refIds, so `A-Instant` is never a table */
export function shapeFrames(frames: DataFrame[], queries: PrometheusQuery[]): DataFrame[] {
  const tables = queries.filter(({ format }) => format === 'table').map(({ refId }) => refId);
  const ofTable = (frame: DataFrame) => tables.includes(frame.refId ?? '');
  const graphs = frames.filter((frame) => !ofTable(frame));
  nameAutomatically(graphs, queries);
  for (const frame of graphs) {
    frame.meta = { ...frame.meta, preferredVisualisationType: 'graph' };
  }
  const long = tables
    .map((refId) => frames.filter((frame) => frame.refId === refId))
    .filter((group) => group.length > 0)
    .map((group) => toTable(group, tables.length > 1));
  return [...graphs, ...long];
}

const valueOf = (frame: DataFrame) => frame.fields.find(({ type }) => type !== TIME);

interface Row {
  time: number;
  value: unknown;
  labels: Labels;
}

/** One row per sample, in order of time: Time, every label as a column, Value. A label that a series lacks is ''. */
function toTable(frames: DataFrame[], severalTables: boolean): DataFrame {
  const refId = frames[0]?.refId;
  const rows = frames.flatMap(rowsOf).sort((a, b) => a.time - b.time);
  const labelFields: Field[] = labelKeys(frames).map((name) => ({
    name,
    type: STRING,
    config: { filterable: true },
    values: rows.map(({ labels }) => labels[name] ?? ''),
  }));
  const valueName = severalTables ? `Value #${refId}` : 'Value';
  const fields: Field[] = [
    { name: 'Time', type: TIME, config: {}, values: rows.map(({ time }) => time) },
    ...labelFields,
    { name: valueName, type: NUMBER, config: {}, values: rows.map(({ value }) => value) },
  ];
  const meta = { ...frames[0]?.meta, preferredVisualisationType: 'rawPrometheus' as const };
  return { refId, meta, fields: rows.length > 0 ? fields : [], length: rows.length };
}

function rowsOf(frame: DataFrame): Row[] {
  const times = frame.fields.find(({ type }) => type === TIME)?.values ?? [];
  const { values = [], labels = {} } = valueOf(frame) ?? {};
  return times.map((time: number, row: number) => ({ time, value: values[row], labels }));
}

/** The union over all series: each series' keys sorted, new ones appended. */
function labelKeys(frames: DataFrame[]): string[] {
  const keys = new Set<string>();
  for (const frame of frames) {
    Object.keys(valueOf(frame)?.labels ?? {})
      .sort()
      .forEach((key) => keys.add(key));
  }
  return [...keys];
}

/** `__auto`: the labels that differ between the series of one query; all of them when there is but one series. */
function nameAutomatically(frames: DataFrame[], queries: PrometheusQuery[]): void {
  for (const { refId, legendFormat } of queries) {
    const fields = frames
      .filter((frame) => legendFormat === '__auto' && frame.refId?.replace(/-Instant$/, '') === refId)
      .map(valueOf)
      .filter((field) => field !== undefined);
    const common = commonLabels(fields.map(({ labels }) => labels ?? {}));
    for (const field of fields) {
      const shown = Object.entries(field.labels ?? {}).filter(([key]) => fields.length === 1 || !common.has(key));
      field.config.displayNameFromDS ??= seriesName(Object.fromEntries(shown));
    }
  }
}

function commonLabels(all: Labels[]): Set<string> {
  const [first = {}, ...rest] = all;
  return new Set(Object.keys(first).filter((key) => rest.every((labels) => labels[key] === first[key])));
}

function seriesName(labels: Labels): string {
  const { __name__: name = '', ...others } = labels;
  const pairs = Object.keys(others).sort();
  return pairs.length > 0 ? `${name}{${pairs.map((key) => `${key}="${others[key]}"`).join(', ')}}` : name || '{}';
}
