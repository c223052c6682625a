/** Serves files below a folder, and nothing above it. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** @returns whether there was such a file; if not, nothing has been sent */
export async function serveFile(folder: string, relativePath: string, response: ServerResponse): Promise<boolean> {
  const file = normalize(join(folder, relativePath));
  if (!file.startsWith(normalize(folder) + sep)) {
    return false;
  }
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    return false;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    // A rebuilt plugin must never be hidden by an old copy.
    'cache-control': 'no-cache',
  });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
  return true;
}
