/** The packages of every package.json, installed when their lock file is not the one they were installed from. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { inRoot, NPM_FOLDERS } from '../lib/paths.mjs';
import { describeFailure, run } from '../lib/run.mjs';
import { say, secondsSince } from '../lib/say.mjs';

/**
 * @param {boolean} checkOnly
 * @returns {Promise<string[]>} what is missing
 */
export async function ensurePackages(checkOnly) {
  const problems = [];
  for (const folder of NPM_FOLDERS.filter((folder) => existsSync(inRoot(folder, 'package-lock.json')))) {
    if (isInstalled(folder)) {
      continue;
    }
    const problem = checkOnly ? `npm packages of ${inRoot(folder)} are missing: npm run setup` : await install(folder);
    problems.push(...(problem ? [problem] : []));
  }
  return problems;
}

/** @param {string} folder */
const stampFile = (folder) => inRoot(folder, 'node_modules', '.stamp');

/** Packages may differ between Node versions: a native one is built for the version that installed it. @param {string} folder */
function stampOf(folder) {
  const lock = readFileSync(inRoot(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} node ${process.versions.node.split('.')[0]}\n`;
}

/** @param {string} folder */
function isInstalled(folder) {
  return existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === stampOf(folder);
}

/**
 * @param {string} folder
 * @returns {Promise<string | undefined>} what went wrong
 */
async function install(folder) {
  const name = folder === '.' ? 'the root' : folder;
  const startedAt = performance.now();
  say(`installing the npm packages of ${name}`);
  const options = { cwd: inRoot(folder), log: `setup-npm-${name.replaceAll(/\W/g, '-')}` };
  let outcome = await run('npm', ['ci'], options);
  if (!outcome.ok && lacksOnlyOptional(outcome.output)) {
    outcome = await run('npm', ['install', '--no-save'], options);
  }
  if (!outcome.ok) {
    return describeFailure(`installing the npm packages of ${name}`, outcome);
  }
  writeFileSync(stampFile(folder), stampOf(folder));
  say(`installed the npm packages of ${name} in ${secondsSince(startedAt)}`);
  return undefined;
}

/**
 * Whether `npm ci` found nothing wrong but packages without a version: so it calls the optional ones, such as a
 * bundler's binary for another system, that the registry did not have when the lock file was written. `npm install`
 * leaves them out or adds the one that this system needs, and takes all else from the lock file.
 * @param {string} output
 */
export function lacksOnlyOptional(output) {
  const complaints = output.split('\n').filter((line) => /npm error (Missing|Invalid):/.test(line));
  return complaints.length > 0 && complaints.every((line) => /Missing: \S+@ from lock file/.test(line));
}
