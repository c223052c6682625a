/** No upper bound on Grafana's version, which would shut the plugin out of the next. @module */
import { metadataOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'restrictivedep',
  check(plugin) {
    const range = metadataOf(plugin).dependencies?.grafanaDependency ?? '';
    return /^>=?\d[^ ]*$/.test(range) ? [] : [warning(`grafanaDependency ${range} has an upper bound`)];
  },
};
