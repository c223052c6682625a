/** Looks at the demo's page without a screen: waits for rows, and takes pictures of it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { found } from '../lib/found.mjs';
import { say, Trouble } from '../lib/say.mjs';
import { CHOICE_IDS } from './deployments.mjs';

const THEMES = ['dark', 'light'];
const SIZES = [
  { width: 1200, height: 700 },
  { width: 480, height: 320 },
];
const PATIENCE_MS = 60_000;
const ROW = '[data-testid="workflow-timeline-row"]';

/**
 * @param {string} url
 * @param {{ out: string, view?: string }} options folder for the pictures; a view of its own has no deployments
 * @throws {Trouble} when the panel draws no row, or the page reports an error
 */
export async function lookAt(url, { out, view }) {
  mkdirSync(out, { recursive: true });
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? found.chromium });
  try {
    for (const deployment of view ? [undefined] : CHOICE_IDS) {
      for (const theme of THEMES) {
        for (const size of SIZES) {
          const what = [deployment, theme, `${size.width}x${size.height}`].filter(Boolean).join('-');
          const file = join(out, `${what}.png`);
          const page = await browser.newPage({ viewport: size });
          const rows = await picture(page, addressOf(url, { deployment, theme }), file);
          await page.close();
          say(`${rows} rows: ${file}`);
        }
      }
    }
  } finally {
    await browser.close();
  }
}

/** @param {string} url @param {{ deployment?: string, theme: string }} view */
const addressOf = (url, view) => `${url}#${encodeURIComponent(JSON.stringify(view))}`;

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} address
 * @param {string} file
 * @returns {Promise<number>} rows that the page tells a screen reader about
 */
async function picture(page, address, file) {
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address);
  try {
    await page.locator(ROW).first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
  } catch {
    await page.screenshot({ path: file });
    const text = (await page.locator('body').innerText()).trim().slice(0, 1000);
    throw new Trouble([`no row was drawn; the page (${file}) says:`, text, ...errors].join('\n'));
  }
  await page.screenshot({ path: file });
  if (errors.length > 0) {
    throw new Trouble(`the page (${file}) reports: ${errors.join('; ')}`);
  }
  return page.locator(ROW).count();
}
