/** Runs a panel's queries: a loading state if the answer takes a while, then the answer or the error. */
import {
  DataTopic,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, map, merge, of, share, takeUntil, timer, type Observable } from 'rxjs';

/** Grafana shows no spinner for an answer that comes sooner. */
const LOADING_AFTER_MS = 200;

export function runRequest(
  source: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: DataSourceApi['query']
): Observable<PanelData> {
  const blank: PanelData = { state: LoadingState.Loading, series: [], request, timeRange: request.range };
  const ask = queryFunction ?? source.query.bind(source);
  const answer = from(ask(request)).pipe(
    map((response) => toPanelData(response, blank)),
    catchError((error: unknown) => of(failed(error, blank))),
    share()
  );
  const loading = timer(LOADING_AFTER_MS).pipe(
    map(() => blank),
    takeUntil(answer)
  );
  return merge(loading, answer);
}

function toPanelData(response: DataQueryResponse, blank: PanelData): PanelData {
  const request = { ...blank.request, endTime: Date.now() } as DataQueryRequest;
  const frames: DataFrame[] = response.data.map((frame) => toDataFrame(frame));
  const isAnnotation = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
  const errors = response.errors ?? (response.error ? [response.error] : []);
  return {
    ...blank,
    request,
    state: errors.length > 0 ? LoadingState.Error : (response.state ?? LoadingState.Done),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    ...(errors.length > 0 ? { errors, error: errors[0] } : {}),
  };
}

function failed(error: unknown, blank: PanelData): PanelData {
  const readable = toDataQueryError(error as Error);
  return { ...blank, state: LoadingState.Error, error: readable, errors: [readable] };
}
