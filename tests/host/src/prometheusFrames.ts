/**
 * What Grafana's Prometheus data source does to frames in the browser, after the backend has sent them: `format: table`
 * makes one long frame of all frames of a query, `__auto` legends are chosen, and an instant query that goes along with
 * a range query gets a refId of its own.
 */
import { FieldType, sortDataFrame, type DataFrame, type DataQuery, type Field, type Labels } from '@grafana/data';
import type { ViewQuery } from './view';

export type PrometheusQuery = DataQuery & ViewQuery & { utcOffsetSec?: number; exemplar?: boolean };

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

const valueOf = (frame: DataFrame) => frame.fields.find(({ type }) => type !== FieldType.time);

/** One row per sample: Time, every label as a column, Value. A label that a series lacks is an empty text. */
function toTable(frames: DataFrame[], severalTables: boolean): DataFrame {
  const refId = frames[0]?.refId;
  const keys = labelKeys(frames);
  const times: number[] = [];
  const values: unknown[] = [];
  const columns = new Map(keys.map((key) => [key, [] as string[]]));
  for (const frame of frames) {
    const value = valueOf(frame);
    for (let row = 0; value && row < frame.length; row++) {
      times.push(frame.fields[0]?.values[row]);
      values.push(value.values[row]);
      columns.forEach((column, key) => column.push(value.labels?.[key] ?? ''));
    }
  }
  const labelFields: Field[] = keys.map((name) => ({
    name,
    type: FieldType.string,
    config: { filterable: true },
    values: columns.get(name) ?? [],
  }));
  const valueName = severalTables ? `Value #${refId}` : 'Value';
  const fields: Field[] = [
    { name: 'Time', type: FieldType.time, config: {}, values: times },
    ...labelFields,
    { name: valueName, type: FieldType.number, config: {}, values },
  ];
  const meta = { ...frames[0]?.meta, preferredVisualisationType: 'rawPrometheus' as const };
  const table: DataFrame = { refId, meta, fields: values.length > 0 ? fields : [], length: values.length };
  return inOrder(times) ? table : sortDataFrame(table, 0);
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

const inOrder = (times: number[]) => times.every((time, index) => index === 0 || (times[index - 1] ?? 0) <= time);

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
