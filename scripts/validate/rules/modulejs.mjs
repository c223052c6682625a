/** module.js is there, and an AMD module as Grafana loads it. @module */
import { error, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'modulejs',
  check(plugin) {
    const text = textOf(plugin, 'module.js');
    if (text === undefined) {
      return [error('module.js is missing')];
    }
    return /\bdefine\(\s*("[^"]*",\s*)?\[/.test(text) ? [] : [error('module.js is no AMD module')];
  },
};
