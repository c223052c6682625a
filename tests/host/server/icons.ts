/**
 * Grafana's icons, from the package. About a third of the names that `Icon` knows have no drawing there (Grafana keeps
 * those in its application): a missing `…-left` is the mirrored `…-right`, any other is left blank, so that what the
 * packages lack is not reported as an error of the panel.
 */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveFile } from './files.ts';

const BLANK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>';

export async function serveIcon(folder: string, relativePath: string, response: ServerResponse): Promise<boolean> {
  if (await serveFile(folder, relativePath, response)) {
    return true;
  }
  if (!/^[\w-]+\/[\w-]+\.svg$/.test(relativePath)) {
    return false;
  }
  response.writeHead(200, { 'content-type': 'image/svg+xml', 'x-host-icon': 'not in the package' });
  response.end(await substitute(folder, relativePath));
  return true;
}

async function substitute(folder: string, relativePath: string): Promise<string> {
  const opposite = relativePath.replace(/-left\.svg$/, '-right.svg');
  const text =
    opposite === relativePath ? undefined : await readFile(join(folder, opposite), 'utf8').catch(() => undefined);
  return text?.replace(/(<svg[^>]*>)(.*)(<\/svg>)/s, '$1<g transform="matrix(-1 0 0 1 24 0)">$2</g>$3') ?? BLANK;
}
