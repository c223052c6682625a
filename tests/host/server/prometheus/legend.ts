/** The name of a series as Grafana's Prometheus backend gives it (`displayNameFromDS`). */

export type Labels = Readonly<Record<string, string>>;

/** `name{a="b", c="d"}`, keys sorted; `{}` for a series without labels. */
export function seriesName(labels: Labels): string {
  const pairs = Object.keys(labels)
    .filter((key) => key !== '__name__')
    .sort()
    .map((key) => `${key}="${labels[key]}"`);
  const name = labels['__name__'] ?? '';
  return pairs.length > 0 || name === '' ? `${name}{${pairs.join(', ')}}` : name;
}

/**
 * @param legendFormat text with `{{label}}` in it, empty for the series' own name, or `__auto`
 * @returns undefined for `__auto` on a series with labels: there the front end chooses the name
 */
export function displayName(labels: Labels, legendFormat: string, expr: string): string | undefined {
  if (legendFormat === '__auto') {
    return Object.keys(labels).length > 0 ? undefined : expr;
  }
  if (legendFormat !== '') {
    return legendFormat.replaceAll(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? '');
  }
  const name = seriesName(labels);
  return name === '{}' ? expr : name;
}
