/** What the page is asked to show: the demo's own queries, over the tests' histories. */
import { readFileSync } from 'node:fs';

import { inRoot } from '../../../scripts/lib/paths.mjs';
import { END, PREFIX, START, type Deployment } from '../world/histories.ts';

export interface Query {
  refId: string;
  expr: string;
  format?: 'time_series' | 'table';
  instant?: boolean;
  range?: boolean;
  legendFormat?: string;
  interval?: string;
}

/** Some of a view; see tests/host/README.md. `null` takes a value away. */
export interface ViewChange {
  deployment?: string;
  queries?: Query[];
  options?: Record<string, unknown>;
  fieldConfig?: { defaults: Record<string, unknown>; overrides: never[] };
  time?: { from: number; to: number };
  theme?: 'dark' | 'light';
  language?: string;
  timeZone?: string;
  width?: number | null;
  height?: number | null;
  panels?: number;
  pane?: boolean;
  title?: string;
  variables?: Record<string, string>;
  annotations?: Array<{ name: string; expr: string; color?: string; step?: string }>;
  streaming?: boolean;
}

export const WHOLE = { from: START, to: END };
export const SECOND_HALF = { from: START + (END - START) / 2, to: END };

/** What the demo's switch can choose. */
export type Choice = Deployment | 'pods';

/** A view of `scripts/demo/views`, over the history that the tests know, which was scraped each minute. */
export function viewOf(choice: Choice, change: ViewChange = {}): ViewChange {
  const file = inRoot('scripts', 'demo', 'views', `${choice}.json`);
  const view = JSON.parse(readFileSync(file, 'utf8')) as Required<Pick<ViewChange, 'queries' | 'title'>>;
  const queries = view.queries.map((query) => ({
    ...query,
    ...(query.interval ? { interval: '1m' } : {}),
    expr: choice === 'pods' ? query.expr : query.expr.replaceAll('=~".+:', `=~"${PREFIX[choice]}`),
  }));
  return { deployment: choice, title: view.title, queries, time: WHOLE, timeZone: 'utc', ...change };
}

/** One query as the panel's only one. */
export const viewOfQueries = (queries: Query[], change: ViewChange = {}): ViewChange => ({
  queries,
  time: WHOLE,
  timeZone: 'utc',
  ...change,
});
