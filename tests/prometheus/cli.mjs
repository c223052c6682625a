#!/usr/bin/env node
/** Command line: `fill` a folder, `start` a server over it. See README.md. */
import { parseArgs } from 'node:util';
import { fill, findPrometheus, startPrometheus } from './index.mjs';

const USAGE = `usage: node cli.mjs find
       node cli.mjs fill --data DIR FILE...
       node cli.mjs start --data DIR [--port N] [--retention 400d] [--scrape JOB=HOST:PORT[/PATH][@INTERVAL]]...`;

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}

/**
 * `flyte=127.0.0.1:9102/metrics@5s`
 *
 * @param {string} text
 * @returns {import('./config.mjs').ScrapeJob}
 */
function scrapeJob(text) {
  const match = /^([^=]+)=([^/@]+)(\/[^@]*)?(?:@(\w+))?$/.exec(text);
  if (!match?.[1] || !match[2]) {
    return fail(`--scrape ${text} is not JOB=HOST:PORT[/PATH][@INTERVAL]\n${USAGE}`);
  }
  return { job: match[1], targets: [match[2]], path: match[3], interval: match[4] };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      retention: { type: 'string' },
      scrape: { type: 'string', multiple: true },
    },
  });
  const [command, ...files] = positionals;
  if (command === 'find') {
    console.log(JSON.stringify(findPrometheus()));
    return;
  }
  if ((command !== 'fill' && command !== 'start') || !values.data) {
    fail(USAGE);
  }
  if (command === 'fill') {
    const onProgress = (/** @type {number} */ done, /** @type {number} */ total, /** @type {string} */ file) =>
      console.log(`${done}/${total} ${file}`);
    await fill({ files, dataDir: values.data, onProgress });
    return;
  }
  const server = await startPrometheus({
    dataDir: values.data,
    port: values.port === undefined ? undefined : Number(values.port),
    retention: values.retention,
    scrape: (values.scrape ?? []).map(scrapeJob),
  });
  console.log(`ready: ${server.url}/`);
  const stop = () => void server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error) => fail(error instanceof Error ? error.message : String(error)));
