/** What `npm run demo` can be asked for. */
import { parseArgs } from 'node:util';

import { inRoot } from '../lib/paths.mjs';
import { Trouble } from '../lib/say.mjs';
import { CHOICE_IDS } from './deployments.mjs';

/**
 * @typedef {object} DemoOptions
 * @property {boolean} check look at the page without a screen, then end
 * @property {string} deployment which of them the page begins with
 * @property {string} out folder for the screenshots of a check
 * @property {string} [view] JSON file with queries and options, shown instead of the deployments
 * @property {number} port 0 for a free one
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {DemoOptions}
 * @throws {Trouble} naming the option that is not understood
 */
export function demoOptions(args, env) {
  const { values } = parse(args);
  const deployment = values.deployment ?? 'core';
  if (!CHOICE_IDS.includes(deployment)) {
    throw new Trouble(`--deployment ${deployment} is not one of ${CHOICE_IDS.join(', ')}`);
  }
  const port = Number(env.PORT ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Trouble(`PORT is ${env.PORT}, which is no port`);
  }
  return {
    check: values.check ?? false,
    deployment,
    out: values.out ?? inRoot('.cache', 'demo', 'screenshots'),
    view: values.view,
    port,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        check: { type: 'boolean' },
        deployment: { type: 'string' },
        out: { type: 'string' },
        view: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Trouble(
      `${error instanceof Error ? error.message : error}\n` +
        `usage: npm run demo -- [--check [--out DIR]] [--deployment ${CHOICE_IDS.join('|')}] [--view FILE]`
    );
  }
}
