import { t } from '@grafana/i18n';

/** What the user wrote about queries without a metric name, and what of it can't be understood. */
export interface Metrics {
  /** Metric by refId. */
  byRefId: Record<string, string>;
  /** One sentence each, naming the line. */
  errors: string[];
}

/** refId, equals sign, a metric name as Prometheus allows it. */
const LINE = /^([^=]+)=\s*([a-zA-Z_:][a-zA-Z0-9_:]*)$/;

/** Reads one `refId = metric` a line; empty lines and lines that begin with `#` say nothing. */
export function parseMetrics(text: string): Metrics {
  const byRefId: Record<string, string> = {};
  const errors: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) {
      return;
    }
    const line = index + 1;
    const [, refId, metric] = LINE.exec(content) ?? [];
    if (!refId || !metric) {
      errors.push(
        t(
          'metrics.not-understood',
          'Metric of a query, line {{line}}: "{{content}}" is not of the form "refId = metric", such as "B = queueing_latency_ms_sum".',
          { line, content, interpolation: { escapeValue: false } }
        )
      );
    } else if (Object.hasOwn(byRefId, refId.trim())) {
      errors.push(
        t(
          'metrics.twice',
          'Metric of a query, line {{line}}: query {{refId}} already has a metric; remove one of the two lines.',
          {
            line,
            refId: refId.trim(),
            interpolation: { escapeValue: false },
          }
        )
      );
    } else {
      byRefId[refId.trim()] = metric;
    }
  });
  return { byRefId, errors };
}
