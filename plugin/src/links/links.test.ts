import type { InterpolateFunction } from '@grafana/data';

import type { Row } from '../core/generated/timeline_panel';
import { linksOf } from './links';

const ROW = {
  name: 'f1',
  execution: 'f1',
  workflow: 'team.train/it',
  project: 'p',
  domain: 'development',
  end: 1_700_000_000_000.4,
} as Row;

/** As a dashboard does it, as far as these tests go: `${name}`, with the default format for those without one. */
const replaceVariables: InterpolateFunction = (text, variables, format) =>
  text.replace(/\$\{(\w+)(?::(\w+))?\}/g, (whole, name: string, own?: string) => {
    const value = variables?.[name]?.value ?? (name === 'console' ? 'https://flyte.example/console' : undefined);
    return value === undefined ? whole : (own ?? format) ? encodeURI(String(value)) : String(value);
  });

const hrefs = (url: string, row = ROW, node = '') =>
  linksOf(row, node, [{ title: 'Open', url }], replaceVariables).map(({ href }) => href);

describe('links of a row', () => {
  test('know its execution, project, domain, workflow, node and times', () => {
    expect(
      hrefs('https://x.example/${project}/${domain}/${execution}?w=${workflow}&n=${node}&to=${end}', ROW, 'n0')
    ).toEqual(['https://x.example/p/development/f1?w=team.train/it&n=n0&to=1700000000000']);
  });

  test('know the dashboard’s variables, too', () => {
    expect(hrefs('${console}/projects/${project}')).toEqual(['https://flyte.example/console/projects/p']);
  });

  test('are left out where the row lacks what they ask for', () => {
    expect(hrefs('https://x.example/${execution}', { ...ROW, execution: '' })).toEqual([]);
    expect(hrefs('https://x.example/$execution', { ...ROW, execution: '' })).toEqual([]);
    expect(hrefs('https://x.example/${workflow}', { ...ROW, execution: '' })).toEqual([
      'https://x.example/team.train/it',
    ]);
    expect(hrefs('https://x.example/?from=${begin}')).toEqual([]);
  });

  test.each(['javascript:alert(1)', 'JaVaScRiPt:alert(${execution})', 'data:text/html,<script>', 'vbscript:x'])(
    '%s is refused',
    (url) => {
      expect(hrefs(url)).toEqual([undefined]);
    }
  );

  test('text in a label cannot leave its place in an address', () => {
    const [href] = hrefs('https://x.example/${execution}', { ...ROW, execution: '"><img onerror=alert(1)>' });
    expect(href).toBe('https://x.example/%22%3E%3Cimg%20onerror=alert(1)%3E');
  });
});
