/** Command line of the host: see README.md. */
import { parseArgs } from 'node:util';
import { CSP_MODES, type CspMode } from './csp.ts';
import { startHost } from './host.ts';
import { parseDuration } from './prometheus/duration.ts';

const USAGE = `usage: npm start -- --prometheus URL [--view FILE] [--port N] [--dist DIR]
                    [--csp ${CSP_MODES.join('|')}] [--scrape-interval 15s]`;

function fail(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        prometheus: { type: 'string' },
        view: { type: 'string' },
        port: { type: 'string' },
        dist: { type: 'string' },
        csp: { type: 'string' },
        'scrape-interval': { type: 'string' },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const options = readOptions();
const prometheus = options.prometheus ?? process.env['PROMETHEUS_URL'];
const csp = CSP_MODES.find((mode) => mode === (options.csp ?? 'none'));
const port = Number(options.port ?? 0);
if (!prometheus) {
  fail('--prometheus is missing: give the address of a Prometheus, such as http://127.0.0.1:9090');
}
if (!csp) {
  fail(`--csp ${options.csp} is not one of ${CSP_MODES.join(', ')}`);
}
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail(`--port ${options.port} is not a port`);
}

async function start() {
  try {
    return await startHost({
      prometheus: prometheus as string,
      port,
      csp: csp as CspMode,
      view: options.view,
      dist: options.dist,
      scrapeIntervalMs: options['scrape-interval'] ? parseDuration(options['scrape-interval']) : undefined,
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const host = await start();
console.log(`ready: ${host.url}`);

const stop = () => void host.close().finally(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
