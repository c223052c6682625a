/** plugin.json is there and is JSON. @module */
import { error, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'metadata',
  check(plugin) {
    const text = textOf(plugin, 'plugin.json');
    if (text === undefined) {
      return [error('plugin.json is missing')];
    }
    try {
      JSON.parse(text);
      return [];
    } catch (problem) {
      return [error(`plugin.json is no JSON: ${problem instanceof Error ? problem.message : problem}`)];
    }
  },
};
