/**
 * Faults that a test can ask for: open the page as `/?fault=NAME`, or set the cookie `fault=NAME` (the page does so in
 * `window.host.setFault`), or send the header `x-host-fault: NAME`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Fault {
  applies: (path: string) => boolean;
  answer: (response: ServerResponse) => void;
}

const isWasm = (path: string) => path.endsWith('.wasm');

const FAULTS = {
  'wasm-404': { applies: isWasm, answer: (response) => plain(response, 404, 'not found') },
  'wasm-corrupt': {
    applies: isWasm,
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/wasm', 'cache-control': 'no-store' });
      response.end(Buffer.from('these bytes are not a WebAssembly module'));
    },
  },
  'module-404': {
    applies: (path) => path.endsWith('/module.js'),
    answer: (response) => plain(response, 404, 'not found'),
  },
  'query-500': {
    applies: (path) => path === '/api/ds/query',
    answer: (response) => plain(response, 500, JSON.stringify({ message: 'the query was made to fail' })),
  },
  'query-hangs': {
    applies: (path) => path === '/api/ds/query',
    // The browser waits until the page is left or the server ends.
    answer: () => undefined,
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

function plain(response: ServerResponse, status: number, body: string): void {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

/** Answers with the requested fault if it concerns this path. @returns whether it did */
export function answerFault(path: string, request: IncomingMessage, response: ServerResponse): boolean {
  const fault = FAULTS[requestedFault(request) as FaultName] as Fault | undefined;
  if (!fault?.applies(path)) {
    return false;
  }
  fault.answer(response);
  return true;
}

/** The cookie that makes a fault last for everything the page loads; empties it when the page asks for none. */
export function faultCookie(name = ''): string {
  const known = (FAULT_NAMES as string[]).includes(name);
  return known ? `fault=${name}; Path=/; SameSite=Strict` : 'fault=; Path=/; SameSite=Strict; Max-Age=0';
}

function requestedFault(request: IncomingMessage): string | undefined {
  const header = request.headers['x-host-fault'];
  return typeof header === 'string' ? header : /(?:^|;\s*)fault=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
}
