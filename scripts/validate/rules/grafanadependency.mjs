/** The range of Grafana's versions is one. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'grafanadependency',
  check(plugin) {
    const range = metadataOf(plugin).dependencies?.grafanaDependency;
    const part = String.raw`(<=|>=|<|>|=|~|\^)?\d+\.\d+\.\d+(-\d+)?`;
    return new RegExp(`^${part}( ${part})*$`).test(range ?? '')
      ? []
      : [error(`grafanaDependency is no range: ${range}`)];
  },
};
