/**
 * `npm run demo`: the panel over two days of a simulated Flyte that goes on living, until Ctrl-C.
 * `-- --check` looks at it without a screen and ends. With PROMETHEUS_URL set, it shows that Prometheus instead.
 */
import { demoOptions } from './demo/options.mjs';
import { Stack } from './demo/stack.mjs';
import { buildHost, buildPlugin } from './lib/build.mjs';
import { main, say, Trouble } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

/**
 * Everything of it that is loaded late comes from packages that setup may only just have installed.
 * @param {import('./demo/options.mjs').DemoOptions} options
 * @param {Stack} started
 */
async function show({ check, deployment, out, view, port }, started) {
  await ensureSetup();
  await buildPlugin();
  await buildHost();
  const { ownFolder } = await import('./demo/folder.mjs');
  const { startData } = await import('./demo/data.mjs');
  const { startPage, untilDrawable } = await import('./demo/host.mjs');
  const prometheus = await startData(deployment, ownFolder(started), started);
  const url = await startPage({ prometheus, view, port }, started);
  if (!process.env.PROMETHEUS_URL) {
    await untilDrawable(url, view);
  }
  say(`ready: ${url}`);
  if (check) {
    const { lookAt } = await import('./demo/check.mjs');
    await lookAt(url, out);
  }
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
