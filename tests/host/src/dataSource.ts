/**
 * A Prometheus data source from public parts: Grafana's own `DataSourceWithBackend` asks `/api/ds/query`, the shaping
 * afterwards is in prometheusFrames.ts. (Grafana's `@grafana/prometheus` has another licence and is not used.)
 */
import type { DataFrame, DataQueryRequest, DataQueryResponse, DataSourceApi } from '@grafana/data';
import { DataSourceWithBackend, type DataSourceSrv } from '@grafana/runtime';
import { finalize, map, type Observable } from 'rxjs';
import { DATA_SOURCE } from './dataSourceSettings';
import { shapeFrames, splitQuery, type PrometheusQuery } from './prometheusFrames';

let inFlight = 0;

/** How many requests the data source still waits for. */
export const requestsInFlight = () => inFlight;

class PrometheusSource extends DataSourceWithBackend<PrometheusQuery> {
  constructor() {
    super(DATA_SOURCE);
    this.interval = DATA_SOURCE.jsonData.timeInterval;
  }

  override query(request: DataQueryRequest<PrometheusQuery>): Observable<DataQueryResponse> {
    const utcOffsetSec = request.range.to.utcOffset() * 60;
    const targets = request.targets.flatMap((query) => splitQuery(query, utcOffsetSec));
    inFlight += 1;
    return super.query({ ...request, targets }).pipe(
      map((response) => ({ ...response, data: shapeFrames(response.data as DataFrame[], request.targets) })),
      finalize(() => (inFlight -= 1))
    );
  }

  override filterQuery(query: PrometheusQuery): boolean {
    return !query.hide && query.expr.trim() !== '';
  }
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
