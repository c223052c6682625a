/**
 * `npm run demo`: the panel over two days of simulated Flytes that go on living, until Ctrl-C.
 * `-- --check` looks at it without a screen and ends. With PROMETHEUS_URL set, it shows that Prometheus instead.
 */
import { demoOptions } from './demo/options.mjs';
import { Stack } from './demo/stack.mjs';
import { buildHost, buildPlugin, buildSimulator } from './lib/build.mjs';
import { main, say, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

/**
 * Everything of it that is loaded late comes from packages that setup may only just have installed.
 * @param {import('./demo/options.mjs').DemoOptions} options
 * @param {Stack} started
 */
async function show(options, started) {
  await ensureSetup();
  const { findData, isSimulated, startData } = await import('./demo/data.mjs');
  const { ownFolder } = await import('./demo/folder.mjs');
  const { startPage, untilDrawable } = await import('./demo/host.mjs');
  const simulated = isSimulated();
  const folder = ownFolder(started);
  const data = simulated
    ? buildSimulator().then((simulator) => startData(simulator, folder, started))
    : findData(folder);
  // The data is of no use where the page cannot be built, which is to be told at once.
  const [prometheus] = await Promise.all([data, buildPage()]);
  const url = await startPage({ ...options, prometheus, simulated }, started);
  if (simulated) {
    await untilDrawable(url, options);
  }
  say(`ready: ${url}`);
  if (options.check) {
    const { lookAt } = await import('./demo/check.mjs');
    await lookAt(url, options);
  }
}

async function buildPage() {
  await buildPlugin();
  await buildHost();
}

/** @returns {Promise<string>} settles with the name of the signal that asks the process to end */
const askedToEnd = () =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => resolve(signal));
    }
  });

await main(
  async () => {
    const options = demoOptions(process.argv.slice(2), process.env);
    const started = new Stack();
    const end = askedToEnd();
    try {
      const signal = await Promise.race([show(options, started), end]);
      if (signal && options.check) {
        throw new Trouble(`ended by ${signal} before the check was done`);
      }
      if (!signal && !options.check) {
        await end;
      }
    } finally {
      await started.stop();
    }
  },
  { mindsSignals: true }
);
