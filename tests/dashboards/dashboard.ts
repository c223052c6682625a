/** The built dashboards, as the tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from '../../scripts/lib/paths.mjs';

export interface Target {
  refId: string;
  expr: string;
  legendFormat?: string;
  interval?: string;
  instant?: boolean;
  range?: boolean;
  format?: 'time_series' | 'table';
  datasource?: { type: string; uid: string };
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  datasource?: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: Target[];
  panels?: Panel[];
  collapsed?: boolean;
  repeat?: string;
  options?: Record<string, unknown>;
  fieldConfig?: { defaults: Record<string, unknown>; overrides: unknown[] };
  transformations?: unknown[];
  maxDataPoints?: number;
}

export interface Variable {
  name: string;
  type: string;
  query: unknown;
  regex?: string;
  includeAll?: boolean;
  multi?: boolean;
  allValue?: string;
  datasource?: { type: string; uid: string };
  current?: { value: unknown };
}

export interface Dashboard {
  uid: string;
  title: string;
  tags: string[];
  schemaVersion: number;
  id: number | null;
  panels: Panel[];
  templating: { list: Variable[] };
  links: Array<{ type: string; tags: string[]; includeVars: boolean; keepTime: boolean }>;
  __inputs: Array<{ name: string; type: string; pluginId: string }>;
  __requires: Array<{ type: string; id: string; version: string }>;
}

const FOLDER = inRoot('dashboards', 'json');

export const DASHBOARDS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({ file, dashboard: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Dashboard }));

/** Panels that ask or show something, those of folded rows included. */
export const panelsOf = ({ panels }: Dashboard): Panel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
