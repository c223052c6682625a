/** A Chromium or Chrome for the end-to-end tests and `npm run demo -- --check`. */
import { found } from '../lib/found.mjs';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { isProgram, which } from '../lib/which.mjs';
import { commandFor, installPackages, mayInstallPackages } from './system.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Browsers for macOS are not on the PATH. */
const MACOS_APPS = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensureChromium(checkOnly) {
  const named = process.env.CHROMIUM_BIN;
  if (named && !isProgram(named)) {
    return [`CHROMIUM_BIN is ${named}, which is no program: set it to a Chromium's path or unset it`];
  }
  const present = named ?? installed() ?? (await playwrights());
  found.chromium = present ?? (checkOnly ? undefined : await install());
  return found.chromium ? [] : [`Chromium is missing: ${howToGetIt()}`];
}

const installed = () => [found.chromium, which(...NAMES), ...MACOS_APPS].find(isProgram);

/** The browser that Playwright downloaded for the version in the lock file. */
async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test');
    return [chromium.executablePath()].find(isProgram);
  } catch {
    // Not installed yet, because npm's packages are missing: that is told by itself.
    return undefined;
  }
}

async function install() {
  if (mayInstallPackages()) {
    await installPackages(['chromium']);
  }
  return installed() ?? (await download());
}

async function download() {
  say('downloading a Chromium');
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  await run(process.execPath, [cli, 'install', 'chromium'], { log: 'setup-chromium' });
  return playwrights();
}

const howToGetIt = () =>
  commandFor({
    debian: 'sudo apt-get install chromium',
    ubuntu: 'npx playwright install --with-deps chromium',
    fedora: 'sudo dnf install chromium',
    arch: 'sudo pacman -S chromium',
    macos: 'brew install --cask chromium',
    other: 'npx playwright install chromium, or set CHROMIUM_BIN to the path of one',
  });
