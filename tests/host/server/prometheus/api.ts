/** Prometheus' HTTP API, as far as the host needs it: <https://prometheus.io/docs/prometheus/latest/querying/api/>. */
import type { Labels } from './legend.ts';

/** Seconds since the epoch, and the value as text (`NaN`, `+Inf` and `-Inf` have no number in JSON). */
export type Sample = [timeSec: number, value: string];

export type QueryData =
  | { resultType: 'matrix'; result: Array<{ metric: Labels; values?: Sample[] }> }
  | { resultType: 'vector'; result: Array<{ metric: Labels; value?: Sample }> }
  | { resultType: 'scalar' | 'string'; result: Sample };

export interface QueryAnswer {
  data: QueryData;
  warnings: string[];
  infos: string[];
}

/** Prometheus said no, or could not be reached. */
export class PrometheusError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Times in milliseconds since the epoch, the step in milliseconds. */
export type Ask =
  | { kind: 'range'; expr: string; start: number; end: number; step: number }
  | { kind: 'instant'; expr: string; at: number };

/**
 * @throws PrometheusError with the status and message of the server, or 502 when it does not answer
 */
export async function ask(baseUrl: string, question: Ask, signal?: AbortSignal): Promise<QueryAnswer> {
  const path = question.kind === 'range' ? 'query_range' : 'query';
  const url = `${baseUrl.replace(/\/+$/, '')}/api/v1/${path}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: 'POST', body: parameters(question), signal });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new PrometheusError(502, `Prometheus at ${baseUrl} does not answer${cause}`);
  }
  return readAnswer(response.status, text, baseUrl);
}

function parameters(question: Ask): URLSearchParams {
  const seconds = (ms: number) => String(ms / 1_000);
  return question.kind === 'range'
    ? new URLSearchParams({
        query: question.expr,
        start: seconds(question.start),
        end: seconds(question.end),
        step: seconds(question.step),
      })
    : new URLSearchParams({ query: question.expr, time: seconds(question.at) });
}

interface Envelope {
  status: 'success' | 'error';
  data?: QueryData;
  errorType?: string;
  error?: string;
  warnings?: string[];
  infos?: string[];
}

function readAnswer(status: number, text: string, baseUrl: string): QueryAnswer {
  let envelope: Envelope;
  try {
    envelope = JSON.parse(text) as Envelope;
  } catch {
    throw new PrometheusError(502, `${baseUrl} is not a Prometheus: it answered ${status} with something not JSON`);
  }
  if (envelope.status !== 'success' || !envelope.data) {
    throw new PrometheusError(
      status < 400 ? 502 : status,
      `${envelope.errorType ?? 'error'}: ${envelope.error ?? text}`
    );
  }
  return { data: envelope.data, warnings: envelope.warnings ?? [], infos: envelope.infos ?? [] };
}
