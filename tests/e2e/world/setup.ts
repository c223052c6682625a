/** Before all tests: one filled Prometheus, and the page under each content security policy. After them: none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { choices } from '../../../scripts/demo/deployments.mjs';
import { startHost } from '../../host/server/host.ts';
import { statesOver } from '../../host/states.ts';
import { startPrometheus } from '../../prometheus/index.mjs';
import { viewOf, WHOLE, type Choice } from '../page/views.ts';
import { ADDRESS, type Site } from './addresses.ts';
import { fillInto } from './fill.ts';
import { PREFIX, type Deployment } from './histories.ts';

/** The histories' time is fixed, and no test may begin to fail because it is long ago. */
const RETENTION = '100y';

const POLICIES: Record<Site, 'none' | 'default' | 'no-wasm'> = {
  open: 'none',
  guarded: 'default',
  forbidding: 'no-wasm',
};

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
    for (const [site, csp] of Object.entries(POLICIES) as Array<[Site, (typeof POLICIES)[Site]]>) {
      const host = await startHost({ ...OFFER, prometheus: prometheus.url, csp, scrapeIntervalMs: 60_000 });
      stops.push(host.close);
      process.env[ADDRESS[site]] = host.url;
    }
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
