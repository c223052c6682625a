/** Grafana's `POST /api/ds/query` over one real Prometheus. */
import { ask, PrometheusError } from './api.ts';
import { toFrames, type WireFrame } from './frames.ts';
import { prepareQuery, type PreparedQuery, type TimeSpan, type WireQuery } from './query.ts';

export interface QueryRequest {
  queries: WireQuery[];
  /** Milliseconds since the epoch, as text. */
  from: string;
  to: string;
}

export interface QueryResult {
  status: number;
  frames?: WireFrame[];
  error?: string;
  errorSource?: 'downstream';
}

export interface QueryResponse {
  /** HTTP status of the whole: 200, 207 when some queries failed, the first failure's when all did. */
  status: number;
  results: Record<string, QueryResult>;
}

export interface DsQueryOptions {
  prometheusUrl: string;
  scrapeIntervalMs: number;
}

/**
 * Answers every query by itself: one that fails leaves the others alone.
 *
 * @throws Error when the request as a whole cannot be read
 */
export async function dsQuery(
  request: QueryRequest,
  options: DsQueryOptions,
  signal?: AbortSignal
): Promise<QueryResponse> {
  const span = readSpan(request);
  if (!Array.isArray(request.queries) || request.queries.length === 0) {
    throw new Error('the request holds no queries');
  }
  const entries = await Promise.all(
    request.queries.map(async (query) => [query.refId, await answerOne(query, span, options, signal)] as const)
  );
  return { status: overallStatus(entries.map(([, result]) => result)), results: Object.fromEntries(entries) };
}

function readSpan({ from, to }: QueryRequest): TimeSpan {
  const span = { from: Number(from), to: Number(to) };
  if (!Number.isFinite(span.from) || !Number.isFinite(span.to) || span.to < span.from) {
    throw new Error(`the time range from "${from}" to "${to}" is not two times in milliseconds, in order`);
  }
  return span;
}

async function answerOne(
  wire: WireQuery,
  span: TimeSpan,
  options: DsQueryOptions,
  signal?: AbortSignal
): Promise<QueryResult> {
  try {
    const query = prepareQuery(wire, span, options.scrapeIntervalMs);
    const answers = await Promise.all(
      query.kinds.map((kind) => ask(options.prometheusUrl, question(kind, query), signal))
    );
    return { status: 200, frames: answers.flatMap((answer) => toFrames(answer, query)) };
  } catch (error) {
    const status = error instanceof PrometheusError ? error.status : 400;
    return { status, error: error instanceof Error ? error.message : String(error), errorSource: 'downstream' };
  }
}

function question(kind: 'range' | 'instant', { expr, start, end, step, at }: PreparedQuery) {
  return kind === 'range' ? { kind, expr, start, end, step } : { kind, expr, at };
}

function overallStatus(results: QueryResult[]): number {
  const failed = results.filter(({ status }) => status >= 400);
  if (failed.length === 0) {
    return 200;
  }
  return failed.length === results.length ? (failed[0]?.status ?? 500) : 207;
}
