/** How long the core takes from nothing to a picture: fetch, compile, load and draw a hundred executions. */
import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { serve } from './serve.mjs';

const BUDGET_MS = 60;
const BROWSERS = 9;
const PAGE = `<!doctype html><canvas width="1000" height="700"></canvas><script type="module" src="/page.js"></script>`;

/** @returns {Promise<boolean>} whether the median is within the budget */
export async function coldStart() {
  const { url, close } = await serve(PAGE, {
    '': inRoot('scripts', 'bench'),
    core: inRoot('plugin', 'src', 'core', 'generated'),
  });
  try {
    const runs = [];
    for (let run = 0; run < BROWSERS; run++) {
      runs.push(await inFreshBrowser(url));
    }
    return report(runs);
  } finally {
    close();
  }
}

/** @typedef {{ fetch: number, compile: number, load: number, draw: number, all: number }} Times ms */

/**
 * A browser of its own for each run, so that no compiled code is left over.
 * @param {string} url
 * @returns {Promise<Times>}
 */
async function inFreshBrowser(url) {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? found.chromium });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.evaluate(() => /** @type {any} */ (window).measured);
  } finally {
    await browser.close();
  }
}

/** @param {Times[]} runs */
function report(runs) {
  /** @param {keyof Times} part */
  const median = (part) => runs.map((run) => run[part]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN;
  const all = median('all');
  /** @type {Array<keyof Times>} */
  const names = ['fetch', 'compile', 'load', 'draw'];
  const parts = names.map((name) => `${name} ${median(name).toFixed(1)}`).join(', ');
  const verdict = all <= BUDGET_MS ? 'within' : 'OVER';
  say(`cold start, first frame of 100 rows: ${all.toFixed(1)} ms (${parts}); ${verdict} the budget of ${BUDGET_MS} ms`);
  say(
    `  median of ${runs.length} fresh browsers, ${Math.min(...runs.map((r) => r.all)).toFixed(1)} to ${Math.max(...runs.map((r) => r.all)).toFixed(1)} ms`
  );
  return all <= BUDGET_MS;
}
