/** Grafana's HTTP service: everything that a data source sends goes through it. */
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, map, Observable } from 'rxjs';
import { settings } from './settings';

/** One HTTP request; giving up on the observable gives up on the request. Errors are `FetchError`s. */
function fetchOnce<T>(config: BackendSrvRequest): Observable<FetchResponse<T>> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    send<T>(config, abort.signal).then(
      (response) => {
        subscriber.next(response);
        subscriber.complete();
      },
      (error: unknown) => subscriber.error(error)
    );
    return () => abort.abort();
  });
}

async function send<T>(config: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
  const query = config.params ? `?${new URLSearchParams(config.params)}` : '';
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(inRoot(config.url) + query, location.origin), {
      method: config.method ?? 'GET',
      headers: { 'content-type': 'application/json', ...config.headers },
      body: config.data === undefined ? undefined : JSON.stringify(config.data),
      signal,
    });
    text = await response.text();
  } catch (error) {
    throw failure(config, 0, { message: error instanceof Error ? error.message : String(error) }, signal.aborted);
  }
  const data = parse(text, response);
  if (!response.ok) {
    throw failure(config, response.status, data, false);
  }
  const { status, statusText, ok, headers, redirected, type, url } = response;
  return { data: data as T, status, statusText, ok, headers, redirected, type, url, config };
}

/** As Grafana does: an address of a page below a root does not say so. */
const inRoot = (url: string) => (url.startsWith('/') ? settings.root + url.slice(1) : url);

function parse(text: string, response: Response): unknown {
  return (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
}

function failure(config: BackendSrvRequest, status: number, data: unknown, cancelled: boolean): FetchError {
  return { status, statusText: String(status), data, cancelled, config };
}

const request = <T>(config: BackendSrvRequest) => lastValueFrom(fetchOnce<T>(config).pipe(map(({ data }) => data)));

export const backend: BackendSrv = {
  fetch: fetchOnce,
  request,
  datasourceRequest: (config) => lastValueFrom(fetchOnce(config)),
  chunked: () => {
    throw new Error('chunked requests are not part of this host');
  },
  get: (url, params, requestId, options) => request({ ...options, url, params, requestId, method: 'GET' }),
  delete: (url, data, options) => request({ ...options, url, data, method: 'DELETE' }),
  post: (url, data, options) => request({ ...options, url, data, method: 'POST' }),
  patch: (url, data, options) => request({ ...options, url, data, method: 'PATCH' }),
  put: (url, data, options) => request({ ...options, url, data, method: 'PUT' }),
};
