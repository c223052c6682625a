/**
 * A Prometheus data source from public parts: Grafana's own `DataSourceWithBackend` asks `/api/ds/query`, the shaping
 * afterwards is in prometheusFrames.ts. (Grafana's `@grafana/prometheus` has another licence and is not used.)
 */
import {
  dateTime,
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DateTime,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data';
import { DataSourceWithBackend, type DataSourceSrv } from '@grafana/runtime';
import { exhaustMap, finalize, map, timer, type Observable } from 'rxjs';
import { annotationSupport } from './annotations';
import { DATA_SOURCE } from './dataSourceSettings';
import { shapeFrames, splitQuery, type PrometheusQuery } from './prometheusFrames';
import { templates } from './templates';

const STREAMED_EACH_MS = 1_000;

let inFlight = 0;

/** How many requests the data source still waits for. */
export const requestsInFlight = () => inFlight;

class PrometheusSource extends DataSourceWithBackend<PrometheusQuery> {
  constructor() {
    super(DATA_SOURCE);
    this.annotations = annotationSupport;
    this.interval = DATA_SOURCE.jsonData.timeInterval;
  }

  override query(request: DataQueryRequest<PrometheusQuery>): Observable<DataQueryResponse> {
    if (!request.targets.some(({ streaming }) => streaming)) {
      return this.ask(request);
    }
    return timer(0, STREAMED_EACH_MS).pipe(
      exhaustMap((round) => this.ask({ ...request, range: later(request.range, round * STREAMED_EACH_MS) })),
      map((response) => ({ ...response, state: LoadingState.Streaming }))
    );
  }

  private ask(request: DataQueryRequest<PrometheusQuery>): Observable<DataQueryResponse> {
    const utcOffsetSec = request.range.to.utcOffset() * 60;
    const targets = request.targets.flatMap((query) => splitQuery(query, utcOffsetSec));
    inFlight += 1;
    return super.query({ ...request, targets }).pipe(
      map((response) => ({ ...response, data: shapeFrames(response.data as DataFrame[], request.targets) })),
      finalize(() => (inFlight -= 1))
    );
  }

  /** The dashboard's variables are put in here; those of step and range are the backend's, which alone knows the step. */
  override applyTemplateVariables(query: PrometheusQuery, scopedVars: ScopedVars): PrometheusQuery {
    const dashboard = Object.entries(scopedVars).filter(([name]) => !/^__(rate_)?(interval|range)(_m?s)?$/.test(name));
    return { ...query, expr: templates.replace(query.expr, Object.fromEntries(dashboard)) };
  }

  override filterQuery(query: PrometheusQuery): boolean {
    return !query.hide && query.expr.trim() !== '';
  }
}

/** A range that ends now goes on, any other one stays. */
function later(range: TimeRange, ms: number): TimeRange {
  const moved = (time: DateTime) => dateTime(time.valueOf() + ms);
  return range.raw.to === 'now' ? { ...range, from: moved(range.from), to: moved(range.to) } : range;
}

/** The page's registry of data sources: whatever is asked for, there is one. */
export function dataSources(): DataSourceSrv {
  const source = new PrometheusSource() as unknown as DataSourceApi;
  return {
    get: async () => source,
    getList: () => [DATA_SOURCE],
    getInstanceSettings: () => DATA_SOURCE,
    reload: async () => undefined,
    registerRuntimeDataSource: () => undefined,
  };
}
