import {
  type DataLink,
  FieldType,
  getLinksSupplier,
  type InterpolateFunction,
  type ScopedVars,
  textUtil,
  toDataFrame,
} from '@grafana/data';

import type { Row } from '../core/generated/timeline_panel';

/** A way out of a row. One whose address may not be opened has a reason in place of it. */
export interface RowLink {
  title: string;
  href?: string;
  newTab: boolean;
}

/** What a row is a row of, by the names under which links ask for it. */
export function variablesOf(row: Row, node: string): Record<string, string> {
  const time = (at: number | undefined) => (at === undefined ? '' : String(Math.round(at)));
  return {
    execution: row.execution,
    project: row.project,
    domain: row.domain,
    // A row over several workflows has a name for people there, which no address knows.
    workflow: row.project === '' && row.domain === '' && row.execution === '' ? '' : row.workflow,
    node,
    begin: time(row.begin),
    end: time(row.end),
  };
}

/**
 * The links of a row, made by Grafana's own machinery: the panel's data links and those to the Flyte console. A link
 * that asks for something that the row has not, such as the execution of a row of means, is left out: with a hole in
 * its address it would lead elsewhere.
 */
export function linksOf(row: Row, node: string, links: DataLink[], replaceVariables: InterpolateFunction): RowLink[] {
  const variables = variablesOf(row, node);
  const usable = links.filter((link) => missing(link, variables).length === 0);
  if (usable.length === 0) {
    return [];
  }
  const frame = frameOf(variables, usable);
  const [field] = frame.fields;
  if (!field) {
    return [];
  }
  const supply = getLinksSupplier(frame, field, scoped(variables), replaceVariables);
  return supply({ valueRowIndex: 0 }).map(({ title, href, target }) => {
    const safe = textUtil.sanitizeUrl(href);
    const refused = safe === '' || safe === 'about:blank';
    return { title: title || safe, href: refused ? undefined : safe, newTab: target === '_blank' };
  });
}

/** Which of a row's variables a link asks for in vain. */
function missing({ url, title }: DataLink, variables: Record<string, string>): string[] {
  return Object.keys(variables).filter(
    (name) => variables[name] === '' && new RegExp(`\\$(?:${name}\\b|\\{${name}(?:[:}]))`).test(`${url} ${title}`)
  );
}

const scoped = (variables: Record<string, string>): ScopedVars =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { text: value, value }]));

/** The row as a frame of one line, for links that ask as they would in a table: `${__data.fields.execution}`. */
function frameOf(variables: Record<string, string>, links: DataLink[]) {
  return toDataFrame({
    fields: Object.entries(variables).map(([name, value]) => ({
      name,
      type: FieldType.string,
      values: [value],
      labels: variables,
      config: { links },
    })),
  });
}
