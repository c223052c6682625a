/** Before all tests: one filled Prometheus, the installed plugin, and the page on every site. After them: none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { choices } from '../../../scripts/demo/deployments.mjs';
import { startHost, type HostOptions } from '../../host/server/host.ts';
import { statesOver } from '../../host/states.ts';
import { startPrometheus } from '../../prometheus/index.mjs';
import { viewOf, WHOLE, type Choice } from '../page/views.ts';
import { ADDRESS, type Site } from './addresses.ts';
import { startCdn } from './cdn.ts';
import { fillInto } from './fill.ts';
import { PREFIX, type Deployment } from './histories.ts';
import { install } from './installed.ts';

/** The histories' time is fixed, and no test may begin to fail because it is long ago. */
const RETENTION = '100y';

/** @param pluginUrl where another server has the plugin */
const sites = (pluginUrl: string): Record<Site, Pick<HostOptions, 'csp' | 'root' | 'pluginUrl'>> => ({
  open: { csp: 'none' },
  guarded: { csp: 'default' },
  forbidding: { csp: 'no-wasm' },
  below: { csp: 'default', root: '/grafana/' },
  elsewhere: { csp: 'none', pluginUrl },
  unknown: { csp: 'default', pluginUrl },
});

/** What the page can be asked to show by name. */
const OFFER = {
  view: { time: WHOLE, timeZone: 'utc' },
  deployments: choices(false).map((choice) => ({ ...choice, view: viewOf(choice.id as Choice) })),
  states: statesOver({
    select: (deployment, name, more = '') => {
      return `{__name__=~"${PREFIX[deployment as Deployment]}${name}"${more && `,${more}`}}`;
    },
    long: WHOLE,
  }),
};

export default async function setup(): Promise<() => Promise<void>> {
  // The tests know what is in their own Prometheus, and nothing about another.
  delete process.env['PROMETHEUS_URL'];
  const folder = mkdtempSync(join(tmpdir(), 'workflow-timeline-'));
  const stops: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) {
      await end();
    }
  };
  try {
    const dataDir = join(folder, 'prometheus');
    await fillInto(dataDir);
    const prometheus = await startPrometheus({ dataDir, retention: RETENTION });
    stops.push(prometheus.stop);
    process.env[ADDRESS.prometheus] = prometheus.url;
    const installed = install(join(folder, 'plugins'));
    const cdn = await startCdn(installed);
    stops.push(cdn.close);
    const common = { ...OFFER, prometheus: prometheus.url, dist: installed.folder, scrapeIntervalMs: 60_000 };
    for (const [site, options] of Object.entries(sites(cdn.pluginUrl))) {
      const host = await startHost({ ...common, ...options });
      stops.push(host.close);
      process.env[ADDRESS[site as Site]] = host.url;
    }
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
