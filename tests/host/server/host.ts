/** The host's server: the page, the plugin's files and a Prometheus data source behind Grafana's paths. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { faultAt, type Catalogue, type Deployment, type State } from '../src/catalogue.ts';
import { statesOver } from '../states.ts';
import { cspHeader, type CspMode } from './csp.ts';
import { answerFault, faultCookie } from './fault.ts';
import { serveFile } from './files.ts';
import { buildFolder, defaultDist, defaultView, packageFiles } from './folders.ts';
import { serveIcon } from './icons.ts';
import { pageHtml, statesHtml } from './page.ts';
import { dsQuery, type QueryRequest } from './prometheus/dsQuery.ts';
import { formatDuration } from './prometheus/duration.ts';
import { DEFAULT_SCRAPE_INTERVAL_MS } from './prometheus/step.ts';

export interface HostOptions {
  /** Base address of a Prometheus HTTP API, such as `http://127.0.0.1:9090`. */
  prometheus: string;
  /** A JSON file with the page's default view, or the view itself; see src/view.ts for its shape. */
  view?: string | Readonly<Record<string, unknown>>;
  /** Between which the page has a switch; none unless given. */
  deployments?: Deployment[];
  /** Those that an address can ask for; see states.ts. */
  states?: State[];
  /** The built plugin; `dist/` at the top of the repository by default. */
  dist?: string;
  /** Below which the page lies, as a Grafana behind a proxy does: `/grafana/`. All of the server by default. */
  root?: string;
  /** Address of the plugin's folder without a slash at the end, where another server has it, as Grafana's CDN does. */
  pluginUrl?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  csp?: CspMode;
  /** The data source's scrape interval in milliseconds; 15 000 by default, as in Grafana. */
  scrapeIntervalMs?: number;
}

export interface Host {
  /** `http://127.0.0.1:PORT/`, or with the root. */
  url: string;
  close: () => Promise<void>;
}

interface Site extends Required<Omit<HostOptions, 'port'>> {
  pluginId: string;
}

const FALLBACK_PLUGIN_ID = 'flyteorg-workflowtimeline-panel';

/** Starts the server on the loopback interface. @throws Error when the port is taken */
export async function startHost(options: HostOptions): Promise<Host> {
  const id = await pluginId(options.dist ?? defaultDist);
  const root = options.root ?? '/';
  const site: Site = {
    prometheus: options.prometheus,
    view: options.view ?? defaultView,
    deployments: options.deployments ?? [],
    states: options.states ?? statesOver(),
    dist: options.dist ?? defaultDist,
    csp: options.csp ?? 'none',
    scrapeIntervalMs: options.scrapeIntervalMs ?? DEFAULT_SCRAPE_INTERVAL_MS,
    root,
    pluginUrl: options.pluginUrl ?? `${root}public/plugins/${id}`,
    pluginId: id,
  };
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) {
        response.destroy();
      } else {
        sendJson(response, 500, { message });
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${root}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The id that the built plugin calls itself. A missing build is the page's to report: it can say more. */
async function pluginId(dist: string): Promise<string> {
  const text = await readFile(join(dist, 'plugin.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { id?: string }).id ?? FALLBACK_PLUGIN_ID;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const asked = decodeURIComponent(url.pathname);
  if (!asked.startsWith(site.root)) {
    return sendJson(response, 404, { message: `no ${asked} here: everything is below ${site.root}` });
  }
  const path = asked.slice(site.root.length - 1);
  // The page itself never fails on purpose: asking for it is how a fault is chosen.
  if (path === '/') {
    return sendPage(site, url, response);
  }
  if (answerFault(path, request, response)) {
    return;
  }
  if (path === '/catalogue.json') {
    return sendJson(response, 200, await catalogueOf(site));
  }
  if (path === '/states') {
    return sendHtml(response, statesHtml(site));
  }
  if (path === '/api/ds/query') {
    return sendQuery(site, request, response);
  }
  const served = await serveStatic(site, path, response);
  if (!served) {
    sendJson(response, 404, { message: `no ${path} here` });
  }
}

async function catalogueOf({ view, deployments, states }: Site): Promise<Catalogue> {
  const read = typeof view === 'string' ? (JSON.parse(await readFile(view, 'utf8')) as unknown) : view;
  return { view: read as Catalogue['view'], deployments, states };
}

function sendPage(site: Site, url: URL, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  const csp = cspHeader({ mode: site.csp, nonce, rootPath: url.host });
  const { pluginId, pluginUrl, root } = site;
  const settings = { pluginId, pluginUrl, root, scrapeInterval: formatDuration(site.scrapeIntervalMs) };
  sendHtml(response, pageHtml({ nonce, settings }), {
    'set-cookie': faultCookie(faultAt(site, url.search)),
    ...(csp ? { 'content-security-policy': csp } : {}),
  });
}

function sendHtml(response: ServerResponse, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers });
  response.end(text);
}

async function sendQuery(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    return sendJson(response, 405, { message: '/api/ds/query takes POST' });
  }
  const abort = new AbortController();
  // A panel that has moved on should not keep Prometheus busy.
  response.on('close', () => abort.abort());
  let body: QueryRequest;
  try {
    body = JSON.parse(await readBody(request)) as QueryRequest;
  } catch {
    return sendJson(response, 400, { message: 'the request is not JSON' });
  }
  const options = { prometheusUrl: site.prometheus, scrapeIntervalMs: site.scrapeIntervalMs };
  try {
    const { status, results } = await dsQuery(body, options, abort.signal);
    sendJson(response, status, { results });
  } catch (error) {
    sendJson(response, 400, { message: error instanceof Error ? error.message : String(error) });
  }
}

function serveStatic(site: Site, path: string, response: ServerResponse): Promise<boolean> {
  const below = (prefix: string) => path.slice(prefix.length);
  const plugin = `/public/plugins/${site.pluginId}/`;
  const icons = '/public/build/img/icons/';
  const inter = '/public/fonts/inter/';
  if (path.startsWith(plugin)) {
    return serveFile(site.dist, below(plugin), response);
  }
  if (path.startsWith(icons)) {
    return serveIcon(packageFiles.icons(), below(icons), response);
  }
  if (path.startsWith(inter)) {
    return serveFile(packageFiles.inter(), below(inter), response);
  }
  // Grafana's style sheet asks for one file, by a name that only Grafana's own build knows.
  if (path.startsWith('/public/fonts/roboto/')) {
    return serveFile(packageFiles.robotoMono(), 'roboto-mono-latin-wght-normal.woff2', response);
  }
  return path.startsWith('/build/') ? serveFile(buildFolder, below('/build/'), response) : Promise.resolve(false);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) {
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
