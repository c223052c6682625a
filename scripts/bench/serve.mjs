/** Serves the pages that are measured in, from memory's point of view: files and nothing else. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const TYPES = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };

/** A page that may not be shared with others gets the finer clock. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * @param {string} page the HTML at `/`
 * @param {Record<string, string>} folders by the first part of a path; `''` for the rest
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve(page, folders) {
  const server = createServer(async ({ url = '/' }, response) => {
    const [, first = '', rest = ''] = /^\/(?:([a-z]+)\/)?([\w.-]*)/.exec(url) ?? [];
    const type = TYPES[/** @type {keyof typeof TYPES} */ (rest.split('.').pop() ?? '')] ?? TYPES.html;
    try {
      const body = rest ? await readFile(join(folders[first] ?? '', rest)) : page;
      response.writeHead(200, { 'content-type': type, ...ISOLATED }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
