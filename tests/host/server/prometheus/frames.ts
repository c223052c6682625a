/**
 * Prometheus results as the data frames that Grafana's Prometheus backend sends: one frame per series, each with a
 * time vector of its own; absent samples are absent rows; NaN and infinities travel as null beside `entities`.
 *
 * Source: Grafana, pkg/promlib/converter and pkg/promlib/querydata (behaviour, not code).
 */
import type { QueryAnswer, Sample } from './api.ts';
import { formatDuration } from './duration.ts';
import { displayName, type Labels } from './legend.ts';
import type { PreparedQuery } from './query.ts';

/** Positions of the values that JSON cannot carry. */
export interface Entities {
  NaN?: number[];
  Inf?: number[];
  NegInf?: number[];
}

export interface WireField {
  name: string;
  type: 'time' | 'number' | 'string';
  typeInfo: { frame: 'time.Time' | 'float64' | 'string' };
  labels?: Labels;
  config?: { interval?: number; displayNameFromDS?: string };
}

export interface WireMeta {
  type: 'timeseries-multi' | 'numeric-multi';
  typeVersion: [number, number];
  custom: { resultType: string; calculatedMinStep?: number };
  executedQueryString?: string;
  notices?: Array<{ severity: 'warning' | 'info'; text: string }>;
}

/** A data frame in Grafana's JSON. */
export interface WireFrame {
  schema: { refId: string; name?: string; meta: WireMeta; fields: WireField[] };
  data: { values: unknown[][]; entities?: Array<Entities | null> };
}

/**
 * @returns at least one frame: an empty result is a frame without fields that still says what was asked
 */
export function toFrames(answer: QueryAnswer, query: PreparedQuery): WireFrame[] {
  const frames = seriesOf(answer).map(({ labels, samples }) => seriesFrame(labels, samples, answer, query));
  const all = frames.length > 0 ? frames : [emptyFrame(answer, query)];
  const first = all[0];
  if (first) {
    first.schema.meta.executedQueryString = `Expr: ${query.expr}\nStep: ${formatDuration(query.step)}`;
    first.schema.meta.custom.calculatedMinStep = query.step;
  }
  return all;
}

interface Series {
  labels: Labels;
  samples: Sample[];
}

function seriesOf({ data }: QueryAnswer): Series[] {
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values }) => ({ labels: metric, samples: values ?? [] }));
    case 'vector':
      return data.result.map(({ metric, value }) => ({ labels: metric, samples: value ? [value] : [] }));
    case 'scalar':
    case 'string':
      return [{ labels: {}, samples: [data.result] }];
  }
}

function seriesFrame(labels: Labels, samples: Sample[], answer: QueryAnswer, query: PreparedQuery): WireFrame {
  const isText = answer.data.resultType === 'string';
  const times = samples.map(([seconds]) => Math.round(seconds * 1_000));
  const { values, entities } = isText ? { values: samples.map(([, text]) => text), entities: null } : numbers(samples);
  const name = displayName(labels, query.legendFormat, query.expr);
  const valueField: WireField = {
    name: labels['__name__'] ?? 'Value',
    type: isText ? 'string' : 'number',
    typeInfo: { frame: isText ? 'string' : 'float64' },
    labels,
    config: name === undefined ? {} : { displayNameFromDS: name },
  };
  const timeField: WireField = {
    name: 'Time',
    type: 'time',
    typeInfo: { frame: 'time.Time' },
    config: { interval: query.step },
  };
  return {
    schema: { refId: query.refId, meta: metaOf(answer), fields: [timeField, valueField] },
    data: { values: [times, values], ...(entities ? { entities: [null, entities] } : {}) },
  };
}

function emptyFrame(answer: QueryAnswer, query: PreparedQuery): WireFrame {
  const name = answer.warnings.length > 0 ? { name: 'Warnings' } : {};
  return { schema: { refId: query.refId, ...name, meta: metaOf(answer), fields: [] }, data: { values: [] } };
}

function metaOf({ data, warnings, infos }: QueryAnswer): WireMeta {
  const notices = [
    ...warnings.map((text) => ({ severity: 'warning' as const, text })),
    ...infos.map((text) => ({ severity: 'info' as const, text })),
  ];
  const isSeries = data.resultType === 'matrix' || data.resultType === 'string';
  return {
    type: isSeries ? 'timeseries-multi' : 'numeric-multi',
    typeVersion: [0, 1],
    custom: { resultType: data.resultType },
    ...(notices.length > 0 ? { notices } : {}),
  };
}

const ENTITY: Readonly<Record<string, keyof Entities>> = { NaN: 'NaN', '+Inf': 'Inf', '-Inf': 'NegInf' };

function numbers(samples: Sample[]): { values: Array<number | null>; entities: Entities | null } {
  const entities: Entities = {};
  const values = samples.map(([, text], index) => {
    const entity = ENTITY[text];
    if (!entity) {
      return Number(text);
    }
    (entities[entity] ??= []).push(index);
    return null;
  });
  return { values, entities: Object.keys(entities).length > 0 ? entities : null };
}
