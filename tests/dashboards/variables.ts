/**
 * A dashboard's variables with values, put into texts as Grafana puts them: a list becomes an alternative of a regular
 * expression, with its special characters escaped, and `$__all` what the variable says all is.
 */
import type { Dashboard, Variable } from './dashboard.ts';

export type Values = Record<string, string | string[]>;

const ESCAPED = /[\\^$.*+?()[\]{}|]/g;
const NAME = /\$(?:\{(\w+)(?::(\w+))?\}|(\w+))/g;

/** Grafana's own, which its Prometheus back end fills in, those of links and cells; and groups of `label_replace`. */
const BUILT_IN = /^(__|\d+$)/;

export interface Filled {
  text: string;
  /** Names that are no variable. */
  unknown: string[];
}

export function fill(text: string, values: Values): Filled {
  const unknown: string[] = [];
  const filled = text.replace(NAME, (whole, braced?: string, format?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const value = values[name];
    if (value === undefined) {
      unknown.push(...(BUILT_IN.test(name) ? [] : [name]));
      return whole;
    }
    if (!Array.isArray(value)) {
      return value;
    }
    return format === 'pipe' ? value.join('|') : alternatives(value);
  });
  return { text: filled, unknown };
}

/** As Grafana's Prometheus data source does with several values: doubly escaped, since they stand in a string. */
function alternatives(values: string[]): string {
  const escaped = values.map((value) => value.replace(ESCAPED, '\\\\$&'));
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

/** The call of a query variable: `label_values(selector, label)`. */
export function labelValues(variable: Variable): { selector: string; label: string } {
  const { query } = variable.query as { query: string };
  const found = /^label_values\((.+),\s*([a-zA-Z_]\w*)\)$/.exec(query);
  if (!found?.[1] || !found[2]) {
    throw new Error(`variable ${variable.name} asks ${query}, which is no label_values(selector, label)`);
  }
  return { selector: found[1], label: found[2] };
}

/** What a variable's regular expression leaves of the values, as Grafana reads it: the first group, each once. */
export function narrowed(variable: Variable, values: string[]): string[] {
  const given = /^\/(.+)\/$/.exec(variable.regex ?? '')?.[1];
  if (!given) {
    return values;
  }
  const pattern = new RegExp(given);
  return [...new Set(values.flatMap((value) => pattern.exec(value)?.[1] ?? []))];
}

/** Values for all variables of a dashboard, asked of Prometheus one after the other, as each may need the ones before. */
export async function resolve(
  dashboard: Dashboard,
  given: Values,
  ask: (selector: string, label: string) => Promise<string[]>
): Promise<{ values: Values; options: Record<string, string[]> }> {
  const values: Values = { ...given };
  const options: Record<string, string[]> = {};
  for (const variable of dashboard.templating.list) {
    if (variable.type === 'query') {
      const { selector, label } = labelValues(variable);
      const found = narrowed(variable, await ask(fill(selector, values).text, label));
      options[variable.name] = found;
      values[variable.name] ??= variable.includeAll ? (variable.allValue ?? found) : (found[0] ?? '');
    } else {
      values[variable.name] ??= String(variable.current?.value ?? '');
    }
  }
  return { values, options };
}
