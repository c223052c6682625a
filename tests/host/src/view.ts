/** What the page shows: the server's default view with the address' hash merged over it. */
import type { DataTransformerConfig, FieldConfigSource } from '@grafana/data';

export interface ViewQuery {
  refId: string;
  expr: string;
  format?: 'time_series' | 'table';
  instant?: boolean;
  range?: boolean;
  /** `{{label}}` in it, empty, or `__auto`. */
  legendFormat?: string;
  /** Minimum step such as `15s`. */
  interval?: string;
  /** A panel has one resolution: the largest of its queries'. Without any, the panel's width in pixels. */
  maxDataPoints?: number;
}

/** Events on the time axis: where the answer is above zero. */
export interface ViewAnnotation {
  name: string;
  expr: string;
  /** Such as `red` or `#ff00ff`; red unless given. */
  color?: string;
  /** `1m` unless given. */
  step?: string;
}

/** A time series panel of Grafana's packages below the plugin's own. */
export interface Beside {
  title: string;
  queries: ViewQuery[];
}

export interface View {
  title: string;
  /** Whose queries these are: the id of one of the server's deployments. */
  deployment?: string;
  queries: ViewQuery[];
  options: Record<string, unknown>;
  fieldConfig: FieldConfigSource;
  /** `now-6h`, or milliseconds since the epoch. */
  time: { from: string | number; to: string | number };
  /** `browser`, `utc` or a name such as `Europe/Berlin`. */
  timeZone: string;
  theme: 'dark' | 'light';
  /** `en-US` unless given; another one reloads the page. */
  language?: string;
  /** Size of each panel in CSS pixels; without it a panel fills the window. */
  width?: number;
  height?: number;
  /** How many panels with the same content; 1 unless given. */
  panels?: number;
  /** Whether the options pane is open. */
  pane?: boolean;
  /** Dashboard variables by name, each with one value. */
  variables?: Record<string, string>;
  /** Whether the data source sends new data every second, as one that streams does. */
  streaming?: boolean;
  annotations?: ViewAnnotation[];
  beside?: Beside;
  /** Transformations between queries and panel, as a dashboard stores them. */
  transformations?: DataTransformerConfig[];
}

/** Some of a view. `null` takes a value away. */
export type PartialView = { [Key in keyof View]?: View[Key] | Partial<View[Key]> | null };

const FALLBACK: View = {
  title: 'Panel',
  queries: [],
  options: {},
  fieldConfig: { defaults: {}, overrides: [] },
  time: { from: 'now-6h', to: 'now' },
  timeZone: 'browser',
  theme: 'dark',
};

/** Objects are merged one level deep, everything else is replaced. */
export function mergeView(base: View, change: PartialView): View {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = merged[key];
    merged[key] = isPlainObject(before) && isPlainObject(value) ? withoutNulls({ ...before, ...value }) : value;
  }
  const result = { ...FALLBACK, ...withoutNulls(merged) } as View;
  return { ...result, fieldConfig: { ...FALLBACK.fieldConfig, ...result.fieldConfig } };
}

/**
 * @param hash `location.hash`
 * @throws Error when it is neither empty nor JSON
 */
export function readHash(hash: string): PartialView {
  const text = hash.replace(/^#/, '');
  if (text === '') {
    return {};
  }
  const parsed = parseEither(text);
  if (!isPlainObject(parsed)) {
    throw new Error(`the address' hash is not a JSON object: ${text.slice(0, 80)}`);
  }
  return parsed as PartialView;
}

export function writeHash(view: View): string {
  return `#${encodeURIComponent(JSON.stringify(view))}`;
}

/** JSON typed by hand may be unescaped and hold a bare `%`. */
function parseEither(text: string): unknown {
  for (const read of [() => decodeURIComponent(text), () => text]) {
    try {
      return JSON.parse(read());
    } catch {
      continue;
    }
  }
  return undefined;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined));
}
