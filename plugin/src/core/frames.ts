import { type DataFrame, type Field, FieldType } from '@grafana/data';

import type { Frames } from './generated/timeline_panel';
import { Strings } from './strings';

/** `kind` of a frame in `Frames.shape`. */
const UNKNOWN = 0;
const RANGE = 1;
const INSTANT = 2;

/** `type` of a field in `Frames.shape`. */
const TIME = 0;
const NUMBER = 1;
const TEXT = 2;
const OTHER = 3;

/** The largest value of `Frames.shape`. */
const U32_MAX = 0xffffffff;

/**
 * Flattens what the data source returned into columns. Columns of numbers are passed as they are, not copied: hand
 * the result to the core at once and keep nothing of it, since Grafana empties the arrays of old frames in place.
 */
export function toFrames(series: DataFrame[]): Frames {
  const strings = new Strings();
  const queries = executedQueries(series);
  const shape: number[] = [];
  const columns: Array<ArrayLike<number>> = [];
  const ones: number[] = [];
  for (const frame of series) {
    const refId = frame.refId ?? '';
    shape.push(
      strings.position(refId),
      strings.position(frame.name ?? ''),
      strings.position(queries.get(refId) ?? ''),
      kindOf(frame),
      frame.length,
      frame.fields.length
    );
    for (const field of frame.fields) {
      const type = typeOf(field);
      describe(field, type, strings, shape);
      if (type === TEXT) {
        columns.push(texts(field.values, frame.length, strings));
      } else if (type !== OTHER && frame.length === 1) {
        ones.push(toNumber(field.values[0]));
      } else if (type !== OTHER) {
        columns.push(numbers(field.values, frame.length));
      }
    }
  }
  return { strings: strings.list, shape: new Uint32Array(shape), columns, ones };
}

/** Prometheus writes the query on the first frame of a refId only; it holds for all of them. */
function executedQueries(series: DataFrame[]): Map<string, string> {
  const queries = new Map<string, string>();
  for (const frame of series) {
    const query = frame.meta?.executedQueryString;
    const refId = frame.refId ?? '';
    if (query && !queries.has(refId)) {
      queries.set(refId, query);
    }
  }
  return queries;
}

/**
 * `resultType` first, because a frame that became a table keeps the `type` of the series it was made of. What
 * either says about the time axis holds whatever shape the frame has now.
 */
function kindOf(frame: DataFrame): number {
  switch (frame.meta?.custom?.['resultType']) {
    case 'matrix':
      return RANGE;
    case 'vector':
    case 'scalar':
      return INSTANT;
  }
  const type: string = frame.meta?.type ?? '';
  if (type.startsWith('timeseries-')) {
    return RANGE;
  }
  return type.startsWith('numeric-') ? INSTANT : UNKNOWN;
}

function typeOf(field: Field): number {
  switch (field.type) {
    case FieldType.time:
      return TIME;
    case FieldType.number:
      return NUMBER;
    case FieldType.string:
      return TEXT;
    default:
      return OTHER;
  }
}

function describe(field: Field, type: number, strings: Strings, shape: number[]): void {
  const labels = field.labels ?? {};
  const keys = Object.keys(labels);
  shape.push(
    strings.position(field.name),
    strings.position(field.config.displayName ?? field.config.displayNameFromDS ?? ''),
    type,
    wholeMillis(field.config.interval),
    keys.length
  );
  for (const key of keys) {
    shape.push(strings.position(key), strings.position(labels[key] ?? ''));
  }
}

function wholeMillis(interval: number | null | undefined): number {
  return interval && interval > 0 && interval <= U32_MAX ? Math.round(interval) : 0;
}

/**
 * Joins put `null` and `undefined` between the numbers. A typed array would read `undefined` and text that is no number
 * as `NaN`, which is right, and `null` as zero. `includes(null)` is answered from the kind of the array alone where it
 * holds nothing but floats, which is nearly always.
 */
function numbers(values: unknown[], rows: number): ArrayLike<number> {
  return isAllNumbers(values, rows) ? values : Float64Array.from({ length: rows }, (_, row) => toNumber(values[row]));
}

function isAllNumbers(values: unknown[], rows: number): values is number[] {
  return values.length === rows && (rows === 0 || typeof values[0] === 'number') && !values.includes(null);
}

function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

function texts(values: unknown[], rows: number, strings: Strings): ArrayLike<number> {
  return Uint32Array.from({ length: rows }, (_, row) => strings.position(toText(values[row])));
}

function toText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
