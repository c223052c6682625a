/** What the core does with much data, against the other ways to do it, in one page of one browser. */
import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { bytes, heading, ms, times, within } from './figures.mjs';
import { serve } from './serve.mjs';

/** @typedef {import('../../tests/host/bench/main.ts').Bench} Bench */
/** @typedef {import('../../tests/host/bench/main.ts').Work} Work */

const PAGE = `<!doctype html><link rel="icon" href="data:,"><canvas width="1000" height="700"></canvas><script type="module" src="/main.js"></script>`;

/** Times as long as reading every sample once; as fast as the stock transformations; bytes for a byte of columns. */
const MOST_OF_READING = 3;
const LEAST_OF_STOCK = 5;
const MOST_MEMORY = 2;
const FRAME_MS = 4;
const POINTER_MS = 1;
/** Rows more, frames no slower: what a hundred times the rows may cost on top, for the noise of the clock. */
const GROWTH_MS = 1;

/** @type {Array<import('../../tests/host/bench/main.ts').Frames['mode']>} */
const MODES = ['stacked', 'aligned', 'normalised', 'clock'];

/** @returns {Promise<boolean>} whether all is within the budgets */
export async function work() {
  await runOrFail('npm', ['run', 'build:bench'], { cwd: inRoot('tests', 'host'), log: 'bench-bundle' });
  const { url, close } = await serve(PAGE, {
    '': inRoot('tests', 'host', 'build', 'bench'),
    core: inRoot('plugin', 'src', 'core', 'generated'),
  });
  try {
    return await inBrowser(url, async (ask) => {
      const verdicts = [];
      for (const [samples, steps, rounds] of /** @type {const} */ ([
        [100_000, 250, 15],
        [1_000_000, 1_000, 9],
      ])) {
        verdicts.push(...counters(await ask('ranges', samples, steps, rounds), samples === 1_000_000));
      }
      for (const [samples, rounds] of /** @type {const} */ ([
        [100_000, 9],
        [1_000_000, 3],
      ])) {
        tables(await ask('tables', samples, rounds));
      }
      for (const mode of MODES) {
        verdicts.push(...rows(await ask('scrolling', 1_000, mode), await ask('scrolling', 100_000, mode)));
      }
      verdicts.push(...refreshes(await ask('refreshing', 28, 250)));
      return verdicts.every(Boolean);
    });
  } finally {
    close();
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(ask: <K extends keyof Bench>(what: K, ...args: Parameters<Bench[K]>) => Promise<Awaited<ReturnType<Bench[K]>>>) => Promise<T>} measure
 * @returns {Promise<T>}
 */
async function inBrowser(url, measure) {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? found.chromium,
    args: ['--js-flags=--expose-gc'],
  });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(message.text()));
    await page.goto(url);
    await page.waitForFunction('window.bench');
    return await measure((what, ...args) =>
      page.evaluate(
        ([name, values]) => /** @type {any} */ (window).bench[name](...values),
        /** @type {const} */ ([what, args])
      )
    );
  } finally {
    await browser.close();
  }
}

/**
 * @param {Work} work
 * @param {boolean} judged
 */
function counters(work, judged) {
  heading(`counters over a range, ${work.samples.toLocaleString('en')} samples → ${work.rows} rows`);
  ms(
    'frames → rows, in the core',
    work.core,
    `of it flattening ${work.flatten.toFixed(1)}; first load ${work.first.toFixed(1)}`
  );
  ms('the same in plain JavaScript', work.plain ?? NaN, `${work.equal} rows found equal`);
  ms('reading every sample once', work.read);
  ms('stock transformations, means only', work.stock ?? NaN);
  const reading = work.core / work.read;
  const stock = (work.stock ?? NaN) / work.core;
  const memory = work.memory / work.columns;
  times('against plain JavaScript', work.core / (work.plain ?? NaN));
  const verdicts = [
    within(
      `${reading.toFixed(1)} × reading every sample once`,
      reading <= MOST_OF_READING,
      `≤ ${MOST_OF_READING} ×`,
      judged
    ),
    within(`${stock.toFixed(1)} × as fast as stock transformations`, stock >= LEAST_OF_STOCK, `≥ ${LEAST_OF_STOCK} ×`),
    within(
      `memory ${bytes(work.memory)}, ${memory.toFixed(2)} × its columns`,
      memory <= MOST_MEMORY,
      `≤ ${MOST_MEMORY} ×`,
      judged
    ),
  ];
  return verdicts;
}

/** @param {Work} work */
function tables(work) {
  heading(`executions at an instant as a table, ${work.samples.toLocaleString('en')} samples → ${work.rows} rows`);
  ms(
    'frames → rows, in the core',
    work.core,
    `of it flattening ${work.flatten.toFixed(1)}; first load ${work.first.toFixed(1)}`
  );
  ms('reading every sample once', work.read, 'times and values, not the seven columns of texts');
  times('memory, of its columns', work.memory / work.columns);
}

/**
 * @param {import('../../tests/host/bench/main.ts').Frames} few
 * @param {import('../../tests/host/bench/main.ts').Frames} many
 */
function rows(few, many) {
  heading(`scrolling ${many.rows.toLocaleString('en')} rows, ${many.mode}`);
  ms(
    'script of a frame',
    many.paint,
    `95 % below ${many.worst.toFixed(2)}; of ${few.rows.toLocaleString('en')} rows ${few.paint.toFixed(2)}`
  );
  ms('pointer to what a tooltip shows', many.hit);
  return [
    within(`a frame ${many.paint.toFixed(2)} ms`, many.paint <= FRAME_MS, `≤ ${FRAME_MS} ms`),
    within('no slower with a hundred times the rows', many.paint - few.paint <= GROWTH_MS, `≤ ${GROWTH_MS} ms more`),
    within(`the pointer ${many.hit.toFixed(2)} ms`, many.hit <= POINTER_MS, `≤ ${POINTER_MS} ms`),
  ];
}

/** @param {import('../../tests/host/bench/main.ts').Refreshes} refreshes */
function refreshes({ samples, first, refresh, after10, after1000 }) {
  heading(`refreshing ${samples.toLocaleString('en')} samples, of which the window moved on by a step`);
  ms('a first load', first);
  ms('a refresh', refresh, `${(refresh / first).toFixed(2)} of a first load`);
  return [
    within(
      `memory ${bytes(after1000)} after 1,000 refreshes, ${bytes(after10)} after 10`,
      after1000 <= after10,
      'no more'
    ),
    within('a refresh costs less than a first load', refresh < first, '< 1'),
  ];
}
