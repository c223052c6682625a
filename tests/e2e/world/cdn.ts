/** Another server that has the plugin's files and nothing else, as Grafana's `plugins_cdn_base_url` names one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { serveFile } from '../../host/server/files.ts';
import type { Installed } from './installed.ts';

export interface Cdn {
  /** Address of the plugin's folder. */
  pluginUrl: string;
  close: () => void;
}

export async function startCdn({ folder, id, version }: Installed): Promise<Cdn> {
  const base = `/${id}/${version}/public/plugins/${id}`;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    // A page of another origin may read what comes.
    response.setHeader('access-control-allow-origin', '*');
    const served = path.startsWith(`${base}/`) ? serveFile(folder, path.slice(base.length + 1), response) : undefined;
    void Promise.resolve(served).then((found) => found || response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    pluginUrl: `http://127.0.0.1:${port}${base}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
